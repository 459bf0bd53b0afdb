import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from apprenticeship.accounts import repo as accounts
from apprenticeship.accounts.services import actor_of_person
from apprenticeship.demo.services import demo_people, load_demo
from apprenticeship.policy import Actor
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store
from web.stack.upkeep import SEED

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """The loaded demo: everybody's identifier by login, and how everybody stands."""

    people: dict[str, UUID]
    standings: dict[str, Standing]

    async def acting(self, login: str) -> Actor:
        return await actor_of_person(self.people[login])


@pytest.fixture(scope="session")
def filled(fresh_database: Callable[[str], str], migrated_template: str) -> tuple[str, Demo]:
    """Give the address of a database with the demo, filled once, and what is in it; leave it as it is."""
    address = fresh_database(migrated_template)

    async def fill() -> Demo:
        async with open_store(address, connections=1):
            assert await load_demo(now=NOW, randomness=Random(SEED))
            found = {one.login: await accounts.account_of_login(one.login) for one in demo_people()}
            people = {login: account.person for login, account in found.items() if account is not None}
            logins = {person: login for login, person in people.items()}
            standings = await standings_of(list(people.values()), as_of=NOW.date())
        return Demo(people, {logins[one.person.id]: one for one in standings})

    return address, asyncio.run(fill())


@pytest.fixture(scope="session")
def standings(filled: tuple[str, Demo]) -> dict[str, Standing]:
    """Give how everybody stands, by login."""
    return filled[1].standings


@pytest.fixture
async def demo(filled: tuple[str, Demo]) -> AsyncIterator[Demo]:
    """Give the demo with its database open."""
    async with open_store(filled[0]):
        yield filled[1]
