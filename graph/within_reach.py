"""Whether a wage step comes within some days by itself: by time, by what is handed in, or by hours as they went so far.

The rules are asked for all days at once, so each day is read off and not guessed. Of a person's pace only this is
supposed: the coming days bring the same hours, in the same places, as as many past days did, evenly day by day.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from graph import timeline
from graph.actions import EarnHours
from graph.evaluating import Evaluation
from graph.facts import MOST_OF_A_MONTH, Hours
from graph.reckoning import Reckoning
from graph.supposing import Earned, Supposition, suppose


class How(StrEnum):
    """What brings a step without anything new."""

    TIME = "time"
    SIGN_OFF = "sign_off"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Coming:
    """The day on which a step would be reached, and by what."""

    on: date
    how: How


def coming(evaluation: Evaluation, step: str, days: int) -> Coming | None:
    """The earliest way in which a step not reached today comes within some days; None where none does.

    By time alone; else at once or by then, were all that waits for a sign-off signed off today; else by hours at the
    pace of the last ``days`` days. Of two on the same day the first of these.

    Args:
        evaluation: where the person stands.
        step: the wage step.
        days: how far to look ahead, and how far back for the pace.
    """
    ways = (
        (_first(evaluation.actual, step, evaluation.as_of, days), How.TIME),
        (_first(evaluation.hoped, step, evaluation.as_of, days), How.SIGN_OFF),
        (_at_pace(evaluation, step, days), How.HOURS),
    )
    found = [Coming(day, how) for day, how in ways if day is not None]
    return min(found, key=lambda one: one.on, default=None)


def pace_of(evaluation: Evaluation, days: int) -> dict[str, int]:
    """The approved minutes of the last days by work process, ``ojl`` or ``rti``; today is the last of them."""
    day = evaluation.as_of.toordinal()
    since = evaluation.as_of - timedelta(days=days)
    found: Counter[str] = Counter()
    for fact in evaluation.ledger.facts:
        if (
            isinstance(fact, Hours)
            and fact.minutes <= MOST_OF_A_MONTH
            and since < fact.on
            and timeline.is_true(evaluation.ledger.valid(fact), day)
        ):
            found[fact.within] += fact.minutes
    return {within: minutes for within, minutes in sorted(found.items()) if minutes > 0}


def _first(reckoning: Reckoning, step: str, today: date, days: int) -> date | None:
    """The first day from today on, and no later than some days ahead, on which a step is reached."""
    line, day = reckoning.step(step), today.toordinal()
    first = day if timeline.is_true(line, day) else timeline.next_true(line, day)
    return date.fromordinal(first) if first is not None and first <= day + days else None


def _at_pace(evaluation: Evaluation, step: str, days: int) -> date | None:
    pace = pace_of(evaluation, days)
    if not pace:
        return None
    at_once = tuple(Earned(EarnHours(minutes, within), evaluation.as_of) for within, minutes in pace.items())
    if _supposing(evaluation, step, days, at_once) is None:
        return None  # all of it today is more than the same day by day
    return _supposing(evaluation, step, days, tuple(_daily(evaluation.as_of, pace, days)))


def _supposing(evaluation: Evaluation, step: str, days: int, things: tuple[Earned, ...]) -> date | None:
    last = evaluation.as_of + timedelta(days=days)
    then = suppose(evaluation, Supposition(things, day=last))
    return _first(then.actual, step, evaluation.as_of, days)


def _daily(today: date, pace: dict[str, int], days: int) -> Iterator[Earned]:
    """The same minutes spread over as many days to come, whole minutes a day."""
    for within, minutes in pace.items():
        for number in range(1, days + 1):
            more = minutes * number // days - minutes * (number - 1) // days
            if more:
                yield Earned(EarnHours(more, within), today + timedelta(days=number))
