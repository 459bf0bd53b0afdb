"""The life of an agreement: what moves there are, and where a draft stands after them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from standards.storage.model import Published


class State(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    IN_FORCE = "in force"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What is done with a draft."""

    REVIEW = "review"
    RETURN = "return"
    APPROVE = "approve"
    PUT_IN_FORCE = "put_in_force"
    WITHDRAW = "withdraw"


LEADS: Mapping[tuple[State, Kind], State] = {
    (State.DRAFT, Kind.REVIEW): State.IN_REVIEW,
    (State.DRAFT, Kind.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Kind.RETURN): State.DRAFT,
    (State.IN_REVIEW, Kind.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Kind.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Kind.PUT_IN_FORCE): State.IN_FORCE,
    (State.APPROVED, Kind.RETURN): State.DRAFT,
    (State.APPROVED, Kind.WITHDRAW): State.WITHDRAWN,
}
NEEDS_REASON = frozenset({Kind.RETURN, Kind.WITHDRAW})
DONE: Mapping[Kind, str] = {
    Kind.REVIEW: "sent to review",
    Kind.RETURN: "sent back",
    Kind.APPROVE: "approved by the faculty",
    Kind.PUT_IN_FORCE: "put in force",
    Kind.WITHDRAW: "withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class Move:
    """One step of a draft. `approver`: who of the faculty approved, name and role; `standard`: what was published."""

    draft: int
    turn: int
    kind: Kind
    why: str
    moved_at: datetime
    moved_by: UUID
    approver: str | None = None
    approved_on: date | None = None
    standard: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """A version of an agreement before it is published; its text never changes. `content`: as it was handed in."""

    id: int
    college: UUID
    agreement_key: str
    version: str
    title: str
    content: str
    sha256: str
    handed_in_at: datetime
    handed_in_by: UUID
    moves: tuple[Move, ...] = ()

    @property
    def state(self) -> State:
        return state_after([one.kind for one in self.moves])

    @property
    def able(self) -> tuple[Kind, ...]:
        """The moves that can follow."""
        return tuple(kind for kind in Kind if (self.state, kind) in LEADS)


@dataclass(frozen=True, kw_only=True)
class End:
    """From `until` on a published version gives nothing."""

    standard: UUID
    until: date
    why: str
    ended_at: datetime
    ended_by: UUID


def state_after(kinds: Sequence[Kind]) -> State:
    """Where a draft stands after these moves.

    Raises:
        KeyError: one of them could not be made.
    """
    state = State.DRAFT
    for kind in kinds:
        state = LEADS[state, kind]
    return state


def ended(published: Published, end: End | None) -> Published:
    """A published version as its end leaves it: its days in force stop there."""
    if end is None or (published.effective_until is not None and published.effective_until <= end.until):
        return published
    return replace(published, effective_until=end.until)
