"""Claims to credit for previous experience, and what became of them. Hours are minutes by id of the work process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

CREDITED = "standing-claim:"
"""How the source keys of credited hours begin; nothing that is handed in or imported has such a key."""

Hours = Mapping[str, int]


class Outcome(StrEnum):
    WAITING = "waiting"
    IN_FULL = "granted in full"
    IN_PART = "granted in part"
    NOT = "not granted"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided about a claim.

    Attributes:
        decided_on: the day from which the credit counts.
        probation_ends: the day before which it had to be decided.
        tell_by: the last day to tell the registration agency.
        raise_decision: the raise that the credit brought, where it reached another wage step.
        told_on: when the agency was told; None where that is still to do.
    """

    granted: Hours
    reason: str
    decided_on: date
    probation_ends: date
    tell_by: date
    raise_decision: int | None
    decided_at: datetime
    decided_by: UUID
    told_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim, as a person made it at application; `decided` is None while it waits."""

    id: int
    enrolment: UUID
    person: UUID
    program: str
    applied_on: date
    asked: Hours
    documents: tuple[str, ...]
    claimed_at: datetime
    claimed_by: UUID
    decided: Decided | None = None

    @property
    def outcome(self) -> Outcome:
        if self.decided is None:
            return Outcome.WAITING
        granted, asked = sum(self.decided.granted.values()), sum(self.asked.values())
        if not granted:
            return Outcome.NOT
        return Outcome.IN_FULL if granted == asked else Outcome.IN_PART


@dataclass(frozen=True)
class ProbationEnd:
    """The first day after probation, and by which rule."""

    day: date
    why: str
