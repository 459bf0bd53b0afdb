"""``program``: what one sponsor has registered."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from standards.documents.framework import NamedEntry
from standards.documents.requirement import RequirementForm
from standards.documents.values import (
    Cents,
    Day,
    Identifier,
    Minutes,
    Part,
    Percent,
    Reference,
    Sourced,
    Span,
    Title,
)


class HoursRange(Part):
    """Hours as registered, at least and at most."""

    min: Minutes | None = None
    max: Minutes | None = None


class WorkProcessEntry(Sourced):
    """A work process; hours above ``max`` count nowhere."""

    id: Identifier
    title: Title
    hours: HoursRange = HoursRange()
    competencies: Annotated[tuple[Reference, ...], Field(strict=False)] = ()


class Occupation(Part):
    """Occupation codes, as text."""

    rapids: str | None = None
    onet: str | None = None


class RelatedInstruction(Part):
    """Related instruction in hours."""

    hours: Minutes


class Term(Part):
    """The term as registered."""

    hours: HoursRange = HoursRange()
    months: Annotated[int, Field(ge=1, le=240)] | None = None


class Probation(Part):
    """Probation in hours, months or both."""

    hours: Minutes | None = None
    months: Annotated[int, Field(ge=1, le=24)] | None = None


class RateEntry(Part):
    """The journey rate from a day on."""

    usd_per_hour: Cents
    from_: Annotated[Day, Field(alias="from")]


class StepEntry(Sourced):
    """A wage step: a percentage of the journey rate, dollars, or both."""

    id: Identifier
    title: str | None = None
    percent: Percent | None = None
    usd_per_hour: Cents | None = None
    when: RequirementForm | None = None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Wages(Part):
    """The wage schedule; the first step needs nothing."""

    journey_rate: Annotated[
        tuple[RateEntry, ...],
        BeforeValidator(_as_list, json_schema_input_type=RateEntry | tuple[RateEntry, ...]),
        Field(strict=False),
    ] = ()
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1, max_length=50, strict=False)]


class ProgramBody(Sourced):
    """A registered program."""

    id: Identifier
    title: Title
    version: str = "1"
    sample: bool = False
    effective: Span | None = None
    extends: Identifier | None = None
    uses: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    occupation: Occupation = Occupation()
    approach: Literal["time", "competency", "hybrid"]
    work_processes: Annotated[tuple[WorkProcessEntry, ...], Field(strict=False)] = ()
    related_instruction: RelatedInstruction | None = None
    term: Term = Term()
    probation: Probation | None = None
    ratio: Annotated[str, Field(pattern=r"^\d{1,3}:\d{1,3}$")] | None = None
    requirements: Annotated[tuple[NamedEntry, ...], Field(strict=False)] = ()
    completion: RequirementForm | None = None
    wages: Wages | None = None


class ProgramDocument(Part):
    """One program."""

    journeymark: Literal[1]
    program: ProgramBody

    @property
    def id(self) -> str:
        """The program's id."""
        return self.program.id
