"""An import whose worker is killed again and again comes to the same rows as one that is left in peace."""

import asyncio
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.roster.model import ImportJob, Keep
from apprenticeship.roster.services import job_of, prepare, start
from apprenticeship.store import open_store
from tasks.jobs import TOPICS
from tests.apprenticeship.rosters import csv_file
from tests.tasks.crew import Crew
from tests.web.shop import NOW, Shop

PEOPLE = 200
KILLS = 3
PATIENCE = 60.0
HEADING = ("number", "name", "program", "registered", "credential", "hours", "work process", "date")

# what an import leaves, in words that are the same in every database
LEFT = {
    "people": """
        SELECT n.number, p.name FROM person AS p JOIN person_number AS n ON n.person = p.id ORDER BY 1, 2""",
    "enrolments": """
        SELECT n.number, e.program_key, e.registered, e.sponsor, count(f.id) FROM enrolment AS e
        JOIN person_number AS n ON n.person = e.person
        LEFT JOIN enrolment_framework AS f ON f.enrolment = e.id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3""",
    "evidence": """
        SELECT n.number, e.kind, e.subject, e.part, e.result, e.minutes, e.work_process, e.happened_on,
            e.status, e.source_key, e.attested_by FROM evidence AS e
        JOIN person_number AS n ON n.person = e.person ORDER BY n.number, e.source_key""",
    "employments": """
        SELECT n.number, e.employer, e.since FROM employment AS e
        JOIN person_number AS n ON n.person = e.person ORDER BY 1, 2""",
    "roles": """
        SELECT n.number, r.role, r.organisation, r.since FROM role_held AS r
        JOIN person_number AS n ON n.person = r.person ORDER BY 1, 2""",
    "rows": "SELECT row, state, finding FROM import_row ORDER BY row",
    "job": "SELECT state, rows_total, rows_done, rows_changed, rows_refused FROM import_job",
}


def roster() -> bytes:
    rows: list[tuple[object, ...]] = []
    for number in range(PEOPLE):
        who = (f"K-{number:04}", f"Apprentice {number:04}")
        rows.append((*who, "machinist", f"2026-0{number % 9 + 1}-05", "", "", "", ""))
        rows.append((*who, "", "", "nims-machining-1:mms", "", "", "2026-09-15"))
        rows += [(*who, "", "", "", 4 + day % 5, "milling", f"2026-10-{day:02}") for day in range(1, 9)]
    rows.insert(700, ("K-0001", "Apprentice 0001", "", "", "", "-4", "milling", "2026-10-30"))
    return csv_file(rows, HEADING)


async def begin(shop: Shop, address: str) -> UUID:
    async with open_store(address):
        actor = await actor_of_person(shop.people["employer"])
        job = await prepare(actor, shop.employer, file_name="crew.csv", data=roster(), now=NOW)
        return (await start(actor, job.id, Keep.GOOD, now=NOW)).id


async def left_in(address: str) -> dict[str, list[tuple[Any, ...]]]:
    connection = await asyncpg.connect(address)
    found = {name: [tuple(row) for row in await connection.fetch(sql)] for name, sql in LEFT.items()}
    await connection.close()
    return found


async def in_peace(shop: Shop, address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Do the same import here, errand by errand."""
    await begin(shop, address)
    async with open_store(address):
        while waiting := await hand_out(now=NOW):
            for errand in waiting:
                await run(errand.id, TOPICS[errand.topic], now=NOW)
    return await left_in(address)


async def until(is_so: Callable[[], Any], crew: Crew) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := await is_so()):
        assert time.monotonic() < deadline, crew.said()
        await asyncio.sleep(0.01)
    return found


async def kill_again_and_again(address: str, crew: Crew) -> set[int]:
    """Kill the worker, with all its children, in the middle of chunks; give the chunks that were hit."""
    chance = random.Random(2026)
    connection = await asyncpg.connect(address)
    beginnings = "SELECT sum(attempts)::int FROM outbox"
    hit: set[int] = set()
    for _ in range(KILLS):
        before = await connection.fetchval(beginnings)
        crew.start("worker")
        await until(partial(_more, connection, beginnings, before), crew)
        await asyncio.sleep(chance.uniform(0, 0.15))
        crew.kill("worker")
        half = await connection.fetch("SELECT id FROM outbox WHERE state = 'leased' AND attempts > 0")
        hit |= {row["id"] for row in half}
    await connection.close()
    return hit


async def _more(connection: Any, sql: str, before: int) -> bool:
    return bool(await connection.fetchval(sql) > before)


async def finished(shop: Shop, address: str, job: UUID) -> ImportJob | None:
    async with open_store(address):
        found = await job_of(await actor_of_person(shop.people["employer"]), job, now=NOW)
    return found if found.finished_at is not None else None


@pytest.mark.faults
async def test_a_killed_import_ends_as_if_nothing_had_happened(
    fresh_database: Callable[[str], str],
    shop_template: tuple[str, Shop],
    broker_url: str,
    tmp_path: Path,
) -> None:
    template, shop = shop_template
    expected = await in_peace(shop, fresh_database(template))
    assert expected["job"] == [("done", 10 * PEOPLE + 1, 10 * PEOPLE + 1, 10 * PEOPLE, 1)]
    assert len(expected["people"]) == PEOPLE
    assert len(expected["evidence"]) == 9 * PEOPLE

    address = fresh_database(template)
    job = await begin(shop, address)
    with Crew(address, broker_url, tmp_path) as crew:
        crew.start("relay")
        chunks_hit = await kill_again_and_again(address, crew)
        crew.kill("relay")
        crew.start("relay", "worker")
        await until(lambda: finished(shop, address, job), crew)
    assert chunks_hit, "no kill was in the middle of a chunk"
    assert await left_in(address) == expected
