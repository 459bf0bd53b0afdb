"""Evidence as the contract writes it: each entry has the key of its kind."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, Tag

from standards.documents.record import evidence_form
from standards.documents.values import Hundredths, Minutes
from web.api.models.people import Named
from web.api.models.values import (
    Answer,
    Asked,
    Day,
    DayText,
    Hours,
    Identifier,
    MomentText,
    Note,
    Number,
    Reference,
    Row,
    Word,
    example,
)

StatusWord = Literal["claimed", "submitted", "verified", "rejected"]
Result = Literal["pass", "fail"]
MOST_AT_ONCE = 500


class Waived(Answer):
    """What is waived."""

    competency: str | None = None
    credential: str | None = None


class EvidenceEntry(Answer):
    """One piece of evidence. `row` is what stands of it now: a decision or correction is a new row."""

    id: str = Field(pattern=r"^e[0-9]{9,}$", examples=["e000000012"])
    row: Row
    competency: str | None = None
    rating: int | None = None
    credential: str | None = None
    part: str | None = None
    course: str | None = None
    college: str | None = None
    credits: Number | None = None
    grade: str | None = None
    score: str | None = None
    value: int | None = None
    result: Result | None = None
    hours: Hours | None = None
    within: str | None = Field(None, alias="in")
    waiver: Waived | None = None
    revokes: str | None = None
    on: DayText
    until: DayText | None = None
    status: StatusWord | None = Field(description="Null for waivers and revocations, which always count.")
    by: str | None = None
    note: str | None = None
    recorded: MomentText
    recorded_by: UUID


class EvidenceList(Answer):
    """What stands in a record, the oldest entry first."""

    evidence: list[EvidenceEntry]


class Waiting(Answer):
    """One piece of evidence that waits for sign-off."""

    learner: Named
    evidence: EvidenceEntry


class Queue(Answer):
    """What waits for one's sign-off, the longest waiting first."""

    waiting: list[Waiting]


class Claim(Asked):
    """Common to everything that is handed in."""

    on: Day
    by: Word | None = Field(None, description="Who vouches for it: an issuer, a tester.")
    note: Note | None = None
    draft: bool = Field(default=False, description="Keep it as a draft instead of sending it for sign-off.")


class CompetencyClaim(Claim):
    """A competency that one can show."""

    competency: Reference
    rating: Annotated[int, Field(ge=0, le=100)] | None = None
    result: Result | None = None


class CredentialClaim(Claim):
    """A credential, or one part of it."""

    credential: Reference
    part: Identifier | None = None
    result: Result | None = None


class HoursClaim(Claim):
    """Hours of one day in a work process, on the job (`ojl`) or in class (`rti`)."""

    hours: Minutes
    within: Reference = Field(alias="in")


class CourseClaim(Claim):
    """A course taken, perhaps with its hours of related instruction."""

    course: Reference
    college: Word | None = None
    credits: Hundredths | None = None
    grade: Word | None = None
    result: Result | None = None
    hours: Minutes | None = None
    within: Reference | None = Field(None, alias="in")


class ScoreClaim(Claim):
    """A test score."""

    score: Reference
    value: int = Field(ge=-1_000_000, le=1_000_000)


def claim_form(value: Any) -> str | None:
    """Which kind of evidence is handed in, by its key; waivers and revocations are not."""
    form = evidence_form(value) if isinstance(value, dict) else None
    return None if form in ("waiver", "revokes") else form


AnyClaim = Annotated[
    Annotated[CompetencyClaim, Tag("competency")]
    | Annotated[CredentialClaim, Tag("credential")]
    | Annotated[HoursClaim, Tag("hours")]
    | Annotated[CourseClaim, Tag("course")]
    | Annotated[ScoreClaim, Tag("score")],
    Discriminator(
        claim_form, custom_error_type="evidence_form", custom_error_message="expected a piece of evidence"
    ),
]


class EvidenceClaim(RootModel[AnyClaim]):
    """One piece of evidence to hand in, as the contract writes it, without id and status."""

    model_config = example({"hours": 7.5, "in": "milling", "on": "2026-11-20", "note": "Second fixture."})


class Judged(Asked):
    """One row that is decided."""

    row: Row
    rating: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="The assessor's rating of a competency; without it the claimed one stays."
    )


class Decision(Asked):
    """What an assessor decides about several rows at once: all of them or none."""

    model_config = example({"verdict": "sign_off", "rows": [{"row": 12, "rating": 3}]})

    verdict: Literal["sign_off", "send_back"]
    rows: Annotated[list[Judged], Field(min_length=1, max_length=MOST_AT_ONCE)]
    note: Note | None = Field(None, description="Needed to send back: what is missing.")


class Decided(Answer):
    """The rows as they stand after the decision."""

    decided: list[EvidenceEntry]
