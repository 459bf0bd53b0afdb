"""How far a person is with a degree: what fills which group, what is spare, what is missing. Credits in hundredths."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.explaining import Missing
from standards.degree_plans import Plan, PlannedCourse, PlannedGroup

ESTIMATE = "An estimate until the college decides."


class Why(StrEnum):
    """Why a course or an award counts nowhere in a degree."""

    NOT_ASKED = "not_asked"
    NO_ROOM = "no_room"
    COUNTED_ALREADY = "counted_already"


@dataclass(frozen=True, slots=True)
class Source:
    """A course passed at the college, or an award that its agreement gives.

    ``name``: the number of the course, or the key of what was taken. ``award``: the id of the award, None for a course
    passed here. ``evidence``: what it rests on.
    """

    name: str
    title: str
    credits: int
    award: str | None
    evidence: tuple[str, ...]

    @property
    def here(self) -> bool:
        """Whether it was earned at the college itself."""
        return self.award is None


@dataclass(frozen=True, slots=True)
class Counted:
    """A course or an award in a group, and how much of it counts there."""

    source: Source
    credits: int


@dataclass(frozen=True, slots=True)
class Spare:
    """A course or an award that counts nowhere in the degree."""

    source: Source
    why: Why


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One group; ``open``: listed courses that nothing stands for yet."""

    group: PlannedGroup
    filled: int
    counted: tuple[Counted, ...]
    open: tuple[PlannedCourse, ...]

    @property
    def remaining(self) -> int:
        """Hundredths still to be filled."""
        return self.group.credits - self.filled


@dataclass(frozen=True, slots=True)
class Required:
    """What a degree asks for besides credits; ``degree``: which of those in it asks."""

    degree: str
    holds: bool
    missing: tuple[Missing, ...]


class Thing(StrEnum):
    """What the one thing is that a degree lacks."""

    COURSE = "course"
    CREDITS = "credits"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class OneThing:
    """The one thing that would complete a degree.

    ``course`` names a listed course that is enough, or is None where any credits of the college are; ``missing``: of
    what is required besides credits.
    """

    thing: Thing
    credits: int = 0
    course: PlannedCourse | None = None
    missing: Missing | None = None


@dataclass(frozen=True, kw_only=True)
class DegreeAnswer:
    """One degree for one person on one day.

    Attributes:
        here_needed: to be earned at the college; `here`: earned there, wherever it counts.
        remaining: None where the college does not say how large the degree is.
        proven: no other placing of courses and awards fills more.
        one_thing: what alone would complete it.
    """

    plan: Plan
    as_of: date
    groups: tuple[GroupAnswer, ...]
    spare: tuple[Spare, ...]
    here: int
    here_needed: int
    required: tuple[Required, ...]
    remaining: int | None
    proven: bool
    one_thing: OneThing | None

    @property
    def filled(self) -> int:
        """Hundredths that count toward the degree."""
        return sum(group.filled for group in self.groups)

    @property
    def size(self) -> int | None:
        """The whole degree; None where the college does not say."""
        size = self.plan.head.credits
        return None if size is None else max(size, self.plan.asked)

    @property
    def here_short(self) -> int:
        """Hundredths still to be earned at the college."""
        return max(0, self.here_needed - self.here)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, as far as the document says."""
        return self.remaining == 0 and not self.here_short and all(one.holds for one in self.required)
