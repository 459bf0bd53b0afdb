"""The one way to PostgreSQL: a started pool, and transactions that always give their connection back."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Literal, Self

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.table import Table

Tables = Iterable[type[Table]]

MOST_ARGUMENTS = 32_767  # of one statement, by the protocol
NOT_STARTED = "The database pool is not started: open it with `opened(url, tables)`."


AWAY = (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, ConnectionError)
DRIVER = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)  # all it raises itself
# what the driver says, without a class of its own, of a connection that was lost between two statements;
# the last while it has read the server's farewell and not yet the end of the stream
LOST = ("connection is closed", "connection has been released back to the pool", "another operation (2)")


def is_away(error: BaseException) -> bool:
    """Tell whether an error says that the database cannot be reached, or was lost in the middle.

    Whether a transaction that was just committing is kept is not known then.
    """
    lost = isinstance(error, DRIVER) and any(words in str(error) for words in LOST)
    return lost or isinstance(error, AWAY)


class Transaction(PostgresTransaction):
    """A transaction that releases its connection whatever happens.

    The library's own leaves the connection behind when COMMIT or ROLLBACK fails or is cancelled, and five
    such failures hang a pool of five for ever.
    """

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        connection: Any = await self._taken()
        self.connection = connection
        try:
            self.transaction = connection.transaction()
            await self.transaction.start()
        except BaseException:
            await self._give_back(known=False)
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        if self._parent is not None:
            return False
        known = False
        try:
            known = await self._end(failed=exception_type is not None)
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back(known=known)
        return False

    async def _taken(self) -> Any:
        pool = self.engine.pool
        if pool is None:
            raise RuntimeError(NOT_STARTED)
        return await pool.acquire()

    async def _end(self, *, failed: bool) -> bool:
        """Commit or roll back; False when the connection is lost, so that the server rolls back by itself.

        What failed first is then what the caller is told.
        """
        if self._rolled_back or self._committed:
            return True
        if not failed:
            await self.transaction.commit()
            self._committed = True
            return True
        self._rolled_back = True
        try:
            await self.transaction.rollback()
        except (*DRIVER, OSError) as error:
            if not is_away(error):
                raise
            return False
        return True

    async def _give_back(self, *, known: bool) -> None:
        if not known:
            with suppress(*DRIVER):  # a lost one has gone back by itself
                self.connection.terminate()
        pool = self.engine.pool
        if pool is not None:
            await pool.release(self.connection)


class Database(PostgresEngine):
    """PostgreSQL behind a pool that belongs to the event loop that started it."""

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url})
        self.url = url

    async def check_version(self) -> None:
        """Ask nothing: the library would open a connection of its own, before there is a pool."""

    def transaction(self, allow_nested: bool = True) -> Transaction:
        """Return a transaction; an inner one joins the outer."""
        return Transaction(engine=self, allow_nested=allow_nested)

    async def get_new_connection(self) -> Any:
        """Refuse: a connection per query is twenty times slower and escapes the pool's limit.

        Raises:
            RuntimeError: always; the pool was not started.
        """
        raise RuntimeError(NOT_STARTED)

    async def copy_rows(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Append rows in bulk inside the current transaction; every constraint and trigger holds.

        Raises:
            RuntimeError: there is no transaction.
        """
        current = self.current_transaction.get()
        if current is None:
            raise RuntimeError("Bulk rows are copied inside a transaction.")
        await current.connection.copy_records_to_table(table, columns=list(columns), records=rows)

    def bind(self, tables: Tables) -> Self:
        """Make the tables speak to this database."""
        for table in tables:
            table._meta.db = self  # noqa: SLF001 - the library's documented place for the engine
        return self


async def insert_rows(table: type[Table], rows: Sequence[Table]) -> None:
    """Insert any number of rows, in as few statements as the protocol allows; none is none."""
    at_once = MOST_ARGUMENTS // len(table._meta.columns)  # noqa: SLF001 - the library has no public list
    for start in range(0, len(rows), at_once):
        await table.insert(*rows[start : start + at_once])


@asynccontextmanager
async def opened(url: str, tables: Tables, *, connections: int = 5) -> AsyncIterator[Database]:
    """Open a pool on a database, bind the tables to it, and close it at the end.

    Args:
        url: `postgresql://...`; a socket folder is given as `?host=/folder`.
        tables: every table that will be used.
        connections: the most connections held at once.
    """
    database = Database(url)
    await database.start_connection_pool(min_size=1, max_size=connections, reset=_as_it_is)
    database.bind(tables)
    try:
        yield database
    finally:
        await database.close_connection_pool()


async def _as_it_is(_: object) -> None:
    """Leave a connection that comes back as it is; an open transaction has been rolled back already.

    Resetting it asks the server again after every query. Nothing here outlives a transaction: settings are `LOCAL`,
    locks are of transactions, nobody listens. A test holds every module to that.
    """


def database_of(table: type[Table]) -> Database:
    """Return the database that a table is bound to.

    Raises:
        RuntimeError: it is bound to none.
    """
    database = table._meta._db  # noqa: SLF001 - reading `db` would import a configuration module
    if isinstance(database, Database):
        return database
    raise RuntimeError("No database is open: use `opened(url, tables)`.")
