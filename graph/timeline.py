"""Truth over all days at once.

A timeline is a sorted tuple of day numbers (``date.toordinal``) on which a truth value toggles, false before the
first. Day 0 stands for "always". Rules become set algebra on timelines, so one pass over the graph answers for every
as-of date, and the day a state began is read off instead of searched for.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date

Timeline = tuple[int, ...]

NEVER: Timeline = ()
ALWAYS: Timeline = (0,)


def from_day(day: date) -> Timeline:
    """True from ``day`` on."""
    return (day.toordinal(),)


def between(start: date, end: date | None) -> Timeline:
    """True on the half-open span [start, end)."""
    if end is None:
        return from_day(start)
    return (start.toordinal(), end.toordinal()) if start < end else NEVER


def is_true(line: Timeline, day: int) -> bool:
    """The value on a day number."""
    return bisect_right(line, day) % 2 == 1


def invert(line: Timeline) -> Timeline:
    """True where ``line`` is false."""
    return line[1:] if line[:1] == (0,) else (0, *line)


def at_least(needed: int, lines: Sequence[Timeline]) -> Timeline:
    """True where ``needed`` or more of the lines are."""
    lines = [line for line in lines if line]
    if len(lines) < needed:
        return NEVER
    if needed == 1 and len(lines) == 1:
        return lines[0]
    events = sorted((day, 1 - 2 * (place % 2)) for line in lines for place, day in enumerate(line))
    return _sweep(events, lambda total: total >= needed)


def any_of(lines: Iterable[Timeline]) -> Timeline:
    """True where at least one line is; never for none."""
    return at_least(1, tuple(lines))


def all_of(*lines: Timeline) -> Timeline:
    """True where every line is."""
    return at_least(len(lines), lines)


def reaches(needed: int, changes: Iterable[tuple[int, int]]) -> Timeline:
    """True where the running sum of ``(day, change)`` is ``needed`` or more; always where nothing is needed."""
    if needed <= 0:
        return ALWAYS
    ordered = sorted(changes)
    if min((change for _, change in ordered), default=0) >= 0:
        total = 0
        for day, change in ordered:
            total += change
            if total >= needed:
                return (day,)
        return NEVER
    return _sweep(ordered, lambda total: total >= needed)


def since(line: Timeline, day: int) -> int | None:
    """The first day of the unbroken stretch of the line's present value that contains ``day``; None: always."""
    place = bisect_right(line, day)
    return line[place - 1] or None if place else None


def next_true(line: Timeline, day: int) -> int | None:
    """The first day after ``day`` on which the line turns true; None if it does not, or is true already."""
    place = bisect_right(line, day)
    return line[place] if place % 2 == 0 and place < len(line) else None


def _sweep(events: Sequence[tuple[int, int]], holds: Callable[[int], bool]) -> Timeline:
    toggles: list[int] = []
    total, value, place = 0, False, 0
    while place < len(events):
        day = events[place][0]
        while place < len(events) and events[place][0] == day:
            total += events[place][1]
            place += 1
        if holds(total) != value:
            value = not value
            toggles.append(day)
    return tuple(toggles)
