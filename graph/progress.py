"""Progress of a requirement on a day: an exact fraction, 1 exactly when it holds."""

from datetime import date
from fractions import Fraction
from math import floor

from graph import timeline
from graph.dates import whole_months
from graph.ledger import total_on
from graph.order import Scope, counted_competencies, counted_credentials, previous_step
from graph.reckoning import Reckoning
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    Requirement,
)


def percent(progress: Fraction) -> float:
    """Floored to one decimal; 100 appears only for 1."""
    return floor(progress * 1000) / 10


def progress_on(reckoning: Reckoning, requirement: Requirement, scope: Scope, day: date) -> Fraction:
    """The mean over ``all``, the best of ``any``, the best n of ``at_least``; a leaf is done / needed."""
    match requirement:
        case All() | Any() | AtLeast():
            parts = sorted(
                (progress_on(reckoning, member, scope, day) for member in requirement.members), reverse=True
            )
            return sum(parts[: requirement.needed], Fraction()) / requirement.needed
        case NamedLeaf():
            return progress_on(
                reckoning, reckoning.world.requirements[requirement.key].when, Scope(scope.program), day
            )
        case HoursLeaf() | MonthsLeaf() | CredentialCount() | CompetencyCount():
            needed, done = amount(reckoning, requirement, scope, day)
            return min(Fraction(done, needed), Fraction(1)) if needed else Fraction(1)
        case _:
            return Fraction(int(timeline.is_true(reckoning.holds(requirement, scope), day.toordinal())))


def amount(
    reckoning: Reckoning,
    leaf: HoursLeaf | MonthsLeaf | CredentialCount | CompetencyCount,
    scope: Scope,
    day: date,
) -> tuple[int, int]:
    """(needed, done) of a leaf that counts something: minutes, whole months or items; done may exceed needed."""
    at = day.toordinal()
    match leaf:
        case HoursLeaf():
            return leaf.minutes, total_on(reckoning.minutes(leaf.within, scope.program), at)
        case MonthsLeaf():
            return leaf.months, months_on(reckoning, leaf, scope, day)
        case CredentialCount():
            found = [
                CredentialLeaf(key, current=leaf.current)
                for key in counted_credentials(reckoning.world, leaf)
            ]
            return leaf.needed, _true_on(reckoning, found, scope, at)
        case _:
            keys = counted_competencies(reckoning.world, leaf, scope.program)
            return leaf.needed, _true_on(reckoning, [CompetencyLeaf(key) for key in keys], scope, at)


def months_on(reckoning: Reckoning, leaf: MonthsLeaf, scope: Scope, day: date) -> int:
    """Whole months counted by a day; 0 where they have not begun."""
    enrolment = reckoning.ledger.enrolment(scope.program, day) if scope.program else None
    if enrolment is None:
        return 0
    began: date | None = enrolment.registered
    if leaf.since == "step":
        began = _step_began(reckoning, scope, enrolment.registered, day)
    if began is None:
        return 0
    until = day if enrolment.ended is None else min(day, enrolment.ended)
    return whole_months(began, until, enrolment.suspended)


def _step_began(reckoning: Reckoning, scope: Scope, registered: date, day: date) -> date | None:
    previous = scope.previous
    if previous is None:
        return None
    line = reckoning.step(previous.key)
    if not timeline.is_true(line, day.toordinal()):
        return None
    if previous_step(reckoning.world, previous.key) is None:
        return registered
    return date.fromordinal(timeline.since(line, day.toordinal()) or 1)


def _true_on(
    reckoning: Reckoning, found: list[CredentialLeaf] | list[CompetencyLeaf], scope: Scope, day: int
) -> int:
    return sum(timeline.is_true(reckoning.holds(leaf, scope), day) for leaf in found)
