"""Doing the errands of cohorts here and now, and reading what they left."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from apprenticeship.cohort import repo, runs
from apprenticeship.cohort.counting import Counts, as_data, count
from apprenticeship.cohort.model import Run
from apprenticeship.cohort.results import numbers_of, unpacked_bits
from apprenticeship.outbox.services import hand_out
from apprenticeship.outbox.services import run as run_errand
from apprenticeship.store import transaction
from graph.gates.everybody import STATES
from tasks.jobs import TOPICS
from tests.apprenticeship.acting import rows, value

PROGRAMS = ("cnc-machinist-hybrid", "cnc-operator-turning", "machinist")
Told = dict[str, Any]


async def do_errands(now: datetime, most: int = 1_000) -> int:
    """Do what is waiting, and what that asks for; return how many errands that was."""
    done = 0
    while done < most and (waiting := await hand_out(now=now)):
        for errand in waiting:
            done += await run_errand(errand.id, TOPICS[errand.topic], now=now)
    return done


async def run_machinists(as_of: date, now: datetime, people: int = 7) -> Run:
    return (await run_all(as_of, now, people, ("machinist",)))["machinist"]


async def run_all(
    as_of: date, now: datetime, people: int = 7, programs: Sequence[str] = PROGRAMS
) -> dict[str, Run]:
    for program in programs:
        await runs.start(None, program, as_of=as_of, now=now, people=people)
    await do_errands(now)
    return {run.program_key: run for run in await repo.latest_runs()}


async def stored(run: UUID) -> dict[UUID, Told]:
    """Give every stored result of a run in words: what its bytes stand for."""
    people = [row["person"] for row in await rows("SELECT person FROM cohort_result WHERE run = $1", run)]
    found: dict[UUID, Told] = {}
    async with transaction():
        for own in (await repo.standards_of(run)).values():
            results = await repo.results_of(own, people)
            numerators = numbers_of(results["numerator"]).tolist()
            lacks = unpacked_bits(results["alone"], len(own.layout.lacks))
            for row, numerator, missing in zip(results, numerators, lacks, strict=True):
                found[UUID(bytes=row["person"].tobytes())] = {
                    "sha256": own.sha256,
                    "complete": bool(row["complete"]),
                    "reached": int(row["reached"]),
                    "stuck": bool(row["stuck"]),
                    "progress": Fraction(numerator, own.layout.denominator),
                    "states": {
                        (item.kind, item.key): STATES[state]
                        for item, state in zip(own.layout.items, row["states"].tolist(), strict=False)
                    },
                    "alone": [
                        (lack.goal, str(lack.asks))
                        for lack, one in zip(own.layout.lacks, missing, strict=True)
                        if one
                    ],
                    "turns_on": int(row["turns_on"]),
                }
    assert len(found) == len(people)
    return found


async def kept_counts(run: UUID) -> Mapping[str, dict[str, object]]:
    """Give the counts kept of a run, by the hash of the standards; of nobody left out."""
    known = await repo.standards_of(run)
    counts: Mapping[int, Counts] = await repo.counts_of(run, known)
    return {known[number].sha256: as_data(own) for number, own in counts.items() if own.people}


async def counted(run: UUID) -> Mapping[str, dict[str, object]]:
    """Give the same counts, counted from the rows."""
    found = {}
    people = [row["person"] for row in await rows("SELECT person FROM cohort_result WHERE run = $1", run)]
    async with transaction():
        for own in (await repo.standards_of(run)).values():
            results = await repo.results_of(own, people)
            if len(results):
                found[own.sha256] = as_data(count(own.layout, results))
    return found


async def partitions() -> int:
    return int(await value("SELECT count(*) FROM pg_inherits WHERE inhparent = 'cohort_result'::regclass"))
