"""Training plans: whom to train in what, where and when; the answer of `journeymark capacity`."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.values import Answer, Asked, DayText, Dollars, Id, Number, example

Month = Annotated[int, Field(ge=1, description="Of the plan, from 1.")]
Worth = Annotated[int, Field(ge=0)]


class StationAsked(Asked):
    """Something to train with: `id` is a work process of these people's programs, or `rest` for all the rest."""

    id: str = Field(max_length=500)
    hours_per_month: Annotated[float, Field(ge=0, le=10_000)] | None = Field(
        default=None, description="Null: no limit."
    )
    at_a_time: Annotated[int, Field(ge=0, le=1000)] | None = Field(
        default=None, description="Apprentices at a time; null: no limit."
    )


class TrainingPlanAsked(Asked):
    """What there is to train with."""

    model_config = example(
        {"months": 12, "budget_usd": 6000, "stations": [{"id": "machinist:turning", "hours_per_month": 160}]}
    )

    months: Annotated[int, Field(ge=1, le=24)] = 12
    budget_usd: Annotated[float, Field(ge=0, le=1_000_000_000)] | None = Field(
        default=None, description="For all of it; null: no limit."
    )
    training_hours_per_month: Annotated[float, Field(ge=1, le=744)] = Field(
        default=40, description="That one apprentice has time for."
    )
    stations: list[StationAsked] = Field(
        default=[], max_length=40, description="None: one for each work process, 160 hours a month each."
    )
    learners: list[Id] = Field(default=[], max_length=60, description="None: the first sixty of the crew.")


class PlannedTraining(Answer):
    """One training."""

    person: UUID
    item: str = Field(examples=["credential:nims-machining-1:mms"])
    station: str
    mentor: str | None
    month: Month
    until_month: Month
    hours: Number
    usd: Dollars
    assumed: bool = Field(default=False, description="The standard states no hours, and 40 were taken.")


class PlannedRaise(Answer):
    """A raise or completion that comes within the plan."""

    person: UUID
    goal: str = Field(examples=["step:s2", "completion"])
    month: Month
    by: DayText
    usd_per_hour: Dollars | None
    without_training: bool = Field(description="It comes as soon without any training.")
    soonest_month: Month


class NeverTrained(Answer):
    """Something that is needed and never trained."""

    item: str
    reason: str


class MissedRaise(Answer):
    """A raise or completion that does not come within the plan."""

    person: UUID
    goal: str
    why: Literal["room", "training", "time", "long"]
    needs: list[NeverTrained] = Field(default=[])


class NotTrained(Answer):
    """Somebody who is not trained."""

    person: UUID
    reason: str


class TooLittle(Answer):
    """Something that there was too little of."""

    kind: Literal["station", "mentor", "budget", "time"]
    id: str | None
    months: list[Month]
    unit: Literal["hours", "slots", "usd"]
    waiting: int
    worth_of_more: Number | None = Field(
        description="An estimate, in cents an hour times months, of one hour more in each month or 100 dollars more."
    )


class PlaceName(Answer):
    """A station or mentor."""

    id: str
    title: str


class TrainingSchedule(Answer):
    """What a plan came to. `worth` is in cents an hour times months."""

    from_: DayText = Field(alias="from")
    until: DayText
    months: list[DayText]
    stations: list[PlaceName]
    mentors: list[PlaceName]
    optimal: bool = Field(description="Proven: no plan is worth more.")
    worth: Worth
    bound: Worth = Field(description="No plan is worth more than this.")
    gap_percent: Number
    without_training: Worth
    cost_usd: Dollars
    hours: Number
    trainings: list[PlannedTraining]
    coming: list[PlannedRaise]
    missed: list[MissedRaise]
    not_trained: list[NotTrained]
    binds: list[TooLittle]
    basis: str


class TrainingPlanAnswer(Answer):
    """A training plan; `plan` is there once `state` is done."""

    id: UUID
    state: Literal["running", "done", "failed"]
    plan: TrainingSchedule | None
