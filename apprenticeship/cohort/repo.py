"""Rows of runs, ranges and results."""

import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.cohort import counting, layout, results
from apprenticeship.cohort.counting import Counts
from apprenticeship.cohort.layout import Layout
from apprenticeship.cohort.model import CountsByStandards, Range, Run, RunState, Standards
from apprenticeship.cohort.results import COLUMNS, Rows
from apprenticeship.cohort.tables import RangeTable, ResultTable, RunTable, StandardsTable
from apprenticeship.snapshots.making import NOBODY
from apprenticeship.snapshots.model import Versions
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (RunTable, StandardsTable, RangeTable, ResultTable)

RUN = "id, program_key, as_of, state, ranges_total, ranges_done, people, created_at, finished_at"
STARTS = """
SELECT person FROM (
    SELECT person, row_number() OVER (ORDER BY person) AS place
    FROM (SELECT DISTINCT person FROM enrolment WHERE program_key = {} AND registered <= {}) AS registered
) AS numbered WHERE place % {} = 1 OR {} = 1 ORDER BY person
"""


# Runs ---------------------------------------------------------------------------------------------


async def add_run(run: Run) -> bool:
    """Keep a new run; False when one of its program is running already."""
    kept = await RunTable.raw(
        "INSERT INTO cohort_run (id, program_key, as_of, state, created_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (program_key) WHERE state = 'running' DO NOTHING RETURNING id",
        run.id,
        run.program_key,
        run.as_of,
        run.state.value,
        run.created_at,
    )
    return bool(kept)


async def run_of(run: UUID) -> Run | None:
    """Return a run."""
    return next(iter(_runs(await RunTable.raw(f"SELECT {RUN} FROM cohort_run WHERE id = {{}}", run))), None)  # noqa: S608 - constants


async def hold_run(run: UUID) -> Run:
    """Return a run, held until the transaction ends."""
    return _runs(await RunTable.raw(f"SELECT {RUN} FROM cohort_run WHERE id = {{}} FOR UPDATE", run))[0]  # noqa: S608 - constants


async def latest_runs(program: str | None = None) -> tuple[Run, ...]:
    """Return the runs that are going on or in force, of one program or of all, by program."""
    rows = await RunTable.raw(
        f"SELECT {RUN} FROM cohort_run WHERE state IN ('running', 'current') "  # noqa: S608 - constants
        "AND ({}::text IS NULL OR program_key = {}) ORDER BY program_key, state",
        program,
        program,
    )
    return _runs(rows)


async def superseded_runs() -> tuple[Run, ...]:
    """Return the runs whose results nobody asks for any more, and that are not dropped yet."""
    sql = f"SELECT {RUN} FROM cohort_run WHERE state IN ('replaced', 'failed') ORDER BY created_at"  # noqa: S608 - constants
    return _runs(await RunTable.raw(sql))


async def set_split(run: UUID, ranges_total: int) -> None:
    await RunTable.update({RunTable.ranges_total: ranges_total}).where(RunTable.id == run)


async def set_state(run: UUID, state: RunState, now: datetime) -> None:
    """Say that a run is over."""
    await RunTable.raw(
        "UPDATE cohort_run SET state = {}, finished_at = coalesce(finished_at, {}) WHERE id = {}",
        state.value,
        now,
        run,
    )


async def set_counts(run: UUID, counts: CountsByStandards, people: int, as_of: date) -> None:
    """Store what the results of a run add up to."""
    await RunTable.raw(
        "UPDATE cohort_run SET counts = {}::jsonb, people = {}, as_of = {} WHERE id = {}",
        _told(counts),
        people,
        as_of,
        run,
    )


async def swap_in(run: Run, counts: CountsByStandards, now: datetime) -> None:
    """Put a finished run in the place of the one in force, in one statement."""
    await RunTable.raw(
        "UPDATE cohort_run SET state = CASE WHEN id = {} THEN 'current' ELSE 'replaced' END, "
        "counts = CASE WHEN id = {} THEN {}::jsonb END, finished_at = coalesce(finished_at, {}) "
        "WHERE program_key = {} AND (state = 'current' OR id = {})",
        run.id,
        run.id,
        _told(counts),
        now,
        run.program_key,
        run.id,
    )


async def counts_of(run: UUID, standards: Mapping[int, Standards]) -> dict[int, Counts]:
    """Return what the results of a run add up to."""
    rows = await RunTable.raw("SELECT counts FROM cohort_run WHERE id = {}", run)
    return {} if not rows or rows[0]["counts"] is None else _counts(rows[0]["counts"], standards)


def _runs(rows: Iterable[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple(Run(**{**row, "state": RunState(row["state"])}) for row in rows)


def _told(counts: CountsByStandards) -> str:
    return json.dumps({str(number): counting.as_data(own) for number, own in counts.items()})


def _counts(told: str, standards: Mapping[int, Standards]) -> dict[int, Counts]:
    return {
        int(number): counting.from_data(own, standards[int(number)].layout)
        for number, own in json.loads(told).items()
    }


# Standards ----------------------------------------------------------------------------------------


async def add_standards(run: UUID, versions: Sequence[UUID], sha256: str, laid_out: Layout) -> None:
    """Keep the standards of people of a run; what is there is left as it is."""
    await StandardsTable.raw(
        "INSERT INTO cohort_standards (run, sha256, versions, layout) VALUES ({}, {}, {}::jsonb, {}::jsonb) "
        "ON CONFLICT (run, sha256) DO NOTHING",
        run,
        sha256,
        json.dumps([str(one) for one in versions]),
        json.dumps(layout.as_data(laid_out)),
    )


async def standards_of(run: UUID) -> dict[int, Standards]:
    """Return the standards that people of a run are read with, by number."""
    rows = await StandardsTable.select().where(StandardsTable.run == run).order_by(StandardsTable.id)
    return {
        row["id"]: Standards(
            id=row["id"],
            run=row["run"],
            versions=tuple(UUID(one) for one in json.loads(row["versions"])),
            sha256=row["sha256"],
            layout=layout.from_data(json.loads(row["layout"])),
        )
        for row in rows
    }


# Members and ranges -------------------------------------------------------------------------------


async def version_sets(program: str) -> list[Versions]:
    """Return every set of published versions that anybody in a program is read with."""
    rows = await RunTable.raw(
        "SELECT s.versions FROM snapshot_standards AS s JOIN published_standard AS p "
        "ON p.id = split_part(s.versions, ',', 1)::uuid WHERE p.key = {} ORDER BY s.number",
        program,
    )
    return [tuple(UUID(one) for one in row["versions"].split(",")) for row in rows]


async def most_crowded(employers: Collection[UUID], day: date) -> str | None:
    """Return the program that most of those whom some employers have on a day are in."""
    rows = await RunTable.raw(
        "SELECT e.program_key FROM employment AS j JOIN enrolment AS e USING (person) "
        "WHERE j.employer = ANY({}::uuid[]) AND j.since <= {} AND (j.until IS NULL OR j.until > {}) "
        "AND e.registered <= {} AND (e.ended IS NULL OR e.ended > {}) "
        "GROUP BY e.program_key ORDER BY count(DISTINCT e.person) DESC, e.program_key LIMIT 1",
        list(employers),
        *(day, day, day, day),
    )
    return rows[0]["program_key"] if rows else None


async def split_people(program: str, as_of: date, size: int) -> list[tuple[UUID, UUID | None]]:
    """Return ranges of so many of those ever registered in a program by a day.

    A range goes from one number (in) to another (out); the last has no end, and the first begins before everybody.
    """
    starts = [row["person"] for row in await RunTable.raw(STARTS, program, as_of, size, size)]
    firsts = [NOBODY, *starts[1:]]
    return list(zip(firsts, [*firsts[1:], None], strict=True))


async def begun_between(program: str, after: date, until: date) -> list[UUID]:
    """Return who was registered in a program from a day (out) until another (in)."""
    rows = await RunTable.raw(
        "SELECT DISTINCT person FROM enrolment WHERE program_key = {} AND registered > {} AND registered <= {}",
        program,
        after,
        until,
    )
    return [row["person"] for row in rows]


async def add_ranges(ranges: Sequence[Range]) -> None:
    columns = ("run", "number", "first_person", "until_person")
    rows = [tuple(getattr(one, name) for name in columns) for one in ranges]
    await database_of(RangeTable).copy_rows("cohort_range", columns, rows)


async def range_of(run: UUID, number: int) -> Range:
    rows = await RangeTable.select(
        RangeTable.run,
        RangeTable.number,
        RangeTable.first_person,
        RangeTable.until_person,
        RangeTable.finished_at,
    ).where((RangeTable.run == run) & (RangeTable.number == number))
    return Range(**rows[0])


async def finish_range(one: Range, counts: CountsByStandards, people: int, now: datetime) -> None:
    """Say that a range is done, and move its run on; the run is held until the transaction ends."""
    await RangeTable.raw(
        "UPDATE cohort_range SET counts = {}::jsonb, people = {}, finished_at = {} WHERE run = {} AND number = {}",
        _told(counts),
        people,
        now,
        one.run,
        one.number,
    )
    await RunTable.raw(
        "UPDATE cohort_run SET ranges_done = ranges_done + 1, people = people + {} WHERE id = {}",
        people,
        one.run,
    )


async def counts_of_ranges(run: UUID, standards: Mapping[int, Standards]) -> list[dict[int, Counts]]:
    """Return what each range of a run adds up to."""
    rows = await RangeTable.raw(
        "SELECT counts FROM cohort_range WHERE run = {} AND counts IS NOT NULL ORDER BY number", run
    )
    return [_counts(row["counts"], standards) for row in rows]


# Results ------------------------------------------------------------------------------------------


def _partition(run: UUID) -> str:
    return f"cohort_result_{run.hex}"


async def add_partition(run: UUID) -> None:
    """Make room for the results of a run. Attaching locks nobody out who reads or writes other runs."""
    name = _partition(run)
    await ResultTable.raw(f"CREATE TABLE {name} (LIKE cohort_result INCLUDING ALL)")
    await ResultTable.raw(f"ALTER TABLE cohort_result ATTACH PARTITION {name} FOR VALUES IN ('{run}')")


async def drop_partition(run: UUID) -> None:
    """Drop the results of a run; whoever reads results is not made to wait long: it fails instead."""
    name = _partition(run)
    await ResultTable.raw("SET LOCAL lock_timeout = '2s'")
    if (await ResultTable.raw("SELECT to_regclass({}) IS NOT NULL AS there", name))[0]["there"]:
        await ResultTable.raw(f"ALTER TABLE cohort_result DETACH PARTITION {name}")
        await ResultTable.raw(f"DROP TABLE {name}")


async def add_results(one: Standards, rows: Rows) -> None:
    """Append results in bulk."""
    data = io.BytesIO(results.copied_in(one.layout, rows, one.run, one.id))
    await _connection().copy_to_table(_partition(one.run), source=data, columns=COLUMNS, format="binary")


async def results_of(one: Standards, people: Sequence[UUID]) -> Rows:
    """Return the results of some people, of those who are read with some standards, inside a transaction."""
    data = io.BytesIO()
    await _connection().copy_from_query(
        f"SELECT {', '.join(COLUMNS)} FROM cohort_result "  # noqa: S608 - constants
        "WHERE run = $1 AND standards = $2 AND person = ANY($3::uuid[]) ORDER BY person",
        one.run,
        one.id,
        list(people),
        output=data,
        format="binary",
    )
    return results.copied_out(one.layout, data.getvalue())


async def remove_results(run: UUID, people: Sequence[UUID]) -> None:
    await ResultTable.raw(
        "DELETE FROM cohort_result WHERE run = {} AND person = ANY({}::uuid[])", run, list(people)
    )


async def turned_by(run: UUID, day: date, limit: int) -> list[UUID]:
    """Return whose results may be others by a day because time has passed, the longest waiting first."""
    rows = await ResultTable.raw(
        "SELECT person FROM cohort_result WHERE run = {} AND turns_on <= {} ORDER BY turns_on, person LIMIT {}",
        run,
        day,
        limit,
    )
    return [row["person"] for row in rows]


# Changes ------------------------------------------------------------------------------------------


async def changes(limit: int) -> list[tuple[int, UUID]] | None:
    """Return some of whom something was written about since their results; None while a whole run is going on.

    Whether one is, and what is waiting, is asked in one statement: what it sees was committed before any later run
    reads, so no change is taken from a run that has not seen it.
    """
    rows = await ResultTable.raw(
        "SELECT c.id, c.person, r.going FROM (SELECT EXISTS "
        "(SELECT FROM cohort_run WHERE state = 'running') AS going) AS r "
        "LEFT JOIN LATERAL (SELECT id, person FROM snapshot_change ORDER BY id LIMIT {}) AS c ON NOT r.going",
        limit,
    )
    if rows[0]["going"]:
        return None
    return [(row["id"], row["person"]) for row in rows if row["id"] is not None]


async def forget_changes(numbers: Sequence[int]) -> None:
    await ResultTable.raw("DELETE FROM snapshot_change WHERE id = ANY({}::bigint[])", list(numbers))


async def forget_changes_of_nobody() -> None:
    """Forget all changes where there are no results that they could make out of date."""
    await ResultTable.raw(
        "DELETE FROM snapshot_change WHERE NOT EXISTS "
        "(SELECT FROM cohort_run WHERE state IN ('running', 'current'))"
    )


def _connection() -> Any:
    current = database_of(ResultTable).current_transaction.get()
    if current is None:
        raise RuntimeError("Results are copied inside a transaction.")
    return current.connection
