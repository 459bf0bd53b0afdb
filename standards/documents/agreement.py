"""``agreement``: what one college gives for evidence. An estimate until the college decides."""

from typing import Annotated, Literal

from pydantic import Field

from standards.documents.requirement import RequirementForm
from standards.documents.values import Duration, Hundredths, Identifier, Part, Share, Sourced, Span, Title


class DegreeProgram(Part):
    """The degree that credit counts toward."""

    title: Title
    credits: Hundredths | None = None


class Limits(Part):
    """At most this much credit by prior learning; ``residency`` must be earned at the college."""

    share: Share | None = None
    credits: Hundredths | None = None
    residency: Hundredths | None = None
    groups: dict[str, Hundredths] = Field(default_factory=dict)


class AgreementHeader(Sourced):
    """Who gives credit, for what, when and within which limits.

    ``college_id``: what ``college:`` of course evidence may say instead of the college's name.
    """

    id: Identifier
    college: Title
    college_id: Identifier | None = None
    program: DegreeProgram
    version: str = "1"
    sample: bool = False
    effective: Span
    unit: Literal["semester", "quarter"] = "semester"
    limits: Limits = Limits()
    grades: Annotated[tuple[str, ...], Field(min_length=1, strict=False)] = ("A", "B", "C", "D")
    reuse: (
        Literal["forbid", "allow"]
        | Annotated[
            tuple[Annotated[tuple[Identifier, Identifier], Field(strict=False)], ...], Field(strict=False)
        ]
    ) = "forbid"
    stale_after: Duration | None = None


class AwardEntry(Sourced):
    """Credit for one course or a block; given whole or not at all."""

    id: Identifier
    course: str
    title: Title
    credits: Hundredths
    group: str | None = None
    when: RequirementForm
    one_of: str | None = None
    earned_here_first: Hundredths = 0
    request_within: Duration | None = None
    conditions: Annotated[tuple[str, ...], Field(strict=False)] = ()
    fee: str | None = None


class AgreementDocument(Part):
    """One agreement with its awards."""

    journeymark: Literal[1]
    agreement: AgreementHeader
    awards: Annotated[tuple[AwardEntry, ...], Field(strict=False)] = ()

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.agreement.id
