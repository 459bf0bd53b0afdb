"""A look of a college at somebody is kept once a day, shown to that person, and no look of those who train them is."""

import asyncio
from datetime import datetime, timedelta

import pytest

from apprenticeship.audit.looking import Look, keep_look, keep_looks, looks_at
from apprenticeship.people import repo as people
from apprenticeship.people.model import Role, RoleHeld
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, rows
from tests.web.shop import BEGAN, NOW, Shop


async def look(shop: Shop, who: str, whom: str, action: Action, now: datetime = NOW) -> None:
    await keep_look(await acting(shop, who), action, await learner_of(shop.people[whom]), now=now)


async def seen(shop: Shop, whom: str = "ada") -> tuple[Look, ...]:
    return await looks_at(shop.people[whom])


async def test_a_registrar_with_consent_is_kept_once_a_day_for_each_kind(shop: Shop) -> None:
    for action in (Action.READ_STANDING, Action.READ_STANDING, Action.READ_RECORD):
        await look(shop, "registrar", "ada", action)
    (second, first) = await seen(shop)
    assert [first.what, second.what] == ["standing.read", "record.read"]
    assert first.actor == shop.people["registrar"]
    assert len(first.colleges) == 1
    assert not first.refused
    midnight = (NOW + timedelta(days=1)).replace(hour=0, minute=0)
    await look(shop, "registrar", "ada", Action.READ_STANDING, midnight - timedelta(seconds=1))
    assert len(await seen(shop)) == 2, "the same day"
    await look(shop, "registrar", "ada", Action.READ_STANDING, midnight)
    assert len(await seen(shop)) == 3, "the next day"


@pytest.mark.parametrize("who", ["ada", "mentor", "employer", "admin"])
async def test_oneself_and_who_trains_or_employs_one_leave_nothing(shop: Shop, who: str) -> None:
    await look(shop, who, "ada", Action.READ_RECORD)
    assert await seen(shop) == ()


@pytest.mark.parametrize("action", [Action.READ_CREDIT, Action.ASK_CREDIT, Action.HAND_IN])
async def test_other_things_than_looks_leave_nothing_here(shop: Shop, action: Action) -> None:
    await look(shop, "registrar", "ada", action)
    assert await seen(shop) == ()


async def test_an_administrator_of_the_college_is_kept_for_its_roster_only(shop: Shop) -> None:
    held = RoleHeld(
        person=shop.people["stranger"], role=Role.ADMINISTRATOR, organisation=shop.college, since=BEGAN
    )
    async with transaction():
        await people.add_roles([held])
    await look(shop, "stranger", "ada", Action.READ_STANDING)
    assert await seen(shop) == (), "consent is for registrars"
    sql = "INSERT INTO college_roster (college, person, since) VALUES ($1, $2, $3) RETURNING 1"
    await rows(sql, shop.college, shop.people["ada"], BEGAN)
    await look(shop, "stranger", "ada", Action.READ_STANDING)
    assert [one.actor for one in await seen(shop)] == [shop.people["stranger"]]


async def test_a_list_leaves_a_row_for_each_person_that_the_college_sees(shop: Shop) -> None:
    ids = [shop.people[one] for one in ("ada", "ben")]
    for _ in range(2):
        await keep_looks(await acting(shop, "registrar"), Action.READ_STANDING, ids, now=NOW)
    assert [one.what for one in await seen(shop)] == ["standing.read"]
    assert await seen(shop, "ben") == ()


async def test_many_looks_at_once_are_one(shop: Shop) -> None:
    await asyncio.gather(*(look(shop, "registrar", "ada", Action.READ_RECORD) for _ in range(8)))
    assert len(await seen(shop)) == 1
