"""What would be, and what to do next: the answers of `journeymark what-if` and `journeymark next`."""

from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from web.api.models.standing import CompetencyWord, CredentialWord, Earn, EarnHours, HoursState, Progress
from web.api.models.values import Answer, DayText, Dollars, Hours, MomentText, Number

StateWord = CompetencyWord | CredentialWord
Was = TypeVar("Was")


class Both(Answer, Generic[Was]):
    """Something as it is, and as it would be."""

    from_: Was = Field(alias="from")
    to: Was


class EarnSupposed(Earn):
    """Something pretended earned; `part` is one test of a credential."""

    part: str | None = None
    on: DayText | None = None


class HoursSupposed(EarnHours):
    """Hours pretended worked."""

    on: DayText | None = None


class RevokedSupposed(Answer):
    """A piece of evidence pretended revoked."""

    revoke: str
    on: DayText | None = None


class Supposed(Answer):
    """What is pretended, and on which day it is asked about."""

    as_of: DayText
    things: list[EarnSupposed | HoursSupposed | RevokedSupposed]


class Turned(Answer):
    """An item whose state would be another."""

    item: str = Field(examples=["credential:mms"])
    from_: StateWord = Field(alias="from")
    to: StateWord


class CreditChanged(Answer):
    """What one agreement gives and would give, in its own unit; awards by id."""

    agreement: str
    college: str
    program: str
    unit: Literal["semester", "quarter"]
    from_: Number = Field(alias="from")
    to: Number
    gained: list[str]
    lost: list[str]
    estimate: str


class WhatIf(Answer):
    """What would differ, for those who may not know wages. Nothing of it is stored."""

    as_of: DayText
    known_at: MomentText | None
    program: str
    person: UUID
    supposed: Supposed
    states: list[Turned]
    opened: list[str] = Field(description="Items that would be ready and are locked.")
    out_of_order: list[str] = Field(description="Items that would be flagged as proven too early.")
    hours: dict[str, Both[HoursState]]
    progress: Both[Progress]
    complete: Both[bool]
    credit: list[CreditChanged] | None = Field(
        description="Null for those who may not know credit, and where `known_at` is asked."
    )


class WhatIfWithWage(WhatIf):
    """What would differ, for those who may know wages."""

    step: Both[str | None] | None
    usd_per_hour: Both[Dollars | None] | None
    next: Both[str | None] | None
    next_progress: Both[Progress] | None


class Gain(Answer):
    """What a step does for a goal; `nearer` is null where only a search would tell."""

    left: int | None = Field(
        description="How many things are missing now; null where nothing can reach the goal."
    )
    nearer: int | None = Field(description="How many fewer are missing then: 1 or 0.")
    progress: Progress
    reached: bool


class NextStep(Answer):
    """Something that can be started now, and what follows from it."""

    item: str = Field(examples=["credential:mms"])
    state: StateWord
    rating: int | None = None
    opens: list[str] = Field(description="Items that are locked now and could be started then.")
    proves: list[str] = Field(description="Other items that would be done with it.")
    completion: Gain | None
    hours: Hours | None = Field(description="Its effort, where stated.")
    why: str


class NextStepWithRaise(NextStep):
    """The same for those who may know wages."""

    raise_: Gain | None = Field(alias="raise")


class NextSteps(Answer):
    """What can be started now, the most useful first."""

    as_of: DayText
    known_at: MomentText | None
    program: str
    person: UUID
    steps: list[NextStepWithRaise | NextStep]
    more: int = Field(ge=0, description="How many steps are not shown.")


def shown(step: dict[str, Any], *, wages: bool) -> dict[str, Any]:
    """A step without what it does for a raise, unless wages may be known."""
    return step if wages else {key: value for key, value in step.items() if key != "raise"}
