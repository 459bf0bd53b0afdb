"""A nation in PostgreSQL: facts written, snapshots made, and everybody evaluated by two Celery workers."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apprenticeship.cohort import repo, runs
from apprenticeship.cohort.model import RunState
from apprenticeship.enrolments.services import pins_of
from apprenticeship.migrations import migrate
from apprenticeship.outbox.services import LEASE
from apprenticeship.publishing import publish
from apprenticeship.snapshots.services import rebuild
from apprenticeship.store import open_store, transaction
from tests.apprenticeship.acting import rows
from tests.benchmarks.measuring import Figure
from tests.benchmarks.nation.crowd import TODAY
from tests.benchmarks.pages import database
from tests.benchmarks.population.loading import administrator, load
from tests.benchmarks.population.standards import EVERY, PROGRAMS, documents
from tests.tasks.crew import Crew
from web.stack.broker import EmbeddedBroker
from web.stack.folder import DataFolder

PEOPLE = 20_000
NATION = 1_000_000
AGAIN_SECONDS = 10.0
"""For a nation, after a rule has changed."""
TIMES_COPY = 3.0
COPY = "COPY of the facts, out and in"
WORKERS = ("worker", "worker-2")
LOOK, PATIENCE = 0.02, 1_800.0


def figures(people: int = PEOPLE) -> Iterator[Figure]:
    """From rows to results the first time; and anew, as after a change of rules, with nothing kept but snapshots."""
    with database() as url, tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(measured(url, Path(folder), people))


async def measured(url: str, folder: Path, people: int) -> list[Figure]:
    """Fill an empty database, and measure."""
    await migrate(url)
    async with open_store(url):
        facts = (await load(people, now=datetime.now(UTC))).evidence
        return await figures_of(url, folder, people, facts)


async def figures_of(url: str, folder: Path, people: int, facts: int) -> list[Figure]:
    """Measure in a database that is filled and open, without snapshots."""
    copied = await _spent(lambda: _copied(folder))
    made = await _spent(rebuild)
    with (
        DataFolder(folder / "broker") as data,
        EmbeddedBroker(data) as broker,
        Crew(url, broker.url, folder, lease=LEASE.total_seconds()) as crew,
    ):
        crew.start("relay", *WORKERS)
        first = await _spent(evaluate)
        await change_rules()
        again = await _spent(evaluate)
    crowd = f"{people:,} people with {facts:,} facts"
    found = [
        Figure(f"{crowd}: snapshots", made, COPY, copied),
        Figure(f"{crowd}: snapshots and results", made + first, COPY, copied, TIMES_COPY),
    ]
    if people == NATION:
        return [*found, Figure(f"{crowd}: results anew", again, "10 s", AGAIN_SECONDS, 1.0)]
    return [*found, Figure(f"{crowd}: results anew", again, COPY, copied)]


async def _spent(work: Callable[[], Coroutine[Any, Any, object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _copied(folder: Path) -> None:
    """The rows of evidence out to a file and into a table that nothing looks at."""
    file = folder / "evidence.copy"
    async with transaction() as current:
        await current.connection.execute("CREATE TABLE copied (LIKE evidence)")
        await current.connection.copy_from_table("evidence", output=file, format="binary")
        await current.connection.copy_to_table("copied", source=file, format="binary")
    file.unlink()
    await rows("DROP TABLE copied")


async def evaluate() -> None:
    """Ask, and wait until the results of every program are in force."""
    asked = [await runs.start(None, program, as_of=TODAY, now=datetime.now(UTC)) for program in PROGRAMS]
    numbers = {run.id for run in asked}
    begun = time.monotonic()
    while {run.id for run in await repo.latest_runs() if run.state is RunState.CURRENT} != numbers:
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError("The workers have not come to an end.")
        await asyncio.sleep(LOOK)


async def change_rules() -> None:
    """Publish programs that ask for more hours, and read everybody with them.

    What is written here past the product is all that moving everybody to the new versions would change in snapshots.
    """
    actor, sponsor = await administrator()
    before = await pins_of(PROGRAMS)
    for document in documents(every=EVERY // 2):
        await publish(actor, sponsor, document, now=datetime.now(UTC))
    after = await pins_of(PROGRAMS)
    await rows(GUARD.format("DISABLE"))
    for key in PROGRAMS:
        await rows(MOVED, str(before[key][0]), str(after[key][0]))
    await rows(GUARD.format("ENABLE"))


GUARD = "ALTER TABLE snapshot_standards {} TRIGGER snapshot_standards_kept"
MOVED = "UPDATE snapshot_standards SET versions = replace(versions, $1, $2)"
