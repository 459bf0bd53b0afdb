"""Leave to work alone, on the page of the person: given where the record supports it, and taken back."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.alone.model import Kind, Supported
from apprenticeship.alone.rules import SAID, possible
from apprenticeship.alone.services import release, releases_of, take_back
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of, standing_for
from web.rendering import page
from web.visitors import asking

RELEASING = asks(Action.RELEASE_ALONE, Whose.LEARNER)
DONE = {
    "released": "Given. It stands while the record supports it.",
    "taken": "Taken back, from today on.",
}
NAMED = 3


@dataclass(frozen=True)
class ReleaseLine:
    """One release in words; `open` tells whether it can be taken back."""

    id: int
    title: str
    look: words.Look
    text: str
    open: bool


async def release_lines(standing: Standing) -> tuple[ReleaseLine, ...]:
    """Tell what somebody may do alone, the latest first."""
    found = await releases_of(standing)
    people = {one.release.released_by for one in found} | {
        one.release.ended_by for one in found if one.release.ended_by is not None
    }
    names = await names_of(people)
    return tuple(_line(one, names) for one in found)


def _line(one: Supported, names: dict[UUID, str]) -> ReleaseLine:
    given = one.release
    by = names.get(given.released_by, "somebody")
    said = f"from {words.day(given.since)}, by {by}"
    if given.until is not None:
        ended = names.get(given.ended_by, "somebody") if given.ended_by else "somebody"
        look = words.Look("back", "Taken back")
        text = f"{said}; taken back {words.day(given.until)} by {ended}"
    elif one.lacks:
        look = words.Look("lapsed", "Not alone now: the record no longer supports it")
        text = f"{said}. {lacks_words(one)}"
    else:
        look, text = words.Look("done", "May work alone"), said
    return ReleaseLine(given.id, one.title, look, text, open=given.until is None)


def lacks_words(one: Supported) -> str:
    """Name what the record does not show any more."""
    shown = [f"{lack.title} ({SAID[lack.state]})" for lack in one.lacks[:NAMED]]
    more = [f"{len(one.lacks) - NAMED} more"] if len(one.lacks) > NAMED else []
    return f"Missing: {words.listed([*shown, *more])}"


@get("/apprentices/{apprentice_id:uuid}/alone", opt=RELEASING)
async def show_alone(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show what somebody may do alone, and what their record supports beyond it."""
    return await _page(request, apprentice_id, None)


@post("/apprentices/{apprentice_id:uuid}/alone", opt=RELEASING, status_code=SEE_OTHER)
async def let_alone(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Let somebody work alone on something from a day on."""
    form = await read_form(request)
    try:
        kind, subject = _subject(form)
        since = form.day("since", "The day")
        actor, now = asking(request).actor, now_of(request)
        await release(actor, apprentice_id, kind=kind, subject=subject, since=since, now=now)
    except Invalid as refusal:
        return await _page(request, apprentice_id, Filled("alone", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _page(request, apprentice_id, Filled("alone", form, "subject", str(refusal)))
    return see_other(f"{person_address(apprentice_id)}/alone?done=released")


def _subject(form: Form) -> tuple[Kind, str]:
    kind, _, subject = form.text("subject").partition("/")
    if kind not in set(Kind) or not subject:
        raise Invalid("Choose what is to be done alone.", where="subject")
    return Kind(kind), subject


@post("/apprentices/{apprentice_id:uuid}/alone/end", opt=RELEASING, status_code=SEE_OTHER)
async def end_alone(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Take leave to work alone back."""
    form = await read_form(request)
    try:
        number = form.number("release") or 0
    except Invalid:
        number = 0
    await take_back(asking(request).actor, apprentice_id, number, now=now_of(request))
    return see_other(f"{person_address(apprentice_id)}/alone?done=taken")


async def _page(request: AnyRequest, person: UUID, wrong: Filled | None) -> Response[str]:
    standing = await standing_for(request, person)
    return page(
        request,
        "alone.html",
        status=REFUSED if wrong else 200,
        standing=standing,
        base=person_address(person),
        releases=await release_lines(standing),
        choices=_choices(standing),
        form=wrong or filled("alone", {"since": standing.as_of.isoformat()}),
        today=standing.as_of,
        notice=None if wrong else DONE.get(request.query_params.get("done", "")),
        here="/crew" if "employer" in asking(request).roles else "/apprentices",
    )


def _choices(standing: Standing) -> list[tuple[str, str, bool]]:
    """Return everything that can be chosen: what is sent, its name, and whether the record supports it."""
    able = {(kind, key) for kind, key, _ in possible(standing)}
    processes = [
        (Kind.WORK_PROCESS, one.key, f"Work process: {one.title or one.key}")
        for one in standing.program.work_processes
    ]
    competencies = [
        (Kind.COMPETENCY, key, f"{item.code} {item.title}" if item.code else item.title)
        for key, item in standing.world.competencies.items()
        if item.kind != "area"
    ]
    found = [
        (f"{kind}/{key}", title, (kind, key) in able) for kind, key, title in [*processes, *competencies]
    ]
    return sorted(found, key=lambda one: not one[2])


async def may_release(request: AnyRequest, person: UUID) -> bool:
    """Tell whether the visitor may let this person work alone."""
    actor, now = asking(request).actor, now_of(request)
    return can(actor, Action.RELEASE_ALONE, await learner_of(person), now).allowed


HANDLERS = [show_alone, let_alone, end_alone]
