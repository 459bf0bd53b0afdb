"""``agreement``: what one college gives for evidence. An estimate until the college decides."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.agreement_terms import (
    Approval,
    CatalogYear,
    CourseEntry,
    FeeEntry,
    PerHours,
    Rounding,
    Unit,
)
from standards.documents.requirement import RequirementForm
from standards.documents.values import (
    Duration,
    Hundredths,
    Identifier,
    Part,
    Share,
    Sourced,
    Span,
    Title,
    stated,
)


class DegreeProgram(Part):
    """The degree that credit counts toward."""

    title: Title
    credits: Hundredths | None = None


class Limits(Part):
    """At most this much credit by prior learning; ``residency`` must be earned at the college.

    ``share`` and ``residency_share`` are of the program's credits. Of two forms of residency the larger counts.
    """

    share: Share | None = None
    credits: Hundredths | None = None
    residency: Hundredths | None = None
    residency_share: Share | None = None
    groups: dict[str, Hundredths] = Field(default_factory=dict)


class AgreementHeader(Sourced):
    """Who gives credit, for what, when and within which limits.

    ``college_id``: what ``college:`` of course evidence may say instead of the college's name. ``rounding``: how
    awards stated in the other unit are counted, and what is given where it is posted in the other unit; without it a
    fraction of a hundredth is dropped.
    """

    id: Identifier
    college: Title
    college_id: Identifier | None = None
    program: DegreeProgram
    version: str = "1"
    catalog_year: CatalogYear | None = None
    approval: Approval | None = None
    sample: bool = False
    effective: Span
    unit: Unit = "semester"
    rounding: Rounding | None = None
    limits: Limits = Limits()
    grades: Annotated[tuple[str, ...], Field(min_length=1, strict=False)] = ("A", "B", "C", "D")
    reuse: (
        Literal["forbid", "allow"]
        | Annotated[
            tuple[Annotated[tuple[Identifier, Identifier], Field(strict=False)], ...], Field(strict=False)
        ]
    ) = "forbid"
    stale_after: Duration | None = None

    def in_force(self, on: date) -> bool:
        """Whether a request may be made on a day: by the days stated, and by what the faculty has said."""
        if self.approval is not None and not self.approval.lets(on):
            return False
        return self.effective.from_ <= on and (self.effective.until is None or on < self.effective.until)


class AwardEntry(Sourced):
    """Credit for one course or a block; given whole or not at all.

    How much is said in one of five ways: ``credits``; the sum of ``courses``; ``per_hours``, a table of rows of which
    one is given; ``up_to``, where only a ceiling is published; ``course_by_course``, where no number is. Of the last
    two nothing is counted (``credits`` is 0): the college decides how much. ``unit`` is that of the credits, where it
    is not the agreement's.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["credits"]},
                {
                    "required": ["courses"],
                    "properties": {"courses": {"minItems": 1}},
                    "not": {"required": ["credits"]},
                },
                stated("up_to", "number"),
                stated("course_by_course", "boolean"),
                stated("per_hours", "object"),
            ]
        }
    )

    id: Identifier
    course: str
    title: Title
    credits: Hundredths = 0
    up_to: Hundredths | None = None
    course_by_course: Literal[True] | None = None
    per_hours: PerHours | None = None
    courses: Annotated[tuple[CourseEntry, ...], Field(strict=False)] = ()
    unit: Unit | None = None
    group: str | None = None
    when: RequirementForm
    one_of: str | None = None
    earned_here_first: Hundredths = 0
    request_within: Duration | None = None
    conditions: Annotated[tuple[str, ...], Field(strict=False)] = ()
    fee: str | None = None
    fee_usd: FeeEntry | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> "AwardEntry":
        given = self.model_fields_set
        if self.courses and "credits" not in given:
            object.__setattr__(self, "credits", sum(course.credits for course in self.courses))
        ways = [
            "credits" in given or bool(self.courses),
            self.up_to is not None,
            self.course_by_course is not None,
            self.per_hours is not None,
        ]
        if sum(ways) != 1:
            raise PydanticCustomError(
                "one_amount", "say one of credits, courses, per_hours, up_to and course_by_course"
            )
        if self.courses and self.credits != sum(course.credits for course in self.courses):
            raise PydanticCustomError("sum_of_courses", "credits is the sum of the credits of the courses")
        return self

    @property
    def open(self) -> bool:
        """Whether the college decides how many credits it gives."""
        return self.up_to is not None or self.course_by_course is not None


class AgreementDocument(Part):
    """One agreement with its awards."""

    journeymark: Literal[1]
    agreement: AgreementHeader
    awards: Annotated[tuple[AwardEntry, ...], Field(strict=False)] = ()

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.agreement.id
