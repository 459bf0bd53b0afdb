"""What one person has shown, as the engine sees it: frozen facts with an effective day and a recorded instant."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """How far a piece of evidence has come; only ``verified`` counts."""

    CLAIMED = "claimed"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Common to all evidence: its id, the day it is true from, the instant it was recorded (UTC), its status."""

    id: str
    on: date
    recorded: datetime
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass(Fact):
    """A passed part of a credential, or (``part`` None) the whole credential."""

    credential: str
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Fact):
    """A rating of a competency; ``value`` None is a sign-off at competent."""

    competency: str
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Fact):
    """Minutes worked: ``within`` is a work process (bare or ``program:id``), ``ojl`` or ``rti``."""

    minutes: int
    within: str


MOST_OF_A_MONTH = 15_000
"""Minutes, 250 hours: one entry of more is credit for what was done before, and tells nothing of a pace.

Entries are of a day, a week or a month.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseResult(Fact):
    """A course taken. ``passed`` is decided at the boundary; credits in hundredths."""

    course: str
    passed: bool
    grade: str | None = None
    college: str | None = None
    credits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreResult(Fact):
    """A test score."""

    score: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Fact):
    """An item excused from ``on`` until ``until`` (out). Exactly one of the two keys is set."""

    competency: str | None = None
    credential: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation(Fact):
    """Takes the evidence ``revokes`` out from its own day on."""

    revokes: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One registration in a program; ``suspended`` holds half-open spans, an open end is None."""

    program: str
    registered: date
    suspended: tuple[tuple[date, date | None], ...] = ()
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything known of one person."""

    id: str
    name: str
    enrolments: tuple[Enrolment, ...] = ()
    facts: tuple[Fact, ...] = ()
