"""Wage steps and raises. Only those who may know wages get any of these."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.people import Named
from web.api.models.standing import Progress
from web.api.models.values import (
    LARGEST_ROW,
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

Whole = Annotated[int, Field(ge=1, le=LARGEST_ROW)]


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


class FirstApprovalAnswer(Answer):
    """The first of two approvals that the sponsor's house rules ask for. It gives nothing before the second."""

    kind: Literal["first_approval"]
    id: int
    learner_id: UUID
    program: str
    step: str
    effective_on: DayText = Field(description="The day from which the step is to be paid.")
    reason: str | None
    approved_at: MomentText
    approved_by: UUID
    completed_by: int | None = Field(description="The decision of the second person; null while it waits.")
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
    first_approvals: list[FirstApprovalAnswer] = Field(
        description="First approvals of raises that need two people, the first one first."
    )


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


class ProposalAnswer(Answer):
    """What the rules propose: to give a step, or to look again at one that was given. People decide."""

    id: int
    step: str
    kind: Literal["raise", "correction"]
    refers_to: int | None = Field(description="Of a correction: the decision that gave the step.")
    proposed_at: MomentText
    as_of: DayText = Field(description="The day on which the rule was asked.")
    was_on: DayText | None = Field(
        description="Of a correction: the day on which the step was reached as it was known when it was given."
    )
    holds_since: DayText | None = Field(description="The day on which the step was reached; null: it is not.")
    lost_on: DayText | None = Field(description="Of a correction: the day from which its rule holds no more.")
    standards_sha256: Hash
    because: list[str]
    open: bool = Field(description="Whether nobody has decided or answered.")


class StatementAnswer(Answer):
    """What somebody said about a raise: an objection, an appeal, or the answer to a correction."""

    id: int
    kind: Literal["objection", "appeal", "accepted", "set_aside", "upheld"]
    proposal_id: int | None
    decision_id: int | None
    reason: str | None = Field(description="None where it was erased.")
    said_at: MomentText
    said_by: UUID
    open: bool = Field(description="Of an appeal: whether the employer has not decided again.")


class RaiseFlow(Answer):
    """What was proposed and said about somebody's raises, in the order of the days; decisions are with the ladder."""

    program: str
    proposals: list[ProposalAnswer]
    statements: list[StatementAnswer]


class ObjectionAsked(Asked):
    """Why a raise should not stand by itself."""

    model_config = example({"reason": "Two log books are missing."})

    reason: Note


class AppealAsked(Asked):
    """Why a decision, or an objection to a proposal, should be looked at again; exactly one of them is named."""

    model_config = example({"decision_id": 1099511627776, "reason": "The log was handed in on the ninth."})

    decision_id: Whole | None = None
    proposal_id: Whole | None = None
    reason: Note


class AppealAnswerAsked(Asked):
    """Why things stay as they are in spite of an appeal."""

    model_config = example({"reason": "The log of March is missing still."})

    reason: Note


class CorrectionAsked(Asked):
    """The answer to a correction. Accepting takes the raise back, and gives it again where it still holds."""

    model_config = example({"accept": True, "reason": "The test of June was withdrawn."})

    accept: bool
    reason: Note


class UndoAsked(Asked):
    """Why a decision is taken back."""

    model_config = example({"reason": "The wrong person."})

    reason: Note
