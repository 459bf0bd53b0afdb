"""Apprentices as others may see them: the list, one person, their map and one item of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from apprenticeship.audit.looking import keep_looks
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.standing.services import visible_standings
from web.access import Whose, asks
from web.answers import REFUSED
from web.forms import Form, asked_form
from web.pages import evidence_words, standings
from web.pages.addresses import person_address
from web.pages.alone import may_release, release_lines
from web.pages.asked import AnyRequest, now_of, standing_for
from web.pages.items import item_page
from web.pages.maps import choices_of, map_page
from web.pages.raises import raise_page
from web.pages.records import record_page
from web.parts import part_of
from web.rendering import page
from web.visitors import asking

READING = asks(Action.READ_STANDING, Whose.THEIRS)
SHOWN = 60
PERSON = asks(Action.READ_STANDING, Whose.LEARNER)


@dataclass(frozen=True)
class ApprenticeLine:
    """One apprentice in a list."""

    name: str
    href: str
    program: str
    progress: Fraction
    waiting: int


@get("/apprentices", opt=READING)
async def show_apprentices(request: AnyRequest, part: FromQuery[int] = 1) -> Response[str]:
    """List whom the visitor may see, with how far each is."""
    actor, now = asking(request).actor, now_of(request)
    theirs = await visible_standings(actor, as_of=now.date(), now=now)
    shown = part_of([one for one in theirs if one.person.id != actor.person], part, SHOWN)
    await keep_looks(actor, Action.READ_STANDING, [one.person.id for one in shown.items], now=now)
    lines = [
        ApprenticeLine(
            one.person.name,
            person_address(one.person.id),
            one.program.title,
            one.evaluation.progress,
            len(evidence_words.waiting(one.evidence)),
        )
        for one in shown.items
    ]
    return page(request, "apprentices.html", lines=lines, part=shown)


@get("/apprentices/{apprentice_id:uuid}", opt=PERSON)
async def show_person(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show one apprentice to those who may see them; wages only to those who may see wages."""
    form = asked_form(request)
    try:
        as_of, known_at = _days(form, now_of(request).date())
        wrong = ""
    except Invalid as refusal:
        as_of, known_at, wrong = None, None, str(refusal)
    standing = await standing_for(request, apprentice_id, as_of=as_of, known_at=known_at)
    base = person_address(apprentice_id)
    actor, now = asking(request).actor, now_of(request)
    learner = await learner_of(apprentice_id)
    wages = can(actor, Action.READ_WAGES, learner, now).allowed
    return page(
        request,
        "person.html",
        status=REFUSED if wrong else 200,
        wrong=wrong,
        then=as_of is not None or known_at is not None,
        asked={name: form.text(name) for name in ("as_of", "known_at")},
        standing=standing,
        base=base,
        progress=standing.evaluation.progress,
        counts=standings.counts(standing),
        step=raise_page(standing, base) if wages else None,
        decides=can(actor, Action.AWARD_STEP, learner, now).allowed,
        record=record_page(standing, standing.evidence, base),
        releases=await release_lines(standing),
        releasing=await may_release(request, apprentice_id),
        here=_here(request),
    )


@get("/apprentices/{apprentice_id:uuid}/map", opt=PERSON)
async def show_person_map(
    request: AnyRequest,
    apprentice_id: FromPath[UUID],
) -> Response[str]:
    """Show one apprentice's competency map."""
    standing = await standing_for(request, apprentice_id)
    shown = map_page(standing, choices_of(request.query_params), person_address(apprentice_id))
    return page(request, "map.html", map=shown, whose=standing.person.name, here=_here(request))


@get("/apprentices/{apprentice_id:uuid}/{folder:str}/{framework:str}/{item:str}", opt=PERSON)
async def show_person_item(
    request: AnyRequest,
    apprentice_id: FromPath[UUID],
    folder: FromPath[str],
    framework: FromPath[str],
    item: FromPath[str],
) -> Response[str]:
    """Show one competency or credential of one apprentice."""
    kind = {"competencies": "competency", "credentials": "credential"}.get(folder)
    if kind is None:
        raise Missing("No such page.")
    standing = await standing_for(request, apprentice_id)
    shown = item_page(standing, (kind, f"{framework}:{item}"), person_address(apprentice_id))
    return page(request, "item.html", item=shown, own=False, here=_here(request))


def _days(form: Form, today: date) -> tuple[date | None, datetime | None]:
    """Read the two dates of a question; what was known is what was known at the end of a day.

    Raises:
        Invalid: one of them is no date, or it lies ahead.
    """
    as_of, known_on = (
        form.day(name, said) if form.text(name) else None
        for name, said in (("as_of", "The day"), ("known_at", "The day on which it was known"))
    )
    if any(one is not None and one > today for one in (as_of, known_on)):
        raise Invalid("The day lies ahead; name one that has come.", where="as_of")
    if known_on is None:
        return as_of, None
    return as_of, datetime.combine(known_on, time.max, UTC)


def _here(request: AnyRequest) -> str:
    """Say under which entry of the navigation another person's pages stand."""
    return "/crew" if "employer" in asking(request).roles else "/apprentices"


HANDLERS = [show_apprentices, show_person, show_person_map, show_person_item]
