from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.people.model import Stretch


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """A person registered in one version of a program, with the versions of its frameworks.

    Attributes:
        program: the published program version.
        frameworks: the published framework versions that it is read with.
    """

    id: UUID
    person: UUID
    sponsor: UUID
    program: UUID
    program_key: str
    registered: date
    ended: date | None
    created_at: datetime
    frameworks: tuple[UUID, ...]
    suspended: tuple[Stretch, ...] = ()

    @property
    def standards(self) -> tuple[UUID, ...]:
        """Every published version that decides about this enrolment."""
        return (self.program, *self.frameworks)
