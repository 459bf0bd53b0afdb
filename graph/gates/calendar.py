"""Whole months of many people at once: `graph.dates`, by column."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import Days

FIRST_OF_1970 = 719_163


def plus_months(days: Days, months: int | NDArray[Any]) -> Days:
    """The same day so many months later, clamped to the end of the month."""
    dated = (days.astype(np.int64) - FIRST_OF_1970).astype("datetime64[D]")
    month = dated.astype("datetime64[M]")
    later = month + months
    length = ((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64)
    place = np.minimum((dated - month.astype("datetime64[D]")).astype(np.int64), length - 1)
    found: NDArray[np.int64] = later.astype("datetime64[D]").astype(np.int64) + place + FIRST_OF_1970
    return found.astype(np.int32)


def month_numbers(days: Days) -> NDArray[np.int64]:
    """The months that days lie in, counted from January of the year 0: twelve times the year and the month from 0."""
    dated = (days.astype(np.int64) - FIRST_OF_1970).astype("datetime64[D]")
    found: NDArray[np.int64] = dated.astype("datetime64[M]").astype(np.int64) + 12 * 1970
    return found


def whole_months(since: Days, until: Days, suspended: Days) -> NDArray[np.int64]:
    """The most months that fit between two days less the suspended ones between them; none where it ends before."""
    last = until - suspended
    began, ended = (
        (days.astype(np.int64) - FIRST_OF_1970)
        .astype("datetime64[D]")
        .astype("datetime64[M]")
        .astype(np.int64)
        for days in (since, last)
    )
    months = np.maximum(ended - began, 0)
    months -= (months > 0) & (plus_months(since, months) > last)
    return np.where(until < since, 0, months)
