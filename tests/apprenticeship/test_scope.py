"""Lists of people hold exactly whom single decisions allow, on random worlds and the real query."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.people import repo
from apprenticeship.people.model import (
    Consent,
    CreditShare,
    Employment,
    Findable,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleHeld,
    RosterEntry,
    ShownAs,
)
from apprenticeship.people.services import learners_of
from apprenticeship.policy import Action, Actor, can, scope
from apprenticeship.store import TABLES, store, transaction
from standards.storage.database import opened
from tests.thoroughness import examples

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
PEOPLE = [UUID(int=number) for number in range(1, 7)]
ME = PEOPLE[0]
KINDS = (OrganisationKind.EMPLOYER, OrganisationKind.COLLEGE, OrganisationKind.AGENCY)
PLACES = [
    Organisation(id=UUID(int=100 + n), kind=KINDS[n % 3], key=f"place-{n}", name=f"Place {n}", created_at=AT)
    for n in range(5)
]
ADDERS: dict[type, Callable[[Any], Any]] = {
    RoleHeld: repo.add_roles,
    Employment: repo.add_employments,
    MentorAssignment: repo.add_mentor_assignments,
    Consent: repo.add_consents,
    RosterEntry: repo.add_roster_entries,
    Findable: repo.add_findables,
    CreditShare: repo.add_credit_shares,
}


@dataclass(frozen=True)
class Ties:
    """A random world: who is what to whom, and when it is asked."""

    ties: list[Any]
    suspended: bool
    at: datetime


days = st.integers(-3, 3).map(lambda number: DAY + timedelta(days=number))
moments = st.integers(-3, 3).map(lambda number: AT + timedelta(days=number)) | st.sampled_from(
    [datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=UTC)]
)
people = st.sampled_from(PEOPLE)
places = st.sampled_from([place.id for place in PLACES])


@st.composite
def tied(draw: st.DrawFn, /, kind: type, **who: st.SearchStrategy[Any]) -> Any:
    """Draw one tie with its stretch of days."""
    since = draw(days)
    length = draw(st.none() | st.integers(1, 4))
    until = None if length is None else since + timedelta(days=length)
    return kind(since=since, until=until, **{name: draw(strategy) for name, strategy in who.items()})


@st.composite
def consents(draw: st.DrawFn) -> Any:
    given_at = draw(moments)
    hours = draw(st.none() | st.integers(0, 48))
    revoked = None if hours is None else given_at + timedelta(hours=hours)
    what = {"id": st.uuids(), "purpose": st.just("credit"), "given_at": st.just(given_at)}
    return draw(tied(Consent, person=people, organisation=places, revoked_at=st.just(revoked), **what))


@st.composite
def findables(draw: st.DrawFn) -> Any:
    since, given_at = draw(days), draw(moments)
    hours = draw(st.none() | st.integers(0, 48))
    return Findable(
        id=draw(st.uuids()),
        person=draw(people),
        employer=draw(st.none() | places),
        shown_as=draw(st.sampled_from(ShownAs)),
        since=since,
        until=since + timedelta(days=draw(st.integers(1, 4))),
        given_at=given_at,
        revoked_at=None if hours is None else given_at + timedelta(hours=hours),
    )


@st.composite
def credit_shares(draw: st.DrawFn) -> Any:
    given_at = draw(moments)
    hours = draw(st.none() | st.integers(0, 48))
    revoked = None if hours is None else given_at + timedelta(hours=hours)
    what = {"purpose": st.just("tuition"), "signed_as": st.just("Somebody"), "given_at": st.just(given_at)}
    what |= {"id": st.uuids(), "revoked_at": st.just(revoked)}
    return draw(tied(CreditShare, person=people, employer=places, **what))


ties = st.one_of(
    tied(RoleHeld, person=st.just(ME), role=st.sampled_from(Role), organisation=places),
    tied(RoleHeld, person=st.just(ME), role=st.sampled_from(Role), organisation=places),
    tied(Employment, person=people, employer=places),
    tied(MentorAssignment, mentor=st.sampled_from(PEOPLE[:2]), apprentice=people, organisation=places),
    consents(),
    findables(),
    credit_shares(),
    tied(RosterEntry, person=people, college=places),
)
worlds = st.builds(
    Ties,
    ties=st.lists(ties, max_size=25),
    suspended=st.sampled_from([False] * 9 + [True]),
    at=moments,
)


class LeaveNothing(Exception):  # noqa: N818 - no error: the way to leave a database as it was
    pass


@pytest.fixture(scope="module")
def loop(fresh_database: Callable[[str], str], migrated_template: str) -> Iterator[asyncio.Runner]:
    """Give an event loop with a database open in it that knows the people and places of this module."""
    with asyncio.Runner() as runner:
        opening = opened(fresh_database(migrated_template), TABLES, connections=1)
        runner.run(opening.__aenter__())
        runner.run(_add_everybody())
        yield runner
        runner.run(opening.__aexit__(None, None, None))


async def _add_everybody() -> None:
    async with transaction():
        await repo.add_people([Person(id=one, name=f"Person {one.int}", created_at=AT) for one in PEOPLE])
        await repo.add_organisations(PLACES)


@examples(60)
@given(world=worlds)
def test_lists_hold_exactly_whom_single_decisions_allow(loop: asyncio.Runner, world: Ties) -> None:
    loop.run(_compare(world))


async def _compare(world: Ties) -> None:
    with suppress(LeaveNothing):
        async with transaction():
            await _add(world)
            await _compare_every_action(world)
            raise LeaveNothing


async def _compare_every_action(world: Ties) -> None:
    actor = Actor(person=ME, roles=await repo.roles_of(ME), suspended=world.suspended)
    learners = await learners_of(PEOPLE)
    for action in Action:
        listed = await repo.learners_in(scope(actor, action, world.at))
        allowed = {one for one in PEOPLE if can(actor, action, learners[one], world.at).allowed}
        assert {one.id for one in listed} == allowed, action
        assert [one.name for one in listed] == sorted(one.name for one in listed)


async def _add(world: Ties) -> None:
    """Add what the database's own constraints allow: no overlapping stretches, nobody their own mentor."""
    for tie in world.ties:
        current = store().current_transaction.get()
        assert current is not None
        with suppress(asyncpg.IntegrityConstraintViolationError):
            async with current.connection.transaction():  # a savepoint
                await ADDERS[type(tie)]([tie])
