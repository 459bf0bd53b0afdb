"""The clock of objections, the day from which a raise is paid, and minimum wages: tables and laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.house_rules.clock import objection_clock
from apprenticeship.house_rules.minimums import minimum_on, too_low
from apprenticeship.house_rules.model import Every, HouseRules, MinimumWage, PaidFrom, PayPeriod
from apprenticeship.house_rules.pay_days import next_period, paid_day
from graph.world import Program, Rate, Step
from tests.thoroughness import examples

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PERIODS = st.one_of(
    st.builds(PayPeriod, every=st.sampled_from([Every.WEEK, Every.FORTNIGHT]), anchor=DAYS),
    st.builds(PayPeriod, every=st.just(Every.HALF_MONTH), anchor=DAYS.filter(lambda day: day.day <= 13)),
    st.builds(PayPeriod, every=st.just(Every.MONTH), anchor=DAYS.filter(lambda day: day.day <= 28)),
)

# Australian Manufacturing Workers' Union, Fairer progression system; model clause on competency based progression: the
# employer pays the next stage unless it objects in writing, with reasons, within twenty-one days.
AUSTRALIA = 21


def test_the_australian_clock_runs_twenty_one_days_and_then_the_raise_stands() -> None:
    clock = objection_clock(date(2026, 11, 2), AUSTRALIA)
    assert clock is not None
    assert (clock.last_day, clock.ends) == (date(2026, 11, 22), date(2026, 11, 23))
    assert not clock.stands(date(2026, 11, 22), objected_on=None)
    assert clock.stands(date(2026, 11, 23), objected_on=None)
    assert not clock.stands(date(2026, 11, 23), objected_on=date(2026, 11, 22)), "in time"
    assert clock.stands(date(2026, 11, 30), objected_on=date(2026, 11, 23)), "too late"
    assert clock.words() == (
        "An objection in writing and with reasons counts until 22 November 2026; without one the raise stands from "
        "23 November 2026 on."
    )


def test_there_is_no_clock_where_the_rule_is_off() -> None:
    assert objection_clock(date(2026, 11, 2), None) is None


@given(DAYS, st.integers(1, 365), DAYS, st.none() | DAYS)
@examples(200)
def test_a_raise_stands_or_is_open_or_was_objected_to(
    began: date, days: int, on: date, objected: date | None
) -> None:
    clock = objection_clock(began, days)
    assert clock is not None
    assert (clock.ends - began).days == days
    assert clock.is_open(clock.last_day)
    assert not clock.is_open(clock.ends)
    if clock.stands(on, objected_on=objected):
        assert not clock.is_open(on)
        assert clock.stands(on + timedelta(days=1), objected_on=objected), "what stands goes on standing"


@pytest.mark.parametrize(
    ("every", "anchor", "reached", "paid"),
    [
        (Every.WEEK, "2026-01-05", "2026-11-21", "2026-11-23"),
        (Every.WEEK, "2026-01-05", "2026-11-23", "2026-11-23"),
        (Every.FORTNIGHT, "2026-01-05", "2026-11-10", "2026-11-23"),
        (Every.FORTNIGHT, "2027-01-04", "2026-11-10", "2026-11-23"),
        (Every.HALF_MONTH, "2026-01-01", "2026-11-02", "2026-11-16"),
        (Every.HALF_MONTH, "2026-01-01", "2026-11-17", "2026-12-01"),
        (Every.MONTH, "2026-01-28", "2026-12-29", "2027-01-28"),
    ],
)
def test_the_next_pay_period(every: Every, anchor: str, reached: str, paid: str) -> None:
    period = PayPeriod(every=every, anchor=date.fromisoformat(anchor))
    assert next_period(period, date.fromisoformat(reached)).isoformat() == paid


@given(PERIODS, DAYS)
@examples(300)
def test_a_paid_day_is_never_before_the_day_reached_and_begins_a_period(period: PayPeriod, day: date) -> None:
    rules = HouseRules(paid_from=PaidFrom.NEXT_PERIOD, pay_period=period)
    paid = paid_day(rules, day)
    assert day <= paid < day + timedelta(days=32)
    assert paid_day(rules, paid) == paid
    assert next_period(period, period.anchor) == period.anchor
    assert paid_day(rules, day + timedelta(days=1)) >= paid, "reached later, paid no sooner"


@given(st.none() | PERIODS, DAYS)
def test_a_raise_paid_from_the_day_reached_is(period: PayPeriod | None, day: date) -> None:
    assert paid_day(HouseRules(pay_period=period), day) == day


def test_a_day_past_all_days_is_the_last_one() -> None:
    for every in Every:
        period = PayPeriod(every=every, anchor=date(2026, 1, 2))
        assert next_period(period, date(9999, 12, 30)) <= date.max


# Connecticut Department of Labor, minimum wage: $16.35 from 1 January 2025, $16.94 from 1 January 2026.
CONNECTICUT = (
    MinimumWage(since=date(2025, 1, 1), cents=1_635),
    MinimumWage(since=date(2026, 1, 1), cents=1_694),
)


@pytest.mark.parametrize(
    ("on", "minimum"),
    [("2024-12-31", None), ("2025-01-01", 1_635), ("2025-12-31", 1_635), ("2026-01-01", 1_694)],
)
def test_a_minimum_holds_from_its_day_until_the_next(on: str, minimum: int | None) -> None:
    assert minimum_on(CONNECTICUT, date.fromisoformat(on)) == minimum


def test_an_entry_wage_is_too_low_from_the_day_on_which_the_minimum_passes_it() -> None:
    step = Step(key="p:start", title="Start", percent=5_500, cents=None, when=None)
    program = Program(
        key="p", title="Machinist", steps=(step,), rates=(Rate(since=date(2025, 1, 1), cents=3_000),)
    )
    assert too_low(program, CONNECTICUT, date(2025, 12, 31)) is None
    found = too_low(program, CONNECTICUT, date(2026, 1, 1))
    assert found is not None
    assert found.words() == (
        "On 1 January 2026 Machinist begins at $16.50 an hour, $0.44 under the minimum of $16.94."
    )
    assert too_low(Program(key="p", steps=(step,)), CONNECTICUT, date(2026, 1, 1)) is None, "no money stated"
    assert too_low(Program(key="p"), CONNECTICUT, date(2026, 1, 1)) is None
    assert too_low(program, (), date(2026, 1, 1)) is None
