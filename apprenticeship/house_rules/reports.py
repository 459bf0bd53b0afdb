"""Monthly reports of hours: when each was due and when it was handed in. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.dates import add_months

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Report:
    """The hours of one month, as they were handed in.

    Attributes:
        month: its first day.
        due: the last day on which it is on time.
        handed_in: the day on which the last of its hours was handed in; None while there are none.
        excused: whether the sponsor let it pass; it is then as good as on time.
    """

    month: date
    due: date
    handed_in: date | None
    excused: bool = False

    @property
    def late_from(self) -> date:
        """The first day on which it is late."""
        return self.due + DAY

    def missing(self, as_of: date) -> bool:
        """Whether it is late and not there on a day."""
        handed_in = self.handed_in is not None and self.handed_in <= as_of
        return not self.excused and not handed_in and as_of > self.due

    def days_late(self, as_of: date) -> int:
        """By how many days it is late: up to the day on which it came, or so far."""
        end = as_of if self.handed_in is None else min(self.handed_in, as_of)
        return 0 if self.excused else max(0, (end - self.due).days)


def due_on(month: date, due_day: int) -> date:
    """Return the last day on which the report of a month is on time, in the month after it."""
    return add_months(month.replace(day=1), 1).replace(day=due_day)


def late(reports: Iterable[Report], as_of: date) -> tuple[Report, ...]:
    """Return the reports that are late on a day, the first one due first."""
    return tuple(sorted((one for one in reports if one.days_late(as_of)), key=lambda one: one.due))
