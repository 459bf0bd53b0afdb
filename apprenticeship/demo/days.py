"""Working days, and how things spread over them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from apprenticeship.people.model import Stretch

SATURDAY = 5
MORNING = time(13)  # where the demo's shops stand, in UTC
SHIFT_MINUTES = 480


def working_days(since: date, until: date, pauses: Sequence[Stretch] = ()) -> list[date]:
    """Return Monday to Friday in [since, until) without the days that are paused."""
    days = (since + timedelta(days=count) for count in range((until - since).days))
    return [day for day in days if day.weekday() < SATURDAY and not any(one.covers(day) for one in pauses)]


def spread(days: Sequence[date], count: int, randomness: Random) -> list[date]:
    """Return so many of the days in order, about evenly apart, the last one near the end."""
    if not days:
        return []
    gap = len(days) / max(1, count)
    early = [(number + 1) * gap - 1 - randomness.random() * gap / 2 for number in range(count)]
    return [days[max(0, round(place))] for place in sorted(early)]


def at_work(day: date, randomness: Random) -> datetime:
    """Return a moment of a working day."""
    return datetime.combine(day, MORNING, UTC) + timedelta(minutes=randomness.randrange(SHIFT_MINUTES))
