"""The clock of an employer's objection to a raise. Pure.

Known from the Australian metal trades (competency-based progression): the registered training organisation says that a
competency is met, and the next stage is paid unless the employer objects in writing and with reasons within
twenty-one days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from apprenticeship.house_rules.wording import said_day


@dataclass(frozen=True, kw_only=True)
class ObjectionClock:
    """How long an employer may object.

    Attributes:
        began: the day on which the raise was said to be reached.
        ends: the first day on which it is too late: half-open, so that `ends - began` is the number of days.
    """

    began: date
    ends: date

    @property
    def last_day(self) -> date:
        """The last day on which an objection counts."""
        return self.ends - timedelta(days=1)

    def is_open(self, on: date) -> bool:
        """Whether an objection of this day counts."""
        return self.began <= on < self.ends

    def stands(self, on: date, *, objected_on: date | None) -> bool:
        """Whether the raise stands on a day: the clock has run out, and no objection came in time."""
        in_time = objected_on is not None and self.is_open(objected_on) and objected_on <= on
        return on >= self.ends and not in_time

    def words(self) -> str:
        """Say until when an objection counts, and what follows without one."""
        return (
            f"An objection in writing and with reasons counts until {said_day(self.last_day)}; without one the raise "
            f"stands from {said_day(self.ends)} on."
        )


def objection_clock(began: date, days: int | None) -> ObjectionClock | None:
    """Return the clock of a raise said to be reached on a day; None where the house rule is off."""
    return None if days is None else ObjectionClock(began=began, ends=_plus(began, days))


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
