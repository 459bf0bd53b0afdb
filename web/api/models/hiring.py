"""Rules as they are asked, target roles, and hiring among people who agreed to be found."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from apprenticeship.people.model import ShownAs
from standards.rule_text import LONGEST_TEXT
from web.api.models.people import Named
from web.api.models.standing import Earn, EarnHours, Progress, Until
from web.api.models.values import (
    TEXT,
    Answer,
    Asked,
    Day,
    DayText,
    Dollars,
    Hours,
    Id,
    MomentText,
    Rule,
    Word,
    example,
)

Count = Annotated[int, Field(ge=0)]
RuleText = Annotated[str, StringConstraints(pattern=TEXT, min_length=1, max_length=LONGEST_TEXT)]
Message = Annotated[str, StringConstraints(pattern=TEXT, min_length=1, max_length=2000)]


class AskedRule(Answer):
    """A requirement in its three forms: as text, as in documents, and in words."""

    text: str = Field(description="Every name in full, so that it says the same among other standards.")
    requirement: Rule
    words: str


class TargetRole(Answer):
    """A role as it was saved last."""

    organisation: UUID
    name: str
    text: str
    saved_at: MomentText
    saved_by: UUID


class TargetRoles(Answer):
    """The target roles that one may plan with, by name."""

    roles: list[TargetRole]


class TargetRoleAsked(Asked):
    """A role to save in place of an earlier one of that name; without a rule the name is given up."""

    model_config = example(
        {
            "organisation_id": "6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec",
            "name": "CNC setup",
            "rule": "credential cmp and 2 of (credential mil1, credential tcs1, credential grn1)",
        }
    )

    organisation_id: Id
    name: Word
    rule: RuleText | dict[str, Any] | None = Field(description="As text, or as in documents.")


class Candidate(Answer):
    """One of the crew beside the role, with a smallest set that closes the rest."""

    learner: Named
    program: str
    holds: bool
    progress: Progress
    fix: list[Earn | EarnHours | Until] | None
    reason: str = Field("", description="Why nothing can close it.")
    hours: Hours = Field(description="What the set takes, as far as the standards say.")
    usd: Dollars
    unstated: Count = Field(description="How many things of it state no effort.")
    read_by_newest: list[str] = Field(
        description="Frameworks read in their newest version, because the one they are registered under lacks some."
    )


class Promotions(Answer):
    """The own crew, the fewest lacking first, then the fewest hours and dollars."""

    rule: AskedRule
    candidates: list[Candidate]


class Holding(Answer):
    """A credential held or a competency signed off; `current` is false for a credential that has expired."""

    key: str
    title: str
    since: DayText | None
    expires: DayText | None
    current: bool


class ContactRequest(Answer):
    """An employer asked somebody found to get in touch."""

    id: UUID
    findable: UUID
    shown: str
    employer: Named
    asked_at: MomentText
    message: str
    agreed: bool | None = Field(description="Null: not answered yet.")
    answered_at: MomentText | None
    contact: str | None


class FoundPerson(Answer):
    """Somebody found. `findable` is theirs for this search; nothing else tells who they are."""

    findable: UUID
    shown: str = Field(description="Their name or their initials, as they chose.")
    until: DayText


class FoundBeside(FoundPerson):
    """Somebody found beside what is looked for, with a smallest set of what they lack."""

    meets: bool
    progress: Progress
    credentials: Count
    competencies: Count
    lacks: list[Earn]


class Searched(Answer):
    """Those who meet it, then the nearest; those who have nothing of it are not there."""

    rule: AskedRule
    meeting: Count
    total: Count
    people: list[FoundBeside]


class FoundProfile(FoundPerson):
    """All that one person found shows."""

    credentials: list[Holding]
    competencies: list[Holding]
    request: ContactRequest | None


class ContactRequests(Answer):
    """Requests to get in touch, the latest first."""

    requests: list[ContactRequest]


class ContactAsked(Asked):
    """What is written to somebody found, and for which employer where one hires for several."""

    model_config = example({"message": "We have a lathe cell to fill, days. Would you talk to us?"})

    message: Message
    employer_id: Id | None = None


class Leave(Answer):
    """Leave to be found; `employer` is null for any employer."""

    id: UUID
    employer: Named | None
    shown_as: ShownAs
    since: DayText
    until: DayText
    given_at: MomentText
    revoked_at: MomentText | None


class Looked(Answer):
    """One time that an employer was shown one; `asked` is empty where they looked at all one shows."""

    at: MomentText
    employer: str
    asked: str


class Findable(Answer):
    """By whom one can be found, who looked, and what they asked."""

    leaves: list[Leave]
    looks: list[Looked]
    requests: list[ContactRequest]


class Leaves(Answer):
    """Leave that was given at once, one for each employer named."""

    leaves: list[Leave]


class LeaveAsked(Asked):
    """Agreeing to be found from today until before a day, a year at most."""

    model_config = example({"employers": "any", "shown_as": "initials", "until": "2027-05-01"})

    employers: Literal["any"] | Annotated[list[Id], Field(min_length=1, max_length=100)]
    shown_as: Literal["name", "initials"]
    until: Day


class ContactAnswer(Asked):
    """Yes with how one is reached, or no."""

    model_config = example({"agreed": True, "contact": "ada@example.org"})

    agreed: bool
    contact: Annotated[str, StringConstraints(pattern=TEXT, max_length=2000)] = ""
