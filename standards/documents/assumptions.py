"""``assumptions``: what a simulation is to take for granted."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.values import Minutes, Part, Reference, Share, Sourced

WEEK = 168 * 60
WHOLE = 10_000
"""A share of one, as it is held."""

THINGS = ("competency", "credential", "course", "score")


def _some_of_a_week(minutes: int) -> int:
    if not 0 < minutes <= WEEK:
        raise PydanticCustomError("number_range", "expected hours a week above 0, up to 168")
    return minutes


def _some(share: int) -> int:
    if not share:
        raise PydanticCustomError("number_range", "expected a share above 0, up to 1")
    return share


def _not_all(share: int) -> int:
    if share == WHOLE:
        raise PydanticCustomError("number_range", "expected a share from 0 to below 1")
    return share


Leaving = Annotated[Share, AfterValidator(_not_all)]


class ThingEntry(Part):
    """One thing of which something else is assumed."""

    competency: Reference | None = None
    credential: Reference | None = None
    course: Reference | None = None
    score: Reference | None = None
    hours: Minutes | None = None
    pass_rate: Share | None = None
    attrition: Leaving | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "ThingEntry":
        if sum(getattr(self, kind) is not None for kind in THINGS) != 1:
            raise PydanticCustomError(
                "one_thing", "expected exactly one of competency, credential, course, score"
            )
        return self


class AssumptionsHeader(Sourced):
    """Numbers for everything; what is left out stays as the simulation has it."""

    hours_per_week: Annotated[Minutes, AfterValidator(_some_of_a_week)] | None = None
    weeks_per_year: Annotated[int, Field(ge=1, le=53)] | None = None
    learning_share: Annotated[Share, AfterValidator(_some)] | None = None
    related_hours_per_month: Minutes | None = None
    default_hours: Minutes | None = None
    pass_rate: Share | None = None
    retry_share: Share | None = None
    spread: Share | None = None
    attrition: Leaving | None = None


class AssumptionsDocument(Part):
    """Assumptions, and the things of which something else is assumed."""

    journeymark: Literal[1]
    assumptions: AssumptionsHeader
    things: Annotated[tuple[ThingEntry, ...], Field(strict=False)] = ()
