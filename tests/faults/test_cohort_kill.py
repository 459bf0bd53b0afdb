"""Everybody evaluated by two workers of which one is killed comes to what an undisturbed run comes to."""

import asyncio
import random
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.cohort import repo, runs
from apprenticeship.cohort.model import Run, RunState
from apprenticeship.snapshots.services import rebuild
from apprenticeship.store import open_store
from tests.apprenticeship.cohort.running import (
    Told,
    do_errands,
    kept_counts,
    partitions,
    run_machinists,
    stored,
)
from tests.stack_fixtures import database_name
from tests.tasks.crew import Crew
from tests.web.shop import NOW, Shop

PEOPLE = 3_000
RANGE = 40
KILLS = 6
PATIENCE = 90.0

# people like the shop's, a fact more or less each
PERSONS = (
    "INSERT INTO person SELECT gen_random_uuid(), 'Apprentice ' || n, now() FROM generate_series(1, $1) AS n"
)
ENROLMENTS = """
INSERT INTO enrolment SELECT gen_random_uuid(), p.id, e.sponsor, e.program, e.program_key,
    e.registered + (p.number % 300)::int, NULL, e.created_at
FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM person WHERE name LIKE 'Apprentice %') AS p
CROSS JOIN (SELECT * FROM enrolment WHERE person = $1) AS e
"""
FRAMEWORKS = """
INSERT INTO enrolment_framework (enrolment, standard)
SELECT e.id, f.standard FROM enrolment AS e CROSS JOIN (
    SELECT standard FROM enrolment_framework WHERE enrolment = (SELECT id FROM enrolment WHERE person = $1)) AS f
WHERE e.person <> $1 AND NOT EXISTS (SELECT FROM enrolment_framework WHERE enrolment = e.id)
"""
EVIDENCE = """
INSERT INTO evidence (entry, person, kind, subject, part, minutes, work_process, happened_on, status, recorded,
    recorded_by)
SELECT 0, p.id, e.kind, e.subject, e.part, e.minutes, e.work_process, e.happened_on, e.status, e.recorded,
    e.recorded_by
FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM person WHERE name LIKE 'Apprentice %') AS p
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS place FROM evidence WHERE person = $1) AS e
ON (p.number >> (e.place % 8)::int) % 2 = 1
"""


async def fill(address: str, like: UUID) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute(PERSONS, PEOPLE)
    for statement in (ENROLMENTS, FRAMEWORKS, EVIDENCE):
        await connection.execute(statement, like)
    await connection.close()
    async with open_store(address):
        assert await rebuild() > PEOPLE


async def in_peace(address: str) -> tuple[dict[UUID, Told], object]:
    async with open_store(address):
        run = await run_machinists(NOW.date(), NOW, RANGE)
        return await stored(run.id), await kept_counts(run.id)


async def begin(address: str) -> Run:
    async with open_store(address):
        run = await runs.start(None, "machinist", as_of=NOW.date(), now=NOW, people=RANGE)
        await do_errands(NOW, most=1)
    return run


DONE = "SELECT number, finished_at FROM cohort_range WHERE finished_at IS NOT NULL"
BEGUN = "SELECT coalesce(sum(attempts), 0)::int FROM outbox WHERE topic = 'cohort.range'"
HALF_DONE = """
SELECT id FROM outbox WHERE topic = 'cohort.range' AND state = 'leased' AND attempts > 0
"""


async def kill_one_again_and_again(address: str, crew: Crew) -> tuple[set[int], dict[int, datetime]]:
    """Kill the second worker in the middle of ranges; give the errands hit, and what was done by then."""
    chance = random.Random(2026)
    connection = await asyncpg.connect(address)
    hit: set[int] = set()
    for _ in range(KILLS):
        crew.start("worker-2")
        before = await connection.fetchval(BEGUN)
        await until(connection, crew, BEGUN, before + 4)
        await asyncio.sleep(chance.uniform(0, 0.1))
        crew.kill("worker-2")
        await asyncio.sleep(0.2)  # the other worker goes on
        hit |= {row["id"] for row in await connection.fetch(HALF_DONE)}
        done = {row["number"]: row["finished_at"] for row in await connection.fetch(DONE)}
        if hit and done:
            break
    await connection.close()
    return hit, done


async def until(connection: Any, crew: Crew, sql: str, wanted: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while await connection.fetchval(sql) < wanted:
        assert time.monotonic() < deadline, crew.said()
        await asyncio.sleep(0.01)


@pytest.mark.faults
async def test_a_killed_worker_costs_nothing_but_the_ranges_it_was_in(
    fresh_database: Callable[[str], str],
    shop_template: tuple[str, Shop],
    broker_url: str,
    tmp_path: Path,
) -> None:
    template, shop = shop_template
    crowded = fresh_database(template)
    await fill(crowded, shop.people["ada"])
    expected = await in_peace(fresh_database(database_name(crowded)))
    assert len(expected[0]) == PEOPLE + 2
    assert len({(told["progress"], told["reached"]) for told in expected[0].values()}) > 10, "people differ"

    address = fresh_database(database_name(crowded))
    run = await begin(address)
    with Crew(address, broker_url, tmp_path) as crew:
        crew.start("relay", "worker")
        hit, done = await kill_one_again_and_again(address, crew)
        connection = await asyncpg.connect(address)
        await until(connection, crew, "SELECT count(*) FROM cohort_run WHERE state = 'current'", 1)
        finished = {row["number"]: row["finished_at"] for row in await connection.fetch(DONE)}
        again = await connection.fetchval("SELECT max(attempts) FROM outbox WHERE id = ANY($1)", list(hit))
        await connection.close()
    assert hit, "no kill was in the middle of a range"
    assert again > 1, "what was hit was begun again"
    assert done.items() <= finished.items(), "what was done was not done again"
    assert len(finished) == -(-(PEOPLE + 2) // RANGE)
    async with open_store(address):
        (current,) = await repo.latest_runs("machinist")
        assert (current.id, current.state) == (run.id, RunState.CURRENT)
        assert (await stored(run.id), await kept_counts(run.id)) == expected
        assert await partitions() == 1
