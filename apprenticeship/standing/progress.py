"""Progress over time beside the plan: the same evaluation, asked for each month end."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from apprenticeship.standing.model import Standing
from graph.dates import add_months, whole_months
from graph.progress import progress_on

MOST_MONTHS = 120


@dataclass(frozen=True, kw_only=True)
class ProgressPoint:
    """How far somebody was at the end of a day.

    Attributes:
        done: progress of completion by what is known today.
        planned: the share of the registered term that has passed, or None where no term is registered.
    """

    on: date
    done: Fraction
    planned: Fraction | None


def progress_over_time(standing: Standing) -> tuple[ProgressPoint, ...]:
    """Return the progress on the day of registration, at each month end since, and on the as-of date."""
    days = _days(standing.enrolment.registered, standing.as_of)
    return tuple(
        ProgressPoint(on=day, done=_done(standing, day), planned=_planned(standing, day)) for day in days
    )


def _done(standing: Standing, day: date) -> Fraction:
    rule = standing.program.completion
    if rule is None:
        return Fraction(0)
    evaluation = standing.evaluation
    return progress_on(evaluation.actual, rule, evaluation.scope, day)


def _days(registered: date, until: date) -> list[date]:
    first = add_months(registered.replace(day=1), 1)
    ends = [add_months(first, count) - timedelta(days=1) for count in range(MOST_MONTHS)]
    between = [day for day in ends if registered < day < until]
    return [registered, *between, until] if registered < until else [registered]


def _planned(standing: Standing, day: date) -> Fraction | None:
    months = standing.program.term_months
    if months is None:
        return None
    suspended = [(pause.since, pause.until) for pause in standing.enrolment.suspended]
    return min(Fraction(1), Fraction(whole_months(standing.enrolment.registered, day, suspended), months))
