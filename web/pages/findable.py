"""Being found by employers who hire: agreeing to it, taking it back, who looked, and what they asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.hiring.contacting import answer, requests_to
from apprenticeship.hiring.leave import be_found, employers, leaves_of, looks_at, take_back
from apprenticeship.hiring.model import Look, shown_name
from apprenticeship.people.model import Findable, Organisation, ShownAs
from apprenticeship.people.repo import organisations
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.standing.rules import newest_world
from graph.world import World
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.rule_form import asked_rule, said
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.GIVE_CONSENT, Whose.OWN)
ADDRESS = "/findable"
ANY = "any"
USUAL = timedelta(days=182)
DONE = {
    "given": "Agreed. Employers who hire can find you from now on.",
    "changed": "Changed. What you had agreed to before is taken back, and this holds from now on.",
    "taken": "Taken back. From this moment on nobody is shown you by it.",
    "yes": "Sent. They see your name and how to reach you, and nothing else.",
    "no": "Answered. They see that you said no, and nothing of how to reach you.",
}


@dataclass(frozen=True)
class LeaveLine:
    """Leave to be found, as the list shows it; `last` is the last day that counts."""

    id: UUID
    employer: str
    shown: str
    until: str
    taken: datetime | None
    open: bool


@dataclass(frozen=True)
class LookLine:
    """Employers who were shown somebody on one day, looking for the same; `times` how often."""

    employer: str
    day: str
    asked: str
    times: int


@get(ADDRESS, opt=OWN)
async def show_findable(request: AnyRequest) -> Response[str]:
    """Show by whom one can be found, who looked, and what they asked."""
    return await _page(request, filled("found"), notice=DONE.get(request.query_params.get("done", "")))


@post(ADDRESS, opt=OWN, status_code=SEE_OTHER)
async def agree(request: AnyRequest) -> Response[str]:
    """Agree to be found, or change how: what held is then taken back in the same step."""
    form = await read_form(request)
    now = now_of(request)
    try:
        until = form.day("until", "The last day") + timedelta(days=1)
        by = _employers(form, await employers(asking(request).actor, now=now))
        shown_as = _shown_as(form)
        instead = form.text("then") == "change"
        await be_found(asking(request).actor, by, shown_as=shown_as, until=until, now=now, instead=instead)
    except Invalid as refusal:
        return await _page(request, Filled("found", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _page(request, Filled("found", form, "employers", str(refusal)))
    return see_other(f"{ADDRESS}?done={'changed' if instead else 'given'}")


def _employers(form: Form, listed: tuple[Organisation, ...]) -> frozenset[UUID | None]:
    """Read by whom: any employer, or those ticked."""
    if form.text("by") == ANY:
        return frozenset({None})
    known = {str(one.id): one.id for one in listed}
    chosen = [known[text] for text in form.texts("employers") if text in known]
    if not chosen:
        raise Invalid("Tick the employers by whom you may be found.", where="employers")
    return frozenset(chosen)


def _shown_as(form: Form) -> ShownAs:
    if form.text("shown_as") not in list(ShownAs):
        raise Invalid("Choose whether your name or your initials are shown.", where="shown_as")
    return ShownAs(form.text("shown_as"))


@post("/findable/{findable_id:uuid}", opt=OWN, status_code=SEE_OTHER)
async def end(request: AnyRequest, findable_id: FromPath[UUID]) -> Response[str]:
    """Take leave to be found back, from this moment on."""
    await take_back(asking(request).actor, findable_id, now=now_of(request))
    return see_other(f"{ADDRESS}?done=taken")


@post("/findable/requests/{request_id:uuid}", opt=OWN, status_code=SEE_OTHER)
async def answer_request(request: AnyRequest, request_id: FromPath[UUID]) -> Response[str]:
    """Answer an employer who asked to get in touch."""
    form = await read_form(request)
    try:
        agreed = _agreed(form)
        contact = form.text("contact")
        await answer(asking(request).actor, request_id, agreed=agreed, contact=contact, now=now_of(request))
    except Invalid as refusal:
        return await _page(request, Filled(f"r{request_id}", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _page(request, Filled(f"r{request_id}", form, "contact", str(refusal)))
    return see_other(f"{ADDRESS}?done={'yes' if agreed else 'no'}")


def _agreed(form: Form) -> bool:
    if form.text("answer") not in ("yes", "no"):
        raise Invalid("Answer yes or no.", where="contact")
    return form.text("answer") == "yes"


async def _page(request: AnyRequest, form: Filled, *, notice: str | None = None) -> Response[str]:
    visitor, now = asking(request), now_of(request)
    known = await employers(visitor.actor, now=now)
    names = {one.id: one.name for one in await organisations()}
    leaves = await leaves_of(visitor.actor)
    given = [_leave(one, names, visitor.name, now) for one in reversed(leaves)]
    asked = form if form.name == "found" and form.what else _as_it_holds(leaves, now)
    world = await newest_world()
    return page(
        request,
        "findable.html",
        status=REFUSED if form.what else 200,
        employers=known,
        initials=shown_name(visitor.name, ShownAs.INITIALS),
        full=visitor.name,
        open=[one for one in given if one.open],
        over=[one for one in given if not one.open],
        found=asked,
        answering=form,
        ticked=asked.form.texts("employers"),
        today=now.date(),
        usual=(now.date() + USUAL).isoformat(),
        requests=await requests_to(visitor.actor),
        looks=_looks(await looks_at(visitor.actor), world),
        notice=notice,
        here="/record",
    )


def _as_it_holds(leaves: tuple[Findable, ...], now: datetime) -> Filled:
    """Give the form as what holds now would fill it, to be changed; empty where nothing holds."""
    held = [one for one in leaves if one.holds(now)]
    if not held:
        return filled("found")
    last = max(one.until for one in held if one.until is not None) - timedelta(days=1)
    fields = {
        "by": [ANY if any(one.employer is None for one in held) else "some"],
        "employers": [str(one.employer) for one in held if one.employer is not None],
        "shown_as": [held[-1].shown_as.value],
        "until": [last.isoformat()],
    }
    return Filled("found", Form(fields))


def _leave(one: Findable, names: dict[UUID, str], name: str, now: datetime) -> LeaveLine:
    last = None if one.until is None else one.until - timedelta(days=1)
    return LeaveLine(
        id=one.id,
        employer="Any employer" if one.employer is None else names.get(one.employer, ""),
        shown=shown_name(name, one.shown_as),
        until=words.day(last),
        taken=one.revoked_at,
        open=one.revoked_at is None and one.until is not None and now.date() < one.until,
    )


def _looks(looks: tuple[Look, ...], world: World) -> list[LookLine]:
    """Sum up looks of one employer on one day for the same."""
    times: dict[tuple[str, str, str], int] = {}
    for one in looks:
        asked = "Looked at all you show" if one.whole else f"Looked for {_asked(one.asked, world)}"
        key = (one.employer, words.day(one.at), asked)
        times[key] = times.get(key, 0) + 1
    return [LookLine(*key, number) for key, number in times.items()]


def _asked(text: str, world: World) -> str:
    try:
        rule = asked_rule(text, world)
    except Invalid:  # what it names is no longer in the newest standards
        return text
    return text if rule is None else said(rule, world)


HANDLERS = [show_findable, agree, end, answer_request]
