"""Decisions about raises that come out differently when they are made again."""

from uuid import UUID

from pydantic import Field

from web.api.models.values import Answer, Asked, DayText, Hash, MomentText, Note, example


class AcceptanceAnswer(Answer):
    """Somebody let one difference stand."""

    decision: int
    difference_sha256: Hash
    release: str
    accepted_at: MomentText
    accepted_by: UUID
    reason: str


class DifferenceAnswer(Answer):
    """A decision that does not come to the same any more."""

    decision: int
    step: str
    as_of: DayText
    what: str
    difference_sha256: Hash = Field(description="Of all that differs; another one is asked about again.")
    accepted: AcceptanceAnswer | None


class ReplayAnswer(Answer):
    """The decisions about somebody's raises made again, each on its own day, by what was known then."""

    decisions: int
    differences: list[DifferenceAnswer]


class AcceptanceAsked(Asked):
    """Why a difference may stand."""

    model_config = example({"difference_sha256": "0" * 64, "reason": "The hours were entered twice."})

    difference_sha256: Hash = Field(description="As the replay gave it.")
    reason: Note
