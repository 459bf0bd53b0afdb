"""Snapshots of what people have shown, and the numbers in which they are written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from piccolo.table import Table

from apprenticeship.snapshots import making
from apprenticeship.snapshots.tables import (
    ChangeTable,
    GradeTable,
    ProgramTable,
    SnapshotTable,
    SubjectTable,
)
from graph.gates.columns import ENROLMENT, FACT, PAUSE, Crowd, Rows, Subject, Vocabulary, crowd_from
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (SubjectTable, ProgramTable, GradeTable, SnapshotTable, ChangeTable)

AT_ONCE = 5_000
EVERYTHING = """
SELECT coalesce(facts, '') AS facts, coalesce(enrolments, '') AS enrolments, coalesce(pauses, '') AS pauses
FROM unnest({}::uuid[]) WITH ORDINALITY AS asked(person, place) LEFT JOIN evidence_snapshot USING (person)
ORDER BY place
"""
KINDS = {"facts": FACT, "enrolments": ENROLMENT, "pauses": PAUSE}


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


async def crowd(people: Sequence[UUID]) -> Crowd:
    """Return the columns of people in the order given; who has no snapshot has no rows."""
    rows: list[dict[str, bytes]] = []
    for start in range(0, len(people), AT_ONCE):
        rows += await SnapshotTable.raw(EVERYTHING, list(people[start : start + AT_ONCE]))
    # read last: what is spoken of in a snapshot has its number at least as long
    words = await vocabulary()
    counts = [[len(row[name]) // kind.itemsize for name, kind in KINDS.items()] for row in rows]
    columns = {name: np.frombuffer(b"".join(row[name] for row in rows), kind) for name, kind in KINDS.items()}
    return crowd_from(words, counts, Rows(**columns))
