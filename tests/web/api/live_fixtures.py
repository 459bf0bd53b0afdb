"""A shop with keys and sessions in a database, and the real server over it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from apprenticeship.accounts.services import sign_in
from apprenticeship.migrations import migrate
from apprenticeship.store import open_store
from tests.web.api.keys import Keys, make_keys
from tests.web.api.live import serving
from tests.web.api.schemathesis_run import Target
from tests.web.shop import NAMES, NOW, PASSWORD, Shop, open_shop


@dataclass(frozen=True)
class Furnished:
    """A database with a shop in it, closed: it can be copied."""

    url: str
    shop: Shop
    keys: Keys


@dataclass(frozen=True)
class Live(Target):
    """The running server, with a session for everybody."""

    tokens: Mapping[str, str]


async def furnish(url: str) -> Furnished:
    await migrate(url)
    async with open_store(url):
        shop = await open_shop()
        return Furnished(url, shop, await make_keys(shop))


@pytest.fixture(scope="session")
def furnished(fresh_database: Callable[[str], str]) -> Furnished:
    return asyncio.run(furnish(fresh_database("template1")))


async def _furnish_with_sessions(url: str) -> tuple[Furnished, dict[str, str]]:
    found = await furnish(url)
    async with open_store(url):
        tokens = [await sign_in(who, PASSWORD, address="127.0.0.1", now=NOW) for who in NAMES]
    return found, {who: signed.token for who, signed in zip(NAMES, tokens, strict=True)}


@pytest.fixture(scope="session")
def live(fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Give the real server over a shop of its own, for whatever is thrown at it."""
    found, tokens = asyncio.run(_furnish_with_sessions(fresh_database("template1")))
    with serving(found.url, tmp_path_factory.mktemp("live") / "server.log") as address:
        yield Live(address, found.shop, found.keys, tokens)
