"""Fixtures that give a test a migrated database or a small shop, copied from a template in a moment."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from apprenticeship.migrations import migrate
from apprenticeship.store import open_store
from tests.stack_fixtures import database_name
from tests.web.shop import Shop, open_shop

Create = Callable[[str], str]
Administer = Callable[[str], str]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run every async test on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(scope="session")
def migrated_template(fresh_database: Create) -> str:
    """Give the name of a database with the newest schema and no rows."""
    address = fresh_database("template1")
    asyncio.run(migrate(address))
    return database_name(address)


@pytest.fixture(scope="session")
def shop_template(fresh_database: Create, migrated_template: str) -> tuple[str, Shop]:
    """Give the name of a database with the small shop of `tests.web.shop`, and who is in it."""
    address = fresh_database(migrated_template)

    async def fill() -> Shop:
        async with open_store(address):
            return await open_shop()

    return database_name(address), asyncio.run(fill())


@pytest.fixture
def migrated_url(fresh_database: Create, migrated_template: str, administer: Administer) -> Iterator[str]:
    """Give the address of a migrated, empty database of the test's own."""
    yield from _copied(fresh_database, migrated_template, administer)


@pytest.fixture
def shop_url(
    fresh_database: Create, shop_template: tuple[str, Shop], administer: Administer
) -> Iterator[str]:
    """Give the address of a database of the test's own with the small shop."""
    yield from _copied(fresh_database, shop_template[0], administer)


def _copied(create: Create, template: str, administer: Administer) -> Iterator[str]:
    address = create(template)
    yield address
    administer(f'DROP DATABASE "{database_name(address)}" WITH (FORCE)')


@pytest.fixture
async def shop(shop_url: str, shop_template: tuple[str, Shop]) -> AsyncIterator[Shop]:
    """Give the small shop, with its database open."""
    async with open_store(shop_url):
        yield shop_template[1]
