"""Whole months of many people at once: `graph.dates`, by column."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import Days

MARCH = 305
"""So many days before day 0 is the first of March of the year 0. Years that begin in March have leap days last."""


def plus_months(days: Days, months: int | NDArray[Any]) -> Days:
    """The same day so many months later, clamped to the end of the month."""
    month, place = _placed(days)
    later = month.astype(np.int64) + months
    found: NDArray[np.int64] = np.minimum(_first_days(later) + place, _first_days(later + 1) - 1)
    return found.astype(np.int32)


def month_numbers(days: Days) -> Days:
    """The months that days lie in, counted from January of the year 0: twelve times the year and the month from 0."""
    return _placed(days)[0]


def _placed(days: Days) -> tuple[Days, Days]:
    """The numbers of the months that days lie in, and their places in them from 0."""
    quarters = 4 * (days + MARCH) + 3
    century = quarters // 146_097
    quarters = (quarters - 146_097 * century) | 3
    year = quarters // 1_461
    day = (quarters - 1_461 * year) // 4
    month = (5 * day + 2) // 153
    return 1_200 * century + 12 * year + month + 2, day - (153 * month + 2) // 5


def _first_days(months: NDArray[np.int64]) -> NDArray[np.int64]:
    year = (months - 2) // 12
    before = (153 * (months - 2 - 12 * year) + 2) // 5
    found: NDArray[np.int64] = 365 * year + year // 4 - year // 100 + year // 400 + before - MARCH
    return found


def whole_months(since: Days, until: Days, suspended: Days) -> NDArray[np.int64]:
    """The most months that fit between two days less the suspended ones between them; none where it ends before."""
    last = until - suspended
    (began, day), (ended, last_day) = _placed(since), _placed(last)
    months = np.maximum(ended - began, 0).astype(np.int64)
    # the last day of a month stands for the days that it does not have
    months -= (months > 0) & (day > last_day) & (month_numbers(last + 1) == ended)
    return np.where(until < since, 0, months)
