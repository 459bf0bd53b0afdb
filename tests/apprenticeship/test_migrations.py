"""The tables that Python knows are the tables that the migrations make, however the migrating went."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from piccolo import columns
from piccolo.columns import ForeignKey, OnDelete
from piccolo.table import Table

from apprenticeship.migrations import MigrationError, migrate, migrations, pending
from apprenticeship.store import TABLES

TYPES: dict[type[columns.Column], str] = {
    columns.BigSerial: "bigint",
    columns.BigInt: "bigint",
    columns.Boolean: "boolean",
    columns.Bytea: "bytea",
    columns.Date: "date",
    columns.Integer: "integer",
    columns.JSONB: "jsonb",
    columns.SmallInt: "smallint",
    columns.Text: "text",
    columns.Timestamptz: "timestamp with time zone",
    columns.UUID: "uuid",
}
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable = 'YES' AS nullable
FROM information_schema.columns NATURAL JOIN information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'schema_version'
"""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text AS from_table, array_agg(a.attname::text ORDER BY a.attnum) AS columns,
    confrelid::regclass::text AS to_table, confdeltype::text AS on_delete, confupdtype::text AS on_update
FROM pg_constraint JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = ANY(conkey)
WHERE contype = 'f' GROUP BY pg_constraint.oid
"""


async def ask(address: str, sql: str) -> list[Any]:
    connection = await asyncpg.connect(address)
    try:
        rows: list[Any] = await connection.fetch(sql)
    finally:
        await connection.close()
    return rows


def known_columns(table: type[Table]) -> dict[str, tuple[str, bool]]:
    return {
        column._meta.db_column_name: (type_of(column), bool(column._meta.null))
        for column in columns_of(table)
    }


def columns_of(table: type[Table]) -> list[Any]:
    return list(table._meta.columns)


def type_of(column: Any) -> str:
    while isinstance(column, ForeignKey):
        column = column._foreign_key_meta.resolved_references._meta.primary_key
    return TYPES[type(column)]


async def test_tables_have_the_columns_types_and_nullability_of_the_migrations(migrated_url: str) -> None:
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for row in await ask(migrated_url, COLUMNS):
        found.setdefault(row["table_name"], {})[row["column_name"]] = (row["data_type"], row["nullable"])
    known = {table._meta.tablename: known_columns(table) for table in TABLES}
    assert known == found


async def test_every_foreign_key_restricts_deleting_and_is_known_to_its_table(migrated_url: str) -> None:
    rows = await ask(migrated_url, FOREIGN_KEYS)
    assert {row["on_delete"] for row in rows} == {"r"}
    assert {row["on_update"] for row in rows} <= {"a", "r"}
    found = {
        (row["from_table"], row["columns"][0], row["to_table"]) for row in rows if len(row["columns"]) == 1
    }
    known = {
        (
            table._meta.tablename,
            column._meta.name,
            column._foreign_key_meta.resolved_references._meta.tablename,
        )
        for table in TABLES
        for column in columns_of(table)
        if isinstance(column, ForeignKey)
    }
    assert known == found


def test_every_foreign_key_of_a_table_says_that_it_restricts() -> None:
    keys = [column for table in TABLES for column in columns_of(table) if isinstance(column, ForeignKey)]
    assert len(keys) > 20
    assert {column._foreign_key_meta.on_delete for column in keys} == {OnDelete.restrict}


async def test_a_column_that_refers_to_a_row_elsewhere_has_an_index(migrated_url: str) -> None:
    """Restricting a delete, and following a key backwards, must not read whole tables."""
    sql = """
    SELECT conrelid::regclass::text AS owner, a.attname::text AS name FROM pg_constraint
    JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    WHERE contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1]
    )
    """
    bare = {(row["owner"], row["name"]) for row in await ask(migrated_url, sql)}
    # who wrote a row down is never searched for, and nobody is deleted who wrote one
    assert bare == {
        ("evidence", "recorded_by"),
        ("raise_decision", "decided_by"),
        ("payroll_handover", "made_by"),
        ("difference_accepted", "accepted_by"),
        ("raise_statement", "said_by"),
        ("house_rules", "entered_by"),
        ("late_log_excuse", "said_by"),
        ("raise_first_approval", "approved_by"),
        ("import_job", "requested_by"),
        ("work_site", "created_by"),
        ("placement", "entered_by"),
        ("placement_end", "entered_by"),
        ("alone_release", "released_by"),
        ("alone_end", "ended_by"),
        ("standing_claim", "claimed_by"),
        ("standing_decision", "decided_by"),
        ("standing_told", "told_by"),
    }


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    names = tuple(step.name for step in migrations())
    assert await pending(database_url) == names
    assert await migrate(database_url) == names
    assert await pending(database_url) == ()
    assert await migrate(database_url) == ()


async def test_numbers_of_migrations_leave_no_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))


async def test_two_migrators_at_once_migrate_once(database_url: str) -> None:
    runs = await asyncio.gather(*(migrate(database_url) for _ in range(4)))
    assert sorted(map(len, runs)) == [0, 0, 0, len(migrations())]


async def test_a_migration_that_fails_leaves_nothing_behind(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = migrations()
    broken = type(first)(number=2, name="broken", sql="CREATE TABLE half (id int); SELECT 1 / 0;")
    monkeypatch.setattr("apprenticeship.migrations.migrations", lambda: (first, broken))
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(database_url)
    (row,) = await ask(
        database_url, "SELECT count(*) AS tables FROM information_schema.tables WHERE table_schema = 'public'"
    )
    assert row["tables"] == 0


async def test_a_database_of_another_history_is_refused_in_words(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(database_url)
    first, *rest = migrations()
    other = type(first)(number=first.number, name=first.name, sql=first.sql + "-- changed")
    monkeypatch.setattr("apprenticeship.migrations.migrations", lambda: (other, *rest))
    with pytest.raises(MigrationError, match=r"migration 1 \(first\)"):
        await migrate(database_url)


def _migrate_until_killed(address: str, begun: Any) -> None:
    while True:
        begun.set()
        asyncio.run(_forwards_and_back(address))


async def _forwards_and_back(address: str) -> None:
    await migrate(address)
    connection = await asyncpg.connect(address)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


@pytest.mark.faults
def test_killing_a_migrator_anywhere_leaves_all_or_nothing(
    database_url: str, administer: Callable[[str], str]
) -> None:
    spawn = multiprocessing.get_context("spawn")
    for pause in (0.01, 0.02, 0.03, 0.04, 0.05, 0.06):
        begun = spawn.Event()
        process = spawn.Process(target=_migrate_until_killed, args=(database_url, begun))
        process.start()
        assert begun.wait(30)
        process.join(pause)
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        asyncio.run(migrate(database_url))
        assert asyncio.run(pending(database_url)) == ()
    assert administer("SELECT 1") == "1"
