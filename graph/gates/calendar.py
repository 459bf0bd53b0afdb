"""Whole months of many people at once: `graph.dates`, by column."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import Days

CYCLE_DAYS, CYCLE_MONTHS = 146_097, 4_800
"""The calendar repeats itself after 400 years."""
BEFORE_MARCH = 305
"""So many days before day 0 is the first of March in the year 0."""


def plus_months(days: Days, months: int | NDArray[Any]) -> Days:
    """The same day so many months later, clamped to the end of the month."""
    month = month_numbers(days)
    first, end = first_days(month + months), first_days(month + months + 1)
    found: NDArray[np.int64] = np.minimum(first + (days - first_days(month)), end - 1)
    return found.astype(np.int32)


def month_numbers(days: Days) -> NDArray[np.int64]:
    """The months that days lie in, counted from January of the year 0: twelve times the year and the month from 0."""
    # by the mean length of a month, half a month late: the right one or the one after it
    found: NDArray[np.int64] = (days.astype(np.int64) + 15) * CYCLE_MONTHS // CYCLE_DAYS + 12
    return found - (first_days(found) > days)


def first_days(months: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first days of months, which are numbered as in `month_numbers`."""
    year = (months - 2) // 12  # years begin in March, so that the leap day is the last one
    before = (153 * (months - 2 - 12 * year) + 2) // 5
    found: NDArray[np.int64] = 365 * year + year // 4 - year // 100 + year // 400 + before - BEFORE_MARCH
    return found


def whole_months(since: Days, until: Days, suspended: Days) -> NDArray[np.int64]:
    """The most months that fit between two days less the suspended ones between them; none where it ends before."""
    last = until - suspended
    months = np.maximum(month_numbers(last) - month_numbers(since), 0)
    months -= (months > 0) & (plus_months(since, months) > last)
    return np.where(until < since, 0, months)
