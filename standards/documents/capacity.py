"""``capacity``: what there is to train with, month by month, and what it may cost."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.values import (
    MOST,
    Cents,
    Identifier,
    Minutes,
    Part,
    Reference,
    Sourced,
    Title,
    stated,
)

THINGS = ("competency", "credential", "course", "score")
MOST_MONTHS = 36


def _listed(value: Any) -> Any:
    """One number stands for every month."""
    return value if value is None or isinstance(value, list | tuple) else [value]


def _by_month(number: dict[str, Any]) -> WithJsonSchema:
    """JSON Schema for a number, or one for each month."""
    listed = {"type": "array", "items": number, "minItems": 1, "maxItems": MOST_MONTHS}
    return WithJsonSchema({"anyOf": [number, listed]})


_AMOUNTS = {"type": "number", "minimum": 0, "maximum": MOST}
MOST_SLOTS = 10_000
Slots = Annotated[int, Field(ge=0, le=MOST_SLOTS)]
Months = Field(strict=False, min_length=1, max_length=MOST_MONTHS)
HoursByMonth = Annotated[tuple[Minutes, ...], BeforeValidator(_listed), Months, _by_month(_AMOUNTS)]
DollarsByMonth = Annotated[tuple[Cents, ...], BeforeValidator(_listed), Months, _by_month(_AMOUNTS)]
SlotsByMonth = Annotated[
    tuple[Slots, ...],
    BeforeValidator(_listed),
    Months,
    _by_month({"type": "integer", "minimum": 0, "maximum": MOST_SLOTS}),
]


class ThingName(Part):
    """One thing that can be trained, by its kind."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [stated(key, "string") for key in THINGS]})

    competency: Reference | None = None
    credential: Reference | None = None
    course: Reference | None = None
    score: Reference | None = None

    @property
    def kind(self) -> str:
        """Which of ``THINGS`` it is."""
        return next(kind for kind in THINGS if getattr(self, kind) is not None)

    @model_validator(mode="after")
    def _one_thing(self) -> "ThingName":
        if sum(getattr(self, kind) is not None for kind in THINGS) != 1:
            raise PydanticCustomError("one_thing", f"expected exactly one of {', '.join(THINGS)}")
        return self


class EffortEntry(ThingName):
    """What one thing takes here, other than its standard says."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [stated(key, "string") for key in THINGS],
            "anyOf": [stated(key, "number") for key in ("hours", "usd")],
        }
    )

    hours: Minutes | None = None
    usd: Cents | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "EffortEntry":
        if self.hours is None and self.usd is None:
            raise PydanticCustomError("one_thing", "expected at least one of hours, usd")
        return self


class PlaceEntry(Part):
    """A station or a mentor: hours of training or people at a time, for every month or one by one."""

    id: Identifier
    title: Title | None = None
    hours: HoursByMonth | None = None
    slots: SlotsByMonth | None = None
    trains: Annotated[tuple[ThingName, ...], Field(strict=False, min_length=1)] | None = None


class BudgetEntry(Part):
    """Dollars for all of the plan, for what begins in each month, or both."""

    usd: Cents | None = None
    usd_by_month: DollarsByMonth | None = None


class WeightsEntry(Part):
    """What a month earlier counts for: a completion in dollars an hour, and raises by their percentage."""

    completion_usd_per_hour: Cents | None = None
    raise_percent: Annotated[int, Field(ge=0, le=1000)] | None = None


class CapacityHeader(Sourced):
    """How long the plan is, what it may cost, and how much everybody may be trained and works."""

    months: Annotated[int, Field(ge=1, le=MOST_MONTHS)]
    budget: BudgetEntry = BudgetEntry()
    training_hours_per_month: Minutes | None = None
    job_hours_per_month: Minutes | None = None
    related_hours_per_month: Minutes | None = None
    weights: WeightsEntry = WeightsEntry()


class CapacityDocument(Part):
    """Stations and mentors, and things that take other than their standards say."""

    journeymark: Literal[1]
    capacity: CapacityHeader
    stations: Annotated[tuple[PlaceEntry, ...], Field(strict=False, min_length=1, max_length=100)]
    mentors: Annotated[tuple[PlaceEntry, ...], Field(strict=False, max_length=100)] = ()
    things: Annotated[tuple[EffortEntry, ...], Field(strict=False)] = ()
