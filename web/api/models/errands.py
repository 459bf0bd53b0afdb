"""Errands that were given up, without anything that names a person."""

from pydantic import Field

from web.api.models.values import Answer, Asked, MomentText, example


class GivenUpErrand(Answer):
    """One errand that failed too often."""

    errand: int
    topic: str
    purpose: str = Field(description="What it is for, in words.")
    attempts: int = Field(description="How often it was begun.")
    reason: str | None = Field(
        description="The kind of the last failure; null where its process was killed each time."
    )
    asked_at: MomentText
    given_up_at: MomentText
    instead: str | None = Field(
        description="What to do where trying again is of no use; null where it can be tried again."
    )


class ErrandsGivenUp(Answer):
    """Errands that were given up, the latest first."""

    errands: list[GivenUpErrand]


class RetryAsked(Asked):
    """That an errand be tried again, as one saw it."""

    model_config = example({"attempts": 9})

    attempts: int = Field(ge=0, le=2**31 - 1, description="How often it had been begun, as the list said.")


class RetriedErrand(Answer):
    """An errand that is tried again."""

    errand: int
    topic: str
