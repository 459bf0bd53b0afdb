"""One row of a roster: from its cells to what it says, or to what is wrong with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from apprenticeship.evidence.checking import OLDEST
from apprenticeship.roster.model import Finding, RosterRow
from graph.requirement import RTI

LONGEST_CELL = 1_000
LONGEST_NUMBER = 64
LONGEST_NAME = 200
NEAREST = 3
LIKENESS = 0.6
# what says nothing without another column beside it
COMPANIONS = {
    "registered": ("program",),
    "part": ("credential",),
    "result": ("credential",),
    "work process": ("hours",),
    "date": ("credential", "hours"),
}


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


class RowReader:
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

    def check_unheaded(self, cells: tuple[str, ...], headed: frozenset[int]) -> None:
        """Complain of a cell without a heading: often a comma in a name has shifted the row."""
        for at, cell in enumerate(cells):
            if cell and at not in headed:
                self._complain("", f"{cell[:30]!r} stands below no heading", "quote cells that have commas")
                return

    def _complain(self, column: str, what: str, right: str) -> None:
        self.findings.append(Finding(row=self.row, column=column, what=what, right=right))

    def _cell(self, column: str) -> str:
        value = self._cells.get(column, "")
        if len(value) > LONGEST_CELL:
            self._complain(column, f"{len(value):,} characters", f"at most {LONGEST_CELL:,}")
            return ""
        if value.startswith("="):
            self._complain(column, f"{value[:20]!r} is a formula", "what it comes to, pasted as a value")
            return ""
        return value

    def _text(self, column: str, longest: int) -> str:
        value = self._cell(column)
        if not value:
            if not self._complained_of(column):
                self._complain(column, "empty", f"write the person's {column}")
        elif len(value) > longest:
            self._complain(column, f"{len(value):,} characters", f"at most {longest}")
        elif not value.isprintable():
            self._complain(column, "a character that cannot be printed", "plain text")
        elif value[0] in "+@":
            self._complain(column, f"{value[:20]!r} is a formula", "plain text")
        return value

    def _complained_of(self, column: str) -> bool:
        return any(finding.column == column for finding in self.findings)

    def _day(self, column: str, *, needed: bool) -> date | None:
        value = self._cell(column)
        if not value:
            if needed and not self._complained_of(column):
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
            self._complain("credential", f"no credential {value[:60]!r}", self._nearest(value))
        return None

    def _nearest(self, value: str) -> str:
        """Say which credentials are written most like this."""
        names = get_close_matches(value, self._known.credential_names, n=NEAREST, cutoff=LIKENESS)
        keys = dict.fromkeys(key for name in names for key in sorted(self._known.credential_names[name]))
        if not keys:
            return "its id or title as in the standards, for instance nims-machining-1:mms"
        return f"perhaps {' or '.join(list(keys)[:NEAREST])}"

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
        minutes = int((hours * 60).to_integral_value(rounding="ROUND_HALF_UP"))
        if minutes == 0:
            self._complain("hours", f"{value[:30]} hours are no minute", "more than 0 and at most 24")
            return None
        return minutes

    def _work_process(self, minutes: int | None, program: str | None) -> str | None:
        value = self._cell("work process").lower()
        if minutes is None:
            return None
        if not self._known.enrols and value != RTI:
            self._complain("work process", "a college teaches related instruction", RTI)
            return None
        known = self._known.programs.get(program, frozenset()) if program else self._every_work_process()
        if value not in known | {"ojl", "rti"}:
            right = f"one of {', '.join(sorted(known | {'ojl', 'rti'}))}"
            self._complain("work process", f"no work process {value[:60]!r}" if value else "empty", right)
        return value

    def _every_work_process(self) -> frozenset[str]:
        return frozenset().union(*self._known.programs.values())

    def _check_whole(self, row: RosterRow) -> None:
        for column, others in COMPANIONS.items():
            if self._cells.get(column) and not any(self._cells.get(other) for other in others):
                self._complain(column, f"a {column} without a {' or '.join(others)}", "both or neither")
        if row.credential is not None and row.minutes is not None:
            self._complain("hours", "a credential and hours in one row", "a row for each")
