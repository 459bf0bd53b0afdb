"""Bring the database to this release, and fill an empty one with the demo."""

import asyncio
from collections.abc import Sequence

from apprenticeship.migrations import MigrationError
from apprenticeship.migrations import migrate as run_migrations
from web.settings import Settings
from web.stack.addresses import database_address
from web.stack.probes import refuse_unreachable_database
from web.stack.refusals import StackRefused


def migrate(settings: Settings) -> Sequence[str]:
    """Run what is missing of the migration history and say what was run."""
    with database_address(settings) as url:
        refuse_unreachable_database(url)
        try:
            applied = asyncio.run(run_migrations(url))
        except MigrationError as error:
            raise StackRefused(str(error)) from None
    return [f"Applied migration {name}." for name in applied] or ["The database is up to date."]
