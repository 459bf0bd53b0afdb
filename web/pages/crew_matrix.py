"""The skills matrix of a crew: a row for each person, a column for each item, and how many can do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from apprenticeship.raises.glance import Glance
from web import words
from web.pages.addresses import item_address, person_address
from web.pages.crew_filters import Narrowed, Node, can_do
from web.pages.standings import look_of
from web.parts import Part, part_of
from web.rules import item_title

PEOPLE = 25
AT_ONCE = 250
MISSING = words.Look("locked", "Not in this program's standards")


@dataclass(frozen=True)
class Cell:
    """One item of one person."""

    href: str
    look: str
    word: str


@dataclass(frozen=True)
class MatrixRow:
    """One person of the crew with a state for every column; `decide` leads to a raise that is due."""

    name: str
    href: str
    decide: str
    program: str
    progress: Fraction
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One item, and how many of the crew can do it; `only`: the one person who can."""

    code: str
    title: str
    can: int
    only: str
    only_href: str

    @property
    def name(self) -> str:
        """Say code and title, once each."""
        return self.title if self.code.casefold() == self.title.casefold() else f"{self.code} {self.title}"


@dataclass(frozen=True)
class Matrix:
    """One part of the crew by the competencies and credentials of one framework.

    `people` is how many the counts are about.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Part[MatrixRow]
    people: int

    @property
    def alone(self) -> list[Column]:
        """Give what only one person can do."""
        return [column for column in self.columns if column.can == 1]

    @property
    def nobody(self) -> list[Column]:
        """Give what nobody can do."""
        return [column for column in self.columns if column.can == 0]


def matrix_of(found: Narrowed, title: str, part: int, size: int) -> Matrix:
    """Draw a part of what the filters leave."""
    shown = part_of(found.shown, part, size)
    rows = tuple(_row(one, found.columns) for one in shown.items)
    columns = tuple(_column(found.crew, node) for node in found.columns)
    return Matrix(title, columns, Part(rows, shown.number, shown.parts, shown.total), len(found.crew))


def _row(one: Glance, columns: Sequence[Node]) -> MatrixRow:
    base = person_address(one.person.id)
    return MatrixRow(
        name=one.person.name,
        href=base,
        decide=f"/raises/{one.person.id}" if one.due else "",
        program=one.program.title,
        progress=one.progress,
        cells=tuple(_cell(one, node, base) for node in columns),
    )


def _cell(one: Glance, node: Node, base: str) -> Cell:
    if node not in one.states:
        return Cell("", MISSING.look, MISSING.word)
    look = look_of(one, node)
    ends = one.lapsing.get(node)
    if ends is not None:
        look = words.Look("lapsed", f"{look.word}, until {words.day(ends)}")
    return Cell(item_address(base, *node), look.look, look.word)


def _column(crew: Sequence[Glance], node: Node) -> Column:
    kind, key = node
    world = next(one.world for one in crew if node in one.states)
    code = world.competencies[key].code if kind == "competency" else key.rpartition(":")[2].upper()
    able = [one for one in crew if can_do(one, node)]
    only = able[0] if len(able) == 1 else None
    return Column(
        code=code or key.partition(":")[2],
        title=world.competencies[key].title if kind == "competency" else item_title(world, kind, key),
        can=len(able),
        only="" if only is None else only.person.name,
        only_href="" if only is None else item_address(person_address(only.person.id), kind, key),
    )


def sheet(matrix: Matrix) -> Iterator[list[str]]:
    """Give the matrix as rows of text: a heading, a row for each person, and the counts."""
    yield ["Apprentice", "Program", "To journeyworker", *(column.name for column in matrix.columns)]
    for row in matrix.rows.items:
        progress = words.percent(row.progress).replace(words.THIN_SPACE, " ")
        yield [row.name, row.program, progress, *(cell.word for cell in row.cells)]
    yield [
        f"Can do it, of {matrix.people}",
        "",
        "",
        *(str(column.can) for column in matrix.columns),
    ]
