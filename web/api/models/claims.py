"""Credit for previous experience: claims and what became of them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from web.api.models.values import (
    Answer,
    Asked,
    Day,
    DayText,
    Hours,
    Identifier,
    MomentText,
    Note,
    Number,
    Word,
    example,
)

MOST = 100_000
HoursAsked = Annotated[Hours, Field(le=MOST)]
ByProcess = Annotated[
    dict[Identifier, HoursAsked],
    Field(max_length=200, description="Hours by id of the work process.", strict=True),
]


class ClaimDecisionAnswer(Answer):
    """What was decided about a claim."""

    granted: dict[str, Number] = Field(
        description="Hours by id of the work process; they count from that day."
    )
    reason: str
    decided_on: DayText
    probation_ends: DayText = Field(description="The day before which it had to be decided.")
    tell_by: DayText = Field(description="The last day to tell the registration agency.")
    told_on: DayText | None
    raise_decision: int | None = Field(description="The raise that the credit brought.")
    decided_at: MomentText
    decided_by: UUID


class ClaimAnswer(Answer):
    """One claim."""

    id: int
    learner_id: UUID
    program: str
    applied_on: DayText
    hours: dict[str, Number] = Field(description="Hours claimed, by id of the work process.")
    documents: list[str]
    outcome: str
    decision: ClaimDecisionAnswer | None


class Claims(Answer):
    """Somebody's claims, the oldest first."""

    claims: list[ClaimAnswer]


class ClaimAsked(Asked):
    """A claim, with the documents that show it."""

    model_config = example(
        {
            "applied_on": "2025-01-06",
            "hours_by_process": {"nowhere": 120},
            "documents": ["Letter of the old shop"],
        }
    )

    applied_on: Day
    hours_by_process: ByProcess
    documents: Annotated[list[Word], Field(max_length=20)]


class ClaimDecisionAsked(Asked):
    """What is granted, and why; nothing granted is a no."""

    model_config = example({"hours_by_process": {"nowhere": 80}, "reason": "Seen at the machine."})

    hours_by_process: ByProcess
    reason: Note


class ToldAsked(Asked):
    """When the registration agency was told."""

    model_config = example({"told_on": "2026-11-20"})

    told_on: Day
