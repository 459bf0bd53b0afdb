"""Dates counted the slow way: one day, or one month, at a time."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

DAY = timedelta(days=1)


def day_of(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])


def moment_of(text: Any) -> datetime:
    """A bare date is its start; a time without a zone is UTC."""
    found = datetime.fromisoformat(str(text))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def expiry_of(award: date, valid_for: Mapping[str, int]) -> date:
    return months_later(award, 12 * valid_for.get("years", 0) + valid_for.get("months", 0))


@lru_cache(maxsize=100_000)
def whole_months(start: date, end: date, suspended: tuple[tuple[date, date], ...]) -> int:
    """The largest n with start + n months <= end - s, where s days in between were suspended."""
    lost = {
        day
        for begin, stop in suspended
        for day in range(max(begin, start).toordinal(), min(stop, end).toordinal())
    }
    months = 0
    while months_later(start, months + 1) <= end - len(lost) * DAY:
        months += 1
    return months


@dataclass(frozen=True)
class Enrolment:
    program: str
    registered: date
    ended: date = date.max
    suspended: tuple[tuple[date, date], ...] = ()

    def months(self, start: date, day: date) -> int:
        """Whole months from `start` to `day`; they stop at its end."""
        return whole_months(start, min(day, self.ended), self.suspended)


def enrolment_of(written: Mapping[str, Any]) -> Enrolment:
    return Enrolment(
        written["program"],
        day_of(written["registered"]),
        day_of(written["ended"]) if written.get("ended") else date.max,
        tuple(
            (day_of(pause["from"]), day_of(pause["until"]) if pause.get("until") else date.max)
            for pause in written.get("suspended") or ()
        ),
    )
