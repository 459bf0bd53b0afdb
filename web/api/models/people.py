"""People, organisations and consents."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from apprenticeship.people.model import OrganisationKind, Role
from web.api.models.values import Answer, Asked, Day, DayText, Id, MomentText, example


class Named(Answer):
    """Somebody, or an organisation, by name."""

    id: UUID
    name: str


class OrganisationAnswer(Named):
    """An employer, a college or an agency."""

    kind: OrganisationKind
    key: str


class RoleAnswer(Answer):
    """A role held today."""

    role: Role
    organisation: OrganisationAnswer
    since: DayText
    until: DayText | None


class Account(Answer):
    """Who is asking, in which roles, and what the key is for."""

    person: Named
    roles: list[RoleAnswer]
    scopes: list[Literal["read", "write"]]


class Learners(Answer):
    """One page of the people whose record one may see, by name."""

    learners: list[Named]
    next: str | None = Field(description="The address of the following page; null on the last one.")


class Colleges(Answer):
    """The colleges to which consent can be given."""

    colleges: list[Named]


class ConsentAnswer(Answer):
    """Leave that one gave a college to see one's record and work out credit."""

    id: UUID
    college: Named
    since: DayText
    until: DayText | None
    given_at: MomentText
    revoked_at: MomentText | None


class Consents(Answer):
    """One's own consents, the oldest first."""

    consents: list[ConsentAnswer]


class ConsentAsked(Asked):
    """A consent to give. It holds from `since` (in) until `until` (out), or until it is taken back."""

    model_config = example({"college_id": "6aaee1fa-dd57-4e91-94d8-6f7cf57b99ec", "since": "2026-11-20"})

    college_id: Id
    since: Day
    until: Day | None = None


class Health(Answer):
    """The server answers, and its database too."""

    status: Literal["ok"]
