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
    flat, wanted = sums.ravel(), np.minimum(needed, WIDEST).astype(np.int32)[:, None]
    base = np.arange(0, sums.size, months).reshape(sums.shape[:2])
    place = _first_enough(flat, base, wanted, months)
    at = np.minimum(place, months - 1)
    total = flat.take(base + at).astype(np.int64)
    before = flat.take(base + np.maximum(at - 1, 0)) * (place > 0)
    rows = np.arange(len(sums))[:, None]
    first = ends[rows, at].astype(np.int64)
    length = ends[rows, at + 1] - first
    days = first + np.maximum(-(-(wanted - before) * length // np.maximum(total - before, 1)), 1)
    days = np.where(wanted <= 0, ends[:, :1], days)
    found: Days = np.where(place < months, days, NEVER).astype(np.int32)
    return found


def _first_enough(
    flat: Sums, base: NDArray[np.int64], wanted: NDArray[np.int32], months: int
) -> NDArray[np.int64]:
    """For each row of sums, which rise, how many of them lie below what is wanted: found by halving."""
    place = np.zeros(base.shape, np.int64)
    step = 1 << (months.bit_length() - 1)
    while step:
        further = place + step
        inside = np.minimum(further, months) - 1
        place = np.where((further <= months) & (flat.take(base + inside) < wanted), further, place)
        step >>= 1
    return place
