"""What earlier rows of a roster said, for what repeats or contradicts them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from apprenticeship.evidence.checking import DAY_MINUTES
from apprenticeship.roster.model import Finding, RosterRow, spelled


@dataclass
class Seen:
    """What earlier rows said, for what contradicts or repeats them."""

    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    facts: dict[tuple[str, str], int] = field(default_factory=dict)
    rows: dict[RosterRow, int] = field(default_factory=dict)
    minutes: dict[tuple[str, date | None], int] = field(default_factory=dict)

    def complaints(self, row: RosterRow) -> list[Finding]:
        return list(self._complaints(row))

    def _complaints(self, row: RosterRow) -> Iterable[Finding]:
        name, first = self.names.setdefault(row.number, (row.name, row.row))
        if spelled(name) != spelled(row.name):
            what = f"{row.number} is {name!r} in row {first}"
            yield Finding(row=row.row, column="name", what=what, right="one name for each number")
        same = _without_row(row)
        if same in self.rows:
            what = f"the same as row {self.rows[same]}"
            yield Finding(row=row.row, column="", what=what, right="each fact once")
            return
        self.rows[same] = row.row
        if row.source_key is not None:
            before = self.facts.setdefault((row.number, row.source_key), row.row)
            if before != row.row:
                what = f"row {before} says something else of the same thing on the same day"
                yield Finding(row=row.row, column="", what=what, right="one row for it; add hours up")
                return
        if row.minutes is not None:
            yield from self._day(row, row.minutes)

    def _day(self, row: RosterRow, minutes: int) -> Iterable[Finding]:
        key = (row.number, row.on)
        before = self.minutes.get(key, 0)
        if before + minutes > DAY_MINUTES:
            what = f"{(before + minutes) / 60:g} hours on {row.on} with the rows above"
            yield Finding(row=row.row, column="hours", what=what, right="at most 24 a day")
        else:
            self.minutes[key] = before + minutes


def _without_row(row: RosterRow) -> RosterRow:
    return replace(row, row=0)
