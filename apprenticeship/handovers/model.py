"""What payroll is told: changes in pay of one period, each once, in hand-overs that follow one another."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

FURTHEST_DAYS = 366  # a period longer than a year is a slip of the pen


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One hand-over of an employer. It is never changed, and says the same ever after.

    Attributes:
        since: the first day of the period.
        until: the first day after it; the next hand-over begins here.
        known_at: when it was made; what was decided later is told by a later one.
    """

    id: int
    employer: UUID
    since: date
    until: date
    known_at: datetime
    made_by: UUID


@dataclass(frozen=True, kw_only=True)
class PayChange:
    """One change in pay: a wage step given, or the undo of that.

    Attributes:
        decision: the decision that makes the change.
        takes_back: the approval that an undo takes back; None for an approval.
        number: the employer's own number for the person when it was handed over; None where it has none.
        step: key of the wage step, "program:step".
        effective_on: the day from which it is paid; of an undo the day on which it was decided.
        cents_before: what was paid an hour before; None where the program states no money.
        cents_after: what is paid an hour after.
    """

    decision: int
    takes_back: int | None
    person: UUID
    number: str | None
    step: str
    effective_on: date
    cents_before: int | None
    cents_after: int | None
    decided_at: datetime

    def is_late_in(self, handover: Handover) -> bool:
        """Tell whether it lies before the period: it was decided after that had been handed over."""
        return self.effective_on < handover.since


@dataclass(frozen=True)
class Told:
    """A hand-over with what it tells, in the order of days."""

    handover: Handover
    changes: tuple[PayChange, ...]
