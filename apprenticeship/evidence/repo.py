from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.evidence.model import Addition, Evidence, EvidenceKind, Fact, Mark, Status
from apprenticeship.evidence.tables import EvidenceTable, NoteTable
from apprenticeship.snapshots import repo as snapshots
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (EvidenceTable, NoteTable)

FACT = tuple(field.name for field in fields(Fact))
WRITTEN = ("id", "entry", "person", "status", "recorded", "recorded_by", "supersedes", *FACT)

SELECT = """
SELECT e.*, n.text AS note FROM evidence AS e LEFT JOIN evidence_note AS n ON n.evidence = e.id
"""
MINUTES = """
SELECT person, happened_on, sum(minutes) AS minutes FROM current_evidence
WHERE kind = 'hours' AND status <> 'rejected' AND person = ANY({}::uuid[]) AND happened_on = ANY({}::date[])
AND coalesce(source_key, '') NOT LIKE 'standing-claim:%'
GROUP BY person, happened_on
"""
HIGHEST_ID = 2**63 - 1
MARKS = """
SELECT e.person, max(e.id) AS last, count(*) AS rows, count(n.evidence) AS notes, max(e.recorded) AS recorded
FROM evidence AS e LEFT JOIN evidence_note AS n ON n.evidence = e.id
WHERE e.person = ANY({}::uuid[]) GROUP BY e.person
"""
NOT_SUPERSEDED = "NOT EXISTS (SELECT FROM evidence AS later WHERE later.supersedes = e.id)"


async def add(additions: Sequence[Addition]) -> tuple[int, ...]:
    """Append rows in bulk, inside a transaction.

    Returns:
        the new rows' ids, in the order given.
    """
    ids = await reserve(len(additions))
    await add_as(list(zip(ids, additions, strict=True)))
    return ids


async def add_as(rows: Sequence[tuple[int, Addition]]) -> None:
    """Append rows in bulk under ids that were reserved, inside a transaction; what supersedes comes later.

    Everything that is ever written about what somebody has shown goes through here, and so do their snapshots.
    """
    database = database_of(EvidenceTable)
    await database.copy_rows("evidence", WRITTEN, [_row(number, addition) for number, addition in rows])
    notes = [(number, addition.note) for number, addition in rows if addition.note]
    if notes:
        await database.copy_rows("evidence_note", ("evidence", "text"), notes)
    await snapshots.keep([addition.person for _, addition in rows])


async def reserve(count: int) -> tuple[int, ...]:
    """Return so many ids that no row will ever have but by `add_as`."""
    rows = await EvidenceTable.raw(
        "SELECT nextval(pg_get_serial_sequence('evidence', 'id')) AS id FROM generate_series(1, {})", count
    )
    return tuple(row["id"] for row in rows)


def _row(number: int, addition: Addition) -> tuple[Any, ...]:
    head = (
        number,
        number,  # the trigger names the true entry
        addition.person,
        addition.status,
        addition.recorded,
        addition.recorded_by,
        addition.supersedes,
    )
    return (*head, *(getattr(addition.fact, name) for name in FACT))


async def facts_by_source(people: Sequence[UUID], keys: Sequence[str]) -> dict[tuple[UUID, str], Fact]:
    """Return which facts of a file are there already, as the file gave them."""
    sql = SELECT + "WHERE e.person = ANY({}::uuid[]) AND e.source_key = ANY({}::text[])"
    rows = await EvidenceTable.raw(sql, list(people), list(keys))
    return {(row.person, str(row.fact.source_key)): row.fact for row in _evidence(rows)}


async def current(people: Sequence[UUID], *, known_at: datetime | None = None) -> tuple[Evidence, ...]:
    """Return the rows that stand (as they were known at a moment), the oldest entries first."""
    if known_at is None:
        sql = SELECT + "WHERE e.person = ANY({}::uuid[]) AND " + NOT_SUPERSEDED
        rows = await EvidenceTable.raw(sql + " ORDER BY e.entry", list(people))
    else:
        sql = SELECT + "WHERE e.person = ANY({}::uuid[]) AND e.recorded <= {} AND NOT EXISTS "
        sql += "(SELECT FROM evidence AS later WHERE later.supersedes = e.id AND later.recorded <= {})"
        rows = await EvidenceTable.raw(sql + " ORDER BY e.entry", list(people), known_at, known_at)
    return _evidence(rows)


async def marks(people: Sequence[UUID]) -> dict[UUID, Mark]:
    """Return what tells one state of people's evidence from another; those without evidence are left out."""
    rows = await EvidenceTable.raw(MARKS, list(people))
    return {row["person"]: Mark(row["last"], row["rows"], row["notes"], row["recorded"]) for row in rows}


async def history(person: UUID) -> tuple[Evidence, ...]:
    """Return every row ever recorded about a person, superseded ones too, in the order of recording."""
    return await histories([person])


async def histories(people: Sequence[UUID]) -> tuple[Evidence, ...]:
    """Return every row ever recorded about people, superseded ones too, in the order of recording."""
    sql = SELECT + "WHERE e.person = ANY({}::uuid[]) ORDER BY e.id"
    return _evidence(await EvidenceTable.raw(sql, list(people)))


async def entry(number: int) -> tuple[Evidence, ...]:
    """Return the whole chain of one entry, the oldest first; the last one stands."""
    sql = SELECT + "WHERE e.entry = ANY({}::bigint[]) ORDER BY e.id"
    return _evidence(await EvidenceTable.raw(sql, _possible([number])))


async def entries(numbers: Sequence[int]) -> tuple[Evidence, ...]:
    """Return the rows that stand of several entries."""
    sql = SELECT + "WHERE e.entry = ANY({}::bigint[]) AND " + NOT_SUPERSEDED + " ORDER BY e.entry"
    return _evidence(await EvidenceTable.raw(sql, _possible(numbers)))


async def by_ids(ids: Sequence[int]) -> tuple[Evidence, ...]:
    """Return rows by their ids."""
    sql = SELECT + "WHERE e.id = ANY({}::bigint[]) ORDER BY e.id"
    return _evidence(await EvidenceTable.raw(sql, _possible(ids)))


def _possible(ids: Sequence[int]) -> list[int]:
    return [number for number in ids if 0 < number <= HIGHEST_ID]


async def waiting(people: Sequence[UUID]) -> tuple[Evidence, ...]:
    """Return what stands as submitted, the longest waiting first."""
    sql = SELECT + "WHERE e.status = 'submitted' AND e.person = ANY({}::uuid[]) AND " + NOT_SUPERSEDED
    return _evidence(await EvidenceTable.raw(sql + " ORDER BY e.recorded, e.id", list(people)))


async def minutes_by_day(people: Sequence[UUID], days: Sequence[date]) -> dict[tuple[UUID, date], int]:
    """Return how many minutes stand for people on days; what was rejected counts nowhere."""
    rows = await EvidenceTable.raw(MINUTES, sorted(set(people)), sorted(set(days)))
    return {(row["person"], row["happened_on"]): row["minutes"] for row in rows}


def _evidence(rows: Iterable[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            id=row["id"],
            entry=row["entry"],
            person=row["person"],
            fact=Fact(**{**{name: row[name] for name in FACT}, "kind": EvidenceKind(row["kind"])}),
            status=None if row["status"] is None else Status(row["status"]),
            recorded=row["recorded"],
            recorded_by=row["recorded_by"],
            supersedes=row["supersedes"],
            note=row["note"],
        )
        for row in rows
    )
