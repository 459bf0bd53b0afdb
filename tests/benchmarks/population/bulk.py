"""Filling large tables as a restored backup fills them: what is looked at row by row is put aside and comes back after.

References, unique keys and indexes are made again over all rows at once, so that they hold in the end as ever.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.apprenticeship.acting import rows

TABLES = ("evidence", "enrolment_framework", "enrolment", "suspension")
CONSTRAINTS = """
SELECT conrelid::regclass::text AS name, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
WHERE conrelid::regclass::text = ANY($1) AND contype IN ('f', 'u') ORDER BY contype DESC, oid
"""
INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index AS i
WHERE i.indrelid::regclass::text = ANY($1) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""
ENTRIES = "ALTER TABLE evidence {} TRIGGER evidence_entry"


@asynccontextmanager
async def put_aside() -> AsyncIterator[None]:
    """Put aside what is looked at row by row, and bring it back."""
    constraints = await rows(CONSTRAINTS, list(TABLES))
    indexes = await rows(INDEXES, list(TABLES))
    for one in constraints:
        await rows(f"ALTER TABLE {one['name']} DROP CONSTRAINT {one['conname']}")
    for one in indexes:
        await rows(f"DROP INDEX {one['name']}")
    # the rows name their entries themselves
    await rows(ENTRIES.format("DISABLE"))
    yield
    await rows(ENTRIES.format("ENABLE"))
    for one in indexes:
        await rows(one["definition"])
    for one in constraints:
        await rows(f"ALTER TABLE {one['name']} ADD CONSTRAINT {one['conname']} {one['definition']}")
