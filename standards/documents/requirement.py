"""The requirement forms as they are written in documents."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from standards.documents.values import Count, Identifier, Minutes, Part, Reference

FORMS = (
    "all",
    "any",
    "of",
    "score",
    "credential",
    "competency",
    "hours",
    "months",
    "credentials",
    "competencies",
    "course",
    "requirement",
    "step",
    "program",
)


class AllForm(Part):
    """Every member holds."""

    all: Annotated[tuple["RequirementForm", ...], Field(min_length=1, strict=False)]


class AnyForm(Part):
    """At least one member holds."""

    any: Annotated[tuple["RequirementForm", ...], Field(min_length=1, strict=False)]


class AtLeastForm(Part):
    """``at_least`` or more of the members hold."""

    at_least: Count
    of: Annotated[tuple["RequirementForm", ...], Field(min_length=1, strict=False)]


class CredentialForm(Part):
    """The credential is held; ``current``: and not expired."""

    credential: Reference
    current: bool = False


class CompetencyForm(Part):
    """The competency is met; ``rating``: with that rating or better."""

    competency: Reference
    rating: Annotated[int, Field(ge=0, le=1000)] | None = None


class HoursForm(Part):
    """Approved hours in a work process, ``ojl`` or ``rti``."""

    hours: Minutes
    in_: Annotated[Reference, Field(alias="in")]


class MonthsForm(Part):
    """Whole calendar months."""

    months: Annotated[int, Field(ge=1, le=1200)]
    since: Literal["registered", "step"]


class CredentialFilter(Part):
    """Which credentials count."""

    framework: Identifier | None = None
    level: int | None = None
    current: bool = False


class CompetencyFilter(Part):
    """Which competencies count."""

    framework: Identifier | None = None
    work_process: Reference | None = None
    kind: Literal["area", "duty", "competency", "task"] | None = None


class CredentialsForm(Part):
    """How many distinct credentials held match."""

    credentials: Count
    where: CredentialFilter = CredentialFilter()


class CompetenciesForm(Part):
    """How many distinct competencies met match."""

    competencies: Count
    where: CompetencyFilter = CompetencyFilter()


class CourseForm(Part):
    """A passed course; ``grade``: that grade or better."""

    course: Reference
    grade: str | None = None


class ScoreForm(Part):
    """A test score."""

    score: Reference
    at_least: int


class RequirementRef(Part):
    """A named requirement."""

    requirement: Reference


class StepForm(Part):
    """A wage step reached."""

    step: Reference


class ProgramForm(Part):
    """A program completed."""

    program: Identifier


def form_of(value: Any) -> str | None:
    """Which form a mapping is written in, by its key; None for none of them."""
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Part) else ()
    return next((form for form in FORMS if form in keys), "of" if "at_least" in keys else None)


RequirementForm = Annotated[
    Annotated[AllForm, Tag("all")]
    | Annotated[AnyForm, Tag("any")]
    | Annotated[AtLeastForm, Tag("of")]
    | Annotated[CredentialForm, Tag("credential")]
    | Annotated[CompetencyForm, Tag("competency")]
    | Annotated[HoursForm, Tag("hours")]
    | Annotated[MonthsForm, Tag("months")]
    | Annotated[CredentialsForm, Tag("credentials")]
    | Annotated[CompetenciesForm, Tag("competencies")]
    | Annotated[CourseForm, Tag("course")]
    | Annotated[ScoreForm, Tag("score")]
    | Annotated[RequirementRef, Tag("requirement")]
    | Annotated[StepForm, Tag("step")]
    | Annotated[ProgramForm, Tag("program")],
    Discriminator(
        form_of,
        custom_error_type="requirement_form",
        custom_error_message="expected a requirement",
    ),
]

for _group in (AllForm, AnyForm, AtLeastForm):
    _group.model_rebuild()
