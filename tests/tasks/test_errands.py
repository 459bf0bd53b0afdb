"""Errands through a real broker and real processes: each done once, or given up in the end."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import redis

from apprenticeship.outbox.services import ATTEMPTS, ask
from apprenticeship.store import open_store, transaction
from tests.tasks.crew import PATIENCE, Crew
from web.stack.broker import EmbeddedBroker

MANY = 120


@pytest.fixture
async def connection(migrated_url: str) -> AsyncIterator[Any]:
    async with open_store(migrated_url, connections=2):
        connection = await asyncpg.connect(migrated_url)
        yield connection
        await connection.close()


@pytest.fixture
def crew(migrated_url: str, broker_url: str, tmp_path: Path) -> Iterator[Crew]:
    with Crew(migrated_url, broker_url, tmp_path) as crew:
        yield crew


async def errands(topic: str, count: int, **payload: Any) -> None:
    async with transaction():
        for number in range(count):
            await ask(topic, f"{topic} {number}", payload, now=datetime.now(UTC))


async def reached(connection: Any, crew: Crew, sql: str, wanted: int) -> None:
    """Wait until a count is reached."""
    deadline = time.monotonic() + PATIENCE
    while (found := await connection.fetchval(sql)) < wanted:
        assert time.monotonic() < deadline, f"{found} of {wanted}: {crew.said()}"
        await asyncio.sleep(0.05)


CLOSED = "SELECT count(*) FROM outbox WHERE state IN ('done', 'dead')"
TALLIED = "SELECT count(*) FROM audit_entry WHERE action = 'tally'"


async def marks(connection: Any) -> dict[str, Counter[str]]:
    """Give how often each errand left each mark."""
    found: dict[str, Counter[str]] = {}
    for row in await connection.fetch("SELECT action, subject FROM audit_entry"):
        found.setdefault(row["action"], Counter())[row["subject"]] += 1
    return found


async def test_every_errand_is_done_once_though_the_broker_loses_everything(
    connection: Any, crew: Crew, embedded_broker: EmbeddedBroker
) -> None:
    await errands("tally", MANY, seconds=0.01)
    crew.start("worker", "relay")
    with redis.Redis(unix_socket_path=str(embedded_broker.socket_path)) as broker:
        for share in (MANY // 4, MANY // 2):
            await reached(connection, crew, TALLIED, share)
            broker.flushall()
    await reached(connection, crew, CLOSED, MANY)
    assert await marks(connection) == {"tally": Counter(f"tally {number}" for number in range(MANY))}
    assert await connection.fetchval("SELECT count(*) FROM outbox WHERE state = 'done'") == MANY


async def test_what_fails_is_tried_again_and_given_up_in_the_end(connection: Any, crew: Crew) -> None:
    await errands("fail", 2)
    await errands("hopeless", 1)
    await errands("poison", 1)
    await errands("tally", 5)
    crew.start("worker", "relay")
    await reached(connection, crew, CLOSED, 9)
    assert await marks(connection) == {
        "tally": Counter(f"tally {number}" for number in range(5)),
        "given up": Counter(["fail 0", "fail 1", "poison 0"]),
    }
    found = {row["key"]: row for row in await connection.fetch("SELECT * FROM outbox")}
    assert {key: row["state"] for key, row in found.items() if row["state"] == "dead"} == {
        "fail 0": "dead",
        "fail 1": "dead",
        "hopeless 0": "dead",
        "poison 0": "dead",
    }
    assert found["fail 0"]["attempts"] == found["poison 0"]["attempts"] == ATTEMPTS + 1
    assert found["hopeless 0"]["attempts"] == ATTEMPTS + 2
    assert found["fail 0"]["last_error"] == "ValueError: fail 0 cannot\\0be done"
    assert found["poison 0"]["last_error"] is None, "what is killed says nothing"
    assert "errand given up" in crew.said()


async def test_the_relay_goes_on_when_the_database_drops_it(connection: Any, crew: Crew) -> None:
    crew.start("worker", "relay")
    await errands("tally", 1)
    await reached(connection, crew, CLOSED, 1)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.execute(
        "INSERT INTO outbox (topic, key, payload, state, created_at) "
        "VALUES ('tally', 'after', '{}', 'waiting', now())"
    )
    await reached(connection, crew, CLOSED, 2)
    assert crew.processes["relay"].poll() is None
    assert crew.processes["worker"].poll() is None


async def test_the_relay_waits_for_a_broker_that_is_away(
    connection: Any, crew: Crew, migrated_url: str, tmp_path: Path
) -> None:
    await errands("tally", 3)
    with Crew(migrated_url, f"redis+socket://{tmp_path}/nobody.sock", tmp_path) as lonely:
        lonely.start("relay")
        deadline = time.monotonic() + PATIENCE
        while lonely.said().count("relay waits") < 2:
            assert time.monotonic() < deadline, lonely.said()
            await asyncio.sleep(0.05)
        assert lonely.stop("relay") == 0
    crew.start("worker", "relay")
    await reached(connection, crew, CLOSED, 3)
    assert (await marks(connection))["tally"].total() == 3


async def test_the_relay_deletes_what_is_old(connection: Any, crew: Crew) -> None:
    await connection.execute(
        "INSERT INTO signin_attempt (login_sha256, address, at, succeeded) "
        "SELECT 'a', '192.0.2.7', now() - days * interval '1 day', false FROM unnest(ARRAY[1, 29, 31, 400]) AS days"
    )
    crew.start("relay")
    await reached(connection, crew, "SELECT 4 - count(*) FROM signin_attempt", 2)
    kept = "SELECT min(at) > now() - interval '30 days' FROM signin_attempt"
    assert await connection.fetchval(kept)


async def test_what_is_begun_is_finished_when_the_worker_is_asked_to_end(connection: Any, crew: Crew) -> None:
    await errands("tally", 1, seconds=1)
    crew.start("worker", "relay")
    begun = "SELECT count(*) FROM outbox WHERE attempts = 1"
    await reached(connection, crew, begun, 1)
    assert crew.stop("worker") == 0
    assert crew.stop("relay") == 0
    assert await connection.fetchval(CLOSED) == 1
    assert await connection.fetchval(TALLIED) == 1
