"""What a forecast comes to for a whole crew, month by month: raises, completions and who is still an apprentice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.forecasting.crew import CrewForecast
from graph.gates.columns import Days

Means = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Totals:
    """Means over all futures, one for each month.

    Attributes:
        raises: how many wage steps are reached in the month; the first step comes with registration and is none.
        completions: how many complete in it.
        apprentices: how many are registered on its first day and have not completed.
    """

    raises: Means
    completions: Means
    apprentices: Means

    def plus(self, other: "Totals") -> "Totals":
        """Those of both."""
        return Totals(
            self.raises + other.raises,
            self.completions + other.completions,
            self.apprentices + other.apprentices,
        )


def totals(forecast: CrewForecast, starts: Sequence[date]) -> Totals:
    """What a crew comes to in calendar months.

    Args:
        forecast: when everybody reaches what.
        starts: the first day of each month, and the day after the last month.
    """
    edges = np.array([day.toordinal() for day in starts])
    steps = len(forecast.needs.own.steps)
    # what is reached today was reached before the first month
    coming = np.where(forecast.reached[:, :, None], 0, forecast.days)
    done = coming[steps:]
    return Totals(
        _in_months(coming[1:steps], edges) / forecast.futures,
        _in_months(done, edges) / forecast.futures,
        _still_there(forecast, done, edges),
    )


def _in_months(days: Days, edges: NDArray[np.int64]) -> Means:
    found: Means = np.histogram(days, bins=edges)[0].astype(np.float64) if days.size else _none(edges)
    # a histogram takes the last edge in, and it is out
    if days.size:
        found[-1] -= np.count_nonzero(days == edges[-1])
    return found


def _none(edges: NDArray[np.int64]) -> Means:
    return np.zeros(len(edges) - 1)


def _still_there(forecast: CrewForecast, done: Days, edges: NDArray[np.int64]) -> Means:
    """How many are registered and have not completed on the first day of each month."""
    ended = forecast.stays.ended
    found = _none(edges)
    for number, day in enumerate(edges[:-1].tolist()):
        there = ended > day
        gone = (done[0] <= day).mean(axis=1) if len(done) else np.zeros(len(ended))
        found[number] = float((there * (1.0 - gone)).sum())
    return found
