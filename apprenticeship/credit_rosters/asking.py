"""Whom a list means: the college's own numbers or names, among those whom the registrar may see. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from apprenticeship.credit_rosters.model import Unfound
from apprenticeship.people.model import Listed
from apprenticeship.refusals import Invalid
from apprenticeship.roster.reading import RosterTable

COLUMNS = ("number", "name")
LONGEST_SAID = 200
NOBODY = "nobody whom you may see; ask them for consent, or put them on your roster first"


@dataclass(frozen=True)
class Wanted:
    """Who is meant, each once, in the order of the list, and the rows that mean nobody."""

    people: tuple[UUID, ...]
    unfound: tuple[Unfound, ...]


def wanted_of(table: RosterTable, seen: Sequence[Listed], numbers: Mapping[str, UUID]) -> Wanted:
    """Find the learners of a list; the number decides where both columns are filled.

    Args:
        table: the cells of the file, with a column ``number`` or ``name``; other columns are passed over.
        seen: those whom the registrar may see.
        numbers: whom the college means by its numbers.

    Raises:
        Invalid: there is neither column, or one of them twice.
    """
    columns = _columns(table.heading)
    by_name: dict[str, list[UUID]] = defaultdict(list)
    for one in seen:
        by_name[_plain(one.name)].append(one.id)
    known = {one.id for one in seen}
    found: dict[UUID, int] = {}
    unfound = []
    for row, cells in table.rows:
        number, name = (_cell(cells, columns.get(column)) for column in COLUMNS)
        if not number and not name:
            continue
        meant = [numbers[number]] if number and numbers.get(number) in known else []
        if not number:
            meant = by_name[_plain(name)]
        why = _why(meant, found)
        if why:
            unfound.append(Unfound(row=row, said=(number or name)[:LONGEST_SAID], why=why))
        else:
            found[meant[0]] = row
    return Wanted(tuple(found), tuple(unfound))


def _why(meant: Sequence[UUID], found: Mapping[UUID, int]) -> str:
    if not meant:
        return NOBODY
    if len(meant) > 1:
        return f"{len(meant)} people of this name; give the number"
    return f"the same as row {found[meant[0]]}" if meant[0] in found else ""


def numbers_in(table: RosterTable) -> list[str]:
    """The numbers that a list names.

    Raises:
        Invalid: see `wanted_of`.
    """
    column = _columns(table.heading).get("number")
    return [number for _, cells in table.rows if (number := _cell(cells, column))]


def _columns(heading: Sequence[str]) -> dict[str, int]:
    names = [" ".join(cell.lower().replace("_", " ").split()) for cell in heading]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise Invalid(f"Row 1: the column {twice[0]!r} stands twice; give it once.", where="file")
    found = {name: names.index(name) for name in COLUMNS if name in names}
    if not found:
        raise Invalid(
            "Row 1: there is no column 'number' or 'name'; begin with a row of headings.", where="file"
        )
    return found


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
