"""Versions of house rules on a real database: which holds on a day, who may enter one, and that none changes."""

from dataclasses import replace
from datetime import date, timedelta

import asyncpg
import pytest

from apprenticeship.house_rules.model import (
    OFF,
    DayPerDay,
    Every,
    HouseRules,
    MinimumWage,
    MonthPerReport,
    PaidFrom,
    PayPeriod,
)
from apprenticeship.house_rules.services import change_rules, rules_of, set_rules, versions_of
from apprenticeship.refusals import Invalid, Missing
from tests.apprenticeship.acting import acting, rows
from tests.web.shop import NOW, Shop

DAY = date(2026, 1, 1)
EVERYTHING = HouseRules(
    late_logs=DayPerDay(due_day=12),
    objection_days=21,
    second_approval_above_cents=300,
    paid_from=PaidFrom.NEXT_PERIOD,
    pay_period=PayPeriod(every=Every.FORTNIGHT, anchor=date(2026, 1, 5)),
    minimum_wages=(MinimumWage(since=DAY, cents=1_500), MinimumWage(since=date(2027, 1, 1), cents=1_550)),
)


async def test_a_version_holds_from_its_day_until_the_next_and_by_what_was_known(shop: Shop) -> None:
    rosa = await acting(shop, "employer")
    later = NOW + timedelta(hours=1)
    strict = HouseRules(late_logs=MonthPerReport())
    await set_rules(rosa, shop.employer, EVERYTHING, since=DAY, now=NOW)
    await set_rules(rosa, shop.employer, strict, since=date(2026, 3, 1), now=later)

    assert await rules_of(shop.employer, DAY - timedelta(days=1)) == OFF
    assert await rules_of(shop.employer, date(2026, 2, 28)) == EVERYTHING
    assert await rules_of(shop.employer, date(2026, 3, 1)) == strict
    assert await rules_of(shop.employer, date(2026, 3, 1), NOW) == EVERYTHING
    assert await rules_of(shop.employer, DAY, NOW - timedelta(seconds=1)) == OFF


async def test_a_version_from_the_same_day_replaces_and_the_same_again_is_the_one_that_is_there(
    shop: Shop,
) -> None:
    rosa = await acting(shop, "employer")
    first = await set_rules(rosa, shop.employer, EVERYTHING, since=DAY, now=NOW)
    assert await set_rules(rosa, shop.employer, EVERYTHING, since=DAY, now=NOW) == first
    await set_rules(rosa, shop.employer, OFF, since=DAY, now=NOW)
    assert await rules_of(shop.employer, DAY) == OFF
    assert len(await versions_of(rosa, shop.employer, now=NOW)) == 2


@pytest.mark.parametrize("name", ["ada", "mentor", "registrar", "stranger", "agency"])
async def test_only_the_employer_and_its_administrator_set_rules(shop: Shop, name: str) -> None:
    with pytest.raises(Missing):
        await set_rules(await acting(shop, name), shop.employer, OFF, since=DAY, now=NOW)


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        (HouseRules(late_logs=DayPerDay(due_day=0)), "late_logs.due_day"),
        (HouseRules(late_logs=DayPerDay(due_day=29)), "late_logs.due_day"),
        (HouseRules(objection_days=0), "objection_days"),
        (HouseRules(second_approval_above_cents=-1), "second_approval_above_cents"),
        (HouseRules(paid_from=PaidFrom.NEXT_PERIOD), "pay_period"),
        (HouseRules(pay_period=PayPeriod(every=Every.MONTH, anchor=date(2026, 1, 31))), "pay_period.anchor"),
        (HouseRules(minimum_wages=(MinimumWage(since=DAY, cents=0),)), "minimum_wages"),
        (HouseRules(minimum_wages=(MinimumWage(since=DAY, cents=1),) * 2), "minimum_wages"),
    ],
)
async def test_rules_that_do_not_hold_together_are_refused_by_the_field(
    shop: Shop, rules: HouseRules, where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await set_rules(await acting(shop, "employer"), shop.employer, rules, since=DAY, now=NOW)
    assert refused.value.where == where


async def test_a_version_is_never_changed_nor_taken_out(shop: Shop) -> None:
    await set_rules(await acting(shop, "employer"), shop.employer, EVERYTHING, since=DAY, now=NOW)
    for sql in (
        "UPDATE house_rules SET since = '2020-01-01'",
        "DELETE FROM house_rules",
        "TRUNCATE house_rules",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await rows(sql)


async def test_a_change_of_one_rule_is_carried_into_later_versions_up_to_one_that_says_otherwise(
    shop: Shop,
) -> None:
    rosa = await acting(shop, "employer")
    days = [date(2026, month, 1) for month in (3, 6, 9)]
    later = [
        HouseRules(second_approval_above_cents=300),
        HouseRules(second_approval_above_cents=500),
        HouseRules(second_approval_above_cents=500, objection_days=14),
    ]
    for day, rules in zip(days, later, strict=True):
        await set_rules(rosa, shop.employer, rules, since=day, now=NOW)
    changed = await change_rules(
        rosa, shop.employer, lambda rules: replace(rules, objection_days=21), since=DAY, now=NOW
    )
    assert (changed.version.since, changed.carried, changed.until) == (DAY, tuple(days[:2]), days[2])
    assert await rules_of(shop.employer, DAY) == HouseRules(objection_days=21)
    for day, rules in zip(days[:2], later[:2], strict=True):
        assert await rules_of(shop.employer, day) == replace(rules, objection_days=21)
    assert await rules_of(shop.employer, days[2]) == later[2]
    assert len(await versions_of(rosa, shop.employer, now=NOW)) == 6, "nothing was overwritten"
    again = await change_rules(
        rosa, shop.employer, lambda rules: replace(rules, objection_days=21), since=DAY, now=NOW
    )
    assert again.version == changed.version
    assert len(await versions_of(rosa, shop.employer, now=NOW)) == 6
