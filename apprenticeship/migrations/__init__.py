"""The one migration history: numbered SQL files, run forwards in one transaction under a lock."""

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Any

import asyncpg

LOCK = 0x6A6D6172  # any number that nobody else takes: "jmar"

MAKING_SNAPSHOTS = frozenset({"snapshots", "standards"})
"""Migrations after which everybody's snapshot is made anew."""

HISTORY = """
CREATE TABLE IF NOT EXISTS schema_version (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationError(Exception):
    """The database was built by other migrations than these."""


@dataclass(frozen=True)
class Migration:
    """One step forwards."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> tuple[Migration, ...]:
    """Return every migration in order."""
    files = [file for file in resources.files(__name__).iterdir() if file.name.endswith(".sql")]
    found = [_read(file.name, file.read_text(encoding="utf-8")) for file in files]
    return tuple(sorted(found, key=lambda migration: migration.number))


def _read(file_name: str, sql: str) -> Migration:
    number, _, name = file_name.removesuffix(".sql").partition("_")
    return Migration(number=int(number), name=name, sql=sql)


async def migrate(url: str) -> tuple[str, ...]:
    """Bring a database to the newest schema; a killed or a second run at once changes nothing of that.

    Returns:
        the names of the migrations applied now, in order.

    Raises:
        MigrationError: the database has a migration that is unknown here or was different.
    """
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            await connection.execute(HISTORY)
            return await _forwards(connection)
    finally:
        await connection.close()


async def pending(url: str) -> tuple[str, ...]:
    """Return the names of the migrations that a database still lacks; changes nothing."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("SELECT to_regclass('schema_version')") is None:
            return tuple(step.name for step in migrations())
        return tuple(step.name for step in await _missing(connection))
    finally:
        await connection.close()


async def _forwards(connection: Any) -> tuple[str, ...]:
    missing = await _missing(connection)
    for step in missing:
        await connection.execute(step.sql)
        await connection.execute(
            "INSERT INTO schema_version (number, name, sha256) VALUES ($1, $2, $3)",
            step.number,
            step.name,
            step.sha256,
        )
    if MAKING_SNAPSHOTS.intersection(step.name for step in missing):
        from apprenticeship.snapshots.making import keep_all  # noqa: PLC0415 (slow to import, mostly not needed)

        await keep_all(connection)
    return tuple(step.name for step in missing)


async def _missing(connection: Any) -> tuple[Migration, ...]:
    known = {step.number: step for step in migrations()}
    applied: set[int] = set()
    for row in await connection.fetch("SELECT number, name, sha256 FROM schema_version"):
        step = known.get(row["number"])
        if step is None or step.sha256 != row["sha256"]:
            raise MigrationError(
                f"The database has migration {row['number']} ({row['name']}), which this release does not "
                "know or knows otherwise. Use the release that made it, or a new database."
            )
        applied.add(row["number"])
    return tuple(step for number, step in known.items() if number not in applied)
