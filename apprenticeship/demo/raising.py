"""Raises that the demo's employers decided: every step that was reached, but the last where the story says so."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from apprenticeship.demo.days import at_work
from apprenticeship.raises.model import Award
from apprenticeship.raises.services import reasons
from apprenticeship.standing.model import Standing
from graph import timeline

LONGEST_WAIT = 9


def awards(standing: Standing, by: UUID, *, is_due: bool, randomness: Random) -> list[Award]:
    """Return the steps that were given to somebody, each on a day on which its rule held.

    `is_due` leaves the last step that was reached to be decided.
    """
    reached = _reached(standing)
    given = reached[:-1] if is_due else reached
    found: list[Award] = []
    for step, day in given:
        wait = timedelta(days=randomness.randrange(LONGEST_WAIT)) if found else timedelta()
        effective = min(day + wait, standing.as_of - timedelta(days=1))
        found.append(_award(standing, step, max(effective, day), by, randomness))
    return found


def _reached(standing: Standing) -> list[tuple[str, date]]:
    """Return every step reached so far with its first day."""
    days: list[tuple[str, date]] = []
    registered = standing.enrolment.registered
    for step in standing.program.steps:
        line = standing.evaluation.actual.step(step.key)
        first = timeline.next_true(line, registered.toordinal())
        if first is None or date.fromordinal(first) >= standing.as_of:
            break
        days.append((step.key, max([date.fromordinal(first), *(day for _, day in days)])))
    return days


def _award(standing: Standing, step: str, effective: date, by: UUID, randomness: Random) -> Award:
    then = replace(standing, as_of=effective)
    return Award(
        enrolment=standing.enrolment.id,
        step=step,
        effective_on=effective,
        decided_at=at_work(effective, randomness),
        decided_by=by,
        standards_sha256=standing.standards_sha256,
        because=reasons(then, step),
    )
