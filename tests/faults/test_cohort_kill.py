"""Everybody evaluated anew by two workers of which one is killed comes to what an undisturbed run came to.

`JOURNEYMARK_PEOPLE=1000000` makes it a million people with twenty million facts.
"""

import asyncio
import os
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import redis

from apprenticeship.cohort import repo, runs
from apprenticeship.cohort.model import RunState
from apprenticeship.snapshots.services import rebuild
from apprenticeship.store import open_store
from tests.apprenticeship.acting import rows, value
from tests.apprenticeship.cohort.running import do_errands, kept_counts, partitions
from tests.benchmarks.population.loading import load
from tests.benchmarks.population.standards import PROGRAMS
from tests.tasks.crew import Crew
from tests.web.shop import NOW
from web.stack.broker import EmbeddedBroker

PEOPLE = int(os.environ.get("JOURNEYMARK_PEOPLE", "3000"))
RANGE = min(runs.PEOPLE, PEOPLE // 50)
KILLS = 4
PATIENCE = 90.0 + PEOPLE / 1_000

STORED = """
SELECT r.program_key, s.sha256, c.person, c.complete, c.reached, c.stuck, c.numerator, c.states, c.alone, c.turns_on
FROM cohort_result AS c JOIN cohort_run AS r ON r.id = c.run JOIN cohort_standards AS s ON s.id = c.standards
WHERE r.state = 'current'
"""
EXPECT = f"CREATE TABLE expected AS {STORED}"
DIFFERENT = f"""
SELECT count(*) FROM (
    (TABLE expected EXCEPT ALL {STORED}) UNION ALL ({STORED} EXCEPT ALL TABLE expected)
) AS different
"""  # noqa: S608 - put together from constants only
DONE = "SELECT id, finished_at FROM cohort_range WHERE finished_at IS NOT NULL AND run = ANY($1)"
BEGUN = "SELECT coalesce(sum(attempts), 0)::int FROM outbox WHERE topic = 'cohort.range'"
# begun, not done, and held by nobody
LEFT = """
SELECT id FROM outbox WHERE topic = 'cohort.range' AND state = 'leased' AND attempts > 0 FOR UPDATE SKIP LOCKED
"""
IN_FORCE = "SELECT count(*) FROM cohort_run WHERE state = 'current' AND id = ANY($1)"
DROPPED = "SELECT count(*) FROM cohort_run WHERE state = 'dropped'"

Counts = dict[str, object]


async def counts() -> Counts:
    return {run.program_key: await kept_counts(run.id) for run in await repo.latest_runs()}


async def in_peace() -> Counts:
    """Evaluate everybody without any process beside; keep what came of it."""
    for program in PROGRAMS:
        await runs.start(None, program, as_of=NOW.date(), now=NOW, people=RANGE)
    await do_errands(NOW)
    await rows(EXPECT)
    return await counts()


async def begin() -> list[UUID]:
    """Ask for everybody anew."""
    return [
        (await runs.start(None, program, as_of=NOW.date(), now=datetime.now(UTC), people=RANGE)).id
        for program in PROGRAMS
    ]


async def kill_one_again_and_again(
    connection: Any, crew: Crew, broker: EmbeddedBroker, begun: Sequence[UUID]
) -> tuple[set[int], dict[int, datetime]]:
    """Kill the second worker in the middle of ranges; give the errands hit, and what was done by then."""
    chance = random.Random(2026)
    hit: set[int] = set()
    for _ in range(KILLS):
        crew.start("worker-2")
        await listening(broker, crew, 2)
        before = await connection.fetchval(BEGUN)
        if "relay" not in crew.processes:
            crew.start("relay")
        await until(connection, crew, before + 4, BEGUN)
        await asyncio.sleep(chance.uniform(0, 0.1))
        crew.kill("worker-2")
        await asyncio.sleep(0.2)  # the other worker goes on
        hit |= {row["id"] for row in await connection.fetch(LEFT)}
        done = {row["id"]: row["finished_at"] for row in await connection.fetch(DONE, begun)}
        if hit:
            break
    return hit, done


async def listening(broker: EmbeddedBroker, crew: Crew, workers: int) -> None:
    """Wait until so many workers wait for something to do: one takes longer than the other to begin."""
    deadline = time.monotonic() + PATIENCE
    with redis.Redis(unix_socket_path=str(broker.socket_path)) as valkey:
        while sum(client["cmd"] == "brpop" for client in valkey.client_list()) < workers:
            assert time.monotonic() < deadline, crew.said()
            await asyncio.sleep(0.05)


async def until(connection: Any, crew: Crew, wanted: int, sql: str, *values: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while await connection.fetchval(sql, *values) < wanted:
        assert time.monotonic() < deadline, crew.said()
        await asyncio.sleep(0.01)


@pytest.mark.faults
async def test_a_killed_worker_costs_nothing_but_the_ranges_it_was_in(
    fresh_database: Callable[[str], str],
    migrated_template: str,
    embedded_broker: EmbeddedBroker,
    tmp_path: Path,
) -> None:
    address = fresh_database(migrated_template)
    async with open_store(address):
        await load(PEOPLE, now=NOW)
        assert await rebuild() == PEOPLE
        expected = await in_peace()
        assert await value("SELECT count(DISTINCT (numerator, reached)) FROM expected") > 10, "people differ"
        begun = await begin()

    connection = await asyncpg.connect(address)
    with Crew(address, embedded_broker.url, tmp_path) as crew:
        crew.start("worker")
        await listening(embedded_broker, crew, 1)
        hit, done = await kill_one_again_and_again(connection, crew, embedded_broker, begun)
        await until(connection, crew, len(begun), IN_FORCE, begun)
        await until(connection, crew, len(begun), DROPPED)
        finished = {row["id"]: row["finished_at"] for row in await connection.fetch(DONE, begun)}
        again = await connection.fetchval("SELECT max(attempts) FROM outbox WHERE id = ANY($1)", list(hit))
    await connection.close()
    assert hit, "no kill was in the middle of a range"
    assert again > 1, "what was hit was begun again"
    assert done.items() <= finished.items(), "what was done was not done again"
    async with open_store(address):
        current = await repo.latest_runs()
        assert {(run.id, run.state) for run in current} == {(number, RunState.CURRENT) for number in begun}
        assert sum(run.people for run in current) == await value("SELECT count(*) FROM expected")
        assert await value(DIFFERENT) == 0
        assert await counts() == expected
        assert await partitions() == len(begun)
