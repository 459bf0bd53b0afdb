"""Pages of the demo, from the request to the last byte, in one process on a real PostgreSQL."""

import asyncio
import logging
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx

from apprenticeship.demo.services import PASSWORD, load_demo
from apprenticeship.migrations import migrate
from apprenticeship.store import open_store
from tests.benchmarks.measuring import Figure
from web.app import create_app
from web.settings import Settings
from web.stack.folder import DataFolder
from web.stack.postgres import EmbeddedPostgres

HOST = "https://journeymark.example"
PAGES = {
    "ada": (
        *("/home", "/map", "/raise", "/record", "/credit", "/log"),
        *("/what-if", "/what-if?earn=credential:mil1"),
    ),
    "maria": ("/sign-off", "/apprentices"),
    "rosa": ("/raises", "/crew"),
    "lee": ("/learners", r"/learners/[0-9a-f-]{36}/credit"),
}
REQUESTS = 40
SECONDS = 0.05


def figures() -> Iterator[Figure]:
    """The 95th percentile of every page against 50 ms; the first time, when nothing is kept, beside it."""
    with database() as url:
        measured = asyncio.run(_measure(url))
    for name, (first, usual) in measured.items():
        yield Figure(f"page {name}, 95 of 100 requests", usual, "50 ms", SECONDS, 1.0)
        yield Figure(f"page {name}, the first time", first, "95 of 100 later", usual)


@contextmanager
def database() -> Iterator[str]:
    """Give the address of an empty database on a server of its own, as durable as in production."""
    folder = Path(tempfile.mkdtemp(prefix="jm-bench-"))
    folder.chmod(0o711)  # the embedded server may run as another account
    with DataFolder(folder) as data, EmbeddedPostgres(data) as server:
        yield server.url()
    shutil.rmtree(folder)


async def _measure(url: str) -> dict[str, tuple[float, float]]:
    now = datetime.now(UTC)
    await migrate(url)
    async with open_store(url):
        await load_demo(now=now, randomness=Random(296))
    app = create_app(Settings(database_url=url), clock=lambda: now)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    found: dict[str, tuple[float, float]] = {}
    async with app.lifespan():
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # the same protocol, typed twice
        for login, pages in PAGES.items():
            async with _signed_in(transport, login) as client:
                for path in pages:
                    address = await _address(client, path, pages)
                    found[re.sub(r"\[.*\}", "ID", path)] = await _percentile(client, address)
    return found


@asynccontextmanager
async def _signed_in(transport: httpx.ASGITransport, login: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
        answer = await client.post(
            "/sign-in", data={"login": login, "password": PASSWORD}, headers={"origin": HOST}
        )
        if not answer.is_redirect:
            raise AssertionError(answer.text)
        yield client


async def _address(client: httpx.AsyncClient, path: str, pages: Sequence[str]) -> str:
    """Give the path itself, or the first link on the first page that looks like it."""
    if "[" not in path:
        return path
    listed = await client.get(pages[0])
    return str(re.findall(path, listed.text)[0])


async def _percentile(client: httpx.AsyncClient, address: str) -> tuple[float, float]:
    """Seconds of the first request, and of 95 of 100 that follow."""
    first = await _seconds(client, address)
    usual = [await _seconds(client, address) for _ in range(REQUESTS)]
    return first, statistics.quantiles(usual, n=20)[-1]


async def _seconds(client: httpx.AsyncClient, address: str) -> float:
    began = time.perf_counter()
    answer = await client.get(address)
    seconds = time.perf_counter() - began
    answer.raise_for_status()
    return seconds
