import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from apprenticeship.demo.services import load_demo
from apprenticeship.store import open_store
from tests.stack_fixtures import database_name
from web.stack.upkeep import SEED

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_template(fresh_database: Callable[[str], str], migrated_template: str) -> str:
    """Give the name of a database with the demo: forty apprentices in three programs."""
    address = fresh_database(migrated_template)

    async def fill() -> None:
        async with open_store(address, connections=1):
            assert await load_demo(now=NOW, randomness=Random(SEED))

    asyncio.run(fill())
    return database_name(address)


@pytest.fixture
def demo_url(
    fresh_database: Callable[[str], str], demo_template: str, administer: Callable[[str], str]
) -> Iterator[str]:
    """Give the address of a database of the test's own with the demo."""
    address = fresh_database(demo_template)
    yield address
    administer(f'DROP DATABASE "{database_name(address)}" WITH (FORCE)')


@pytest.fixture
async def demo(demo_url: str) -> AsyncIterator[str]:
    """Give the demo with its database open."""
    async with open_store(demo_url):
        yield demo_url
