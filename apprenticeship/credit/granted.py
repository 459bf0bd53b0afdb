"""Credit that a college has granted: evidence of its own, which is never counted again at the same college."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

NAMED = "granted:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """One award as the college granted it.

    Attributes:
        decision: the decision that granted it.
        agreement: the agreement under which it was granted, and `award` its award there.
        one_of: the alternatives that it was one of.
        course: the course that it stands for.
        credits: hundredths of the agreement's unit.
        group: the group of the program that it counts in.
        evidence: the pieces that it rests on.
    """

    decision: int
    agreement: str
    award: str
    one_of: str | None
    course: str
    title: str
    credits: int
    group: str | None
    evidence: tuple[str, ...]

    @property
    def id(self) -> str:
        """What this is called as evidence."""
        return f"{NAMED}{self.decision}"

    def is_again(self, agreement: str, award: str, one_of: str | None, course: str) -> bool:
        """Whether something would be this over again: the award, an alternative to it, or its course."""
        same_award = award == self.award or (one_of is not None and one_of == self.one_of)
        return (agreement == self.agreement and same_award) or same_course(self.course, course)


def same_course(one: str, other: str) -> bool:
    """Whether two names of courses are one, however they are written: ``MFGT 123`` and ``mfgt-123``."""
    return _plain(one) == _plain(other)


def is_granted(course: str, granted: Iterable[Granted]) -> bool:
    """Whether a course taken is what was granted, written down in the college's own books."""
    return any(same_course(course.rpartition(":")[2], one.course) for one in granted)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower())
