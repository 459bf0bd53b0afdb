"""House rules of a sponsor: what an organisation adds to the registered program, each rule off unless it is set."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class MonthPerReport:
    """No raise while a report is missing, and each late report delays it by a month.

    Memphis Electrical JATC, Statement of Policy, section III (on-the-job training work reports), part B, in force
    from 1 March 2018: due by the tenth.

    Attributes:
        due_day: the last day, of the month after the one reported, that is on time (1 to 28).
    """

    kind: Literal["month_per_report"] = "month_per_report"
    due_day: int = 10


@dataclass(frozen=True, kw_only=True)
class MonthsAfterGrace:
    """In any twelve months: one late report costs nothing, two cost a month each, three or more the committee judges.

    Electrical Training Alliance of Jacksonville, disciplinary action for late monthly work reports: due by the
    fifteenth.

    Attributes:
        due_day: as in `MonthPerReport`.
    """

    kind: Literal["months_after_grace"] = "months_after_grace"
    due_day: int = 15


@dataclass(frozen=True, kw_only=True)
class DayPerDay:
    """Each day that a report is late delays the raise by a day; what was missed is not paid later.

    BAC District Council of Wisconsin, Policy for Reporting Hours: due by the tenth.

    Attributes:
        due_day: as in `MonthPerReport`.
    """

    kind: Literal["day_per_day"] = "day_per_day"
    due_day: int = 10


LateLogs = MonthPerReport | MonthsAfterGrace | DayPerDay


class PaidFrom(StrEnum):
    """From when a raise is paid."""

    REACHED = "reached"
    NEXT_PERIOD = "next_period"


class Every(StrEnum):
    """How long a pay period is."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    HALF_MONTH = "half_month"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class PayPeriod:
    """When pay periods begin; each lasts until the day before the next.

    Attributes:
        every: how long one lasts.
        anchor: a day on which one begins. Weeks and fortnights are counted from it in both directions; months begin
            on its day of the month (1 to 28), half months on that day and fifteen days later (1 to 13).
    """

    every: Every
    anchor: date


@dataclass(frozen=True, kw_only=True)
class MinimumWage:
    """A legal minimum, from a day on until the next one begins.

    Attributes:
        cents: an hour.
    """

    since: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class HouseRules:
    """What one organisation asks beside the registered program; None and empty are off.

    Attributes:
        late_logs: what a late log of hours costs.
        objection_days: so many days the employer may object to a raise, in writing and with reasons; after that it
            stands. Known from Australia (twenty-one days); off in the American samples.
        second_approval_above_cents: a raise of more cents an hour than this needs two people.
        paid_from: from when a raise is paid; from the next pay period only with `pay_period`.
        pay_period: when pay periods begin, where the organisation says so.
        minimum_wages: legal minimums, the earliest first, no two from the same day.
    """

    late_logs: LateLogs | None = None
    objection_days: int | None = None
    second_approval_above_cents: int | None = None
    paid_from: PaidFrom = PaidFrom.REACHED
    pay_period: PayPeriod | None = None
    minimum_wages: tuple[MinimumWage, ...] = ()


OFF = HouseRules()
"""An organisation that has said nothing."""


@dataclass(frozen=True, kw_only=True)
class RulesVersion:
    """House rules as somebody entered them; never changed, the next version follows.

    Attributes:
        since: the first day on which they hold; they hold until the day before the next version's.
    """

    id: int
    organisation: UUID
    rules: HouseRules
    since: date
    entered_at: datetime
    entered_by: UUID
