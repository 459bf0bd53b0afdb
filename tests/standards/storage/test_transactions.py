"""A transaction gives its connection back whatever happens to it."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from piccolo.columns import UUID, Integer
from piccolo.engine.exceptions import TransactionError
from piccolo.table import Table

from standards.storage.database import (
    DRIVER,
    Database,
    Transaction,
    database_of,
    insert_rows,
    is_away,
    opened,
)

CONNECTIONS = 2


class Leaf(Table, tablename="leaf"):
    id = Integer(primary_key=True)
    tree = Integer()


SCHEMA = """
CREATE TABLE tree (id integer PRIMARY KEY);
CREATE TABLE leaf (
    id integer PRIMARY KEY,
    tree integer NOT NULL REFERENCES tree DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO tree VALUES (1);
"""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    connection = await asyncpg.connect(database_url)
    await connection.execute(SCHEMA)
    await connection.close()
    async with opened(database_url, [Leaf], connections=CONNECTIONS) as database:
        yield database


async def leaves() -> list[int]:
    return [row["id"] for row in await Leaf.select().order_by(Leaf.id)]


async def all_connections_are_free(database: Database) -> bool:
    """Tell whether as many transactions as connections can be had at once, all outside a transaction."""
    together = asyncio.Barrier(CONNECTIONS)

    async def one() -> bool:
        async with database.transaction(allow_nested=False):
            async with asyncio.timeout(5):
                await together.wait()
            return bool(await Leaf.exists())

    await asyncio.wait_for(asyncio.gather(*(one() for _ in range(CONNECTIONS))), 10)
    return database.current_transaction.get() is None


async def test_what_is_done_in_a_transaction_is_kept_or_not_as_a_whole(database: Database) -> None:
    async with database.transaction():
        await Leaf.insert(Leaf(id=1, tree=1), Leaf(id=2, tree=1))
    with pytest.raises(asyncpg.UniqueViolationError):
        await _insert(database.transaction(), 3, 1)
    assert await leaves() == [1, 2]
    assert await all_connections_are_free(database)


async def test_a_commit_that_fails_gives_its_connection_back(database: Database) -> None:
    for number in range(3 * CONNECTIONS):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with database.transaction():
                await Leaf.insert(Leaf(id=number, tree=99))  # found out only by the commit
    assert await leaves() == []
    assert await all_connections_are_free(database)


async def test_a_connection_lost_in_the_middle_is_replaced(database: Database) -> None:
    for _ in range(3 * CONNECTIONS):
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            async with database.transaction():
                await Leaf.raw("SELECT pg_terminate_backend(pg_backend_pid())")
    assert await all_connections_are_free(database)


async def test_a_connection_lost_between_statements_is_told_as_what_it_is(database: Database) -> None:
    """The roll-back that cannot be sent either does not hide what happened."""
    for _ in range(3 * CONNECTIONS):
        with pytest.raises(DRIVER) as lost:
            await _lose_the_connection(database)
        assert is_away(lost.value)
    assert is_away(
        asyncpg.InternalClientError("cannot switch to state 11; another operation (2) is in progress")
    )
    assert not is_away(asyncpg.InternalClientError("cannot switch to state 11; another operation (12)"))
    assert not is_away(asyncpg.UniqueViolationError("twice"))
    assert not is_away(asyncpg.InterfaceError("another operation is in progress"))
    assert await leaves() == []
    assert await all_connections_are_free(database)


async def _lose_the_connection(database: Database) -> None:
    async with database.transaction() as current:
        process = await current.connection.fetchval("SELECT pg_backend_pid()")
        other = await asyncpg.connect(database.url)
        await other.execute("SELECT pg_terminate_backend($1)", process)
        await other.close()
        await Leaf.insert(Leaf(id=1, tree=1))


async def test_cancelling_gives_the_connection_back_and_keeps_nothing(database: Database) -> None:
    async def work(number: int) -> None:
        async with database.transaction():
            await Leaf.insert(Leaf(id=number, tree=1))
            await Leaf.raw("SELECT pg_sleep(20)")

    for number, seconds in enumerate([0, 0.001, 0.005, 0.01, 0.02, 0.05] * CONNECTIONS):
        task = asyncio.create_task(work(number))
        await asyncio.sleep(seconds)
        task.cancel()
        await asyncio.wait({task})
    assert await all_connections_are_free(database)
    assert await leaves() == []


async def test_cancelling_in_the_very_commit_gives_the_connection_back(database: Database) -> None:
    for number in range(200):
        transaction = database.transaction()
        task = asyncio.create_task(_insert(transaction, number))
        for _ in range(number % 12):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
    assert await all_connections_are_free(database)


async def _insert(transaction: Transaction, *numbers: int) -> None:
    async with transaction:
        for number in numbers:
            await Leaf.insert(Leaf(id=number, tree=1))


async def test_an_inner_transaction_joins_the_outer(database: Database) -> None:
    async def outer() -> None:
        async with database.transaction():
            await _insert(database.transaction(), 1)
            raise ValueError("outer")

    with pytest.raises(ValueError, match="outer"):
        await outer()
    assert await leaves() == []
    async with database.transaction():
        with pytest.raises(TransactionError):
            database.transaction(allow_nested=False)


async def test_waiting_for_a_connection_can_be_given_up(database: Database) -> None:
    async with database.transaction():
        holders = [asyncio.create_task(_hold(database)) for _ in range(CONNECTIONS)]
        await asyncio.sleep(0.05)
        holders[-1].cancel()
        await asyncio.wait({holders[-1]})
        for holder in holders[:-1]:
            holder.cancel()
        await asyncio.wait(set(holders))
    assert await all_connections_are_free(database)


async def _hold(database: Database) -> None:
    # a task of its own does not join the transaction of whoever started it
    database.current_transaction.set(None)
    async with database.transaction():
        await asyncio.sleep(5)


async def test_rows_are_copied_only_inside_a_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await database.copy_rows("leaf", ("id", "tree"), [(1, 1)])
    async with database.transaction():
        await database.copy_rows("leaf", ("id", "tree"), [(1, 1), (2, 1)])
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with database.transaction():
            await database.copy_rows("leaf", ("id", "tree"), [(3, 99)])
    assert await leaves() == [1, 2]


@pytest.mark.usefixtures("database")
async def test_more_rows_are_inserted_than_one_statement_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standards.storage.database.MOST_ARGUMENTS", 7)
    await insert_rows(Leaf, [Leaf(id=number, tree=1) for number in range(10)])
    await insert_rows(Leaf, [])
    assert await leaves() == list(range(10))


async def test_nothing_is_asked_of_a_database_that_is_not_open() -> None:
    class Stray(Table):
        id = UUID(primary_key=True)

    with pytest.raises(RuntimeError, match="No database is open"):
        database_of(Stray)
    unopened = Database("postgresql://nowhere").bind([Stray])
    with pytest.raises(RuntimeError, match="not started"):
        await Stray.select()
    with pytest.raises(RuntimeError, match="not started"):
        async with unopened.transaction():
            pass


async def test_a_transaction_that_was_left_open_is_rolled_back_when_its_connection_comes_back(
    database: Database,
) -> None:
    assert database.pool is not None
    async with database.pool.acquire() as connection:
        left = connection.transaction()
        await left.start()
        await connection.execute("INSERT INTO leaf VALUES (1, 1)")
    assert await leaves() == []


# what the pool does not undo between two users of a connection
OUTLIVES = re.compile(
    r"""["']\s*(SET\ (?!LOCAL\ )|LISTEN\ |DECLARE\ |PREPARE\ )|pg_(try_)?advisory_lock|set_config|add_listener"""
    r"""|TEMP(ORARY)?\ TABLE(?!.*ON\ COMMIT)""",
)


def test_nothing_that_is_asked_of_the_database_outlives_its_transaction() -> None:
    root = Path(__file__).parents[3]
    asking = [
        path
        for folder in ("standards", "apprenticeship", "tasks", "web")
        for path in root.glob(f"{folder}/**/*.py")
    ]
    assert len(asking) > 100, "the modules were found"
    found = {str(path): OUTLIVES.findall(path.read_text("utf-8")) for path in asking}
    assert not {path: said for path, said in found.items() if said}
    assert OUTLIVES.search("'SET work_mem = 1'")
    assert OUTLIVES.search("SELECT pg_advisory_lock(1)")
