"""``degree``: what a college asks for one award of its own, from a certificate to a bachelor's degree."""

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.requirement import RequirementForm
from standards.documents.values import (
    Hundredths,
    Identifier,
    Part,
    Reference,
    Share,
    Sourced,
    Span,
    Title,
    stated,
)

Level = Literal["certificate", "technical_certificate", "associate", "bachelor"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the lowest to the highest."""


class DegreeCourse(Sourced):
    """A course of the college.

    ``course``: its number as the college prints it, and as awards of the agreement name it. ``taken_as``: the courses
    of a framework that evidence of it may name.
    """

    course: Annotated[str, Field(min_length=1, max_length=200)]
    title: Title | None = None
    credits: Hundredths
    taken_as: Annotated[tuple[Reference, ...], Field(strict=False)] = ()


class CreditPool(Sourced):
    """Credits to be filled: from a list of courses and awards, or ``free``, with any credit of the college."""

    credits: Hundredths
    courses: Annotated[tuple[DegreeCourse, ...], Field(strict=False)] = ()
    awards: Annotated[tuple[Reference, ...], Field(strict=False)] = ()
    free: bool = False


class GroupEntry(CreditPool):
    """A group of the degree, such as the technical core."""

    id: Identifier
    title: Title


class Residency(Part):
    """What has to be earned at the college itself: credits, or a share of the degree."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [stated("credits", "number"), stated("share", "number")]}
    )

    credits: Hundredths | None = None
    share: Share | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Residency":
        if (self.credits is None) == (self.share is None):
            raise PydanticCustomError("residency", "expected either credits or share")
        return self


class DegreeHeader(Sourced):
    """Which degree of which college.

    Attributes:
        college_id: what ``college:`` of course evidence may say instead of the college's name.
        credits: the whole degree; absent where the college's text does not say.
        agreement: whose awards count toward it.
        contains: degrees of the same college whose groups are groups of this one too.
        stacks_on: degrees that come before it, without being a part of it.
        requires: what has to be held besides credits, such as a credential.
    """

    id: Identifier
    college: Title
    college_id: Identifier | None = None
    title: Title
    level: Level
    version: str = "1"
    sample: bool = False
    effective: Span | None = None
    unit: Literal["semester", "quarter"] = "semester"
    credits: Hundredths | None = None
    agreement: Identifier | None = None
    contains: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    stacks_on: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    residency: Residency | None = None
    requires: RequirementForm | None = None


class DegreeDocument(Part):
    """One degree with its groups."""

    journeymark: Literal[1]
    degree: DegreeHeader
    groups: Annotated[tuple[GroupEntry, ...], Field(max_length=100, strict=False)] = ()
    electives: CreditPool | None = None

    @property
    def id(self) -> str:
        """The degree's id."""
        return self.degree.id
