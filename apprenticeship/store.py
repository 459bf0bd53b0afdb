"""The whole database of the product: every table, opened together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from apprenticeship.accounts import repo as accounts
from apprenticeship.audit import repo as audit
from apprenticeship.cohort import repo as cohort
from apprenticeship.cohort.looks import repo as looks
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.evidence import repo as evidence
from apprenticeship.outbox import repo as outbox
from apprenticeship.people import repo as people
from apprenticeship.raises import repo as raises
from apprenticeship.roster import repo as roster
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.training import repo as training
from standards.storage import repo as standards
from standards.storage.database import Database, Transaction, database_of, opened

TABLES = (
    *standards.TABLES,
    *people.TABLES,
    *accounts.TABLES,
    *enrolments.TABLES,
    *evidence.TABLES,
    *snapshots.TABLES,
    *raises.TABLES,
    *audit.TABLES,
    *outbox.TABLES,
    *roster.TABLES,
    *cohort.TABLES,
    *looks.TABLES,
    *training.TABLES,
)


@asynccontextmanager
async def open_store(url: str, *, connections: int = 5) -> AsyncIterator[Database]:
    """Open the database for this event loop, and close it at the end.

    Args:
        url: `postgresql://...`, already migrated.
        connections: the most connections held at once.
    """
    async with opened(url, TABLES, connections=connections) as database:
        yield database


def store() -> Database:
    """Return the open database."""
    return database_of(TABLES[0])


def transaction() -> Transaction:
    """Return a transaction on the open database; an inner one joins the outer."""
    return store().transaction()
