"""Whether house rules hold together: pure."""

from itertools import pairwise

from apprenticeship.house_rules.model import Every, HouseRules, PaidFrom, PayPeriod
from apprenticeship.refusals import Invalid

LAST_DUE_DAY = 28  # every month has it
LONGEST_OBJECTION = 365
MOST_CENTS = 100_000
MOST_MINIMUMS = 50
LAST_HALF = 13  # fifteen days later is still in every month


def check_rules(rules: HouseRules) -> None:
    """Go on only with house rules that hold together.

    Raises:
        Invalid: a number is out of range, or a pay period is missing where raises wait for one.
    """
    if rules.late_logs is not None:
        _within(rules.late_logs.due_day, 1, LAST_DUE_DAY, "late_logs.due_day", "The day that logs are due")
    if rules.objection_days is not None:
        _within(rules.objection_days, 1, LONGEST_OBJECTION, "objection_days", "The days to object")
    limit = rules.second_approval_above_cents
    if limit is not None:
        _within(limit, 0, MOST_CENTS, "second_approval_above_cents", "The cents an hour")
    if rules.pay_period is not None:
        _check_period(rules.pay_period)
    elif rules.paid_from is PaidFrom.NEXT_PERIOD:
        raise Invalid("Say when your pay periods begin.", where="pay_period")
    _check_minimums(rules)


def _check_period(period: PayPeriod) -> None:
    last = {Every.HALF_MONTH: LAST_HALF, Every.MONTH: LAST_DUE_DAY}.get(period.every)
    if last is not None:
        what = "The day of the month on which a period begins"
        _within(period.anchor.day, 1, last, "pay_period.anchor", what)


def _check_minimums(rules: HouseRules) -> None:
    where, wages = "minimum_wages", rules.minimum_wages
    if len(wages) > MOST_MINIMUMS:
        raise Invalid(f"At most {MOST_MINIMUMS} minimum wages are kept.", where=where)
    for one in wages:
        _within(one.cents, 1, MOST_CENTS, where, "A minimum wage in cents an hour")
    days = [one.since for one in wages]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise Invalid("Put the earliest minimum wage first, and give each a day of its own.", where=where)


def _within(number: int, low: int, high: int, where: str, what: str) -> None:
    if not low <= number <= high:
        raise Invalid(f"{what} is a whole number from {low} to {high}.", where=where)
