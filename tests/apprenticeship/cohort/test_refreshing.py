"""Stored results stay true: after any writes and any days they are what a whole new run comes to."""

from datetime import datetime, timedelta
from itertools import count
from random import Random

import pytest

from apprenticeship.cohort import refreshing, repo, runs
from apprenticeship.cohort.model import Run
from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, rows, value
from tests.apprenticeship.cohort.conftest import NOW as DEMO_NOW
from tests.apprenticeship.cohort.running import (
    counted,
    do_errands,
    kept_counts,
    run_machinists,
    stored,
)
from tests.apprenticeship.test_snapshots import Writer
from tests.thoroughness import DEEPER
from tests.web.shop import BEGAN, NOW, Shop

LOOKS = count()
WAITING = "SELECT count(*) FROM snapshot_change"


async def refreshed(now: datetime) -> int:
    """Let the schedule look as often as it has to; return how often there was something to do."""
    times = 0
    while await refreshing.ask_when_due(now=now + timedelta(microseconds=next(LOOKS))):
        times += 1
        await do_errands(now)
    return times


async def check(now: datetime) -> None:
    """The results in force are what a whole new run comes to; that one is in force afterwards."""
    (kept,) = await repo.latest_runs("machinist")
    assert kept.as_of == now.date()
    before, counts = await stored(kept.id), await kept_counts(kept.id)
    assert counts == await counted(kept.id)
    fresh = await run_machinists(now.date(), now)
    after = await stored(fresh.id)
    assert {one: plain(told) for one, told in before.items()} == {
        one: plain(told) for one, told in after.items()
    }
    assert await kept_counts(fresh.id) == counts
    assert kept.people == fresh.people == len(after)


def plain(told: dict[str, object]) -> dict[str, object]:
    """All but the next day to look again, which may be an early one."""
    return {name: own for name, own in told.items() if name != "turns_on"}


@pytest.mark.parametrize("seed", range(2 * DEEPER))
async def test_after_any_writes_the_results_are_those_of_a_new_run(seed: int, shop: Shop) -> None:
    await run_machinists(NOW.date(), NOW)
    writer, dice = Writer(shop, Random(seed)), Random(seed)
    now = NOW
    for _ in range(4):
        for _ in range(dice.randrange(12)):
            await writer.write()
        now += timedelta(days=dice.choice([0, 0, 1, 40]))
        await refreshed(now)
        assert await value(WAITING) == 0
    await check(now)


async def test_time_alone_is_enough(demo: str) -> None:
    """Awards of five years end, months are completed, registrations end: nobody writes anything for six years."""
    assert demo
    await run_machinists(DEMO_NOW.date(), DEMO_NOW)
    first = await stored((await latest()).id)
    looked = 0
    for days in (1, 30, 31, 400, 2_000):
        looked += await refreshed(DEMO_NOW + timedelta(days=days))
    last = await stored((await latest()).id)
    assert {one: plain(told) for one, told in first.items()} != {
        one: plain(told) for one, told in last.items()
    }
    assert looked >= 5
    await check(DEMO_NOW + timedelta(days=2_000))


async def latest() -> Run:
    (run,) = await repo.latest_runs("machinist")
    return run


async def test_a_day_on_which_nothing_turns_is_passed_without_evaluating_anybody(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo
    await run_machinists(DEMO_NOW.date(), DEMO_NOW)
    await refreshed(DEMO_NOW)
    await rows("UPDATE cohort_result SET turns_on = turns_on + 10")
    monkeypatch.setattr(runs, "evaluated", None)
    later = DEMO_NOW + timedelta(days=10)
    await refreshed(later)
    assert (await latest()).as_of == later.date()


async def test_many_are_looked_at_a_part_at_a_time(demo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo
    monkeypatch.setattr(refreshing, "AT_ONCE", 4)
    await run_machinists(DEMO_NOW.date(), DEMO_NOW)
    began = (await latest()).as_of
    later = DEMO_NOW + timedelta(days=35)
    assert await refreshing.ask_when_due(now=later)
    await do_errands(later)
    assert (await latest()).as_of == began, "not everybody was looked at yet"
    assert await refreshed(later) > 2
    await check(later)


async def test_who_is_registered_ahead_comes_in_on_the_day_and_who_leaves_goes(shop: Shop) -> None:
    await run_machinists(NOW.date(), NOW)
    starts = NOW.date() + timedelta(days=10)
    cho, boss = shop.people["cho"], await acting(shop, "admin")
    await enrol(boss, cho, sponsor=shop.employer, program="machinist", registered=starts, now=NOW)
    await refreshed(NOW)
    assert cho not in await stored((await latest()).id)
    await refreshed(NOW + timedelta(days=9))
    assert cho not in await stored((await latest()).id)
    await refreshed(NOW + timedelta(days=10))
    assert cho in await stored((await latest()).id)
    await check(NOW + timedelta(days=10))


async def test_what_is_written_while_a_whole_run_is_going_on_is_in_it_or_comes_after(shop: Shop) -> None:
    ada = shop.people["ada"]
    await run_machinists(NOW.date(), NOW)
    await refreshed(NOW)
    await runs.start(None, "machinist", as_of=NOW.date(), now=NOW, people=1)
    await do_errands(NOW, most=1)
    fact = Fact(kind=EvidenceKind.COMPETENCY, happened_on=BEGAN, subject="nims-machining-1:layout")
    by = shop.people["mentor"]
    async with transaction():
        await append([Addition(person=ada, fact=fact, status=Status.VERIFIED, recorded=NOW, recorded_by=by)])
    assert not await refreshing.ask_when_due(now=NOW), "it waits for the run"
    assert await value(WAITING) == 1
    await do_errands(NOW)
    assert await refreshed(NOW) == 1
    assert await value(WAITING) == 0
    await check(NOW)


async def test_a_refresh_that_meets_a_beginning_run_takes_nothing_from_it(shop: Shop) -> None:
    assert shop.people
    await run_machinists(NOW.date(), NOW)
    await rows("INSERT INTO snapshot_change (person) VALUES ($1)", shop.people["ada"])
    waiting = await value(WAITING)
    assert await refreshing.ask_when_due(now=NOW)
    assert not await refreshing.ask_when_due(now=NOW), "one is asked for already"
    await runs.start(None, "machinist", as_of=NOW.date(), now=NOW)
    (errand,) = await rows("SELECT id FROM outbox WHERE topic = $1", refreshing.REFRESH)
    async with transaction():
        await refreshing.refresh(errand, NOW)
    assert await value(WAITING) == waiting > 0


async def test_nobody_keeps_changes_where_there_are_no_results(shop: Shop) -> None:
    assert shop.people
    assert await value(WAITING) > 0
    assert not await refreshing.ask_when_due(now=NOW)
    assert await value(WAITING) == 0


async def test_errands_of_long_ago_are_forgotten(shop: Shop) -> None:
    assert shop.people
    await run_machinists(NOW.date(), NOW)
    await refreshing.tidy(now=NOW + timedelta(hours=23))
    assert await value("SELECT count(*) FROM outbox") == 2
    await refreshing.tidy(now=NOW + timedelta(hours=25))
    assert await value("SELECT count(*) FROM outbox") == 0
