"""Making every decision again, against the database that the settings name; reads only."""

import asyncio
from typing import Any

from apprenticeship.migrations import pending
from apprenticeship.raises.replay import Difference, Replay, replay_all
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


def shown(found: Replay) -> dict[str, Any]:
    """Say a replay as plain data; nothing here names a person."""
    return {
        "decisions": found.decisions,
        "open": len(found.open),
        "differences": [_difference(one) for one in found.differences],
    }


def _difference(one: Difference) -> dict[str, Any]:
    accepted = one.accepted
    return {
        "decision": one.decision,
        "enrolment": str(one.enrolment),
        "step": one.step,
        "as_of": one.as_of.isoformat(),
        "what": one.what,
        "sha256": one.sha256,
        "accepted": None
        if accepted is None
        else {
            "at": accepted.accepted_at.isoformat(),
            "by": str(accepted.accepted_by),
            "release": accepted.release,
            "reason": accepted.reason,
        },
    }


async def _replay(url: str) -> Replay:
    if await pending(url):
        raise StackRefused("The database is not of this release. Run `journeymark migrate`.")
    async with open_store(read_only(url), connections=1):
        return await replay_all()
