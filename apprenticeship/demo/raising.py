"""Raises that the demo's employers decided: every step that was reached, but the last where the story says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from apprenticeship.demo.days import at_work
from apprenticeship.evidence.model import Evidence, known_rows
from apprenticeship.raises.deciding import drawn_up
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.standing.model import Standing
from graph import timeline
from graph.world import Step

SEEN = 11  # days until everything up to the Monday has been signed off
LONGEST_WAIT = 9
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Award:
    """A step to give: from a Monday on which its rule held, decided some days later."""

    step: str
    effective_on: date
    decided_at: datetime


def awards(standing: Standing, *, is_due: bool, randomness: Random) -> list[Award]:
    """Return the steps to give to somebody, in the order of deciding.

    `is_due` leaves the last step that was reached to be decided.
    """
    reached = _reached(standing)
    found: list[Award] = []
    for step, day in reached[:-1] if is_due else reached:
        decided = day + timedelta(days=SEEN + randomness.randrange(LONGEST_WAIT))
        if decided < standing.as_of:
            at = at_work(decided, randomness)
            found.append(Award(step=step.key, effective_on=_monday(day), decided_at=at))
    return sorted(found, key=lambda one: one.decided_at)


def decided(
    standing: Standing, given: Sequence[Award], history: Sequence[Evidence], by: UUID, numbers: Iterator[int]
) -> list[tuple[RaiseDecision, Any]]:
    """Draw the decisions up as they were made: on their days, by what was known then."""
    made: list[tuple[RaiseDecision, Any]] = []
    for one in given:
        then = replace(
            standing,
            as_of=one.effective_on,
            known_at=one.decided_at,
            evidence=known_rows(history, at=one.decided_at),
            decisions=tuple(decision for decision, _ in made),
        )
        verdict = Verdict(kind=Kind.APPROVED, effective_on=one.effective_on)
        made.append(drawn_up(then, one.step, verdict, number=next(numbers), by=by))
    return made


def _reached(standing: Standing) -> list[tuple[Step, date]]:
    """Return every step reached so far with its first day; the first step comes with registration."""
    days: list[tuple[Step, date]] = []
    before = standing.enrolment.registered.toordinal() - 1
    for step in standing.program.steps[1:]:
        first = timeline.next_true(standing.evaluation.actual.step(step.key), before)
        if first is None or first >= standing.as_of.toordinal():
            break
        days.append((step, date.fromordinal(first)))
    return days


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % WEEK)
