"""Between people and organisations: consent that opens and shuts at once, and nothing twice at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import asyncpg
import pytest

from apprenticeship.accounts.model import SignedIn
from apprenticeship.accounts.services import sign_in
from apprenticeship.people import repo
from apprenticeship.people.model import Employment, MentorAssignment, Role, RoleHeld, RosterEntry
from apprenticeship.people.services import give_consent, revoke_consent, visible_learners
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.services import standing_of
from apprenticeship.store import store, transaction
from tests.apprenticeship.acting import LATER, acting, rows
from tests.web.shop import BEGAN, NOW, PASSWORD, Shop

AGAIN = date(2026, 2, 2)


async def seen_by_registrar(shop: Shop) -> set[str]:
    registrar = await acting(shop, "registrar")
    listed = await visible_learners(registrar, Action.READ_RECORD, now=LATER)
    return {one.name for one in listed} - {"Lee Whitfield"}


async def test_consent_opens_a_record_and_taking_it_back_shuts_it_at_once(shop: Shop) -> None:
    ben, registrar = await acting(shop, "ben"), await acting(shop, "registrar")
    assert await seen_by_registrar(shop) == {"Ada Tran"}
    consent = await give_consent(ben, college=shop.college, since=NOW.date(), until=None, now=NOW)
    assert await seen_by_registrar(shop) == {"Ada Tran", "Ben Okafor"}
    assert await standing_of(registrar, ben.person, as_of=NOW.date(), now=LATER) is not None
    await revoke_consent(ben, consent.id, now=LATER)
    assert await seen_by_registrar(shop) == {"Ada Tran"}
    with pytest.raises(Missing):
        await standing_of(registrar, ben.person, as_of=NOW.date(), now=LATER)
    with pytest.raises(Missing):
        await revoke_consent(ben, consent.id, now=LATER)
    again = await give_consent(ben, college=shop.college, since=NOW.date(), until=None, now=LATER)
    assert again.id != consent.id
    assert await seen_by_registrar(shop) == {"Ada Tran", "Ben Okafor"}


async def test_taking_consent_back_leaves_no_second_one_behind(shop: Shop) -> None:
    ben = await acting(shop, "ben")
    tries = [give_consent(ben, college=shop.college, since=NOW.date(), until=None, now=NOW) for _ in range(6)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, AlreadyDecided) for one in outcomes) == 5
    (consent,) = [one for one in outcomes if not isinstance(one, BaseException)]
    await revoke_consent(ben, consent.id, now=LATER)
    assert await seen_by_registrar(shop) == {"Ada Tran"}


async def test_consent_is_ones_own_to_give_and_take(shop: Shop) -> None:
    ben, cho = await acting(shop, "ben"), await acting(shop, "cho")
    consent = await give_consent(ben, college=shop.college, since=NOW.date(), until=None, now=NOW)
    with pytest.raises(Missing):
        await revoke_consent(cho, consent.id, now=LATER)
    for place in (shop.employer, shop.people["ada"]):
        with pytest.raises(Missing):
            await give_consent(cho, college=place, since=NOW.date(), until=None, now=NOW)
    with pytest.raises(Invalid) as refusal:
        await give_consent(cho, college=shop.college, since=NOW.date(), until=NOW.date(), now=NOW)
    assert refusal.value.where == "until"


@pytest.mark.usefixtures("shop")
async def test_a_consent_is_never_rewritten() -> None:
    for sql in ("DELETE FROM consent", "UPDATE consent SET since = since - 30", "TRUNCATE consent"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await rows(sql)
    await rows("UPDATE consent SET revoked_at = now()")
    with pytest.raises(asyncpg.RestrictViolationError):
        await rows("UPDATE consent SET revoked_at = NULL")


async def test_nobody_is_twice_the_same_at_a_time(shop: Shop) -> None:
    mentor, ada, cho, place = shop.people["mentor"], shop.people["ada"], shop.people["cho"], shop.employer
    await repo.add_roster_entries([RosterEntry(college=shop.college, person=ada, since=BEGAN)])
    wrong: list[tuple[Callable[[Any], Awaitable[None]], Any]] = [
        (repo.add_roles, RoleHeld(person=mentor, role=Role.MENTOR, organisation=place, since=AGAIN)),
        (
            repo.add_roles,
            RoleHeld(person=cho, role=Role.MENTOR, organisation=place, since=AGAIN, until=AGAIN),
        ),
        (repo.add_employments, Employment(person=ada, employer=place, since=AGAIN)),
        (
            repo.add_mentor_assignments,
            MentorAssignment(mentor=mentor, apprentice=ada, organisation=place, since=AGAIN),
        ),
        (
            repo.add_mentor_assignments,
            MentorAssignment(mentor=cho, apprentice=cho, organisation=place, since=AGAIN),
        ),
        (repo.add_roster_entries, RosterEntry(college=shop.college, person=ada, since=AGAIN)),
    ]
    for add, tie in wrong:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await add([tie])


async def test_signing_in_does_not_wait_for_whoever_holds_the_person(shop: Shop) -> None:
    async with transaction():
        await repo.lock_people([shop.people["ada"]])
        waiting = asyncio.create_task(sign_in_apart())
        done, _ = await asyncio.wait({waiting}, timeout=10)
    assert done, "it waited for the lock"
    assert (await waiting).actor.person == shop.people["ada"]


async def sign_in_apart() -> SignedIn:
    store().current_transaction.set(None)  # a task of its own does not join whoever started it
    return await sign_in("ada", PASSWORD, address="192.0.2.7", now=NOW)


async def test_a_role_may_be_held_again_after_it_ended(shop: Shop) -> None:
    mentor = shop.people["mentor"]
    await rows("UPDATE role_held SET until = $1 WHERE person = $2", AGAIN, mentor)
    async with transaction():
        again = RoleHeld(person=mentor, role=Role.MENTOR, organisation=shop.employer, since=AGAIN)
        await repo.add_roles([again])
    assert [role.since for role in await repo.roles_of(mentor)] == [BEGAN, AGAIN]
