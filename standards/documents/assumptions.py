"""``assumptions``: what a simulation is to take for granted."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.values import Minutes, Part, Reference, Share, Sourced, stated

WEEK_HOURS = 168
WHOLE = 10_000
"""A share of one, as it is held."""

THINGS = ("competency", "credential", "course", "score")
NUMBERS = ("hours", "pass_rate", "attrition")


def _week(minutes: int) -> int:
    if not 0 < minutes <= WEEK_HOURS * 60:
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


def _number(**bounds: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", **bounds})


Weekly = Annotated[Minutes, AfterValidator(_week), _number(exclusiveMinimum=0, maximum=WEEK_HOURS)]
Some = Annotated[Share, AfterValidator(_some), _number(exclusiveMinimum=0, maximum=1)]
Leaving = Annotated[Share, AfterValidator(_not_all), _number(minimum=0, exclusiveMaximum=1)]


class ThingEntry(Sourced):
    """One thing of which something else is assumed."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [stated(key, "string") for key in THINGS],
            "anyOf": [stated(key, "number") for key in NUMBERS],
        }
    )

    competency: Reference | None = None
    credential: Reference | None = None
    course: Reference | None = None
    score: Reference | None = None
    hours: Minutes | None = None
    pass_rate: Share | None = None
    attrition: Leaving | None = None

    @property
    def kind(self) -> str:
        """Which of ``THINGS`` it is about."""
        return next(kind for kind in THINGS if getattr(self, kind) is not None)

    @model_validator(mode="after")
    def _says_something_of_one_thing(self) -> "ThingEntry":
        if sum(getattr(self, kind) is not None for kind in THINGS) != 1:
            raise PydanticCustomError("one_thing", f"expected exactly one of {', '.join(THINGS)}")
        if all(getattr(self, key) is None for key in NUMBERS):
            raise PydanticCustomError("one_thing", f"expected at least one of {', '.join(NUMBERS)}")
        return self


class AssumptionsHeader(Sourced):
    """Numbers for everything; what is left out stays as the simulation has it."""

    hours_per_week: Weekly | None = None
    weeks_per_year: Annotated[int, Field(ge=1, le=53)] | None = None
    learning_share: Some | None = None
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
