"""Credit that was earned at the college itself, and whose college a course was taken at."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from apprenticeship.credit.granted import Granted, is_granted
from graph import timeline
from graph.facts import CourseResult
from graph.ledger import Ledger


class College(Protocol):
    """Whatever names a college: an agreement or a degree."""

    @property
    def college(self) -> str: ...

    @property
    def college_id(self) -> str | None: ...


def earned_at(named_by: College, ledger: Ledger, on: date, granted: Iterable[Granted] = ()) -> dict[str, int]:
    """Hundredths by the evidence of courses passed at a college; a course taken twice counts once.

    A course that was granted for prior learning was not earned there, though the college keeps it among its courses.
    """
    given = tuple(granted)
    best: dict[str, CourseResult] = {}
    for fact in sorted(ledger.facts, key=lambda fact: fact.id):
        if (
            isinstance(fact, CourseResult)
            and fact.passed
            and timeline.is_true(ledger.valid(fact), on.toordinal())
            and is_here(named_by, fact.college)
            and not is_granted(fact.course, given)
            and (fact.course not in best or fact.credits > best[fact.course].credits)
        ):
            best[fact.course] = fact
    return {fact.id: fact.credits for fact in best.values()}


def is_here(named_by: College, college: str | None) -> bool:
    """Whether evidence names this college: by ``college_id``, or by its name as it is or as an identifier.

    Without a ``college_id`` the first words of the name are enough: ``lakeside`` for "Lakeside College (sample)".
    """
    if college is None:
        return False
    named, title = _identifier(college), _identifier(named_by.college)
    if named_by.college_id is not None:
        return college == named_by.college_id or named == title
    return named == title or title.startswith(f"{named}-")


def _identifier(name: str) -> str:
    """A name as an identifier, without what stands in brackets."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\(.*?\)", "", name.lower())).strip("-")
