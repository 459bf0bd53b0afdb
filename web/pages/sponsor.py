"""What an employer comes for: who has reached a raise, who is next, the crew as a skills matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.raises.services import CrewMember, award, crew
from apprenticeship.refusals import Missing
from apprenticeship.standing.model import Standing
from graph.evaluating import cents_of
from web import words
from web.access import Whose, asks
from web.answers import SEE_OTHER, see_other
from web.figures.crew import crew_figure
from web.forms import read_form
from web.pages import standings
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of, standing_for
from web.pages.items import item_page
from web.pages.mapping import tiles_of
from web.pages.maps import choices_of, map_page
from web.pages.raises import RaisePage, raise_page
from web.pages.records import record_page
from web.rendering import page
from web.rules import step_title
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
PERSON = asks(Action.READ_STANDING, Whose.LEARNER)


@dataclass(frozen=True)
class RaiseLine:
    """One apprentice on the list of raises. Money in cents an hour."""

    name: str
    href: str
    person: UUID
    program: str
    step: str
    reached: str
    reached_key: str
    reached_on: date | None
    effective: str
    following: str
    now_cents: int | None
    then_cents: int | None
    progress: Fraction
    missing: str


@get("/raises", opt=CREW)
async def show_raises(request: AnyRequest) -> Response[str]:
    """Show who has reached a raise, and who is next."""
    now = now_of(request)
    members = await crew(asking(request).actor, as_of=now.date(), now=now)
    lines = [(member, _line(member)) for member in members]
    notice = "Awarded. It is kept with its reasons." if request.query_params.get("done") else None
    return page(
        request,
        "raises.html",
        due=[line for member, line in lines if member.due],
        following=[line for member, line in lines if not member.due and member.following is not None],
        top=[line for member, line in lines if not member.due and member.following is None],
        notice=notice,
    )


def _line(member: CrewMember) -> RaiseLine:
    standing = member.standing
    steps = standing.program.steps
    step = raise_page(standing, person_address(standing.person.id))
    reached = member.reached
    paid, then = (member.awarded, reached) if member.due else (reached, member.following)
    wage = standing.evaluation.wage
    return RaiseLine(
        name=standing.person.name,
        href=person_address(standing.person.id),
        person=standing.person.id,
        program=standing.enrolment.program_key,
        step="" if paid is None else step_title(paid, steps.index(paid)),
        reached="" if reached is None else step_title(reached, steps.index(reached)),
        reached_key="" if reached is None else reached.key,
        reached_on=None if wage is None else wage.since,
        effective=(standing.as_of if wage is None else wage.since or standing.as_of).isoformat(),
        following="" if then is None else step_title(then, steps.index(then)),
        now_cents=None if paid is None else cents_of(standing.program, paid.key, standing.as_of),
        then_cents=None if then is None else cents_of(standing.program, then.key, standing.as_of),
        progress=member.progress,
        missing=_missing(step),
    )


def _missing(step: RaisePage | None) -> str:
    return "" if step is None else step.missing or step.stuck


@post("/raises/{apprentice_id:uuid}", opt=asks(Action.AWARD_STEP, Whose.LEARNER), status_code=SEE_OTHER)
async def award_step(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Redirect:
    """Award the step that the rules say, from the day it was reached."""
    form = await read_form(request)
    await award(
        asking(request).actor,
        apprentice_id,
        program=form.text("program"),
        step=form.text("step"),
        effective_on=form.day("effective_on", "The day"),
        now=now_of(request),
    )
    return see_other("/raises?done=1")


@dataclass(frozen=True)
class MatrixRow:
    """One person of the crew with a state for every column."""

    name: str
    href: str
    progress: Fraction
    cells: tuple[tuple[words.Look, str], ...]


@get("/crew", opt=CREW)
async def show_crew(request: AnyRequest, framework: FromQuery[str] = "") -> Response[str]:
    """Show the skills matrix and the distribution of the crew."""
    now = now_of(request)
    members = [one.standing for one in await crew(asking(request).actor, as_of=now.date(), now=now)]
    known: dict[str, str] = {}
    for standing in members:
        known |= standings.frameworks(standing)
    chosen = framework if framework in known else _most_common(members)
    shown = [one for one in members if chosen in standings.frameworks(one)]
    return page(
        request,
        "crew.html",
        charts=bool(members),
        frameworks=[(key, title, key == chosen) for key, title in known.items()],
        title=known.get(chosen, ""),
        columns=_columns(shown, chosen),
        rows=[_matrix_row(one, chosen) for one in sorted(shown, key=lambda one: one.person.name)],
        figure=crew_figure(members),
    )


def _most_common(members: Sequence[Standing]) -> str:
    named = [standings.main_framework(one) for one in members]
    return max(sorted(set(named)), key=named.count, default="")


def _columns(members: Sequence[Standing], framework: str) -> list[tuple[str, str]]:
    tiles = tiles_of(members[0].evaluation, framework, "") if members else ()
    return [(tile.code or tile.key.partition(":")[2].upper(), tile.title) for tile in tiles]


def _matrix_row(standing: Standing, framework: str) -> MatrixRow:
    base = person_address(standing.person.id)
    tiles = tiles_of(standing.evaluation, framework, base)
    return MatrixRow(
        standing.person.name,
        base,
        standing.evaluation.progress,
        tuple((words.Look(tile.look, tile.word), tile.href) for tile in tiles),
    )


@get("/apprentices/{apprentice_id:uuid}", opt=PERSON)
async def show_person(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show one apprentice to those who may see them; wages only to those who may see wages."""
    standing = await standing_for(request, apprentice_id)
    base = person_address(apprentice_id)
    actor, now = asking(request).actor, now_of(request)
    wages = can(actor, Action.READ_WAGES, await learner_of(apprentice_id), now).allowed
    return page(
        request,
        "person.html",
        standing=standing,
        base=base,
        progress=standing.evaluation.progress,
        counts=standings.counts(standing),
        step=raise_page(standing, base) if wages else None,
        record=record_page(standing, standing.evidence, base),
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


def _here(request: AnyRequest) -> str:
    """Say under which entry of the navigation another person's pages stand."""
    return "/crew" if "employer" in asking(request).roles else "/apprentices"


HANDLERS = [show_raises, award_step, show_crew, show_person, show_person_map, show_person_item]
