"""The crew as a skills matrix, people by competency, and how far they are all together."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from litestar import Response, get
from litestar.params import FromQuery

from apprenticeship.policy import Action
from apprenticeship.raises.services import crew
from apprenticeship.standing.model import Standing
from web import words
from web.access import Whose, asks
from web.figures.crew import crew_figure
from web.pages import standings
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of
from web.pages.mapping import Tile, tiles_of
from web.parts import Part, part_of
from web.rendering import page
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
PEOPLE = 25
LEGEND = (*words.COMPETENCY_LOOKS.values(), words.CREDENTIAL_LOOKS["in_progress"])


@dataclass(frozen=True)
class MatrixRow:
    """One person of the crew with a state for every column."""

    name: str
    href: str
    progress: Fraction
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Matrix:
    """One part of the crew by the competencies and credentials of one framework."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: Part[MatrixRow]


@get("/crew", opt=CREW)
async def show_crew(
    request: AnyRequest, framework: FromQuery[str] = "", part: FromQuery[int] = 1
) -> Response[str]:
    """Show the skills matrix and the distribution of the crew."""
    now = now_of(request)
    members = [one.standing for one in await crew(asking(request).actor, as_of=now.date(), now=now)]
    known: dict[str, str] = {}
    for standing in members:
        known |= standings.frameworks(standing)
    chosen = framework if framework in known else _most_common(members)
    return page(
        request,
        "crew.html",
        charts=bool(members),
        frameworks=[(key, title, key == chosen) for key, title in known.items()],
        chosen=chosen,
        matrix=_matrix(members, chosen, known.get(chosen, ""), part),
        legend=LEGEND,
        figure=crew_figure(members),
        sites=asking(request).may(Action.PLAN_SITES, now),
    )


def _most_common(members: Sequence[Standing]) -> str:
    named = [standings.main_framework(one) for one in members]
    return max(sorted(set(named)), key=named.count, default="")


def _matrix(members: Sequence[Standing], framework: str, title: str, part: int) -> Matrix:
    named = [one for one in members if framework in standings.frameworks(one)]
    named.sort(key=lambda one: one.person.name)
    shown = part_of(named, part, PEOPLE)
    rows = tuple(_row(one, framework) for one in shown.items)
    tiles = rows[0].tiles if rows else ()
    columns = tuple((tile.code or tile.key.partition(":")[2], tile.title) for tile in tiles)
    return Matrix(title, columns, Part(rows, shown.number, shown.parts, shown.total))


def _row(standing: Standing, framework: str) -> MatrixRow:
    base = person_address(standing.person.id)
    tiles = tiles_of(standing.evaluation, framework, base)
    return MatrixRow(standing.person.name, base, standing.evaluation.progress, tiles)


HANDLERS = [show_crew]
