"""Snapshots of what people have shown, and the numbers in which they are written."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.snapshots import copying, making, statements
from apprenticeship.snapshots.model import Kept, Versions
from apprenticeship.snapshots.tables import (
    ChangeTable,
    GradeTable,
    ProgramTable,
    SnapshotTable,
    StandardsTable,
    SubjectTable,
)
from graph.gates.columns import Subject, Vocabulary
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (
    SubjectTable,
    ProgramTable,
    GradeTable,
    StandardsTable,
    SnapshotTable,
    ChangeTable,
)


async def keep(people: Sequence[UUID]) -> None:
    """Make the snapshots of people anew: the one thing to do after writing about them, in the same transaction."""
    if people:
        await making.keep(_connection(), people)


async def next_people(after: UUID = making.NOBODY) -> list[UUID]:
    """Return the next people, by number, of whom there is or should be a snapshot, inside a transaction."""
    return await making.next_people(_connection(), after)


async def wrong() -> list[UUID]:
    """Return everybody whose snapshot is not what the rows give, inside a transaction; writes nothing."""
    return [person async for person in making.wrong(_connection())]


async def is_changed() -> bool:
    """Tell whether a snapshot was made since whoever keeps results looked last."""
    rows = await ChangeTable.raw("SELECT EXISTS (SELECT FROM snapshot_change) AS changed")
    return bool(rows[0]["changed"])


def _connection() -> Any:
    current = database_of(SnapshotTable).current_transaction.get()
    if current is None:
        raise RuntimeError("Snapshots are kept inside the transaction that writes the rows.")
    return current.connection


async def vocabulary() -> Vocabulary:
    """Return all numbers given so far."""
    subjects = await SubjectTable.select().order_by(SubjectTable.number)
    programs = await ProgramTable.select().order_by(ProgramTable.number)
    grades = await GradeTable.select().order_by(GradeTable.number)
    return Vocabulary(
        {Subject(row["sort"], row["key"], row["detail"]): row["number"] for row in subjects},
        {row["key"]: row["number"] for row in programs},
        {row["grade"]: row["number"] for row in grades},
    )


async def standards() -> tuple[Versions, ...]:
    """Return the sets of published versions that registrations are read with, by number."""
    rows = await StandardsTable.select().order_by(StandardsTable.number)
    return tuple(tuple(UUID(one) for one in row["versions"].split(",")) for row in rows)


async def among(people: Sequence[UUID]) -> Kept:
    """Return what is kept of those of some people of whom anything is, in order, inside a transaction."""
    return await _read(statements.READ_AMONG, list(people))


async def between(program: str, first: UUID, until: UUID | None) -> Kept:
    """Return what is kept of whoever was ever registered in a program, of the people from one number to another.

    Inside a transaction.
    """
    return await _read(statements.READ_BETWEEN, program, first, until)


async def _read(sql: str, *values: Any) -> Kept:
    copied = io.BytesIO()
    await _connection().copy_from_query(sql, *values, output=copied, format="binary")
    # read last: what is spoken of in a snapshot has its number at least as long
    words, versions = await vocabulary(), await standards()
    return copying.kept_in(copied.getvalue(), words, versions)
