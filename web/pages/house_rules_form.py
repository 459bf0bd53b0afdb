"""The forms of house rules: one for each rule, read into a change of all of them and filled from them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from apprenticeship.house_rules.model import (
    DayPerDay,
    Every,
    HouseRules,
    LateLogs,
    MinimumWage,
    MonthPerReport,
    MonthsAfterGrace,
    PaidFrom,
    PayPeriod,
)
from apprenticeship.refusals import Invalid
from web.forms import Form

LATE_LOGS: dict[str, type[MonthPerReport | MonthsAfterGrace | DayPerDay]] = {
    "month_per_report": MonthPerReport,
    "months_after_grace": MonthsAfterGrace,
    "day_per_day": DayPerDay,
}
OFF = "off"
MOST_DOLLARS = 1_000
SPARE_ROWS = 2  # for minimum wages to come

Change = Callable[[HouseRules], HouseRules]


def change_of(name: str, form: Form) -> Change:
    """Read what a form changes.

    Raises:
        Invalid: something in it cannot be read, or there is no such form.
    """
    reader = READERS.get(name)
    if reader is None:
        raise Invalid("There is no such rule.", where="rule")
    return reader(form)


def _late_logs(form: Form) -> Change:
    rule: LateLogs | None = None
    if form.text("kind") != OFF:
        kind = LATE_LOGS.get(form.text("kind"))
        if kind is None:
            raise Invalid("Choose a rule from the list.", where="kind")
        day = form.number("due_day")
        rule = kind() if day is None else kind(due_day=day)
    return lambda rules: replace(rules, late_logs=rule)


def _objection(form: Form) -> Change:
    days = form.number("objection_days")
    return lambda rules: replace(rules, objection_days=days)


def _second(form: Form) -> Change:
    text = form.text("dollars")
    cents = cents_in(text, "dollars") if text else None
    return lambda rules: replace(rules, second_approval_above_cents=cents)


def _paid(form: Form) -> Change:
    text = form.text("paid_from")
    if text not in tuple(PaidFrom):
        raise Invalid("Choose from when a raise is paid.", where="paid_from")
    period = None
    if form.text("anchor"):
        if form.text("every") not in tuple(Every):
            raise Invalid("Choose how long a pay period is.", where="every")
        period = PayPeriod(every=Every(form.text("every")), anchor=form.day("anchor", "The day"))
    return lambda rules: replace(rules, paid_from=PaidFrom(text), pay_period=period)


def _minimums(form: Form) -> Change:
    wages = []
    for day, dollars in zip(form.texts("since_day"), form.texts("dollars"), strict=False):
        if day or dollars:
            since = Form({"minimum_wages": [day]}).day("minimum_wages", "The day")
            wages.append(MinimumWage(since=since, cents=cents_in(dollars, "minimum_wages")))
    ordered = tuple(sorted(wages, key=lambda one: one.since))
    return lambda rules: replace(rules, minimum_wages=ordered)


def cents_in(text: str, where: str) -> int:
    """Read dollars, like "16.94", as cents.

    Raises:
        Invalid: they are none.
    """
    try:
        dollars = Decimal(text.removeprefix("$").replace(",", ""))
    except InvalidOperation:
        raise Invalid("Write dollars as a number, like 16.94.", where=where) from None
    if not dollars.is_finite() or not 0 <= dollars <= MOST_DOLLARS or dollars * 100 % 1:
        raise Invalid(
            f"Write dollars with at most two decimals, from 0 to {MOST_DOLLARS:,}, like 16.94.", where=where
        )
    return int(dollars * 100)


READERS: Mapping[str, Callable[[Form], Change]] = {
    "late_logs": _late_logs,
    "objection": _objection,
    "second": _second,
    "paid": _paid,
    "minimums": _minimums,
}
FIELDS = {
    "late_logs.due_day": "due_day",
    "second_approval_above_cents": "dollars",
    "pay_period": "anchor",
    "pay_period.anchor": "anchor",
}
"""At which field of a form the services' complaints are shown, where it has another name."""


def fields_of(name: str, rules: HouseRules) -> dict[str, list[str]]:
    """Return what a form holds to begin with."""
    match name:
        case "late_logs":
            rule = rules.late_logs
            due = "" if rule is None else str(rule.due_day)
            return {"kind": [OFF if rule is None else rule.kind], "due_day": [due]}
        case "objection":
            return {"objection_days": [_said(rules.objection_days)]}
        case "second":
            limit = rules.second_approval_above_cents
            return {"dollars": ["" if limit is None else dollars_of(limit)]}
        case "paid":
            period = rules.pay_period
            every = Every.FORTNIGHT if period is None else period.every
            anchor = "" if period is None else period.anchor.isoformat()
            return {"paid_from": [rules.paid_from.value], "every": [every.value], "anchor": [anchor]}
    return {
        "since_day": [one.since.isoformat() for one in rules.minimum_wages],
        "dollars": [dollars_of(one.cents) for one in rules.minimum_wages],
    }


def minimum_rows(form: Form) -> list[tuple[str, str]]:
    """Return the rows of minimum wages that a form shows, with some to spare."""
    pairs = zip(form.texts("since_day"), form.texts("dollars"), strict=False)
    return [*(one for one in pairs if any(one)), *[("", "")] * SPARE_ROWS]


def dollars_of(cents: int) -> str:
    """Write cents as dollars for a field."""
    return f"{cents // 100}.{cents % 100:02}"


def _said(number: int | None) -> str:
    return "" if number is None else str(number)
