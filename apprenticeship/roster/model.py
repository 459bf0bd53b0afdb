"""A roster file on its way into the database: what was read, what is wrong with it, how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from apprenticeship.evidence.model import EvidenceKind, Fact


class Keep(StrEnum):
    """What becomes of a file with bad rows."""

    GOOD = "good"  # import the good rows
    ALL = "all"  # import all rows or none


class JobState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class RowState(StrEnum):
    WAITING = "waiting"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


def spelled(name: str) -> str:
    """Return a name as it is compared: without regard to case and to how much space there is."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong in one cell, and what would be right.

    Attributes:
        row: as a spreadsheet counts: 1 is the heading.
        column: the heading of the column; empty for the whole row.
    """

    row: int
    column: str
    what: str
    right: str


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One good row: a person, perhaps an enrolment, perhaps one piece of evidence.

    Attributes:
        number: the organisation's own number for the person; people are matched by nothing else.
        program: key of the program; with `registered`, an enrolment.
        credential: "framework:id"; with `on`, a pass (of `part`, or whole).
        minutes: with `work_process` and `on`, hours.
    """

    row: int
    number: str
    name: str
    program: str | None = None
    registered: date | None = None
    credential: str | None = None
    part: str | None = None
    result: str | None = None
    minutes: int | None = None
    work_process: str | None = None
    on: date | None = None

    @property
    def source_key(self) -> str | None:
        """What makes the evidence of this row the same when a file is read again; None without evidence."""
        if self.credential is not None:
            return f"credential {self.credential} {self.part or 'whole'} {self.on}"
        if self.minutes is not None:
            return f"hours {self.work_process} {self.on}"
        return None

    @property
    def fact(self) -> Fact | None:
        """The evidence of this row, if it has any."""
        if self.on is None:
            return None
        if self.credential is not None:
            return Fact(
                kind=EvidenceKind.CREDENTIAL,
                happened_on=self.on,
                subject=self.credential,
                part=self.part,
                result=self.result,
                source_key=self.source_key,
            )
        if self.minutes is not None:
            return Fact(
                kind=EvidenceKind.HOURS,
                happened_on=self.on,
                minutes=self.minutes,
                work_process=self.work_process,
                source_key=self.source_key,
            )
        return None


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What a file would do: good rows, and findings of the bad ones."""

    rows: tuple[RosterRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class ImportSummary:
    """What the good rows of a file speak of."""

    people: int
    enrolments: int
    credentials: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """A file being imported.

    Attributes:
        keep: None while it is only planned (the dry run).
        rows_done: rows dealt with so far, bad ones included: what the progress bar shows.
        rows_changed: rows that brought something new.
        rows_refused: rows with a finding.
    """

    id: UUID
    organisation: UUID
    requested_by: UUID
    file_name: str
    file_sha256: str
    keep: Keep | None
    state: JobState
    rows_total: int
    rows_done: int
    rows_changed: int
    rows_refused: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def rows_unchanged(self) -> int:
        """Rows that were there already, so far."""
        return max(0, self.rows_done - self.rows_changed - self.rows_refused) if self.keep else 0
