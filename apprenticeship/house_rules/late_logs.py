"""What late logs cost: when a raise that was reached may be paid. Pure; a rule is a row of `model.LateLogs`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apprenticeship.house_rules.model import DayPerDay, LateLogs, MonthPerReport, MonthsAfterGrace
from apprenticeship.house_rules.reports import Report, late
from graph.dates import add_months

SPAN = 12  # months
COMMITTEE_AT = 3


@dataclass(frozen=True)
class Charge:
    """What one late report costs, and from which day on it costs that."""

    report: Report
    on: date
    days: int = 0
    months: int = 0


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What late logs do to one raise.

    Attributes:
        reached: the day on which the raise was reached.
        raise_on: the first day from which it may be paid, as far as late logs go.
        charges: what each late report costs, the first one due first.
        missing: the reports that are late and not there.
        held: whether nothing is raised before the missing reports are there.
        needs_committee: whether the committee has the word.
        no_back_pay: whether the days between are not paid later either.
    """

    reached: date
    raise_on: date
    charges: tuple[Charge, ...] = ()
    missing: tuple[Report, ...] = ()
    held: bool = False
    needs_committee: bool = False
    no_back_pay: bool = False


def effect_of(
    rule: LateLogs | None, reports: Iterable[Report], *, reached: date, since: date, as_of: date
) -> Effect:
    """Return what late logs do to a raise, by what is known on a day.

    A report counts for the raise that comes next after the day on which it became late: not for one that was paid
    before, and not for one reached and paid earlier than it was late.

    Args:
        rule: the house rule; None is off.
        reports: what was due, in any order.
        reached: the day on which the raise was reached.
        since: the day from which the raise before was paid, or the registration.
        as_of: the day on which it is asked.
    """
    if rule is None:
        return Effect(reached=reached, raise_on=reached)
    overdue = late(reports, as_of)
    counted = [one for one in _charges(rule, overdue, as_of) if one.report.late_from > since]
    taken, day = _walk(counted, reached)
    missing = tuple(one for one in overdue if one.missing(as_of))
    return Effect(
        reached=reached,
        raise_on=day,
        charges=taken,
        missing=missing,
        held=isinstance(rule, MonthPerReport) and bool(missing),
        needs_committee=isinstance(rule, MonthsAfterGrace) and _in_committee(overdue, since, day),
        no_back_pay=isinstance(rule, DayPerDay),
    )


def _walk(charges: Iterable[Charge], reached: date) -> tuple[tuple[Charge, ...], date]:
    """Move the day by each charge that has come by then; a raise that waits can be moved again."""
    day, days, months = reached, 0, 0
    taken: list[Charge] = []
    for one in sorted(charges, key=lambda charge: (charge.on, charge.report.due)):
        if one.on > day:
            break
        taken.append(one)
        days, months = days + one.days, months + one.months
        day = _moved(reached, days, months)
    return tuple(sorted(taken, key=lambda charge: charge.report.due)), day


def _moved(reached: date, days: int, months: int) -> date:
    try:
        return add_months(reached, months) + timedelta(days=days)
    except OverflowError:
        return date.max


def _charges(rule: LateLogs, overdue: Sequence[Report], as_of: date) -> list[Charge]:
    match rule:
        case MonthPerReport():
            return [Charge(one, one.late_from, months=1) for one in overdue]
        case DayPerDay():
            return [Charge(one, one.late_from, days=one.days_late(as_of)) for one in overdue]
        case MonthsAfterGrace():
            return [Charge(one, on, months=1) for one in overdue if (on := _second(one, overdue)) is not None]


def _second(report: Report, overdue: Sequence[Report]) -> date | None:
    """Return the day from which a report is one of two within a span; None where it stands alone."""
    days = [
        max(report.late_from, other.late_from)
        for other in overdue
        if other is not report and _within_span(report, other)
    ]
    return min(days, default=None)


def _within_span(one: Report, other: Report) -> bool:
    first, second = sorted((one.due, other.due))
    return second < add_months(first, SPAN)


def _in_committee(overdue: Sequence[Report], since: date, until: date) -> bool:
    """Tell whether three reports of one span are late, the last of them for this raise."""
    return any(
        _within_span(first, third) and since < third.late_from <= until
        for first, third in zip(overdue, overdue[COMMITTEE_AT - 1 :], strict=False)
    )
