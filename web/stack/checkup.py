"""Tell whether what the product promises holds just now; reads only."""

import asyncio
from datetime import UTC, datetime, timedelta

from apprenticeship.invariants.model import Finding
from apprenticeship.invariants.services import examine_rows
from apprenticeship.migrations import MigrationError, pending
from apprenticeship.outbox.repo import unfinished_since
from apprenticeship.store import open_store
from web.settings import Settings
from web.stack.addresses import database_address, has_cluster, read_only
from web.stack.folder import running_addresses
from web.stack.probes import refuse_unreachable_broker, refuse_unreachable_database
from web.stack.refusals import StackFailed, StackRefused

OLDEST_ERRAND = timedelta(minutes=5)


def examine(settings: Settings, now: datetime | None = None) -> tuple[Finding, ...]:
    """Run every check that can be run; one that fails does not keep the others from being run."""
    moment = now or datetime.now(UTC)
    broker = _examine_broker(settings)
    if not settings.database_url and not has_cluster(settings):
        repair = "Start `journeymark up`, or set DATABASE_URL."
        return (Finding("database", well=False, words="there is none yet", repair=repair), broker)
    try:
        with database_address(settings) as url:
            refuse_unreachable_database(url)
            return (
                Finding("database", well=True, words="reached"),
                broker,
                *asyncio.run(_examine_contents(url, moment)),
            )
    except (StackRefused, StackFailed) as refusal:
        return (Finding("database", well=False, words=str(refusal)), broker)


def _examine_broker(settings: Settings) -> Finding:
    url = settings.broker_url or running_addresses(settings.data).get("BROKER_URL")
    if not url:
        return Finding("broker", well=True, words="embedded, and stopped with its stack")
    try:
        refuse_unreachable_broker(url)
    except StackRefused as refusal:
        return Finding("broker", well=False, words=str(refusal))
    return Finding("broker", well=True, words="reached")


async def _examine_contents(url: str, now: datetime) -> tuple[Finding, ...]:
    schema = await _examine_schema(url)
    if not schema.well:
        return (schema,)
    async with open_store(read_only(url), connections=1):
        return (schema, await _examine_outbox(now), *await examine_rows())


async def _examine_schema(url: str) -> Finding:
    try:
        missing = await pending(url)
    except MigrationError as error:
        return Finding("schema", well=False, words=str(error))
    if missing:
        words = f"{len(missing)} migrations are missing ({', '.join(missing)})"
        return Finding("schema", well=False, words=words, repair="Run `journeymark migrate`.")
    return Finding("schema", well=True, words="as this release wants it")


async def _examine_outbox(now: datetime) -> Finding:
    late = await unfinished_since(now - OLDEST_ERRAND)
    if late:
        words = f"{late} jobs are older than five minutes"
        return Finding("outbox", well=False, words=words, repair="See whether worker and beat are running.")
    return Finding("outbox", well=True, words="no job is older than five minutes")
