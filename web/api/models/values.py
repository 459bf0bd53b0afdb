"""What the models of the API are made of: what is asked is strict, what is answered is written as it is."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic import WithJsonSchema as As
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from standards.documents.requirement import RequirementForm
from standards.documents.values import Day, Identifier, Instant, Reference

LARGEST_ROW = 2**63 - 1
LONGEST_NOTE = 4_000
UUID_LENGTH = 36

__all__ = [
    "Answer",
    "AsWritten",
    "Asked",
    "Day",
    "DayText",
    "Dollars",
    "Hash",
    "Hours",
    "Id",
    "Identifier",
    "Instant",
    "MomentText",
    "Note",
    "Number",
    "Reference",
    "Row",
    "Rule",
    "Word",
]


class Answer(BaseModel):
    """Something that the API says; a key that does not apply is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Asked(BaseModel):
    """Something that the API is asked: unknown keys are refused and nothing is coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def example(shown: Any) -> ConfigDict:
    """Configure a model with an example of what is sent."""
    return ConfigDict(json_schema_extra={"examples": [shown]})


class _AsWritten:
    """Keeps a value as it is and describes it by its annotation: for answers that are written elsewhere."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        described = handler(source)
        functions = {"pydantic_js_functions": [lambda _, describe: describe(described)]}
        return core_schema.any_schema(metadata=functions)


def _uuid(value: Any) -> UUID:
    try:
        if isinstance(value, str) and len(value) == UUID_LENGTH:
            return UUID(value)
    except ValueError:
        pass
    raise PydanticCustomError("uuid", "expected an id such as 6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec")


# no control characters but line ends and tabs, no halves of characters: what a database keeps as text
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"

AsWritten = _AsWritten()
Rule = Annotated[RequirementForm, AsWritten]
Id = Annotated[UUID, BeforeValidator(_uuid)]
Row = Annotated[int, Field(ge=1, le=LARGEST_ROW, description="A row of evidence, as the queue gave it.")]
Note = Annotated[str, StringConstraints(pattern=TEXT, min_length=1, max_length=LONGEST_NOTE)]
Word = Annotated[str, StringConstraints(pattern=TEXT, min_length=1, max_length=200)]
DayText = Annotated[str, As({"type": "string", "format": "date"})]
MomentText = Annotated[str, As({"type": "string", "format": "date-time"})]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Dollars = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]{2}$")]
Number = int | float
Hours = Annotated[Number, Field(ge=0)]
