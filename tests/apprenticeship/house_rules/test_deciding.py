"""House rules decide from when a raise is paid: late logs, excuses, the committee, pay periods."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.house_rules.excuses import Said
from apprenticeship.house_rules.excusing import ask_excuse, judge_excuse
from apprenticeship.house_rules.houses import house_of
from apprenticeship.house_rules.model import (
    OFF,
    DayPerDay,
    Every,
    HouseRules,
    MonthPerReport,
    MonthsAfterGrace,
    PaidFrom,
    PayPeriod,
)
from apprenticeship.house_rules.services import set_rules
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import decide
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, award, rows
from tests.web.shop import NOW, Shop

REACHED = date(2025, 6, 2)  # Ada's first raise
SPRING = date(2025, 3, 1)
OCTOBER = date(2026, 10, 1)


async def rule(shop: Shop, rules: HouseRules, since: date = SPRING) -> None:
    await set_rules(await acting(shop, "employer"), shop.employer, rules, since=since, now=NOW)


async def log(
    shop: Shop, *days: tuple[date, date], by: str = "ada", status: Status = Status.SUBMITTED
) -> None:
    """Add hours of days, each handed in on another day."""
    async with transaction():
        await append(
            [
                Addition(
                    person=shop.people["ada"],
                    fact=Fact(
                        kind=EvidenceKind.HOURS, happened_on=worked, minutes=60, work_process="milling"
                    ),
                    status=status,
                    recorded=datetime(sent.year, sent.month, sent.day, 12, tzinfo=UTC),
                    recorded_by=shop.people[by],
                )
                for worked, sent in days
            ]
        )


async def give(shop: Shop, day: date, reason: str = "") -> RaiseDecision:
    verdict = Verdict(kind=Kind.APPROVED, effective_on=day, reason=reason)
    employer, ada = await acting(shop, "employer"), shop.people["ada"]
    given = await decide(employer, ada, program="machinist", step="machinist:s2", verdict=verdict, now=NOW)
    assert isinstance(given, RaiseDecision)
    return given


async def excuse(shop: Shop, month: date, *, excused: bool = True) -> None:
    employer, ada = await acting(shop, "employer"), shop.people["ada"]
    await judge_excuse(
        employer, ada, program="machinist", month=month, excused=excused, reason="Ill.", now=NOW
    )


async def spring_with_one_late(shop: Shop) -> None:
    """February came two days late; March and April on time."""
    await log(
        shop,
        (date(2025, 2, 3), date(2025, 2, 28)),
        (date(2025, 2, 27), date(2025, 3, 12)),
        (date(2025, 3, 3), date(2025, 4, 10)),
        (date(2025, 4, 3), date(2025, 5, 2)),
    )


async def test_without_house_rules_a_raise_is_paid_from_the_day_it_was_reached(shop: Shop) -> None:
    await rule(shop, OFF)
    assert (await give(shop, REACHED)).effective_on == REACHED


async def test_a_log_two_days_late_costs_two_days_until_it_is_excused(shop: Shop) -> None:
    await spring_with_one_late(shop)
    await rule(shop, HouseRules(late_logs=DayPerDay()))
    with pytest.raises(Invalid, match="costs two days") as refused:
        await give(shop, REACHED)
    assert refused.value.where == "effective_on"
    assert "The earliest day is 4 June 2025." in str(refused.value)
    await excuse(shop, date(2025, 2, 1))
    assert (await give(shop, REACHED)).effective_on == REACHED
    assert not (await replay_all()).differences


async def test_the_day_that_late_logs_allow_is_taken(shop: Shop) -> None:
    await spring_with_one_late(shop)
    await rule(shop, HouseRules(late_logs=DayPerDay()))
    assert (await give(shop, date(2025, 6, 4))).effective_on == date(2025, 6, 4)
    assert not (await replay_all()).differences


async def test_a_missing_log_holds_the_raise_until_it_is_in_or_excused(shop: Shop) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=date(2026, 11, 1))
    with pytest.raises(Invalid, match="No raise before the log of October 2026 is handed in"):
        await give(shop, REACHED)
    await log(shop, (date(2026, 10, 5), NOW.date()))
    assert (await give(shop, REACHED)).effective_on == REACHED, "it was late after the raise was reached"


async def test_what_others_write_down_is_no_delay_of_the_apprentice(shop: Shop) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=date(2026, 11, 1))
    await log(shop, (date(2026, 10, 5), NOW.date()), by="mentor", status=Status.VERIFIED)
    (standing,) = await standings_of([shop.people["ada"]], as_of=NOW.date())
    (report,) = (await house_of(standing.enrolment, today=NOW.date())).reports
    assert (report.month, report.days_late(NOW.date())) == (OCTOBER, 0)


async def test_a_draft_is_not_handed_in(shop: Shop) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=date(2026, 11, 1))
    await log(shop, (date(2026, 10, 5), date(2026, 10, 6)), status=Status.CLAIMED)
    with pytest.raises(Invalid, match="October 2026"):
        await give(shop, REACHED)


async def test_with_three_late_logs_the_word_of_the_committee_is_kept(shop: Shop) -> None:
    await log(
        shop,
        *[(date(2025, month, 3), date(2025, month + 1, 20)) for month in (2, 3, 4)],
        *[(date(2025, month, 3), date(2025, month + 1, 1)) for month in (5, 6, 7)],
    )
    await rule(shop, HouseRules(late_logs=MonthsAfterGrace()))
    day = date(2025, 9, 2)
    with pytest.raises(Invalid, match="the committee decides") as refused:
        await give(shop, day)
    assert refused.value.where == "reason"
    given = await give(shop, day, "The committee gave it on 1 September.")
    assert given.reason == "The committee gave it on 1 September."


async def test_a_raise_is_paid_from_the_first_day_of_a_pay_period(shop: Shop) -> None:
    period = PayPeriod(every=Every.FORTNIGHT, anchor=date(2025, 6, 9))
    await rule(shop, HouseRules(paid_from=PaidFrom.NEXT_PERIOD, pay_period=period))
    for day, words in ((REACHED, "begins on 9 June 2025"), (date(2025, 6, 10), "begins on 23 June 2025")):
        with pytest.raises(Invalid, match=words):
            await give(shop, day)
    assert (await give(shop, date(2025, 6, 9))).effective_on == date(2025, 6, 9)


async def test_a_pay_period_reaches_back_to_no_raise_reached_before_it_held(shop: Shop) -> None:
    period = PayPeriod(every=Every.FORTNIGHT, anchor=date(2025, 6, 9))
    rules = HouseRules(paid_from=PaidFrom.NEXT_PERIOD, pay_period=period)
    await rule(shop, rules, since=REACHED + timedelta(days=1))
    assert (await give(shop, REACHED)).effective_on == REACHED
    assert not (await replay_all()).differences


async def test_a_pay_period_given_up_later_still_holds_for_what_was_reached_under_it(shop: Shop) -> None:
    period = PayPeriod(every=Every.FORTNIGHT, anchor=date(2025, 6, 9))
    await rule(shop, HouseRules(paid_from=PaidFrom.NEXT_PERIOD, pay_period=period))
    await rule(shop, OFF, since=REACHED + timedelta(days=1))
    with pytest.raises(Invalid, match="begins on 9 June 2025"):
        await give(shop, REACHED)
    assert (await give(shop, date(2025, 6, 9))).effective_on == date(2025, 6, 9)


async def test_an_apprentice_asks_and_the_sponsor_answers_once(shop: Shop) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=date(2026, 11, 1))
    ada = await acting(shop, "ada")

    async def ask(month: date = OCTOBER, reason: str = "I was ill.") -> Said:
        word = await ask_excuse(ada, ada.person, program="machinist", month=month, reason=reason, now=NOW)
        return word.kind

    with pytest.raises(Invalid, match="not late"):
        await ask(date(2026, 9, 1))
    with pytest.raises(Invalid, match="Nobody asked"):
        await excuse(shop, OCTOBER, excused=False)
    with pytest.raises(Invalid, match="Say why"):
        await ask(reason=" ")
    assert await ask(date(2026, 10, 9)) is Said.ASKED, "any day names its month"
    with pytest.raises(AlreadyDecided):
        await ask()
    await excuse(shop, OCTOBER, excused=False)
    with pytest.raises(Invalid, match="Nobody asked"):
        await excuse(shop, OCTOBER, excused=False)
    assert await ask() is Said.ASKED, "an appeal may be made again"
    await excuse(shop, OCTOBER)
    for again in (ask(), excuse(shop, OCTOBER)):
        with pytest.raises(AlreadyDecided):
            await again
    await excuse(shop, OCTOBER, excused=False)
    kinds = await rows("SELECT kind FROM late_log_excuse ORDER BY id")
    assert [one["kind"] for one in kinds] == ["asked", "refused", "asked", "excused", "refused"]


@pytest.mark.parametrize("name", ["ada", "mentor", "admin", "registrar", "stranger"])
async def test_only_the_employer_excuses(shop: Shop, name: str) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=date(2026, 11, 1))
    with pytest.raises(Missing):
        await judge_excuse(
            await acting(shop, name),
            shop.people["ada"],
            program="machinist",
            month=OCTOBER,
            excused=True,
            reason="x",
            now=NOW,
        )


async def test_rules_of_tomorrow_decide_nothing_today(shop: Shop) -> None:
    await rule(shop, HouseRules(late_logs=MonthPerReport()), since=NOW.date() + timedelta(days=1))
    employer = await acting(shop, "employer")
    ada = shop.people["ada"]
    given = await award(
        employer, ada, program="machinist", step="machinist:s2", effective_on=REACHED, now=NOW
    )
    assert given.effective_on == REACHED
