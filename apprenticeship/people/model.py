"""Who there is, and how they stand to each other."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class OrganisationKind(StrEnum):
    EMPLOYER = "employer"
    COLLEGE = "college"
    AGENCY = "agency"


class Role(StrEnum):
    APPRENTICE = "apprentice"
    MENTOR = "mentor"
    EMPLOYER = "employer"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class Person:
    id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Organisation:
    id: UUID
    kind: OrganisationKind
    key: str
    name: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days from `since` (in) until `until` (out; None is open)."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, kw_only=True)
class RoleHeld(Stretch):
    person: UUID
    role: Role
    organisation: UUID


@dataclass(frozen=True, kw_only=True)
class Employment(Stretch):
    person: UUID
    employer: UUID


@dataclass(frozen=True, kw_only=True)
class MentorAssignment(Stretch):
    mentor: UUID
    apprentice: UUID
    organisation: UUID


@dataclass(frozen=True, kw_only=True)
class Consent(Stretch):
    """Leave that a person gave an organisation to see their record for one purpose."""

    id: UUID
    person: UUID
    organisation: UUID
    purpose: str
    given_at: datetime
    revoked_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        revoked = self.revoked_at is not None and self.revoked_at <= at
        return self.given_at <= at and not revoked and self.covers(at.date())


class ShownAs(StrEnum):
    """What somebody who is found is called."""

    NAME = "name"
    INITIALS = "initials"


@dataclass(frozen=True, kw_only=True)
class Findable(Stretch):
    """Leave that a person gave to be found by employers who hire: by one, or (`employer` None) by any."""

    id: UUID
    person: UUID
    employer: UUID | None
    shown_as: ShownAs
    given_at: datetime
    revoked_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        revoked = self.revoked_at is not None and self.revoked_at <= at
        return self.given_at <= at and not revoked and self.covers(at.date())

    def is_for(self, employer: UUID) -> bool:
        return self.employer is None or self.employer == employer


@dataclass(frozen=True, kw_only=True)
class CreditShare(Stretch):
    """Consent that a person signed for an employer to see the college credit that they have earned."""

    id: UUID
    person: UUID
    employer: UUID
    purpose: str
    signed_as: str
    given_at: datetime
    revoked_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        revoked = self.revoked_at is not None and self.revoked_at <= at
        return self.given_at <= at and not revoked and self.covers(at.date())


@dataclass(frozen=True, kw_only=True)
class RosterEntry(Stretch):
    college: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of a list of people: enough to show and to link."""

    id: UUID
    name: str
