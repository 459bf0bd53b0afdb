"""Making every decision again, against the database that the settings name; reads only."""

import asyncio

from apprenticeship.migrations import pending
from apprenticeship.raises.replay import Replay, replay_all
from apprenticeship.store import open_store
from web.settings import Settings
from web.stack.addresses import database_address, has_cluster, read_only
from web.stack.probes import refuse_unreachable_database
from web.stack.refusals import StackRefused


def replay(settings: Settings) -> Replay:
    """Make every stored decision again and compare.

    Raises:
        StackRefused: there is no database, it is not reached, or it is not of this release.
    """
    if not settings.database_url and not has_cluster(settings):
        raise StackRefused("There is no database yet. Start `journeymark up`, or set DATABASE_URL.")
    with database_address(settings) as url:
        refuse_unreachable_database(url)
        return asyncio.run(_replay(url))


async def _replay(url: str) -> Replay:
    if await pending(url):
        raise StackRefused("The database is not of this release. Run `journeymark migrate`.")
    async with open_store(read_only(url), connections=1):
        return await replay_all()
