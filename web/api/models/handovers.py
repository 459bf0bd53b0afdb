"""What payroll is told. Only those who may know wages get any of these."""

from uuid import UUID

from pydantic import Field

from web.api.models.values import Answer, Asked, Day, DayText, Id, MomentText, example


class PayChangeAnswer(Answer):
    """One change in pay: a step given, or the undo of that. Money in cents an hour."""

    decision: int
    takes_back: int | None = Field(description="The approval that an undo takes back.")
    number: str | None = Field(description="The employer's number for the person, as it was then.")
    person: UUID
    step: str
    old_cents_per_hour: int | None
    new_cents_per_hour: int | None
    effective_on: DayText = Field(
        description="Paid from this day; of an undo, the day on which it was decided."
    )
    decided_at: MomentText
    late: bool = Field(
        description="It lies before the period, and was decided after that had been handed over."
    )


class HandoverAnswer(Answer):
    """One hand-over of a period, half-open. It says the same ever after."""

    handover: int
    employer: UUID
    since: DayText
    until: DayText = Field(description="The first day after the period.")
    known_at: MomentText = Field(description="What was decided later is told by a later hand-over.")


class HandoverDetail(HandoverAnswer):
    """A hand-over with its changes, in the order of days."""

    changes: list[PayChangeAnswer]


class Handovers(Answer):
    """The hand-overs of one's employers, the newest first in each."""

    handovers: list[HandoverAnswer]


class HandoverAsked(Asked):
    """A period to hand over; it begins where the last one ended."""

    model_config = example(
        {"employer_id": "6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec", "since": "2026-11-01", "until": "2026-12-01"}
    )

    employer_id: Id
    since: Day
    until: Day = Field(description="The first day after the period.")
