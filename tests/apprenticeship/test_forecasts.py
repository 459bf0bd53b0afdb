"""Forecasts of a crew: for whom, what is kept of a quarter, and that it stays."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from apprenticeship.forecasts import repo
from apprenticeship.forecasts.keeping import Came, ask_when_due, compare, keep, kept_of
from apprenticeship.forecasts.model import KeptForecast, KeptGoal, quarter_of
from apprenticeship.forecasts.services import crew_outlook, person_outlook
from apprenticeship.raises.model import Kind, Verdict
from apprenticeship.raises.services import decide
from apprenticeship.refusals import AlreadyDecided, Forbidden
from tests.apprenticeship.acting import acting, award, rows, value
from tests.apprenticeship.cohort.running import do_errands
from tests.web.shop import NOW, Shop
from web.pages.forecast_words import goal_lines

TODAY = NOW.date()


def test_a_quarter_begins_on_its_first_day() -> None:
    assert [quarter_of(date(2026, month, 30)).month for month in (1, 3, 4, 11)] == [1, 1, 4, 10]


async def test_an_employer_sees_everybody_of_theirs_and_the_sums_add_up(shop: Shop) -> None:
    found = await crew_outlook(await acting(shop, "employer"), as_of=TODAY, now=NOW)
    assert [one.name for one in found.people] == ["Ada Tran", "Ben Okafor", "Cho Park"]
    assert len(found.months) == 24
    for place, month in enumerate(found.months):
        assert month.low <= month.expected <= month.high
        assert month.expected == sum(one.cents[place] for one in found.people)
    assert found.months[0].month == date(2026, 12, 1)


async def test_others_see_nobody(shop: Shop) -> None:
    found = await crew_outlook(await acting(shop, "mentor"), as_of=TODAY, now=NOW)
    assert found.people == ()


async def test_an_apprentice_sees_their_own_and_it_is_what_the_employer_sees(shop: Shop) -> None:
    crew = await crew_outlook(await acting(shop, "employer"), as_of=TODAY, now=NOW)
    own = await person_outlook(await acting(shop, "ada"), shop.people["ada"], as_of=TODAY, now=NOW)
    assert own is not None
    assert own == next(one for one in crew.people if one.person == own.person)
    with pytest.raises(Forbidden):
        await person_outlook(await acting(shop, "ada"), shop.people["ben"], as_of=TODAY, now=NOW)


async def test_what_was_given_is_paid(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    before = await crew_outlook(employer, as_of=TODAY, now=NOW)
    await award(
        employer, shop.people["ada"], program="machinist", step="machinist:s2", effective_on=TODAY, now=NOW
    )
    after = await crew_outlook(employer, as_of=TODAY, now=NOW)
    assert after.months[0].expected >= before.months[0].expected


async def test_what_was_refused_is_not_paid_and_is_said(shop: Shop) -> None:
    employer = await acting(shop, "employer")
    before = await crew_outlook(employer, as_of=TODAY, now=NOW)
    ada = shop.people["ada"]
    verdict = Verdict(kind=Kind.DENIED, reason="Not in this quarter.")
    await decide(employer, ada, program="machinist", step="machinist:s2", verdict=verdict, now=NOW)
    after = await crew_outlook(employer, as_of=TODAY, now=NOW)
    was, then = (next(one for one in found.people if one.person == ada) for found in (before, after))
    assert then.refused == {"machinist:s2"}
    assert was.outlooks == then.outlooks
    assert sum(then.cents) < sum(was.cents)
    assert max(then.cents[:12]) == then.cents[0] < was.cents[0]
    line = next(one for one in goal_lines(then) if "refused" in one.why_not)
    assert not line.expected


async def test_a_quarter_is_kept_once_however_many_try(shop: Shop) -> None:
    employer = await acting(shop, "employer")

    async def attempt() -> str:
        try:
            await keep(employer, shop.employer, now=NOW)
        except AlreadyDecided:
            return "late"
        return "kept"

    assert sorted(await asyncio.gather(*(attempt() for _ in range(4)))) == ["kept", "late", "late", "late"]
    (kept,) = await kept_of(shop.employer)
    assert (kept.quarter, kept.as_of, kept.made_by) == (date(2026, 10, 1), TODAY, employer.person)
    assert len(kept.months) == 24
    assert kept.goals
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'forecast.keep'") == 1
    assert (await value("SELECT content::text FROM kept_forecast")).count("Ada") == 0
    for statement in (
        "UPDATE kept_forecast SET sha256 = ''",
        "DELETE FROM kept_forecast",
        "TRUNCATE kept_forecast",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await rows(statement)


async def test_only_who_speaks_for_the_employer_keeps(shop: Shop) -> None:
    for who in ("admin", "mentor", "stranger"):
        with pytest.raises(Forbidden):
            await keep(await acting(shop, who), shop.employer, now=NOW)


async def test_the_schedule_keeps_what_nobody_kept(shop: Shop) -> None:
    for _ in range(2):
        await ask_when_due(now=NOW)
    await do_errands(NOW)
    (kept,) = await kept_of(shop.employer)
    assert kept.made_by is None
    assert await repo.employers_without(kept.quarter, TODAY) == ()


async def test_what_was_foreseen_is_held_against_what_came(shop: Shop) -> None:
    today = await crew_outlook(await acting(shop, "employer"), as_of=TODAY, now=NOW)
    ada = next(one for one in today.people if one.name == "Ada Tran")
    reached = next(one for one in reversed(ada.outlooks) if one.reached and one.since is not None)
    assert reached.since is not None
    day, week = reached.since, timedelta(days=7)

    def foreseen(first: date, last: date, goal: str = reached.goal) -> KeptGoal:
        return KeptGoal(person=ada.person, goal=goal, earliest=first, expected=first, latest=last)

    later = ada.ahead[-1].goal
    cases = [
        (foreseen(day, day + week), Came.WITHIN),
        (foreseen(day - 2 * week, day - week), Came.LATE),
        (foreseen(day + week, day + 2 * week), Came.EARLY),
        (foreseen(TODAY - week, TODAY - timedelta(days=1), later), Came.LATE),
        (foreseen(TODAY - week, TODAY + week, later), Came.OPEN),
    ]
    for goal, came in cases:
        (found,) = compare(_kept(goal), today).goals
        assert (found.came, found.name) == (came, "Ada Tran")
    assert compare(_kept(foreseen(TODAY + week, TODAY + week, later)), today).goals == ()


def _kept(goal: KeptGoal) -> KeptForecast:
    return KeptForecast(
        id=goal.person,
        employer=goal.person,
        quarter=date(2026, 7, 1),
        as_of=date(2026, 7, 1),
        made_at=NOW,
        made_by=None,
        months=(),
        goals=(goal,),
        sha256="",
    )
