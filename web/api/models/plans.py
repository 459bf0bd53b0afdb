"""The cheapest way to a goal: the answer of `journeymark plan`."""

from typing import Literal

from pydantic import Field

from web.api.models.standing import Earn, EarnHours, Until
from web.api.models.values import Answer, DayText, Hours, Number

MinimiseWord = Literal["count", "hours", "usd"]
Total = Field(ge=0, description="Things, hours or dollars.")


class Effort(Answer):
    """What is still to be done and paid, as far as the standard says."""

    hours: Hours = 0
    usd: Number = Field(0, ge=0)


class InTurn(Answer):
    """When a step has its turn."""

    after: list[str] = Field(description="The steps that it builds on.")
    effort: Effort
    done_by: DayText = Field(description="When it would be done, one step after the other.")
    assumed: bool = Field(default=False, description="Nothing is stated: 40 hours and 0 dollars were taken.")


class EarnStep(Earn, InTurn):
    """Something to earn in its turn."""


class HoursStep(EarnHours, InTurn):
    """Hours to log in their turn."""


class WaitStep(Until, InTurn):
    """Nothing to do but wait."""


PlannedAction = Earn | EarnHours | Until


class PlanWithout(Answer):
    """What would do without one of the things, and what it costs more."""

    without: str = Field(examples=["credential:mms"])
    total: Number = Total
    more: Number = Total
    steps: list[PlannedAction]


class Plan(Answer):
    """A cheapest plan. `bound` is there where it is not proven: nothing costs less."""

    goal: str
    minimise: MinimiseWord
    optimal: bool
    total: Number = Total
    steps: list[EarnStep | HoursStep | WaitStep]
    ties: list[list[PlannedAction]] = Field(description="Others of the same total and size.")
    alternatives: list[PlanWithout]
    bound: Number = Field(0, ge=0)


class NoPlan(Answer):
    """There is no way to the goal as it was asked for."""

    goal: str
    minimise: MinimiseWord
    steps: None
    reason: str
