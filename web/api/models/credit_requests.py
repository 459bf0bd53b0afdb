"""Requests for credit, and what the college decided."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from apprenticeship.credit_decisions.model import Override, Said, State, Verdict
from web.api.models.values import (
    Answer,
    Asked,
    Day,
    DayText,
    Hash,
    Id,
    Identifier,
    MomentText,
    Note,
    Number,
    Word,
    example,
)

MOST_CREDITS = 300
MOST_LINES = 200


class CreditLine(Answer):
    """One award of the frozen answer, in the unit of the agreement."""

    award: str
    course: str
    title: str
    credits: Number
    up_to: Number | None = Field(description="The ceiling, where only one is published.")
    given: bool = Field(description="Whether the rules give it.")
    evidence: list[str]


class CreditRuling(Answer):
    """One decision about one award; the last one stands."""

    id: int
    award: str
    verdict: Verdict
    override: Override | None
    override_until: DayText | None
    credits: Number
    course: str
    evidence: list[str]
    decided_at: MomentText
    decided_by: UUID
    reason: str | None


class CreditStatement(Answer):
    """What the learner said of the request."""

    kind: Said
    said_at: MomentText
    text: str | None


class CreditRequestAnswer(Answer):
    """One request: what the rules said on that day, and what the college decided."""

    id: int
    learner_id: UUID
    college_id: UUID
    agreement_id: UUID
    agreement: str
    state: State
    asked_at: MomentText
    as_of: DayText
    lines: list[CreditLine]
    decisions: list[CreditRuling]
    statements: list[CreditStatement]
    answer: dict[str, Any] = Field(
        description="The answer of the rules, as `journeymark articulate` gives it."
    )
    answer_sha256: Hash


class CreditRequests(Answer):
    """Requests of one learner, the oldest first."""

    requests: list[CreditRequestAnswer]


class CreditAsked(Asked):
    """Which published agreement is asked under."""

    model_config = example({"agreement_id": "00000000-0000-4000-8000-000000000000"})

    agreement_id: Id


class RulingAsked(Asked):
    """What is decided about one award; `after` is how many decisions about it were seen."""

    award: Identifier
    verdict: Annotated[Verdict, Field(strict=False)]
    after: Annotated[int, Field(ge=0, le=10_000)] = 0
    credits: Annotated[Number, Field(ge=0, le=MOST_CREDITS)] | None = None
    course: Word | None = None
    evidence: Annotated[list[Word], Field(max_length=10_000)] | None = None
    override: Annotated[Override, Field(strict=False)] | None = None
    override_until: Day | None = None
    reason: Note | None = None


class RulingsAsked(Asked):
    """What is decided, all of it or nothing."""

    model_config = example(
        {"rulings": [{"award": "nowhere", "verdict": "refused", "reason": "No syllabus."}]}
    )

    rulings: Annotated[list[RulingAsked], Field(min_length=1, max_length=MOST_LINES)]


class CreditReason(Asked):
    """Why."""

    model_config = example({"reason": "Here is the syllabus."})

    reason: Note
