"""Evaluating everybody in a program: split into ranges of people, each an errand, and swapped in as a whole.

A range that is done is done: its results, its counts and its errand are one transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.cohort import repo
from apprenticeship.cohort.counting import Counts, count
from apprenticeship.cohort.model import Range, Run, RunState
from apprenticeship.cohort.reading import evaluated, reader_of
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.snapshots.model import Kept, Versions
from apprenticeship.store import transaction
from standards.storage import repo as standards

SPLIT, RANGE, DROP = "cohort.split", "cohort.range", "cohort.drop"
PEOPLE = 20_000
"""In a range: about a second of work, well below the lease of an errand, and little memory."""


async def start(
    actor: Actor | None, program: str, *, as_of: date, now: datetime, people: int = PEOPLE
) -> Run:
    """Begin to evaluate everybody in a program as of a day, so many in a range.

    The caller has asked who may. Nothing of what is in force changes until all ranges are done.

    Raises:
        Invalid: there is no such program.
        AlreadyDecided: a run of this program is going on.
    """
    async with transaction():
        if not await standards.newest("program", [program]):
            raise Invalid(f"There is no published program {program!r}.", where="program")
        run = Run(
            id=uuid4(),
            program_key=program,
            as_of=as_of,
            state=RunState.RUNNING,
            ranges_total=None,
            ranges_done=0,
            people=0,
            created_at=now,
            finished_at=None,
        )
        if not await repo.add_run(run):
            raise AlreadyDecided("Everybody in this program is being evaluated just now.")
        await ask(SPLIT, str(run.id), {"run": str(run.id), "people": people}, now=now)
        await record(actor, Action.LOOK_AT_EVERYBODY, "cohort", run.id, now=now, detail={"program": program})
    return run


async def split(errand: Errand, now: datetime) -> None:
    """Split a run into ranges, and ask for each."""
    run = await repo.hold_run(UUID(errand.payload["run"]))
    if run.state is not RunState.RUNNING or run.ranges_total is not None:
        return
    for versions in await repo.version_sets(run.program_key):
        await _add_standards(run, versions)
    bounds = await repo.split_people(run.program_key, run.as_of, errand.payload["people"])
    ranges = [
        Range(run=run.id, number=number, first_person=first, until_person=until, finished_at=None)
        for number, (first, until) in enumerate(bounds)
    ]
    await repo.add_partition(run.id)
    await repo.add_ranges(ranges)
    await repo.set_split(run.id, len(ranges))
    for one in ranges:
        payload = {"run": str(run.id), "number": one.number}
        await ask(RANGE, f"{run.id} {one.number}", payload, now=now)


async def _add_standards(run: Run, versions: Versions) -> None:
    reader = await reader_of(run.program_key, versions)
    await repo.add_standards(run.id, versions, reader.sha256, reader.layout)


async def work_range(errand: Errand, now: datetime) -> None:
    """Evaluate the people of one range, in the transaction that marks its errand done."""
    run = await repo.run_of(UUID(errand.payload["run"]))
    if run is None or run.state is not RunState.RUNNING:
        return
    one = await repo.range_of(run.id, errand.payload["number"])
    kept = await snapshots.between(run.program_key, one.first_person, one.until_person)
    counts = await store_results(run, kept, run.as_of)
    await repo.finish_range(one, counts, sum(own.people for own in counts.values()), now)
    await _swap_in(run.id, now)


async def store_results(run: Run, kept: Kept, as_of: date) -> dict[int, Counts]:
    """Evaluate those of some people who are in the program, and store their results; return what they add up to."""
    counts: dict[int, Counts] = {}
    known = {one.versions: one for one in (await repo.standards_of(run.id)).values()}
    for versions, members in kept.members(run.program_key, as_of).items():
        if versions not in known:
            await _add_standards(run, versions)
            known = {one.versions: one for one in (await repo.standards_of(run.id)).values()}
        own = known[versions]
        reader = await reader_of(run.program_key, versions)
        rows = evaluated(reader, members, as_of)
        await repo.add_results(own, rows)
        counts[own.id] = count(own.layout, rows)
    return counts


async def _swap_in(run: UUID, now: datetime) -> None:
    """Put the run in force when this was its last range."""
    held = await repo.hold_run(run)
    if held.state is not RunState.RUNNING or held.ranges_done != held.ranges_total:
        return
    known = await repo.standards_of(run)
    await repo.swap_in(held, added_up(await repo.counts_of_ranges(run, known)), now)
    await ask_to_drop(now)


def added_up(parts: list[dict[int, Counts]]) -> dict[int, Counts]:
    """The sum of counts by standards."""
    found: dict[int, Counts] = {}
    for part in parts:
        found = together(found, part)
    return found


def together(one: Mapping[int, Counts], other: Mapping[int, Counts], times: int = 1) -> dict[int, Counts]:
    """Both counts by standards together; with ``times`` -1 without the other."""
    found = dict(one)
    for number, own in other.items():
        found[number] = found[number].with_(own, times) if number in found else own
    return found


async def abandon(errand: Errand, now: datetime) -> None:
    """Give a run up of which a part failed too often; what was in force stays so."""
    async with transaction():
        held = await repo.hold_run(UUID(errand.payload["run"]))
        if held.state is RunState.RUNNING:
            await repo.set_state(held.id, RunState.FAILED, now)


async def ask_to_drop(now: datetime) -> None:
    """Ask that the results of runs that were replaced or failed be dropped; at most once an hour for each."""
    for run in await repo.superseded_runs():
        await ask(DROP, f"{run.id} {now:%Y-%m-%d %H}", {"run": str(run.id)}, now=now)


async def drop(errand: Errand, now: datetime) -> None:
    """Drop the results of a run that is no longer in force."""
    run = await repo.hold_run(UUID(errand.payload["run"]))
    if run.state in (RunState.REPLACED, RunState.FAILED):
        await repo.drop_partition(run.id)
        await repo.set_state(run.id, RunState.DROPPED, now)


async def leave(_errand: Errand, _now: datetime) -> None:
    """Leave what could not be dropped; it is asked for again later."""
