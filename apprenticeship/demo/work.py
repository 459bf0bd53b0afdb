"""Hours: shifts of ten hours, four days a week, in the work process that is furthest behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

LAST_SHIFT = 3  # Thursday: four shifts of ten hours make a week
MINUTES = (600, 600, 600, 600, 600, 600, 600, 300)  # ten hours, and now and then half a day
AWAY = 0.05
DAYS_ON_ONE = 14  # then the work changes


@dataclass(frozen=True)
class Shift:
    """Minutes of one day in one work process."""

    day: date
    minutes: int
    work_process: str


def shifts(days: Sequence[date], hours: Mapping[str, int], randomness: Random) -> list[Shift]:
    """Return the shifts worked on some working days; `hours` says how much of each work process there is to do."""
    done = dict.fromkeys(hours, 0)
    fortnight, work_process = None, ""
    found = []
    for day in days:
        if day.weekday() > LAST_SHIFT or randomness.random() < AWAY:
            continue
        if fortnight != _fortnight(day):
            fortnight = _fortnight(day)
            work_process = min(hours, key=lambda name: done[name] / hours[name])
        shift = Shift(day, randomness.choice(MINUTES), work_process)
        done[work_process] += shift.minutes
        found.append(shift)
    return found


def _fortnight(day: date) -> int:
    return (day.toordinal() - 1) // DAYS_ON_ONE  # day 1 of the calendar was a Monday
