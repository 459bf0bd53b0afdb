"""Raises that the demo's employers decided: every step that was reached, but the last where the story says so."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from apprenticeship.demo.days import at_work
from apprenticeship.raises.model import Award
from apprenticeship.standing.model import Standing
from graph import timeline
from graph.evaluating import Evaluation
from graph.support import Support
from graph.world import Step

SEEN = 11  # days until everything up to the Monday has been signed off
LONGEST_WAIT = 9
WEEK = 7


def awards(standing: Standing, by: UUID, *, is_due: bool, randomness: Random) -> list[Award]:
    """Return the steps that were given to somebody, each from a Monday on which its rule held.

    `is_due` leaves the last step that was reached to be decided.
    """
    reached = _reached(standing)
    found: list[Award] = []
    for step, day in reached[:-1] if is_due else reached:
        decided = day + timedelta(days=SEEN + randomness.randrange(LONGEST_WAIT))
        if decided < standing.as_of:
            found.append(_award(standing, step, _monday(day), at_work(decided, randomness), by))
    return found


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


def _award(standing: Standing, step: Step, effective: date, decided_at: datetime, by: UUID) -> Award:
    return Award(
        enrolment=standing.enrolment.id,
        step=step.key,
        effective_on=effective,
        decided_at=decided_at,
        decided_by=by,
        standards_sha256=standing.standards_sha256,
        because=_reasons(standing.evaluation, step, effective),
    )


def _reasons(evaluation: Evaluation, step: Step, effective: date) -> tuple[str, ...]:
    """Return what the step rested on; one reckoning answers for all days, so it is not done again for each."""
    if step.when is None:
        return ()
    found = Support(evaluation.actual, effective).of(step.when, evaluation.step_scope(step.key))
    return tuple(sorted(found or ()))
