"""Terms of an agreement: who approved it, what it costs, how credits are rounded, courses and hours of an award."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.values import Cents, Day, Hundredths, Minutes, Part, Title

CatalogYear = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Unit = Literal["semester", "quarter"]
MOST_ROWS = 200


class Approval(Part):
    """Where the college's faculty stands with an agreement.

    ``by``: the faculty or committee; ``on``: the day from which the state counts. A draft and what is in review give
    nothing on any day; what has ended gives nothing from that day on; ``in_force`` leaves it to ``effective``.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"state": {"const": "ended"}}},
            "then": {"required": ["on"], "properties": {"on": {"type": "string"}}},
        }
    )

    state: Literal["draft", "in_review", "in_force", "ended"]
    by: Title | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _ended_on_a_day(self) -> "Approval":
        if self.state == "ended" and self.on is None:
            raise PydanticCustomError("needs_a_day", "what has ended needs the day, on:")
        return self

    def lets(self, day: date) -> bool:
        """Whether the state lets anything be given on a day."""
        if self.state == "ended":
            return self.on is None or day < self.on
        return self.state == "in_force"


class FeeEntry(Part):
    """Dollars, held as cents: for each credit, for each course, once for a transcript, once for the award."""

    credit: Cents = 0
    course: Cents = 0
    transcript: Cents = 0
    once: Cents = 0


class Rounding(Part):
    """How credits of the other unit are counted: in steps of ``to``, ``by`` going down, up or to the nearest.

    Halves go up under ``nearest``.
    """

    to: Literal["whole", "half", "hundredth"] = "whole"
    by: Literal["down", "nearest", "up"] = "down"


class CourseEntry(Part):
    """One of several courses that an award stands for."""

    course: Title
    title: Title
    credits: Hundredths


class PerHours(Part):
    """``credits`` for every full ``hours`` of ``in``, and never more than ``at_most`` credits.

    ``in``: ``ojl``, ``rti`` or a work process. The rows of the table that this stands for exclude each other.
    """

    hours: Minutes
    in_: Annotated[str, Field(alias="in")]
    credits: Hundredths = 100
    at_most: Hundredths

    @model_validator(mode="after")
    def _a_table(self) -> "PerHours":
        if not self.hours or not self.credits:
            raise PydanticCustomError("no_row", "hours and credits of a row are more than 0")
        if not 1 <= self.rows <= MOST_ROWS:
            raise PydanticCustomError("many_rows", f"at_most is 1 to {MOST_ROWS} times the credits of a row")
        return self

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return self.at_most // self.credits
