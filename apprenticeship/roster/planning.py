"""From cells to good rows and findings. Pure: what is known of programs and credentials is handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from apprenticeship.roster.model import Finding, ImportPlan, RosterRow
from apprenticeship.roster.reading import LONGEST_CELL, RosterTable

COLUMNS = (
    "number",
    "name",
    "program",
    "registered",
    "credential",
    "part",
    "result",
    "hours",
    "work process",
    "date",
)
NEEDED = ("number", "name")
DAY_MINUTES = 24 * 60
OLDEST = date(1950, 1, 1)
LONGEST_NUMBER = 64
LONGEST_NAME = 200


@dataclass(frozen=True)
class Known:
    """What a file may name.

    Attributes:
        programs: by key, the work processes of each.
        enrols: whether the organisation sponsors apprentices; a college does not.
        credentials: by "framework:id", the parts of each.
        credential_names: what else people write, in lower case, to the keys that it may mean.
        today: days after it are refused.
    """

    programs: Mapping[str, frozenset[str]]
    enrols: bool
    credentials: Mapping[str, frozenset[str]]
    credential_names: Mapping[str, frozenset[str]]
    today: date


def plan_import(table: RosterTable, known: Known) -> ImportPlan:
    """Check every row of a file; nothing is looked up and nothing is changed."""
    heading = _heading(table.heading)
    if isinstance(heading, tuple):
        return ImportPlan(rows=(), findings=heading)
    seen = _Seen()
    rows: list[RosterRow] = []
    findings: list[Finding] = []
    for number, cells in table.rows:
        reader = _RowReader(number, _cells(heading, cells), known)
        row = reader.read()
        complaints = reader.findings or seen.complaints(row)
        if complaints:
            findings += complaints
        else:
            rows.append(row)
    return ImportPlan(rows=tuple(rows), findings=tuple(findings))


def _heading(cells: tuple[str, ...]) -> dict[str, int] | tuple[Finding, ...]:
    """Return where each column stands, or what is wrong with the heading."""
    names = [" ".join(cell.lower().replace("_", " ").split()) for cell in cells]
    findings = [
        Finding(row=1, column=cell, what=f"unknown column {cell!r}", right=f"one of {', '.join(COLUMNS)}")
        for cell, name in zip(cells, names, strict=True)
        if name and name not in COLUMNS
    ]
    findings += [
        Finding(row=1, column=name, what=f"the column {name!r} stands twice", right="each column once")
        for name in COLUMNS
        if names.count(name) > 1
    ]
    findings += [
        Finding(row=1, column=name, what=f"no column {name!r}", right=f"at least {' and '.join(NEEDED)}")
        for name in NEEDED
        if name not in names
    ]
    return tuple(findings) or {name: at for at, name in enumerate(names) if name}


def _cells(heading: Mapping[str, int], cells: tuple[str, ...]) -> dict[str, str]:
    return {name: cells[at] if at < len(cells) else "" for name, at in heading.items()}


class _RowReader:
    """Reads one row; whatever is wrong lands in `findings`."""

    def __init__(self, row: int, cells: Mapping[str, str], known: Known) -> None:
        self.row = row
        self.findings: list[Finding] = []
        self._cells = cells
        self._known = known

    def read(self) -> RosterRow:
        credential = self._credential()
        program = self._program()
        minutes = self._minutes()
        on = self._day("date", needed=credential is not None or minutes is not None)
        row = RosterRow(
            row=self.row,
            number=self._text("number", LONGEST_NUMBER),
            name=self._text("name", LONGEST_NAME),
            program=program,
            registered=self._day("registered", needed=program is not None),
            credential=credential,
            part=self._part(credential),
            result=self._result(credential),
            minutes=minutes,
            work_process=self._work_process(minutes, program),
            on=on,
        )
        self._check_whole(row)
        return row

    def _complain(self, column: str, what: str, right: str) -> None:
        self.findings.append(Finding(row=self.row, column=column, what=what, right=right))

    def _cell(self, column: str) -> str:
        value = self._cells.get(column, "")
        if len(value) > LONGEST_CELL:
            self._complain(column, f"{len(value):,} characters", f"at most {LONGEST_CELL:,}")
            return ""
        return value

    def _text(self, column: str, longest: int) -> str:
        value = self._cell(column)
        if not value:
            self._complain(column, "empty", f"write the person's {column}")
        elif len(value) > longest:
            self._complain(column, f"{len(value):,} characters", f"at most {longest}")
        elif not value.isprintable():
            self._complain(column, "a character that cannot be printed", "plain text")
        elif value[0] in "=+@":
            self._complain(column, f"{value[:20]!r} is a formula", "plain text")
        return value

    def _day(self, column: str, *, needed: bool) -> date | None:
        value = self._cell(column)
        if not value:
            if needed:
                self._complain(column, "empty", "a date like 2026-05-12")
            return None
        try:
            day = date.fromisoformat(value[:10] if value[10:] in ("", " 00:00:00") else value)
        except ValueError:
            self._complain(column, f"{value[:30]!r} is no date", "a date like 2026-05-12")
            return None
        if not OLDEST <= day <= self._known.today:
            self._complain(column, f"{day} is out of range", f"{OLDEST} to today ({self._known.today})")
        return day

    def _program(self) -> str | None:
        value = self._cell("program").lower()
        if not value:
            return None
        if not self._known.enrols:
            self._complain("program", "a college enrols nobody in a program", "leave it empty")
        if value not in self._known.programs:
            programs = ", ".join(sorted(self._known.programs))
            self._complain("program", f"no program {value[:60]!r}", f"one of {programs}")
            return None
        return value

    def _credential(self) -> str | None:
        value = " ".join(self._cell("credential").lower().split())
        if not value:
            return None
        if value in self._known.credentials:
            return value
        meant = sorted(self._known.credential_names.get(value, ()))
        if len(meant) == 1:
            return meant[0]
        if meant:
            self._complain("credential", f"{value!r} may mean several", f"one of {', '.join(meant)}")
        else:
            near = "its id as in the standards, for instance nims-machining-1:mms"
            self._complain("credential", f"no credential {value[:60]!r}", near)
        return None

    def _part(self, credential: str | None) -> str | None:
        value = self._cell("part").lower()
        if not value or credential is None:
            return None
        parts = self._known.credentials[credential]
        if value not in parts:
            self._complain(
                "part", f"{credential} has no part {value[:30]!r}", f"one of {', '.join(sorted(parts))}"
            )
        return value

    def _result(self, credential: str | None) -> str | None:
        value = self._cell("result").lower()
        if credential is None:
            return None
        if value not in ("", "pass", "fail"):
            self._complain("result", f"{value[:30]!r}", "pass or fail")
        return value or "pass"

    def _minutes(self) -> int | None:
        value = self._cell("hours")
        if not value:
            return None
        try:
            hours = Decimal(value)
        except InvalidOperation:
            self._complain("hours", f"{value[:30]!r} is no number", "hours like 7.5")
            return None
        if not hours.is_finite() or not 0 < hours <= 24:  # noqa: PLR2004 - a day
            self._complain("hours", f"{value[:30]} hours on one day", "more than 0 and at most 24")
            return None
        return int((hours * 60 + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))

    def _work_process(self, minutes: int | None, program: str | None) -> str | None:
        value = self._cell("work process").lower()
        if minutes is None:
            return None
        known = self._known.programs.get(program, frozenset()) if program else self._every_work_process()
        if value not in known | {"ojl", "rti"}:
            right = f"one of {', '.join(sorted(known | {'ojl', 'rti'}))}"
            self._complain("work process", f"no work process {value[:60]!r}" if value else "empty", right)
        return value

    def _every_work_process(self) -> frozenset[str]:
        return frozenset().union(*self._known.programs.values())

    def _check_whole(self, row: RosterRow) -> None:
        if row.credential is not None and row.minutes is not None:
            self._complain("hours", "a credential and hours in one row", "a row for each")


@dataclass
class _Seen:
    """What earlier rows said, for what contradicts or repeats them."""

    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    facts: dict[tuple[str, str], int] = field(default_factory=dict)
    rows: dict[RosterRow, int] = field(default_factory=dict)
    minutes: dict[tuple[str, date | None], int] = field(default_factory=dict)

    def complaints(self, row: RosterRow) -> list[Finding]:
        return list(self._complaints(row))

    def _complaints(self, row: RosterRow) -> Iterable[Finding]:
        name, first = self.names.setdefault(row.number, (row.name, row.row))
        if name != row.name:
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
