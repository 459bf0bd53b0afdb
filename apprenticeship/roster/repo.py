import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.roster.model import Finding, ImportJob, ImportSummary, JobState, Keep, RosterRow, RowState
from apprenticeship.roster.tables import JobTable, RowTable
from standards.storage.database import database_of

SUMMARY = """
SELECT count(DISTINCT content->>'number') AS people,
    count(DISTINCT (content->>'number', content->>'program', content->>'registered'))
        FILTER (WHERE content->>'program' IS NOT NULL) AS enrolments,
    count(content->>'credential') AS credentials,
    coalesce(sum((content->>'minutes')::int), 0) AS minutes
FROM import_row WHERE job = {} AND content <> '{{}}'
"""
TABLES: tuple[type[Table], ...] = (JobTable, RowTable)

CELLS = tuple(field.name for field in fields(RosterRow))


async def add_job(job: ImportJob, rows: Sequence[RosterRow], findings: Sequence[Finding]) -> None:
    """Keep a planned file with its rows, inside a transaction."""
    await JobTable.insert(JobTable(**asdict(job)))
    # of many rows this takes seconds, in which others are served
    kept = await asyncio.to_thread(_kept, job.id, rows, findings)
    columns = ("job", "row", "content", "state", "finding")
    await database_of(JobTable).copy_rows("import_row", columns, kept)


def _kept(job: UUID, rows: Sequence[RosterRow], findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    good = [
        (job, row.row, json.dumps({name: getattr(row, name) for name in CELLS}, default=str), "waiting", None)
        for row in rows
    ]
    bad = [(job, number, "{}", "refused", _told(of)) for number, of in _by_row(findings).items()]
    return [*good, *bad]


def _told(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings])


def _by_row(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.row, []).append(finding)
    return found


async def job_of(job: UUID) -> ImportJob | None:
    return next(iter(_jobs(await JobTable.select().where(JobTable.id == job))), None)


async def hold_job(job: UUID) -> ImportJob:
    """Return a job, held until the transaction ends."""
    return _jobs(await JobTable.raw("SELECT * FROM import_job WHERE id = {} FOR UPDATE", job))[0]


async def jobs_in(organisation: UUID, *, limit: int) -> tuple[ImportJob, ...]:
    query = JobTable.select().where(JobTable.organisation == organisation)
    return _jobs(await query.order_by(JobTable.created_at, ascending=False).limit(limit))


async def findings_of(job: UUID, *, limit: int) -> tuple[Finding, ...]:
    """Return what is wrong with a file, by row."""
    rows = await RowTable.raw(
        "SELECT finding FROM import_row WHERE job = {} AND state = 'refused' ORDER BY row LIMIT {}",
        job,
        limit,
    )
    return tuple(Finding(**finding) for row in rows for finding in json.loads(row["finding"]))[:limit]


async def summary_of(job: UUID) -> ImportSummary:
    rows = await RowTable.raw(SUMMARY, job)
    return ImportSummary(**rows[0])


async def waiting_rows(job: UUID, first: int, last: int) -> tuple[RosterRow, ...]:
    rows = await RowTable.raw(
        "SELECT content FROM import_row WHERE job = {} AND row BETWEEN {} AND {} "
        "AND state = 'waiting' ORDER BY row",
        job,
        first,
        last,
    )
    return tuple(_roster_row(json.loads(row["content"])) for row in rows)


async def waiting_numbers(job: UUID) -> tuple[int, ...]:
    rows = await RowTable.raw(
        "SELECT row FROM import_row WHERE job = {} AND state = 'waiting' ORDER BY row", job
    )
    return tuple(row["row"] for row in rows)


async def set_rows(job: UUID, states: Mapping[int, RowState], findings: Sequence[Finding]) -> None:
    """Mark rows as dealt with; a row is marked once."""
    told = {number: _told(of) for number, of in _by_row(findings).items()}
    numbers = sorted(states)
    await RowTable.raw(
        "UPDATE import_row AS r SET state = n.state, finding = n.finding::jsonb "
        "FROM unnest({}::int[], {}::text[], {}::text[]) AS n(row, state, finding) "
        "WHERE r.job = {} AND r.row = n.row AND r.state = 'waiting'",
        numbers,
        [states[number].value for number in numbers],
        [told.get(number) for number in numbers],
        job,
    )


async def save_job(job: ImportJob) -> None:
    """Store how far a held job has come."""
    await JobTable.update(
        {
            JobTable.keep: job.keep,
            JobTable.state: job.state,
            JobTable.rows_done: job.rows_done,
            JobTable.rows_changed: job.rows_changed,
            JobTable.rows_refused: job.rows_refused,
            JobTable.finished_at: job.finished_at,
        }
    ).where(JobTable.id == job.id)


def _jobs(rows: Iterable[dict[str, Any]]) -> tuple[ImportJob, ...]:
    return tuple(
        ImportJob(
            **{
                **row,
                "state": JobState(row["state"]),
                "keep": None if row["keep"] is None else Keep(row["keep"]),
            }
        )
        for row in rows
    )


def _roster_row(content: dict[str, Any]) -> RosterRow:
    days = {
        name: None if content[name] is None else date.fromisoformat(content[name])
        for name in ("registered", "on")
    }
    return RosterRow(**{**content, **days})
