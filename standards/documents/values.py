"""Small values that every document uses: text, identifiers, dates, and exact hours, money, credits and percents.

A document is read as YAML 1.2 or JSON with decimals kept exact, so a value is text, a whole number, a ``Decimal``, a
truth value or null. Nothing is coerced: an unquoted code is an error that says to quote it.
"""

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9][a-z0-9._-]*$"
INSTANT_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_INSTANT = re.compile(INSTANT_PATTERN.removesuffix("$") + r"\Z")
REFERENCE_PATTERN = r"^([a-z0-9][a-z0-9._-]*:)?[a-z0-9][a-z0-9._-]*$"


class Part(BaseModel):
    """A part of a document: unknown keys are refused, values are not coerced, nothing changes."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=True, defer_build=True
    )


class Sourced(Part):
    """Anything that may say where it comes from and what is sample data."""

    source: str | None = None
    note: str | None = None


Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=200)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE_PATTERN, max_length=400)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=500)]


MOST = 1_000_000_000
MOST_PERCENT = 1000


def _number(value: Any, what: str, most: int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise PydanticCustomError("not_a_number", "expected {what}", {"what": what})
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or not 0 <= number <= most:
        context = {"what": what, "most": f"{most:,}"}
        raise PydanticCustomError("number_range", "expected {what} from 0 to {most}", context)
    return number


def _scaled(factor: int, what: str, most: int = MOST) -> BeforeValidator:
    """Hold a decimal as an integer ``factor`` times as large; halves round up."""

    def convert(value: Any) -> int:
        number = _number(value, what, most)
        return int((number * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    return BeforeValidator(convert)


def parse_day(text: str) -> date:
    """A day written ``2025-01-06``; ValueError for any other way of writing it."""
    if not _DAY.match(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def parse_instant(text: str) -> datetime:
    """A time in UTC, written ``2025-01-06T14:30:00Z``; without a zone it is UTC, a bare day its start.

    Raises:
        ValueError: it is written in any other way, or lies beyond the calendar.
    """
    if not _INSTANT.match(text):
        raise ValueError(text)
    instant = datetime.fromisoformat(text)
    try:
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _day(value: Any) -> date:
    try:
        if isinstance(value, str):
            return parse_day(value)
    except ValueError:
        pass
    raise PydanticCustomError("iso_date", "expected a date such as 2025-01-06")


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str):
            return parse_instant(value)
    except ValueError:
        pass
    raise PydanticCustomError("iso_instant", "expected a time such as 2025-01-06T14:30:00Z")


def _schema(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


def stated(key: str, kind: str) -> dict[str, Any]:
    """JSON Schema for a key that is there and not null."""
    return {"required": [key], "properties": {key: {"type": kind}}}


def _amount(most: int = MOST) -> WithJsonSchema:
    return _schema("number", minimum=0, maximum=most)


Minutes = Annotated[int, _scaled(60, "hours as a number"), _amount()]
Cents = Annotated[int, _scaled(100, "dollars as a number"), _amount()]
Hundredths = Annotated[int, _scaled(100, "a number of credits"), _amount()]
Percent = Annotated[int, _scaled(100, "a percentage as a number", MOST_PERCENT), _amount(MOST_PERCENT)]
Share = Annotated[int, _scaled(10_000, "a share as a number", 1), _amount(1)]
Day = Annotated[date, BeforeValidator(_day), _schema("string", format="date")]
Instant = Annotated[datetime, BeforeValidator(_instant), _schema("string", pattern=INSTANT_PATTERN)]
Count = Annotated[int, Field(ge=1, le=50_000)]


class Span(Part):
    """A half-open interval: ``from`` is in, ``until`` is out."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day | None = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> "Span":
        if self.until is not None and self.until < self.from_:
            raise PydanticCustomError("backwards", "expected until to be no earlier than from")
        return self


class Duration(Part):
    """Calendar years and months, a month at least: what is valid for no time would be over on its own day."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [unit], "properties": {unit: {"minimum": 1}}} for unit in ("years", "months")
            ]
        }
    )

    years: Annotated[int, Field(ge=0, le=200)] = 0
    months: Annotated[int, Field(ge=0, le=2400)] = 0

    @model_validator(mode="after")
    def _some_time(self) -> "Duration":
        if not self.years and not self.months:
            raise PydanticCustomError("no_time", "expected years, months or both")
        return self
