"""What somebody has shown: rows that are only ever added."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class EvidenceKind(StrEnum):
    CREDENTIAL = "credential"
    COMPETENCY = "competency"
    HOURS = "hours"
    COURSE = "course"
    SCORE = "score"
    WAIVER = "waiver"
    REVOCATION = "revocation"


class Status(StrEnum):
    CLAIMED = "claimed"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What is claimed, without who wrote it down when.

    Attributes:
        subject: "framework:id" of the credential, competency, course or score (or of what is waived).
        minutes: for hours, and for a course that counts as related instruction.
        work_process: id of the work process, or `ojl` or `rti`.
        credits: hundredths of a credit.
        revokes: the entry that a revocation takes out.
        happened_on: the day from which it counts, if verified.
        until: the end of a waiver.
        attested_by: who vouches for it, in words: an issuer, a tester.
        source_key: what makes it the same fact when a file is read again.
    """

    kind: EvidenceKind
    happened_on: date
    subject: str | None = None
    part: str | None = None
    result: str | None = None
    rating: int | None = None
    minutes: int | None = None
    work_process: str | None = None
    college: str | None = None
    grade: str | None = None
    credits: int | None = None
    score: int | None = None
    waives: str | None = None
    revokes: int | None = None
    until: date | None = None
    attested_by: str | None = None
    source_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Addition:
    """One row to add."""

    person: UUID
    fact: Fact
    status: Status | None
    recorded: datetime
    recorded_by: UUID
    supersedes: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One row of somebody's evidence as it stands in the database.

    Attributes:
        id: the row.
        entry: the first row of the chain of corrections; people know the evidence by it.
        supersedes: the row that this one corrects or decides.
        note: the comment or reason, unless it was erased.
    """

    id: int
    entry: int
    person: UUID
    fact: Fact
    status: Status | None
    recorded: datetime
    recorded_by: UUID
    supersedes: int | None
    note: str | None

    @property
    def key(self) -> str:
        """The identifier that answers name: sorts as the entries were made."""
        return entry_key(self.entry)


@dataclass(frozen=True)
class Mark:
    """What tells one state of somebody's evidence from another: rows are only ever added, and notes erased.

    Attributes:
        last: the highest row, 0 for none.
        rows: how many rows there are.
        notes: how many of them still have their note.
        recorded: when the last of them was recorded; differs where a backup was put back and work went on.
    """

    last: int = 0
    rows: int = 0
    notes: int = 0
    recorded: datetime | None = None


def entry_key(entry: int) -> str:
    """Return the identifier of an entry in documents and answers."""
    return f"e{entry:09d}"


def entry_of(key: str) -> int:
    """Return the entry that an identifier names.

    Raises:
        ValueError: it is no such identifier.
    """
    if not key.startswith("e"):
        raise ValueError(key)
    return int(key[1:])


def known_rows(
    history: Iterable[Evidence], *, at: datetime, up_to: int | None = None
) -> tuple[Evidence, ...]:
    """Return the rows of a history that stood by what was known at a moment, the oldest entry first.

    `up_to` is the last row that was there; None leaves it to the moment alone.
    """
    there = [row for row in history if row.recorded <= at and (up_to is None or row.id <= up_to)]
    superseded = {row.supersedes for row in there}
    return tuple(sorted((row for row in there if row.id not in superseded), key=lambda row: row.entry))
