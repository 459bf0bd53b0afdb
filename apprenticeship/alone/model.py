"""Leave to work alone: from a day on, on one competency or one work process, given by somebody who may judge it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from apprenticeship.people.model import Stretch
from graph.evaluating import State


class Kind(StrEnum):
    COMPETENCY = "competency"
    WORK_PROCESS = "work_process"


@dataclass(frozen=True, kw_only=True)
class Release(Stretch):
    """Leave to do some work without a journeyworker beside one. It is never changed; its end is another row.

    Attributes:
        subject: the key of the competency or work process.
        because: keys of the evidence that the record supported it with when it was given.
        evidence_up_to: the last row of the person's evidence that was there.
        until: the day from which it was taken back; None while it stands.
    """

    id: int
    enrolment: UUID
    kind: Kind
    subject: str
    because: tuple[str, ...]
    evidence_up_to: int
    standards_sha256: str
    released_at: datetime
    released_by: UUID
    ended_by: UUID | None = None


@dataclass(frozen=True)
class Lack:
    """One competency that the record does not show on the day, with how it stands instead."""

    competency: str
    title: str
    state: State


@dataclass(frozen=True)
class Supported:
    """A release as it stands on a day: `lacks` is empty while the record supports it."""

    release: Release
    title: str
    lacks: tuple[Lack, ...]
    day: date

    @property
    def holds(self) -> bool:
        """Whether the person may work alone on it on the day."""
        return self.release.covers(self.day) and not self.lacks
