"""When sums to come reach what is needed: days, worked out in whole numbers."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.calendar import plus_months
from graph.gates.columns import NEVER_ENDS, Days

NEVER = NEVER_ENDS
"""Not within the months looked at."""

Sums: TypeAlias = NDArray[np.int32]
WIDEST = 2**31 - 1


def month_ends(start: Days, months: int) -> Days:
    """For each person the day from which months to come are counted, and the last day of each."""
    return np.stack([plus_months(start, month) for month in range(months + 1)], axis=1)


def reached(sums: Sums, needed: NDArray[np.int64], ends: Days) -> Days:
    """For each person and future the day on which a sum reaches what the person needs.

    Within a month it grows evenly. Nothing needed is the first day.

    Args:
        sums: people by futures by months.
        needed: of each person.
        ends: what ``month_ends`` gives.
    """
    months = sums.shape[2]
    # in the width of the sums: nothing is made wider to be compared
    place = np.count_nonzero(sums < np.minimum(needed, WIDEST).astype(np.int32)[:, None, None], axis=2)
    at = np.minimum(place, months - 1)[:, :, None]
    total = np.take_along_axis(sums, at, axis=2)[:, :, 0].astype(np.int64)
    before = np.take_along_axis(sums, np.maximum(at - 1, 0), axis=2)[:, :, 0] * (place > 0)
    rows, at = np.arange(len(sums))[:, None], at[:, :, 0]
    first = ends[rows, at].astype(np.int64)
    length = ends[rows, at + 1] - first
    days = first + np.maximum(-(-(needed[:, None] - before) * length // np.maximum(total - before, 1)), 1)
    days = np.where(needed[:, None] <= 0, ends[:, :1], days)
    found: Days = np.where(place < months, days, NEVER).astype(np.int32)
    return found
