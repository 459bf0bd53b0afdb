"""Hours: shifts of ten hours, four days a week, in the work process that is furthest behind."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from apprenticeship.demo.days import working_days
from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.people.model import Stretch

LAST_SHIFT = 3  # Thursday: four shifts of ten hours make a week
SHIFTS = (600, 600, 600, 600, 570, 630)
AWAY = 0.08
WEEKS_ON_ONE = 2


def shifts(
    since: date, until: date, pauses: tuple[Stretch, ...], hours: Mapping[str, int], randomness: Random
) -> list[Fact]:
    """Return the hours worked in [since, until); `hours` says how much of each work process there is to do."""
    done = dict.fromkeys(hours, 0)
    week, work_process = None, ""
    found = []
    for day in working_days(since, until, pauses):
        if day.weekday() > LAST_SHIFT or randomness.random() < AWAY:
            continue
        stretch = (day - timedelta(days=day.weekday())).toordinal() // (7 * WEEKS_ON_ONE)
        if stretch != week:
            week, work_process = stretch, min(hours, key=lambda name: done[name] / hours[name])
        minutes = randomness.choice(SHIFTS)
        done[work_process] += minutes
        found.append(
            Fact(kind=EvidenceKind.HOURS, happened_on=day, minutes=minutes, work_process=work_process)
        )
    return found
