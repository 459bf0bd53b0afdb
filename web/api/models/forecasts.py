"""What is foreseen. Only those who may know wages get any of these."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from web.api.models.people import Named
from web.api.models.values import Answer, Asked, DayText, Dollars, Hash, Id, MomentText, example


class GoalForecast(Answer):
    """One wage step or completion: one future of ten is there by `earliest`, five by `expected`, nine by `latest`."""

    goal: str = Field(description="`step:ID` or `completion`.")
    reached: bool
    reached_on: DayText | None
    earliest: DayText | None
    expected: DayText | None
    latest: DayText | None = Field(description="Null beside `expected`: more than five years away.")
    why_not: Literal["not_enrolled", "ended", "suspended", "quiet", "no_way", "unpaced", "too_far"] | None = (
        Field(description="Why no day is foreseen.")
    )
    unpaced: list[Literal["learning", "job", "related"]] = Field(
        description="Of what nobody showed any in the last twelve months."
    )


class Pace(Answer):
    """What a forecast rests on."""

    months: int = Field(description="How many of the last twelve months are measured.")
    weight_percent: int = Field(description="How far it goes by the person's own months.")
    learning_minutes: int = Field(description="Effort shown in a month.")
    program_learning_minutes: int = Field(description="The same of all people of the program together.")
    job_minutes: int = Field(description="Logged at work in a month.")
    paid_minutes: int = Field(description="What the payroll reckons with in a month.")


class LearnerForecast(Answer):
    """What is foreseen of one person."""

    learner: Named
    program: str
    goals: list[GoalForecast]
    pace: Pace
    usd_by_month: list[Dollars] = Field(description="Expected pay in each calendar month to come.")


class MonthPayroll(Answer):
    """A calendar month: four futures of five lie between `low_usd` and `high_usd`."""

    month: DayText = Field(description="Its first day.")
    low_usd: Dollars
    expected_usd: Dollars
    high_usd: Dollars


class PayrollForecast(Answer):
    """What everybody whose wages one may know will be paid, two years ahead."""

    as_of: DayText
    months: list[MonthPayroll]
    people: list[LearnerForecast]


class KeepAsked(Asked):
    """Whose forecast is kept."""

    model_config = example({"employer_id": "00000000-0000-4000-8000-000000000000"})

    employer_id: Id


class KeptForecast(Answer):
    """A forecast that was kept for a quarter. It is never changed."""

    id: UUID
    employer_id: UUID
    quarter: DayText = Field(description="Its first day.")
    as_of: DayText
    made_at: MomentText
    made_by: UUID | None = Field(description="Null: the schedule.")
    sha256: Hash
