"""Hiring: what is looked for, and people who agreed to be found; asking them to get in touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.hiring.contacting import ask_contact, requests_by
from apprenticeship.hiring.model import ContactRequest, Found, Holding
from apprenticeship.hiring.searching import Searched, hiring_for, look_at, search
from apprenticeship.people.model import Organisation
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.rules import newest_world
from graph.actions import Earn
from graph.fixing import Fix
from graph.world import World
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, asked_form, filled, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.rule_form import address_of, asked_rule, edited, rule_form, written
from web.pages.standings import earned_title
from web.parts import Part, part_asked
from web.rendering import page
from web.visitors import asking

FINDING = asks(Action.FIND_PEOPLE, Whose.THEIRS)
ADDRESS = "/hiring"
SHOWN = 20
DONE = {"asked": "Asked. Whether to get in touch is theirs to say; the answer will stand here."}
EXAMPLE = (
    "2 credentials of nims-machining-1 level 1 and "
    "(credential cto or credential cmo or credential ctp or credential cmp)"
)


@dataclass(frozen=True)
class FoundLine:
    """Somebody found, as the list shows them."""

    name: str
    href: str
    meets: bool
    progress: Fraction
    held: str
    lacks: tuple[str, ...]
    asked: str


@dataclass(frozen=True)
class RequestLine:
    """A request to get in touch, as the employer sees it."""

    name: str
    asked: str
    look: words.Look
    contact: str


@get(ADDRESS, opt=FINDING)
async def show_hiring(request: AnyRequest) -> Response[str]:
    """Search among people who agreed to be found, or show what to begin with."""
    form = asked_form(request)
    actor, now = asking(request).actor, now_of(request)
    places = await hiring_for(actor, now=now)
    place = _place(form, places)
    kept = {"for": str(place.id)} if len(places) > 1 else {}
    world = await newest_world()
    rule, found, refused = None, None, None
    try:
        rule = asked_rule(form.text("rule"), world)
        if form.text("do") in ("add", "count", "group"):
            changed = edited(form, rule, world)
            return see_other(address_of(ADDRESS, kept, "" if changed is None else written(changed, world)))
        if rule is not None and form.text("do") != "search":
            first = SHOWN * (max(1, part_asked(form)) - 1)
            found = await search(actor, place.id, rule, now=now, first=first, most=SHOWN)
    except Invalid as refusal:
        refused = refusal
    return page(
        request,
        "hiring.html",
        status=200 if refused is None else REFUSED,
        rule=rule_form(form, rule, world, address=ADDRESS, kept=kept, refused=refused),
        places=places,
        place=place,
        found=_part(found, form, kept, world),
        meeting=0 if found is None else found.meeting,
        searched=found is not None,
        more=address_of(ADDRESS, kept, "" if rule is None else written(rule, world)),
        example=address_of(ADDRESS, kept, EXAMPLE),
        requests=[_request(one) for one in await requests_by(actor, now=now)],
        notice=DONE.get(form.text("done")),
        here=ADDRESS,
    )


@get("/hiring/{findable_id:uuid}", opt=FINDING)
async def show_found(request: AnyRequest, findable_id: FromPath[UUID]) -> Response[str]:
    """Show all that one person found shows."""
    form = asked_form(request)
    place = _place(form, await hiring_for(asking(request).actor, now=now_of(request)))
    return await _person(request, findable_id, place, filled("ask"))


@post("/hiring/{findable_id:uuid}", opt=FINDING, status_code=SEE_OTHER)
async def ask(request: AnyRequest, findable_id: FromPath[UUID]) -> Response[str]:
    """Ask somebody found to get in touch."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    place = _place(form, await hiring_for(actor, now=now))
    try:
        await ask_contact(actor, place.id, findable_id, message=form.text("message"), now=now)
    except Invalid as refusal:
        return await _person(request, findable_id, place, Filled("ask", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _person(request, findable_id, place, Filled("ask", form, "message", str(refusal)))
    return see_other(address_of(ADDRESS, {"for": form.text("for"), "done": "asked"}, ""))


def _place(form: Form, places: tuple[Organisation, ...]) -> Organisation:
    """Give the employer for whom is searched: the one asked for, else the first by name."""
    if not places:
        raise Missing("No such employer.")
    return next((one for one in places if str(one.id) == form.text("for")), places[0])


async def _person(request: AnyRequest, findable: UUID, place: Organisation, form: Filled) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    found = await look_at(actor, place.id, findable, now=now)
    return page(
        request,
        "found.html",
        status=REFUSED if form.what else 200,
        name=found.shown,
        until=found.leave.until,
        credentials=_by_framework(found.profile.credentials.values(), found),
        competencies=_by_framework(found.profile.signed_off, found),
        asked=None if found.request is None else _request(found.request),
        place=place,
        address=f"{ADDRESS}/{findable}",
        ask=form,
        here=ADDRESS,
    )


def _by_framework(holdings: Iterable[Holding], found: Found) -> list[tuple[str, list[Holding]]]:
    groups: dict[str, list[Holding]] = {}
    for one in holdings:
        framework = found.profile.evaluation.world.frameworks.get(one.key.partition(":")[0])
        title = one.key.partition(":")[0] if framework is None else framework.title or framework.id
        groups.setdefault(title, []).append(one)
    return list(groups.items())


def _part(found: Searched | None, form: Form, kept: dict[str, str], world: World) -> Part[FoundLine]:
    if found is None:
        return Part((), 1, 1, 0)
    parts = max(1, -(-found.total // SHOWN))
    lines = [_line(one, kept, world) for one in found.shown]
    return Part(lines, max(1, part_asked(form)), parts, found.total)


def _line(one: Found, kept: dict[str, str], world: World) -> FoundLine:
    actions = one.way.actions if isinstance(one.way, Fix) else ()
    held = [words.counted(len(one.profile.credentials), "credential")]
    held += [words.counted(len(one.profile.signed_off), "competency", "competencies")]
    return FoundLine(
        name=one.shown,
        href=address_of(f"{ADDRESS}/{one.leave.id}", kept, ""),
        meets=one.meets,
        progress=one.progress,
        held=words.sentence(words.listed([text for text in held if not text.startswith("no ")])),
        lacks=tuple(_lack(action, world) for action in actions if isinstance(action, Earn)),
        asked="" if one.request is None else _request(one.request).look.word,
    )


def _lack(action: Earn, world: World) -> str:
    rated = "" if action.rating is None else f", rated {action.rating} or better"
    return f"{earned_title(world, action.kind, action.key)}{rated}"


def _request(one: ContactRequest) -> RequestLine:
    look = words.Look("wait", "Not answered yet")
    if one.agreed is not None:
        look = words.Look("done", "Agreed to be in touch") if one.agreed else words.Look("locked", "Said no")
    return RequestLine(one.shown, f"Asked {words.day(one.asked_at)}", look, one.contact or "")


HANDLERS = [show_hiring, show_found, ask]
