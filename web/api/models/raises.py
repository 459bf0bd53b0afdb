"""Wage steps and raises. Only those who may know wages get any of these."""

from uuid import UUID

from pydantic import Field

from web.api.models.people import Named
from web.api.models.standing import Progress
from web.api.models.values import (
    Answer,
    Asked,
    Day,
    DayText,
    Dollars,
    Hash,
    Identifier,
    MomentText,
    Number,
    Reference,
    Rule,
    example,
)


class WageStep(Answer):
    """One step of a wage schedule, with what it pays on the day."""

    id: str
    title: str
    percent: Number | None
    usd_per_hour: Dollars | None
    when: Rule | None


class CrewMember(Answer):
    """One apprentice as an employer plans raises."""

    learner: Named
    program: str
    awarded: WageStep | None = Field(description="The highest step that was given.")
    reached: WageStep | None = Field(description="The step that the rules say today.")
    reached_on: DayText | None
    due: bool = Field(description="Whether the step reached lies beyond the step awarded.")
    next: WageStep | None
    progress: Progress = Field(description="How far to the next step.")


class Crew(Answer):
    """Everybody whose wages one may know: raises due first, then who is nearest to one."""

    crew: list[CrewMember]


class AwardAnswer(Answer):
    """A wage step that was given, and what it rests on."""

    learner_id: UUID
    program: str
    step: str
    effective_on: DayText
    decided_at: MomentText
    decided_by: UUID
    standards_sha256: Hash
    because: list[str]


class Ladder(Answer):
    """The wage schedule of somebody's program, and the steps given so far."""

    program: str
    steps: list[WageStep]
    awarded: list[AwardAnswer]


class AwardAsked(Asked):
    """A step to give from a day on. The rules must hold on that day."""

    model_config = example({"program": "machinist", "step": "s2", "effective_on": "2026-11-20"})

    program: Identifier
    step: Reference
    effective_on: Day
