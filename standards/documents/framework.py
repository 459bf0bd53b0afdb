"""``framework``: what the trade means by competent."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from standards.documents.requirement import RequirementForm
from standards.documents.values import (
    Cents,
    Duration,
    Identifier,
    Minutes,
    Part,
    Reference,
    Sourced,
    Span,
    Title,
)


class Ratings(Part):
    """The rating scale, lowest first, and the rating that counts as competent."""

    scale: Annotated[tuple[int, ...], Field(min_length=1, strict=False)] = (0, 1, 2, 3, 4)
    competent: int = 3
    policy: Literal["best", "latest"] = "best"

    @model_validator(mode="after")
    def _can_be_reached(self) -> "Ratings":
        if self.competent not in self.scale:
            raise PydanticCustomError("off_scale", "expected competent to be one of the scale")
        return self


class FrameworkHeader(Sourced):
    """What a framework is; ``grades`` are the passing grades of its courses, best first."""

    id: Identifier
    title: Title
    version: Title
    issuer: str | None = None
    sample: bool = False
    effective: Span | None = None
    gate: Literal["advise", "enforce"] = "advise"
    ratings: Ratings = Ratings()
    grades: Annotated[tuple[str, ...], Field(min_length=1, strict=False)] = ("A", "B", "C", "D")


class EffortForm(Part):
    """What earning it takes; for planning only."""

    hours: Minutes | None = None
    usd: Cents | None = None


class ItemForm(Sourced):
    """Common to competencies and credentials."""

    id: Identifier
    title: Title
    code: str | None = None
    prerequisites: RequirementForm | None = None
    effort: EffortForm = EffortForm()


class CompetencyEntry(ItemForm):
    """One thing to be able to do."""

    kind: Literal["area", "duty", "competency", "task"] = "competency"
    part_of: Reference | None = None
    satisfied_by: RequirementForm | None = None


class CredentialEntry(ItemForm):
    """A credential: held when all parts are passed."""

    level: int | None = None
    parts: Annotated[tuple[Identifier, ...], Field(min_length=1, strict=False)] = ("performance",)
    shares: dict[str, Reference] = Field(default_factory=dict)
    aliases: Annotated[tuple[str, ...], Field(strict=False)] = ()
    valid_for: Duration | None = None
    composed_of: RequirementForm | None = None


class CourseEntry(Sourced):
    """A course that ``course:`` may name."""

    id: Identifier
    title: Title
    hours: Minutes | None = None


class ScoreEntry(Sourced):
    """A score that ``score:`` may name, with its lowest and highest value."""

    id: Identifier
    title: Title
    range: Annotated[tuple[int, int], Field(strict=False)] | None = None


class NamedEntry(Sourced):
    """A named, reusable requirement."""

    id: Identifier
    title: Title
    when: RequirementForm


class FrameworkDocument(Part):
    """A framework with its items."""

    journeymark: Literal[1]
    framework: FrameworkHeader
    competencies: Annotated[tuple[CompetencyEntry, ...], Field(strict=False)] = ()
    credentials: Annotated[tuple[CredentialEntry, ...], Field(strict=False)] = ()
    courses: Annotated[tuple[CourseEntry, ...], Field(strict=False)] = ()
    scores: Annotated[tuple[ScoreEntry, ...], Field(strict=False)] = ()
    requirements: Annotated[tuple[NamedEntry, ...], Field(strict=False)] = ()

    @property
    def id(self) -> str:
        """The framework's id."""
        return self.framework.id
