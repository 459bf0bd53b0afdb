"""Many requests at the same moment, through two web processes and a small pool: one effect, and no way to jam it."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from tests.stack_fixtures import database_name
from tests.web.api.live import serving
from tests.web.api.live_fixtures import Furnished, furnished

__all__ = ["furnished"]
pytestmark = [pytest.mark.stack, pytest.mark.faults]

AT_ONCE = 50
COMMIT_FAILURES = 20
CANCELLED = 200
SOON = 1.0
REFUSE_COMMIT = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
CREATE CONSTRAINT TRIGGER refused AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse();
"""
ALLOW_COMMIT = "DROP TRIGGER refused ON audit_entry"


@dataclass(frozen=True)
class Served:
    """The real server over a shop of the test's own."""

    address: str
    url: str
    shop: Furnished
    log: Path

    def header(self, who: str, key: str | None = None) -> dict[str, str]:
        return {**self.shop.keys.header(who), **({} if key is None else {"Idempotency-Key": key})}

    @property
    def evidence(self) -> str:
        return f"/api/v1/learners/{self.shop.shop.people['ada']}/evidence"


@pytest.fixture
def served(furnished: Furnished, fresh_database: Callable[[str], str], tmp_path: Path) -> Iterator[Served]:
    url = fresh_database(database_name(furnished.url))
    log = tmp_path / "server.log"
    with serving(url, log, processes=2) as address:
        yield Served(address, url, furnished, log)
    assert "Started worker-2" in log.read_text()


@pytest.fixture
async def connection(served: Served) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(served.url)
    yield connection
    await connection.close()


async def at_once(
    served: Served, path: str, body: Any, who: str, keys: list[str | None]
) -> list[httpx.Response]:
    """Send the same body for each key, each over a connection of its own, all at the same moment."""
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=served.address, timeout=30))
            for _ in keys
        ]
        sending = [
            client.post(path, json=body, headers=served.header(who, key))
            for client, key in zip(clients, keys, strict=True)
        ]
        return list(await asyncio.gather(*sending))


async def hand_in(served: Served, day: int, key: str | None = None) -> httpx.Response:
    async with httpx.AsyncClient(base_url=served.address, timeout=30) as client:
        body = {"hours": 7, "in": "milling", "on": f"2026-10-{day:02}"}
        return await client.post(served.evidence, json=body, headers=served.header("ada", key))


def outcomes(answers: list[httpx.Response]) -> Counter[str]:
    return Counter(
        "replayed" if "idempotent-replayed" in one.headers else str(one.status_code) for one in answers
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["one"] * AT_ONCE, {"200": 1, "replayed": AT_ONCE - 1}),
        ([f"key-{number}" for number in range(AT_ONCE)], {"200": 1, "409": AT_ONCE - 1}),
        ([None] * AT_ONCE, {"200": 1, "409": AT_ONCE - 1}),
    ],
    ids=["one key", "a key each", "no key"],
)
async def test_fifty_sign_offs_of_one_thing_make_one(
    served: Served, connection: Any, keys: list[str | None], expected: dict[str, int]
) -> None:
    row = (await hand_in(served, 5)).json()["row"]
    decision = {"verdict": "sign_off", "rows": [{"row": row}]}
    answers = await at_once(served, "/api/v1/sign-offs", decision, "mentor", keys)
    assert outcomes(answers) == expected
    assert len({one.text for one in answers if one.status_code == HTTPStatus.OK}) == 1
    kept = "SELECT count(*) FROM evidence WHERE supersedes = $1"
    assert await connection.fetchval(kept, row) == 1
    trail = "SELECT count(*) FROM audit_entry WHERE (detail ->> 'supersedes')::int = $1"
    assert await connection.fetchval(trail, row) == 1


async def test_fifty_times_the_same_claim_under_one_key_is_one_claim(served: Served, connection: Any) -> None:
    body = {"hours": 3, "in": "turning", "on": "2026-10-06"}
    answers = await at_once(served, served.evidence, body, "ada", ["claim"] * AT_ONCE)
    assert outcomes(answers) == {"201": 1, "replayed": AT_ONCE - 1}
    assert len({one.text for one in answers}) == 1
    kept = "SELECT count(*) FROM evidence WHERE happened_on = '2026-10-06' AND work_process = 'turning'"
    assert await connection.fetchval(kept) == 1


async def test_commits_that_fail_jam_nothing(served: Served, connection: Any) -> None:
    await connection.execute(REFUSE_COMMIT)
    failed = await asyncio.gather(*(hand_in(served, 7, f"fail-{n}") for n in range(COMMIT_FAILURES)))
    await connection.execute(ALLOW_COMMIT)
    assert outcomes(list(failed)) == {"500": COMMIT_FAILURES}
    assert await connection.fetchval("SELECT count(*) FROM idempotency_key") == 0
    await answers_soon(served)


async def test_requests_that_are_broken_off_jam_nothing(served: Served) -> None:
    async def break_off(number: int) -> None:
        async with httpx.AsyncClient(base_url=served.address) as client:
            body = {"hours": 1, "in": "milling", "on": "2026-09-01"}
            headers = served.header("ada", f"off-{number}")
            sending = client.post(served.evidence, json=body, headers=headers)
            try:
                await asyncio.wait_for(sending, 0.002 + number % 40 / 1000)
            except (TimeoutError, httpx.TransportError):
                return

    for first in range(0, CANCELLED, 20):
        await asyncio.gather(*(break_off(number) for number in range(first, first + 20)))
    await answers_soon(served)


async def answers_soon(served: Served) -> None:
    """Look that both processes write again at once."""
    for day in range(10, 20):
        began = time.monotonic()
        assert (await hand_in(served, day)).status_code == HTTPStatus.CREATED
        assert time.monotonic() - began < SOON


async def test_a_connection_lost_in_the_middle_is_told_as_such_and_carried_out_once(
    served: Served, connection: Any
) -> None:
    """The answer does not claim that nothing was changed: that is not known when the database went away."""
    async with connection.transaction():
        await connection.execute("SELECT FROM person FOR UPDATE")
        waiting = asyncio.create_task(hand_in(served, 21, "lost"))
        await cut_off_who_waits(served)
        answer = await waiting
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["detail"].startswith("The database does not answer just now.")
    again = [await hand_in(served, 21, "lost") for _ in range(3)]
    assert outcomes(again) == {"201": 1, "replayed": 2}


async def cut_off_who_waits(served: Served) -> None:
    connection = await asyncpg.connect(served.url)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with asyncio.timeout(30):
        while not await connection.fetch(cut):  # noqa: ASYNC110 - the database tells nobody who waits
            await asyncio.sleep(0.02)
    await connection.close()
