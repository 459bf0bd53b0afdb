"""What house rules would do, in examples: worked out by the same functions that decide. Pure."""

from datetime import date, timedelta

from apprenticeship.house_rules.clock import objection_clock
from apprenticeship.house_rules.late_logs import COMMITTEE_AT, Effect, effect_of
from apprenticeship.house_rules.model import HouseRules, LateLogs, MonthPerReport, MonthsAfterGrace, PaidFrom
from apprenticeship.house_rules.pay_days import paid_day
from apprenticeship.house_rules.reports import Report, due_on
from apprenticeship.house_rules.wording import counted, ordinal, said_day, said_money, sentence
from apprenticeship.seconding.deciding import is_above
from graph.dates import add_months

LATE = 2  # days, in the example
MORE = 100  # cents an hour, in the example


def late_log_preview(rule: LateLogs, today: date) -> tuple[str, ...]:
    """Say what one, two and three late logs cost, and what a missing one does."""
    one = _effect(rule, 1, today)
    said = f"A log handed in on the {ordinal(rule.due_day)} costs nothing."
    lines = [f"{said} One handed in on the {ordinal(rule.due_day + LATE)} costs {_cost(one)}."]
    if isinstance(rule, MonthsAfterGrace):
        lines.append(f"Two late logs within a year cost {_cost(_effect(rule, 2, today))}.")
        if _effect(rule, COMMITTEE_AT, today).needs_committee:
            lines.append(f"With {counted(COMMITTEE_AT, 'late log')} within a year the committee decides.")
    elif isinstance(rule, MonthPerReport):
        lines.append(f"Two late logs cost {_cost(_effect(rule, 2, today))}.")
        if _effect(rule, 1, today, missing=True).held:
            lines.append("While one is missing, nobody is raised.")
    else:
        lines.append("Those days are not paid later.")
    return tuple(lines)


def _effect(rule: LateLogs, number: int, today: date, *, missing: bool = False) -> Effect:
    """Return what so many logs do that came late in a row, or never, to a raise reached after them."""
    months = [add_months(today.replace(day=1), -back) for back in range(number + 1, 1, -1)]
    dues = [(month, due_on(month, rule.due_day)) for month in months]
    reports = [
        Report(month=month, due=due, handed_in=None if missing else due + timedelta(days=LATE))
        for month, due in dues
    ]
    reached = dues[-1][1] + timedelta(days=1)
    return effect_of(rule, reports, reached=reached, since=months[0], as_of=reached + timedelta(days=LATE))


def _cost(effect: Effect) -> str:
    days = sum(one.days for one in effect.charges)
    months = sum(one.months for one in effect.charges)
    if not days and not months:
        return "nothing"
    return counted(days, "day") if days else counted(months, "month")


def objection_preview(rules: HouseRules, today: date) -> str:
    """Say how long an objection to a raise reached today would count; empty where the rule is off."""
    clock = objection_clock(today, rules.objection_days)
    return "" if clock is None else f"Of a raise reached on {said_day(today)}: {clock.words()}"


def second_preview(rules: HouseRules) -> str:
    """Say which raise needs two people; empty where the rule is off."""
    limit = rules.second_approval_above_cents
    if limit is None:
        return ""
    more = limit + MORE
    people = {True: "two people", False: "one person"}
    return sentence(
        f"a raise of {said_money(more)} an hour needs {people[is_above(0, more, limit)]}; "
        f"one of {said_money(limit)} needs {people[is_above(0, limit, limit)]}."
    )


def paid_preview(rules: HouseRules, today: date) -> str:
    """Say from when a raise reached today would be paid."""
    paid = paid_day(rules, today)
    when = "that day" if paid == today else said_day(paid)
    back = ", also when it is decided later" if rules.paid_from is PaidFrom.REACHED else ""
    return f"A raise reached on {said_day(today)} is paid from {when}{back}."
