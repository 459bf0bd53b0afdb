"""Sites and placements in a real database: refused in words, once at a time, never changed."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.people.model import Stretch
from apprenticeship.policy import Actor
from apprenticeship.ratio.model import Site
from apprenticeship.ratio.services import (
    end_placement,
    open_site,
    place_apprentice,
    place_journeyworkers,
    ratio_report,
    soonest,
)
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import BEGAN, NOW, Shop

pytestmark = pytest.mark.stack
TODAY = NOW.date()


def days(since: date = TODAY, until: date | None = None) -> Stretch:
    return Stretch(since=since, until=until)


async def north(shop: Shop, boss: Actor, name: str = "North") -> Site:
    return await open_site(boss, employer=shop.employer, name=name, opened=BEGAN, now=NOW)


async def test_a_ratio_is_warned_of_before_it_breaks(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    for one in ("ada", "ben"):
        await place_apprentice(boss, site.id, shop.people[one], days(BEGAN), now=NOW)
    placed = await place_journeyworkers(boss, site.id, days(BEGAN), words="Day shift", number=2, now=NOW)
    report = await ratio_report(boss, now=NOW)
    assert soonest(report.sites, TODAY) == ()
    assert [one.name for one in report.unplaced] == ["Cho Park"]
    # the boss plans ahead: the shift leaves, one comes
    leaves = TODAY + timedelta(days=30)
    await end_placement(boss, placed.id, until=leaves, now=NOW)
    await place_journeyworkers(boss, site.id, days(leaves), words="Maria Ortiz", number=1, now=NOW)
    report = await ratio_report(boss, now=NOW)
    ((warned, breach),) = soonest(report.sites, TODAY)
    assert (warned.site, breach.since, breach.until) == (site, leaves, None)
    assert [(one.presence.who, one.begins) for one in breach.causes] == [("Day shift", False)]
    assert (breach.journeyworkers, breach.apprentices) == (1, 1)
    # beyond the 90 days it is no warning
    assert soonest(report.sites, leaves - timedelta(days=90)) == ()
    assert soonest(report.sites, leaves - timedelta(days=89)) == ((warned, breach),)


async def test_programs_of_the_catalog_carry_their_ratio(shop: Shop) -> None:
    boss = await acting(shop, "admin")
    site = await north(shop, boss)
    for one in ("ada", "ben", "cho"):
        await place_apprentice(boss, site.id, shop.people[one], days(BEGAN), now=NOW)
    (found,) = (await ratio_report(boss, now=NOW)).sites
    (level,) = found.levels
    assert (level.since, level.number, level.needed, level.short) == (BEGAN, 3, 3, 3)


async def test_nobody_is_at_two_sites_however_many_place_at_once(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    sites = [await north(shop, boss, f"Site {number}") for number in range(6)]

    async def attempt(site: UUID) -> str:
        try:
            await place_apprentice(boss, site, shop.people["ada"], days(), now=NOW)
        except AlreadyDecided:
            return "late"
        return "placed"

    assert sorted(await asyncio.gather(*(attempt(site.id) for site in sites))) == ["late"] * 5 + ["placed"]
    assert await value("SELECT count(*) FROM placement") == 1


async def test_half_open_days_touch_without_meeting(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    first, second = await north(shop, boss, "A"), await north(shop, boss, "B")
    tomorrow = TODAY + timedelta(days=1)
    await place_apprentice(boss, first.id, shop.people["ada"], days(BEGAN, tomorrow), now=NOW)
    await place_apprentice(boss, second.id, shop.people["ada"], days(tomorrow), now=NOW)
    with pytest.raises(AlreadyDecided, match="end that first"):
        await place_apprentice(boss, first.id, shop.people["ada"], days(TODAY), now=NOW)


async def test_an_end_only_makes_a_placement_shorter_and_a_mistake_never_counted(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    placed = await place_apprentice(boss, site.id, shop.people["ada"], days(BEGAN), now=NOW)
    ended = await end_placement(boss, placed.id, until=TODAY, now=NOW)
    assert ended.until == TODAY
    with pytest.raises(Invalid, match="ends on 2026-11-21 already"):
        await end_placement(boss, placed.id, until=TODAY, now=NOW)
    with pytest.raises(Invalid, match="cannot end before"):
        await end_placement(boss, placed.id, until=BEGAN - timedelta(days=1), now=NOW)
    await end_placement(boss, placed.id, until=BEGAN, now=NOW)
    (found,) = (await ratio_report(boss, now=NOW)).sites
    assert (found.presences, found.levels, found.breaches) == ((), (), ())
    assert await value("SELECT count(*) FROM placement_end") == 2


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"since": BEGAN - timedelta(days=1)}, "since"),
        ({"since": date(1899, 1, 1)}, "since"),
        ({"since": TODAY + timedelta(days=800)}, "since"),
        ({"since": TODAY, "until": TODAY}, "until"),
        ({"since": TODAY, "until": date(2199, 1, 1)}, "until"),
    ],
)
async def test_days_out_of_range_are_refused_at_their_field(
    shop: Shop, more: dict[str, date], where: str
) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    for attempt in (
        place_apprentice(boss, site.id, shop.people["ada"], Stretch(**more), now=NOW),
        place_journeyworkers(boss, site.id, Stretch(**more), words="M", number=1, now=NOW),
    ):
        with pytest.raises(Invalid) as refused:
            await attempt
        assert refused.value.where == where


async def test_whom_one_does_not_employ_one_does_not_place(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    with pytest.raises(Invalid, match="not employed here"):
        await place_apprentice(boss, site.id, shop.people["registrar"], days(), now=NOW)
    stranger = await acting(shop, "stranger")
    for attempt in (
        open_site(stranger, employer=shop.employer, name="X", opened=BEGAN, now=NOW),
        place_apprentice(stranger, site.id, shop.people["ada"], days(), now=NOW),
        place_journeyworkers(stranger, site.id, days(), words="M", number=1, now=NOW),
        end_placement(boss, 2**80, until=TODAY, now=NOW),
        end_placement(boss, 1, until=TODAY, now=NOW),
    ):
        with pytest.raises(Missing):
            await attempt
    assert (await ratio_report(stranger, now=NOW)).sites == ()


async def test_a_site_has_one_name_and_words_of_a_sensible_length(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    with pytest.raises(AlreadyDecided):
        await north(shop, boss)
    with pytest.raises(Invalid, match="Give the site a name"):
        await north(shop, boss, "  ")
    with pytest.raises(Invalid, match="at most 200"):
        await north(shop, boss, "n" * 201)
    for number in (0, -1, 10_001):
        with pytest.raises(Invalid) as refused:
            await place_journeyworkers(boss, site.id, days(), words="M", number=number, now=NOW)
        assert refused.value.where == "number"


@pytest.mark.parametrize("table", ["work_site", "placement", "placement_end"])
async def test_rows_are_only_added(shop: Shop, table: str) -> None:
    boss = await acting(shop, "employer")
    site = await north(shop, boss)
    placed = await place_journeyworkers(boss, site.id, days(), words="M", number=1, now=NOW)
    await end_placement(boss, placed.id, until=TODAY, now=NOW)
    for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608 - from the table above
        with pytest.raises(asyncpg.RestrictViolationError):
            await rows(change)
