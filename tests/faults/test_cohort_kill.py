"""Everybody evaluated anew by two workers of which one is killed comes to what an undisturbed run came to.

`COHORT_PEOPLE=1000000` makes it a million people with twenty million facts.
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

PEOPLE = int(os.environ.get("COHORT_PEOPLE", "3000"))
RANGE = min(runs.PEOPLE, PEOPLE // 100)
KILLS = 4
PATIENCE = 90.0 + PEOPLE / 1_000

STORED = """
SELECT r.program_key, s.sha256, c.person, c.complete, c.reached, c.stuck, c.numerator, c.states, c.alone, c.began,
    c.turns_on
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
# for longer than it takes to begin an errand
AT_WORK = """
SELECT count(*) FROM pg_stat_activity
WHERE application_name = 'second' AND clock_timestamp() - xact_start > interval '10 ms'
"""
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
    connection: Any, crew: Crew, second: Crew, begun: Sequence[UUID]
) -> tuple[set[int], dict[int, datetime]]:
    """Kill the second worker in the middle of ranges; give the errands hit, and what was done by then."""
    chance = random.Random(2026)
    hit: set[int] = set()
    for _ in range(KILLS):
        await until(connection, crew, 1, AT_WORK)
        await asyncio.sleep(chance.uniform(0, 0.02))
        second.kill("worker")
        await asyncio.sleep(0.2)  # the other worker goes on
        hit |= {row["id"] for row in await connection.fetch(LEFT)}
        done = {row["id"]: row["finished_at"] for row in await connection.fetch(DONE, begun)}
        if hit and done:
            break
        second.start("worker")
    return hit, done


async def until(connection: Any, crew: Crew, wanted: int, sql: str, *values: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while await connection.fetchval(sql, *values) < wanted:
        assert time.monotonic() < deadline, crew.said()
        await asyncio.sleep(0.01)


async def kill_and_compare(address: str, broker_url: str, folder: Path) -> None:
    """Evaluate those in a database in peace, then anew with a worker killed, and hold both against each other."""
    async with open_store(address):
        expected = await in_peace()
        assert await value("SELECT count(DISTINCT (numerator, reached)) FROM expected") > 10, "people differ"
        begun = await begin()

    connection = await asyncpg.connect(address)
    with (
        Crew(address, broker_url, folder) as crew,
        Crew(f"{address}&application_name=second", broker_url, folder) as second,
    ):
        crew.start("relay", "worker")
        second.start("worker")
        hit, done = await kill_one_again_and_again(connection, crew, second, begun)
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


@pytest.mark.faults
async def test_a_killed_worker_costs_nothing_but_the_ranges_it_was_in(
    fresh_database: Callable[[str], str],
    migrated_template: str,
    broker_url: str,
    tmp_path: Path,
) -> None:
    address = fresh_database(migrated_template)
    async with open_store(address):
        await load(PEOPLE, now=NOW)
        assert await rebuild() == PEOPLE
    await kill_and_compare(address, broker_url, tmp_path)
