from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class FirstApproval:
    """The first of two approvals of a raise; it gives nothing until another person approves the same.

    Attributes:
        effective_on: the day from which the step is to be paid.
        cents_before: what is paid an hour before the raise; None where the program states no money.
        cents_after: what is to be paid an hour after it.
        decisions_up_to: the last decision about the enrolment that was there; 0 for none.
        reason: why; None without one, and where it was erased.
        completed_by: the decision of the second person; None while it waits.
    """

    id: int
    enrolment: UUID
    step: str
    effective_on: date
    cents_before: int | None
    cents_after: int | None
    decisions_up_to: int
    approved_at: datetime
    approved_by: UUID
    reason: str | None
    completed_by: int | None = None
