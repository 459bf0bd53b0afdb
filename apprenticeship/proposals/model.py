"""What the rules propose about somebody's wage steps, and what people say about it; what is open is worked out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from apprenticeship.raises.model import Kind, RaiseDecision, in_force


class ProposalKind(StrEnum):
    """What is proposed: to give a step, or to look again at one that was given."""

    RAISE = "raise"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One proposal about one wage step of one person. It is never changed; people decide.

    Attributes:
        turn: how often the step had been given and taken back before.
        refers_to: the approval that a correction puts in question; None for a raise.
        as_of: the day on which the rule was asked.
        known_at: the moment at which it was proposed; what was known then decides.
        evidence_up_to: the last row of the person's evidence that was there; 0 for none.
        was_on: of a correction, the day on which the rule first held by what was known when the step was given.
        holds_since: the day on which the rule first held; None where a correction says that it holds no more.
        lost_on: of a correction, the day from which the rule holds no more; None where it still holds, or never did.
        because: keys of the evidence that the step rests on, or of what changed.
    """

    id: int
    enrolment: UUID
    step: str
    kind: ProposalKind
    turn: int
    refers_to: int | None
    as_of: date
    known_at: datetime
    evidence_up_to: int
    was_on: date | None
    holds_since: date | None
    lost_on: date | None
    standards: tuple[UUID, ...]
    standards_sha256: str
    because: tuple[str, ...]

    def last_day_to_object(self, days: int) -> date:
        """Return the last day of an objection period of so many days; the day of the proposal does not count."""
        return self.known_at.date() + timedelta(days=days)

    def same_as(self, other: "Proposal") -> bool:
        """Whether two corrections say the same of the same decision."""
        return (self.refers_to, self.holds_since, self.lost_on) == (
            other.refers_to,
            other.holds_since,
            other.lost_on,
        )


class StatementKind(StrEnum):
    """What is said: against a proposal, against a decision or objection, or in answer to a correction or an appeal."""

    OBJECTION = "objection"
    APPEAL = "appeal"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"
    UPHELD = "upheld"


ANSWERS = (StatementKind.ACCEPTED, StatementKind.SET_ASIDE)
APPEALED = (Kind.DENIED, Kind.POSTPONED, Kind.UNDONE)
"""Decisions against which somebody can appeal."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What somebody said about a raise; exactly one of `proposal` and `decision` is what it is about.

    Attributes:
        reason: why; None where it was erased.
    """

    id: int
    enrolment: UUID
    kind: StatementKind
    proposal: int | None
    decision: int | None
    said_at: datetime
    said_by: UUID
    reason: str | None


@dataclass(frozen=True)
class Flow:
    """Everything that was proposed, said and decided about the steps of one enrolment, each in its order."""

    proposals: tuple[Proposal, ...]
    statements: tuple[Statement, ...]
    decisions: tuple[RaiseDecision, ...]

    def proposal(self, number: int) -> Proposal | None:
        """Return a proposal by its id."""
        return next((one for one in self.proposals if one.id == number), None)

    def about(self, proposal: Proposal, *kinds: StatementKind) -> Statement | None:
        """Return what was said of some kinds about a proposal."""
        return next(
            (one for one in self.statements if one.proposal == proposal.id and one.kind in kinds), None
        )

    @property
    def open_raises(self) -> tuple[Proposal, ...]:
        """The proposals of raises about which nothing was decided, objected to or not."""
        turns, decided = turns_of(self.decisions), in_force(self.decisions)
        return tuple(
            one
            for one in self.proposals
            if one.kind is ProposalKind.RAISE
            and one.turn == turns.get(one.step, 0)
            and decided.of(one.step) is None
        )

    @property
    def open_corrections(self) -> tuple[Proposal, ...]:
        """The last correction of each approval in force, where nobody has answered it."""
        last = {one.refers_to: one for one in self.proposals if one.kind is ProposalKind.CORRECTION}
        given = {one.id for one in in_force(self.decisions).given.values()}
        return tuple(one for one in last.values() if one.refers_to in given and not self.about(one, *ANSWERS))

    @property
    def open_appeals(self) -> tuple[Statement, ...]:
        """The appeals that nobody answered: nothing was decided about the step, and nothing upheld."""
        appeals = (one for one in self.statements if one.kind is StatementKind.APPEAL)
        return tuple(one for one in appeals if self.answer_to(one) is None and self.upheld(one) is None)

    def upheld(self, appeal: Statement) -> Statement | None:
        """Return what leaves things as they were in spite of an appeal."""
        about = (appeal.proposal, appeal.decision)
        said = (one for one in self.statements if one.kind is StatementKind.UPHELD)
        return next((one for one in said if (one.proposal, one.decision) == about), None)

    def answer_to(self, appeal: Statement) -> RaiseDecision | None:
        """Return the decision that answers an appeal: the next one about the step."""
        step = self.step_of(appeal)
        about = [one for one in self.decisions if one.step == step]
        if appeal.decision is not None:
            return next((one for one in about if one.id > appeal.decision), None)
        return next((one for one in about if one.decided_at >= appeal.said_at), None)

    def step_of(self, statement: Statement) -> str:
        """Return the step that a statement is about."""
        if statement.decision is not None:
            return next(one.step for one in self.decisions if one.id == statement.decision)
        return next(one.step for one in self.proposals if one.id == statement.proposal)

    def appeal_against(self, decision: int) -> Statement | None:
        """Return the appeal against a decision."""
        appeals = (one for one in self.statements if one.kind is StatementKind.APPEAL)
        return next((one for one in appeals if one.decision == decision), None)

    def can_be_appealed(self, decision: RaiseDecision) -> bool:
        """Whether a decision is the last about its step, is against the apprentice, and nobody has appealed."""
        last = next((one for one in reversed(self.decisions) if one.step == decision.step), None)
        against = decision.kind in APPEALED and not self._took_back_a_refusal(decision)
        return last == decision and against and self.appeal_against(decision.id) is None

    def _took_back_a_refusal(self, decision: RaiseDecision) -> bool:
        undone = next((one for one in self.decisions if one.id == decision.refers_to), None)
        return undone is not None and undone.kind is not Kind.APPROVED


def turns_of(decisions: Iterable[RaiseDecision]) -> dict[str, int]:
    """Return how often each step was given and taken back."""
    made = {one.id: one for one in decisions}
    turns: dict[str, int] = {}
    for one in made.values():
        undone = made.get(one.refers_to or 0)
        if undone is not None and undone.kind is Kind.APPROVED:
            turns[undone.step] = turns.get(undone.step, 0) + 1
    return turns
