"""Roster checks: what a college's agreements give to many learners on one day."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from web.api.models.values import Answer, Asked, DayText, Id, Number, example

Count = Annotated[int, Field(ge=0)]


class RosterCheckAsked(Asked):
    """Whom to check: everybody whom the college may see, or those of a list."""

    model_config = example({"numbers": ["L-1001", "L-1002"]})

    college_id: Id | None = Field(
        default=None, description="Null: the only college that one is a registrar of."
    )
    numbers: list[Annotated[str, Field(min_length=1, max_length=100)]] | None = Field(
        default=None, max_length=20_000, description="The college's own numbers; null: everybody."
    )


class RosterLimit(Answer):
    """A limit of an agreement and what of it is used."""

    name: str = Field(examples=["share", "groups.technical"])
    allowed: Number
    used: Number


class RosterAgreement(Answer):
    """What one agreement gives; `granted` is granted already and not in `credits`."""

    agreement_id: str
    unit: Literal["semester", "quarter"]
    credits: Number
    granted: Number
    courses: list[str]
    limits: list[RosterLimit]


class RosterLearner(Answer):
    """One learner; without agreements where the college may not see them any more."""

    learner_id: UUID
    name: str
    number: str
    agreements: list[RosterAgreement]
    questions: list[str] = Field(description="What is open, in words.")


class RosterUnfound(Answer):
    """Something of the list that names nobody whom the registrar may see; `row` 2 is the first number."""

    row: int
    said: str
    why: str


class RosterCheckAnswer(Answer):
    """A check; ask again until `state` is done or failed."""

    id: UUID
    state: Literal["running", "done", "failed"]
    as_of: DayText
    people: Count
    done: Count
    unfound: list[RosterUnfound]
    learners: list[RosterLearner] = Field(description="By name, from `after` on; none before it is done.")
    next: int | None = Field(description="`after` of the next part; null where this is the last.")
