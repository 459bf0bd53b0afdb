"""Decisions about raises: each with what it rests on; which of them are in force is worked out, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    DENIED = "denied"
    POSTPONED = "postponed"
    UNDONE = "undone"


@dataclass(frozen=True, kw_only=True)
class RaiseDecision:
    """One decision about one wage step of one person. It is never changed; an undo is another one.

    Attributes:
        effective_on: the day from which an approved step is paid; None for every other kind.
        postponed_until: the day on which a postponed step is to be decided again; None for every other kind.
        refers_to: the decision that an undo takes back; None for every other kind.
        decided_at: when it was decided; what was known at that moment decides.
        decided_by: who did; None where a raise stands by itself because nobody objected in time.
        as_of: the day on which the rule was asked.
        evidence_up_to: the last row of the person's evidence that was there; 0 for none.
        standards: the published versions it was decided under, the program first.
        because: keys of the evidence that the step rested on.
        explanation_sha256: the hash of the proof, which is kept beside; empty for an award of a release before proofs
            were kept.
        cents_before: what was paid an hour before it; None where the program states no money.
        cents_after: what is paid an hour after it.
        reason: why; None for an approval without one, and where it was erased.
    """

    id: int
    enrolment: UUID
    step: str
    kind: Kind
    effective_on: date | None
    postponed_until: date | None
    refers_to: int | None
    decided_at: datetime
    decided_by: UUID | None
    as_of: date
    evidence_up_to: int
    standards: tuple[UUID, ...]
    standards_sha256: str
    because: tuple[str, ...]
    explanation_sha256: str
    cents_before: int | None
    cents_after: int | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What somebody decides about a step that was reached; days and reason as in `RaiseDecision`."""

    kind: Kind
    effective_on: date | None = None
    postponed_until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class InForce:
    """The decision that stands for each step; a step without one is open.

    Attributes:
        given: approved and not taken back.
        denied: until what the step rests on changes.
        postponed: until the day of the decision.
    """

    given: dict[str, RaiseDecision] = field(default_factory=dict)
    denied: dict[str, RaiseDecision] = field(default_factory=dict)
    postponed: dict[str, RaiseDecision] = field(default_factory=dict)

    def of(self, step: str) -> RaiseDecision | None:
        """Return the decision that stands for a step."""
        return self.given.get(step) or self.denied.get(step) or self.postponed.get(step)


def in_force(decisions: Iterable[RaiseDecision]) -> InForce:
    """Work out what stands, from the decisions of one enrolment in the order in which they were made.

    A decision stands until it is undone or another one about the same step follows; an undo brings back the one
    before. An approval is only ended by its undo.
    """
    made = tuple(decisions)
    undone = {one.refers_to for one in made if one.kind is Kind.UNDONE}
    standing: dict[str, RaiseDecision] = {}
    for one in made:
        if one.kind is Kind.UNDONE or one.id in undone:
            continue
        if one.step not in standing or standing[one.step].kind is not Kind.APPROVED:
            standing[one.step] = one

    def of(kind: Kind) -> dict[str, RaiseDecision]:
        return {step: one for step, one in standing.items() if one.kind is kind}

    return InForce(of(Kind.APPROVED), of(Kind.DENIED), of(Kind.POSTPONED))
