"""The running application over a small shop, visited as people do: signed in, with forms from its own pages."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
import pytest

from tests.stack_fixtures import database_name
from tests.store_fixtures import Administer, Create
from tests.web.shop import NAMES, NOW, PASSWORD, Shop
from web.app import create_app
from web.sessions import COOKIE
from web.settings import Settings

BASE = "https://journeymark.test"
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def text_of(page: httpx.Response) -> str:
    """Return what a page says, with single spaces."""
    return " ".join(unescape(TAGS.sub(" ", page.text)).split())


@dataclass
class Site:
    """The application, with a browser for each person who visits it."""

    app: Any
    shop: Shop
    sessions: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    async def browser(self, who: str | None) -> httpx.AsyncClient:
        """Return somebody's browser, signed in; None has not signed in."""
        name = who or ""
        if name not in self.browsers:
            headers = {"origin": BASE}
            self.browsers[name] = httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app), base_url=BASE, headers=headers
            )
            if who is not None:
                self.browsers[name].cookies.set(COOKIE, await self._session(who))
        return self.browsers[name]

    async def _session(self, who: str) -> str:
        if who not in self.sessions:
            sent = await self.send(None, "/sign-in", {"login": who, "password": PASSWORD})
            assert sent.status_code == 303
            self.sessions[who] = sent.cookies[COOKIE]
            self.browsers[""].cookies.clear()
        return self.sessions[who]

    async def get(self, who: str | None, path: str) -> httpx.Response:
        """Load a page as somebody."""
        return await (await self.browser(who)).get(path)

    async def read(self, who: str | None, path: str) -> str:
        """Load a page that must be there, and return what it says."""
        found = await self.get(who, path)
        assert found.status_code == 200, (path, found.status_code)
        return text_of(found)

    async def send(self, who: str | None, path: str, form: Mapping[str, Any]) -> httpx.Response:
        """Send a form as somebody."""
        return await (await self.browser(who)).post(path, data=dict(form))

    def person(self, name: str) -> str:
        return str(self.shop.people[name])


@asynccontextmanager
async def site_over(url: str, shop: Shop, sessions: dict[str, str]) -> AsyncIterator[Site]:
    app = create_app(Settings(database_url=url, database_connections=4), clock=lambda: NOW)
    async with app.lifespan():
        site = Site(app, shop, sessions)
        yield site
        for browser in site.browsers.values():
            await browser.aclose()


@pytest.fixture(scope="session")
def visited_template(fresh_database: Create, shop_template: tuple[str, Shop]) -> tuple[str, dict[str, str]]:
    """Give the name of a copy of the shop in which everybody has signed in once (slow on purpose), and their tokens."""
    url = fresh_database(shop_template[0])

    async def sign_all_in() -> dict[str, str]:
        async with site_over(url, shop_template[1], {}) as site:
            for who in NAMES:
                await site.browser(who)
            return site.sessions

    return database_name(url), asyncio.run(sign_all_in())


@pytest.fixture(scope="session")
def shared_url(fresh_database: Create, visited_template: tuple[str, dict[str, str]]) -> str:
    """Give a copy of the shop that is only read."""
    return fresh_database(visited_template[0])


@pytest.fixture(scope="module")
async def site(
    shared_url: str, shop_template: tuple[str, Shop], visited_template: tuple[str, dict[str, str]]
) -> AsyncIterator[Site]:
    """Give the site over the shared shop, for a module of tests that change nothing; another would close it."""
    async with site_over(shared_url, shop_template[1], visited_template[1]) as found:
        yield found


@pytest.fixture
async def own_site(
    fresh_database: Create,
    shop_template: tuple[str, Shop],
    visited_template: tuple[str, dict[str, str]],
    administer: Administer,
) -> AsyncIterator[Site]:
    """Give the site over a copy of the shop, for tests that write."""
    url = fresh_database(visited_template[0])
    async with site_over(url, shop_template[1], dict(visited_template[1])) as found:
        yield found
    administer(f'DROP DATABASE "{database_name(url)}" WITH (FORCE)')
