"""From when a raise is paid: from the day it was reached, or from the next pay period. Pure."""

from datetime import date, timedelta

from apprenticeship.house_rules.model import Every, HouseRules, PaidFrom, PayPeriod
from graph.dates import add_months

WEEKS = {Every.WEEK: 7, Every.FORTNIGHT: 14}
HALF = 15


def paid_day(rules: HouseRules, reached: date) -> date:
    """Return the first day from which a raise reached on a day is paid; never before that day."""
    if rules.paid_from is PaidFrom.REACHED or rules.pay_period is None:
        return reached
    return next_period(rules.pay_period, reached)


def next_period(period: PayPeriod, day: date) -> date:
    """Return the first day of a pay period that is not before a day; the day itself where one begins on it."""
    length = WEEKS.get(period.every)
    try:
        if length is not None:
            return day + timedelta(days=(period.anchor - day).days % length)
        return min(begun for begun in _beginnings(period, day) if begun >= day)
    except (OverflowError, ValueError):  # past the last day that a date can name
        return date.max


def _beginnings(period: PayPeriod, day: date) -> list[date]:
    """Return the days of this and the next month on which periods by the month begin."""
    numbers = [period.anchor.day]
    if period.every is Every.HALF_MONTH:
        numbers.append(period.anchor.day + HALF)
    months = (day.replace(day=1), add_months(day.replace(day=1), 1))
    return [month.replace(day=number) for month in months for number in numbers]
