"""A forecast of a crew as people read it: plain values, which can be kept and read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from graph.forecasting.crew import Outlook


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How fast somebody was, by their own last months. Minutes a month.

    Attributes:
        months: how many of the last twelve are measured.
        weight: how far the forecast goes by them, from 0 to 1; else by those of the program's people.
        learning: effort of what was signed off or passed.
        usual: the same of all people of the program together.
        job: hours logged at work.
        paid: hours that the payroll reckons with.
    """

    months: int
    weight: float
    learning: int
    usual: int
    job: int
    paid: int


@dataclass(frozen=True, kw_only=True)
class PersonForecast:
    """What is foreseen of one person.

    Attributes:
        titles: of the goals, by key: wage steps in order, and last completion.
        cents: expected pay in each month of the payroll; empty where the program states no wages.
        refused: keys of the wage steps whose raise was denied: they are not paid until they are decided anew.
    """

    person: UUID
    name: str
    program: str
    program_key: str
    outlooks: tuple[Outlook, ...]
    titles: Mapping[str, str]
    measured: Measured
    cents: tuple[int, ...]
    refused: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether completion is reached."""
        return (
            bool(self.outlooks) and self.outlooks[-1].goal == self.program_key and self.outlooks[-1].reached
        )

    @property
    def ahead(self) -> tuple[Outlook, ...]:
        """The goals that are not reached."""
        return tuple(one for one in self.outlooks if not one.reached)


@dataclass(frozen=True, kw_only=True)
class MonthPay:
    """What the crew is paid in a calendar month, in cents: low and high bound four of five futures."""

    month: date
    low: int
    expected: int
    high: int


@dataclass(frozen=True, kw_only=True)
class CrewOutlook:
    """What is foreseen of a crew.

    Attributes:
        people: by name.
        unpaid: names of those whose program states no wages.
    """

    as_of: date
    people: tuple[PersonForecast, ...]
    months: tuple[MonthPay, ...]
    unpaid: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeptGoal:
    """What was foreseen of one goal of one person when a forecast was kept; None for what was not foreseen."""

    person: UUID
    goal: str
    earliest: date | None
    expected: date | None
    latest: date | None


@dataclass(frozen=True, kw_only=True)
class KeptForecast:
    """A forecast as it was kept for an employer in a quarter. It is never changed.

    Attributes:
        quarter: its first day.
        made_by: who kept it; None for the schedule.
        goals: of everybody, those that were not reached.
    """

    id: UUID
    employer: UUID
    quarter: date
    as_of: date
    made_at: datetime
    made_by: UUID | None
    months: tuple[MonthPay, ...]
    goals: tuple[KeptGoal, ...]
    sha256: str


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
