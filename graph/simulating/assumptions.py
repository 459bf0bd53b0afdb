"""What a simulation takes for granted: numbers that nobody measured for it, each to be replaced by one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from graph.dates import add_months
from graph.pricing import ASSUMED_MINUTES

MONTHS_A_YEAR = 12
TICKS_A_MONTH = 4
"""Time goes in quarters of a month, of seven days and a bit: months, raises and expiry then fall on whole ticks."""

TICKS_A_YEAR = MONTHS_A_YEAR * TICKS_A_MONTH
WEEK = timedelta(days=7)
HOUR = 60


def day_of(tick: int, registered: date) -> date:
    """The day that ends a tick: so many months after registration, and 7, 14 or 21 days."""
    months, quarters = divmod(tick, TICKS_A_MONTH)
    return add_months(registered, months) + quarters * WEEK


class Thing(NamedTuple):
    """Something to earn: ``kind`` is competency, credential, course or score."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class ThingAssumption:
    """What is assumed of one thing instead of the general numbers; None leaves those.

    Attributes:
        minutes: of learning until the first attempt.
        pass_rate: the share of attempts that pass, from 0 to 1.
        attrition: the share of people who leave in a month spent on it, from 0 to below 1.
    """

    minutes: int | None = None
    pass_rate: float | None = None
    attrition: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The numbers of a simulation. The defaults are round guesses, not findings.

    Attributes:
        hours_per_week: on-the-job learning, the same for everybody.
        weeks_per_year: worked.
        learning_share: the part of those hours that goes into the thing being learned, from above 0 to 1.
        related_hours_per_month: related instruction; None: what the program registered, spread evenly over its term.
        default_hours: of learning for a thing that states no effort.
        pass_rate: the share of attempts that pass.
        retry_share: how much of a thing's learning is repeated after an attempt that failed.
        spread: how far people differ in pace, the standard deviation of the logarithm of the time that they take.
        attrition: the share of people who leave in a month.
        things: what is assumed otherwise of single things.
    """

    hours_per_week: float = 40.0
    weeks_per_year: float = 50.0
    learning_share: float = 0.25
    related_hours_per_month: float | None = None
    default_hours: float = ASSUMED_MINUTES / 60
    pass_rate: float = 0.75
    retry_share: float = 0.5
    spread: float = 0.25
    attrition: float = 0.01
    things: Mapping[Thing, ThingAssumption] = field(default_factory=dict)

    @property
    def job_minutes(self) -> int:
        """Minutes on the job in a tick."""
        return round(self.hours_per_week * self.weeks_per_year * HOUR / TICKS_A_YEAR)

    @property
    def learning_minutes(self) -> int:
        """Minutes of learning one thing after the other in a tick; a minute at least."""
        return max(1, round(self.job_minutes * self.learning_share))

    def of(self, thing: Thing) -> ThingAssumption:
        """What is assumed of a thing in particular."""
        return self.things.get(thing, ThingAssumption())
