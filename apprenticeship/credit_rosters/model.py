"""What a college's agreements give to many learners on one day: who asked, how far it is, a row for each."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class CheckState(StrEnum):
    """How far a check is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Unfound:
    """A row of an uploaded list that names nobody whom the registrar may see; `row` as a spreadsheet counts."""

    row: int
    said: str
    why: str


@dataclass(frozen=True, kw_only=True)
class RosterCheck:
    """One check.

    Attributes:
        agreements: the published versions that are asked, in the order of keys.
        people: how many learners it is about, and `done` how many were worked out.
    """

    id: UUID
    asked_by: UUID
    college: UUID
    as_of: date
    agreements: tuple[UUID, ...]
    unfound: tuple[Unfound, ...]
    people: int
    done: int
    state: CheckState
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit of an agreement and what of it is used, in hundredths."""

    name: str
    allowed: int
    used: int

    @property
    def percent(self) -> int:
        """The share that is used, in whole percent, rounded down; a limit of nothing is used up."""
        return self.used * 100 // self.allowed if self.allowed else 100


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """What one agreement gives to one learner. Credits in hundredths of `unit` hours.

    Attributes:
        agreement: its key.
        granted: what the college has granted under it already; not in `credits`.
        courses: of the awards that it gives.
        limits: each with its use, granted credit counted.
    """

    agreement: str
    program: str
    unit: str
    credits: int
    granted: int
    courses: tuple[str, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, kw_only=True)
class LearnerRow:
    """One learner; without lines where the college may not see them any more.

    Attributes:
        questions: what is open, in words.
    """

    person: UUID
    name: str
    number: str
    lines: tuple[AgreementLine, ...]
    questions: tuple[str, ...]
