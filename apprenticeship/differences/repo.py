from collections.abc import Sequence
from dataclasses import astuple, fields

from piccolo.table import Table

from apprenticeship.differences.model import Acceptance
from apprenticeship.differences.tables import AcceptedTable
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (AcceptedTable,)
COLUMNS = tuple(field.name for field in fields(Acceptance))


async def accepted(decisions: Sequence[int]) -> tuple[Acceptance, ...]:
    """Return what people said to differences of some decisions, in the order of saying."""
    if not decisions:
        return ()
    rows = await AcceptedTable.raw(
        f"SELECT {', '.join(COLUMNS)} FROM difference_accepted "  # noqa: S608 - from the constants above
        "WHERE decision = ANY({}::bigint[]) ORDER BY id",
        list(decisions),
    )
    return tuple(Acceptance(**row) for row in rows)


async def add(one: Acceptance) -> None:
    """Keep what somebody said; inside a transaction.

    Raises:
        asyncpg.UniqueViolationError: this difference was accepted already.
    """
    await database_of(AcceptedTable).copy_rows("difference_accepted", COLUMNS, [astuple(one)])
