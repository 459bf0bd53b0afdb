"""``record``: what one person has shown."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.values import (
    Day,
    Hundredths,
    Identifier,
    Instant,
    Minutes,
    Part,
    Reference,
    Span,
    stated,
)

EvidenceId = Annotated[str, Field(min_length=1, max_length=200)]
StatusWord = Literal["claimed", "submitted", "verified", "rejected"]
Result = Literal["pass", "fail"]

NOT_GIVEN: dict[str, Any] = {"type": "null"}


class PersonForm(Part):
    """Who it is."""

    id: EvidenceId
    name: str = ""


class EnrolmentForm(Part):
    """A registration in a program."""

    program: Identifier
    registered: Day
    suspended: Annotated[tuple[Span, ...], Field(strict=False)] = ()
    ended: Day | None = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> "EnrolmentForm":
        if self.ended is not None and self.ended < self.registered:
            raise PydanticCustomError("backwards", "expected ended to be no earlier than registered")
        return self


class Entry(Part):
    """Common to all evidence. ``recorded`` is when the entry reached its present status."""

    id: EvidenceId
    on: Day
    recorded: Instant | None = None
    by: str | None = None
    note: str | None = None


class Judged(Entry):
    """Evidence that somebody verifies."""

    status: StatusWord


class CredentialEvidence(Judged):
    """A credential or one part of it."""

    credential: Reference
    part: Identifier | None = None
    result: Result = "pass"


class CompetencyEvidence(Judged):
    """A rating or, without one, a sign-off at competent."""

    competency: Reference
    rating: int | None = None
    result: Result = "pass"


class HoursEvidence(Judged):
    """Hours in a work process, ``ojl`` or ``rti``."""

    hours: Minutes
    in_: Annotated[Reference, Field(alias="in")]


class CourseEvidence(Judged):
    """A course taken, perhaps with its hours of related instruction."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"allOf": [stated("hours", "number"), stated("in", "string")]},
                {"properties": {"hours": NOT_GIVEN, "in": NOT_GIVEN}},
            ]
        }
    )
    course: Reference
    college: str | None = None
    credits: Hundredths = 0
    grade: str | None = None
    result: Result = "pass"
    hours: Minutes | None = None
    in_: Annotated[Reference | None, Field(alias="in")] = None

    @model_validator(mode="after")
    def _hours_have_a_place(self) -> "CourseEvidence":
        if (self.hours is None) != (self.in_ is None):
            raise PydanticCustomError("hours_in", "expected hours and in together, or neither")
        return self


class ScoreEvidence(Judged):
    """A test score."""

    score: Reference
    value: int


class WaiverTarget(Part):
    """What is waived: one competency or one credential."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [stated("competency", "string"), stated("credential", "string")]}
    )
    competency: Reference | None = None
    credential: Reference | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "WaiverTarget":
        if (self.competency is None) == (self.credential is None):
            raise PydanticCustomError("waiver_target", "expected either a competency or a credential")
        return self


class WaiverEvidence(Entry):
    """An item excused, with the reason."""

    waiver: WaiverTarget
    reason: str
    until: Day | None = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> "WaiverEvidence":
        if self.until is not None and self.until < self.on:
            raise PydanticCustomError("backwards", "expected until to be no earlier than on")
        return self


class RevocationEvidence(Entry):
    """Takes other evidence out from its own day on."""

    revokes: EvidenceId
    reason: str


EVIDENCE_FORMS = ("waiver", "revokes", "course", "score", "credential", "competency", "hours")


def evidence_form(value: Any) -> str | None:
    """Which kind of evidence a mapping is, by its key."""
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Part) else ()
    return next((form for form in EVIDENCE_FORMS if form in keys), None)


Evidence = Annotated[
    Annotated[WaiverEvidence, Tag("waiver")]
    | Annotated[RevocationEvidence, Tag("revokes")]
    | Annotated[CourseEvidence, Tag("course")]
    | Annotated[ScoreEvidence, Tag("score")]
    | Annotated[CredentialEvidence, Tag("credential")]
    | Annotated[CompetencyEvidence, Tag("competency")]
    | Annotated[HoursEvidence, Tag("hours")],
    Discriminator(
        evidence_form, custom_error_type="evidence_form", custom_error_message="expected a piece of evidence"
    ),
]


class RecordBody(Part):
    """One person's enrolments and evidence."""

    person: PersonForm
    enrolments: Annotated[tuple[EnrolmentForm, ...], Field(strict=False)] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = ()


class RecordDocument(Part):
    """One record."""

    journeymark: Literal[1]
    record: RecordBody

    @property
    def id(self) -> str:
        """The person's id."""
        return self.record.person.id
