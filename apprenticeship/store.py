"""The whole database of the product: every table, opened together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from apprenticeship.accounts import repo as accounts
from apprenticeship.advanced import repo as advanced
from apprenticeship.agreements import repo as agreements
from apprenticeship.alone import repo as alone
from apprenticeship.audit import repo as audit
from apprenticeship.cohort import repo as cohort
from apprenticeship.cohort.looks import repo as looks
from apprenticeship.credit_decisions import repo as credit_decisions
from apprenticeship.credit_rosters import repo as credit_rosters
from apprenticeship.differences import repo as differences
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.evidence import repo as evidence
from apprenticeship.forecasts import repo as forecasts
from apprenticeship.handovers import repo as handovers
from apprenticeship.hiring import repo as hiring
from apprenticeship.house_rules import repo as house_rules
from apprenticeship.notices import repo as notices
from apprenticeship.outbox import repo as outbox
from apprenticeship.people import repo as people
from apprenticeship.promotions import repo as promotions
from apprenticeship.proposals import repo as proposals
from apprenticeship.raises import repo as raises
from apprenticeship.ratio import repo as ratio
from apprenticeship.roster import repo as roster
from apprenticeship.scenarios import repo as scenarios
from apprenticeship.seconding import repo as seconding
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
    *proposals.TABLES,
    *house_rules.TABLES,
    *seconding.TABLES,
    *handovers.TABLES,
    *differences.TABLES,
    *forecasts.TABLES,
    *audit.TABLES,
    *outbox.TABLES,
    *roster.TABLES,
    *cohort.TABLES,
    *looks.TABLES,
    *ratio.TABLES,
    *alone.TABLES,
    *advanced.TABLES,
    *notices.TABLES,
    *promotions.TABLES,
    *hiring.TABLES,
    *scenarios.TABLES,
    *training.TABLES,
    *credit_decisions.TABLES,
    *credit_rosters.TABLES,
    *agreements.TABLES,
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
