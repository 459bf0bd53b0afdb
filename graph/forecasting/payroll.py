"""What a crew will be paid, month by month: wage steps in every future, at the rates of each day. Money in cents.

A step is paid from the day its rule holds, and from a completion that lies ahead on the journey rate. Who is complete
already is paid on as they are paid now. Rates are those stated with their dates, also with dates to come. Nobody leaves
and nobody joins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.dates import add_months
from graph.evaluating import cents_of
from graph.forecasting.arriving import NEVER
from graph.forecasting.crew import EARLIEST, LATEST, CrewForecast, Stays
from graph.forecasting.history import History
from graph.forecasting.needs import Flags, Kind
from graph.gates.columns import Days
from graph.world import Program, Step

Cents: TypeAlias = NDArray[np.int64]

HOUR = 60
FULL_TIME = 10_400
"""Minutes paid a month where no hours are logged: 173 hours and 20 minutes, 40 hours in each of 52 weeks."""

JOURNEY = 10_000
"""Of the journey rate, in hundredths of a percent."""

LEAST_MONTHS = 3
AT_ONCE = 50


@dataclass(frozen=True, eq=False)
class Payroll:
    """What is paid in each month to come.

    Attributes:
        months: the first day of each; the last is the day after the last month.
        expected: people by months: the mean over all futures, rounded to cents.
        low: by month, what the whole crew costs at most in one future of ten.
        high: by month, what it costs at most in nine of ten.
        futures: futures by months: what the whole crew costs in each.
    """

    months: tuple[date, ...]
    expected: Cents
    low: Cents
    high: Cents
    futures: Cents

    @property
    def total(self) -> Cents:
        """By month, what the whole crew is expected to cost: the sum of its people."""
        found: Cents = self.expected.sum(axis=0)
        return found


@dataclass(frozen=True, eq=False)
class Terms:
    """What else decides what is paid.

    Attributes:
        paid: for each person the place of the step that they are paid by on the as-of date, -1 for none: what was
            given stays, also where the rules say less.
        minutes: paid in a month, of each person.
        not_before: goals by people: a day before which a step is not paid, 0 for none; what was put off.
        refused: goals by people: the steps that were denied; they, and those after them, are not paid, as nobody knows
            when they are decided anew. What completion brings does not wait for them.
    """

    paid: NDArray[np.int64]
    minutes: NDArray[np.int64]
    not_before: Days | None = None
    refused: Flags | None = None


def paid_minutes(history: History) -> NDArray[np.int64]:
    """Minutes paid a month of each person: the mean of the hours logged at work, else those of full time.

    Of who has fewer than three measured months, or has logged nothing in them, full time is taken.
    """
    logged = history.own_pace[:, Kind.JOB]
    known = (history.months >= LEAST_MONTHS) & (logged > 0)
    return np.where(known, np.rint(logged), FULL_TIME).astype(np.int64)


def month_starts(as_of: date, months: int) -> tuple[date, ...]:
    """The first days of the calendar months after a day, and the day after the last of them."""
    first = add_months(as_of.replace(day=1), 1)
    return tuple(add_months(first, number) for number in range(months + 1))


def payroll(
    forecast: CrewForecast, program: Program, terms: Terms, *, as_of: date, months: int = 24
) -> Payroll:
    """What a crew will be paid in the calendar months after the as-of date.

    Args:
        forecast: when everybody reaches what, ``months`` ahead at least.
        program: whose steps and rates are paid; may differ from the one forecast in its rates.
        terms: what was given, and hours.
        as_of: the day of the forecast.
        months: how many calendar months, from the first that begins after the day.

    Raises:
        ValueError: the program has no wage steps, or not those of the forecast.
    """
    if not program.steps or tuple(one.key for one in program.steps) != forecast.goals[: len(program.steps)]:
        raise ValueError("The wage steps are not those of the forecast.")
    rates = _Rates(program, month_starts(as_of, months))
    people = len(forecast.names)
    expected = np.zeros((people, months), np.int64)
    total = np.zeros((forecast.futures, months), np.int64)
    for first in range(0, people, AT_ONCE):
        part = slice(first, min(first + AT_ONCE, people))
        cents = _paid(rates, _turns(forecast, terms, part, as_of), forecast.stays, part)
        whole = HOUR * rates.lengths
        cents = (2 * cents * terms.minutes[part, None, None] + whole) // (2 * whole)
        expected[part] = np.rint(cents.mean(axis=1)).astype(np.int64)
        total += cents.sum(axis=0)
    return _banded(rates.starts, expected, total)


def together(parts: Sequence[Payroll]) -> Payroll:
    """The payroll of several crews over the same months; their futures are independent of one another.

    Raises:
        ValueError: there is none.
    """
    expected = np.concatenate([part.expected for part in parts])
    return _banded(parts[0].months, expected, np.sum([part.futures for part in parts], axis=0))


def _banded(months: tuple[date, ...], expected: Cents, futures: Cents) -> Payroll:
    ranked, size = np.sort(futures, axis=0), len(futures)
    low, high = (ranked[max(0, -(-size * part // 100) - 1)] for part in (EARLIEST, LATEST))
    mean = expected.sum(axis=0)
    return Payroll(months, expected, np.minimum(low, mean), np.maximum(high, mean), futures)


class _Rates:
    """What each step pays, added up over days; and after the last of them the journey rate."""

    def __init__(self, program: Program, starts: Sequence[date]) -> None:
        self.starts = tuple(starts)
        self.days = np.array([day.toordinal() for day in starts])
        self.lengths = np.diff(self.days)
        journey = Step(f"{program.key}:journey", percent=JOURNEY)
        paid = replace(program, steps=(*program.steps, journey))
        self.sums = [self._sums(paid, step.key) for step in program.steps]
        self.sums.append(self._sums(paid, journey.key) if program.rates else self.sums[-1])

    def _sums(self, program: Program, step: str) -> Cents:
        """Cents an hour, added up from the first day to each day."""
        first, last = self.starts[0], self.starts[-1]
        changes = sorted({first, *(rate.since for rate in program.rates if first < rate.since < last)})
        each = np.zeros((last - first).days, np.int64)
        for day in changes:
            each[(day - first) // timedelta(days=1) :] = cents_of(program, step, day) or 0
        return np.concatenate([[0], np.cumsum(each)])

    def between(self, step: int, since: Days, until: Days) -> Cents:
        """Cents an hour, a day, added up over the days from one to another (out) within each month."""
        first, ends = self.days[0], self.days
        since, until = np.maximum(since, 0)[..., None], np.maximum(until, since)[..., None]
        began = np.clip(since, ends[:-1], ends[1:]) - first
        ended = np.clip(until, ends[:-1], ends[1:]) - first
        found: Cents = self.sums[step][ended] - self.sums[step][began]
        return found


def _turns(forecast: CrewForecast, terms: Terms, part: slice, as_of: date) -> Days:
    """Steps (and completion) by people by futures: the day from which each is paid."""
    days = forecast.days[:, part].copy()
    if terms.not_before is not None:
        days = np.maximum(days, terms.not_before[:, part, None])
    found: Days = np.maximum.accumulate(days, axis=0)
    steps = len(forecast.needs.own.steps)
    found[_unpaid(forecast, terms, part)] = NEVER
    # completion is never given by a step
    given = np.arange(len(days))[:, None] <= np.minimum(_now(forecast, terms, part), steps - 1)
    found[given] = as_of.toordinal()
    # what is not paid ends, at no length, where what follows it begins
    turns: Days = np.minimum.accumulate(found[::-1], axis=0)[::-1]
    return turns


def _now(forecast: CrewForecast, terms: Terms, part: slice) -> NDArray[np.int64]:
    """The places of the steps that people are paid by now: who is complete and was given none has the first."""
    paid: NDArray[np.int64] = np.where(
        _complete(forecast, part), np.maximum(terms.paid[part], 0), terms.paid[part]
    )
    return paid


def _complete(forecast: CrewForecast, part: slice) -> Flags:
    """Who is complete today."""
    found: Flags = np.asarray(forecast.reached[len(forecast.needs.own.steps) :, part].any(axis=0), np.bool_)
    return found


def _unpaid(forecast: CrewForecast, terms: Terms, part: slice) -> Flags:
    """Goals by people: what is not paid at all; of who is complete, whatever was not given."""
    steps = len(forecast.needs.own.steps)
    found = np.broadcast_to(_complete(forecast, part), (len(forecast.goals), part.stop - part.start)).copy()
    if terms.refused is not None:
        above = np.arange(steps)[:, None] > terms.paid[part]
        found[:steps] |= np.logical_or.accumulate(terms.refused[:steps, part] & above, axis=0)
    return found


def _paid(rates: _Rates, turns: Days, stays: Stays, part: slice) -> Cents:
    """People by futures by months: cents an hour, a day, added up over the days of a month."""
    steps = len(rates.sums)
    people, futures = turns.shape[1:]
    never = np.full((1, people, futures), NEVER, np.int32)
    ends = np.concatenate([turns[1:], never, never])[: len(turns)]
    found = np.zeros((people, futures, len(rates.lengths)), np.int64)
    back = stays.start[part, None]
    for step in range(min(steps, len(turns))):
        since = turns[step]
        until = np.minimum(ends[step], stays.ended[part, None])
        found += rates.between(step, np.maximum(since, back), np.maximum(until, back))
    return found
