"""Wage steps and raises. Only those who may know wages get any of these."""

from typing import Literal
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
    Note,
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


class DecisionAnswer(Answer):
    """One decision about a wage step, and what it rests on. It is never changed; an undo is another one."""

    id: int
    learner_id: UUID
    program: str
    step: str
    kind: Literal["approved", "denied", "postponed", "undone"]
    effective_on: DayText | None = Field(description="The day from which an approved step is paid.")
    postponed_until: DayText | None = Field(description="The day on which a postponed step is due again.")
    refers_to: int | None = Field(description="The decision that an undo takes back.")
    in_force: bool = Field(description="Whether it stands: not undone, and no other one followed.")
    reason: str | None
    decided_at: MomentText
    decided_by: UUID | None = Field(
        description="None: nobody objected in time, and the raise stands by itself."
    )
    as_of: DayText = Field(description="The day on which the rule was asked.")
    standards_sha256: Hash
    because: list[str]
    explanation_sha256: Hash
    usd_per_hour_before: Dollars | None
    usd_per_hour_after: Dollars | None


class CrewMember(Answer):
    """One apprentice as an employer plans raises."""

    learner: Named
    program: str
    awarded: WageStep | None = Field(description="The highest step that was given.")
    reached: WageStep | None = Field(description="The step that the rules say today.")
    reached_on: DayText | None
    due: bool = Field(
        description="Whether the step reached lies beyond the one awarded and is not set aside."
    )
    set_aside: DecisionAnswer | None = Field(
        description="Why the step reached is not due: denied or postponed."
    )
    next: WageStep | None
    progress: Progress = Field(description="How far to the next step.")


class Crew(Answer):
    """Everybody whose wages one may know: raises due first, then who is nearest to one."""

    crew: list[CrewMember]


class Ladder(Answer):
    """The wage schedule of somebody's program, the steps given so far and everything that was decided."""

    program: str
    steps: list[WageStep]
    awarded: list[DecisionAnswer] = Field(description="The approvals in force on the day.")
    decisions: list[DecisionAnswer] = Field(description="Every decision, the first one first.")


class DecisionAsked(Asked):
    """A decision about a step that is reached. Denying and postponing take a reason."""

    model_config = example({"program": "machinist", "step": "s2", "effective_on": "2026-11-20"})

    program: Identifier
    step: Reference
    kind: Literal["approved", "denied", "postponed"] = "approved"
    effective_on: Day | None = Field(None, description="For an approval: the day from which it is paid.")
    postponed_until: Day | None = Field(
        None, description="For a postponement: the day on which it is due again."
    )
    reason: Note | None = None


class UndoAsked(Asked):
    """Why a decision is taken back."""

    model_config = example({"reason": "The wrong person."})

    reason: Note
