"""Calendar arithmetic: whole months, clamped at month ends, and suspended days."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

Span = tuple[date, date | None]


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, clamped to the end of the month (31 Jan + 1 month = 28 Feb)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def merge_spans(spans: Sequence[Span]) -> list[tuple[date, date]]:
    """Half-open spans in order, overlapping and touching ones joined; an open end becomes ``date.max``."""
    merged: list[tuple[date, date]] = []
    for start, end in sorted((start, end or date.max) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def suspended_days(spans: Sequence[Span], since: date, until: date) -> int:
    """How many days of [since, until) are suspended; overlapping spans count once."""
    return sum(max(0, (min(end, until) - max(start, since)).days) for start, end in merge_spans(spans))


def whole_months(since: date, until: date, suspended: Sequence[Span] = ()) -> int:
    """The largest n >= 0 with ``since`` + n months <= ``until`` less the suspended days in between."""
    if until < since:
        return 0
    last = until - timedelta(days=suspended_days(suspended, since, until))
    months = max(0, (last.year - since.year) * 12 + last.month - since.month)
    while months and add_months(since, months) > last:
        months -= 1
    return months


def months_reached(since: date, months: int, suspended: Sequence[Span] = ()) -> date | None:
    """The first day on which ``whole_months(since, day, suspended)`` is ``months`` or more; None if never."""
    left = (add_months(since, months) - since).days
    day = since
    for start, end in merge_spans(suspended):
        if end <= day:
            continue
        worked = max(0, (start - day).days)
        if worked >= left:
            break
        left -= worked
        if end == date.max:
            return None
        day = end
    try:
        return day + timedelta(days=left)
    except OverflowError:
        return None
