"""One shop in one database for what only reads; a fresh copy of it for what writes."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from apprenticeship.store import TABLES, open_store, store
from standards.storage.database import Database
from tests.stack_fixtures import database_name
from tests.web.api.conformance import check_conforms
from tests.web.api.keys import Keys
from tests.web.api.live_fixtures import Furnished, furnished, live
from tests.web.shop import NOW, Shop
from web.app import create_app
from web.settings import Settings

__all__ = ["furnished", "live"]  # fixtures that stand elsewhere, because deep tests have them too
BASE = "https://journeymark.test"


@dataclass(frozen=True)
class Api:
    """The running application over a shop, asked as somebody with a key."""

    client: httpx.AsyncClient
    shop: Shop
    keys: Keys

    async def ask(self, who: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask with somebody's key (`NAME`, or `NAME:read` for one that may only read), or as nobody."""
        headers = {**({} if who is None else self.keys.header(who)), **more.pop("headers", {})}
        response = await self.client.request(method, f"/api/v1{path}", headers=headers, **more)
        check_conforms(response)
        return response

    def learner(self, short: str) -> str:
        """Give the address of somebody's record."""
        return f"/learners/{self.shop.people[short]}"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@dataclass(frozen=True)
class Running:
    """The application over the shared shop; the tables speak to whichever database was opened last."""

    app: Litestar
    database: Database


@pytest.fixture(scope="session")
async def running(furnished: Furnished) -> AsyncIterator[Running]:
    app = create_app(Settings(database_url=furnished.url, database_connections=4), clock=lambda: NOW)
    async with app.lifespan():
        yield Running(app, store())


@asynccontextmanager
async def asked(running: Running, furnished: Furnished) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(cast("Any", running.app))  # the same interface, typed apart
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield Api(client, furnished.shop, furnished.keys)


@pytest.fixture
async def api(running: Running, furnished: Furnished) -> AsyncIterator[Api]:
    """Give the application over the shared shop: only for tests that change nothing."""
    running.database.bind(TABLES)
    async with asked(running, furnished) as found:
        yield found


@pytest.fixture
async def own_api(
    running: Running,
    furnished: Furnished,
    fresh_database: Callable[[str], str],
    administer: Callable[[str], str],
) -> AsyncIterator[Api]:
    """Give the application over a copy of the shop, for tests that write."""
    await running.database.close_connection_pool()  # a template holds no connection while it is copied
    url = fresh_database(database_name(furnished.url))
    await running.database.start_connection_pool(min_size=1, max_size=4)
    async with open_store(url, connections=4), asked(running, furnished) as found:
        yield found
    administer(f'DROP DATABASE "{database_name(url)}" WITH (FORCE)')
