"""Making every decision again, against the database that the settings name; reads only.

Many decisions are shared out between processes, one for each core: people have nothing to do with one another here.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any
from uuid import UUID

from apprenticeship.credit_decisions.services import replayed
from apprenticeship.migrations import pending
from apprenticeship.raises import repo
from apprenticeship.raises.replay import Difference, Replay, replay_of
from apprenticeship.store import open_store
from web.settings import Settings
from web.stack.addresses import database_address, has_cluster, read_only
from web.stack.probes import refuse_unreachable_database
from web.stack.refusals import StackRefused

ENOUGH = 500  # decisions that are worth a process of their own, which takes a second to start


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """Everything that was decided, made again.

    Attributes:
        raises: the decisions about raises.
        requests: how many requests for credit there are; `different`: those whose answer comes out differently.
    """

    raises: Replay
    requests: int
    different: tuple[int, ...]

    @property
    def well(self) -> bool:
        """Whether nothing comes out differently that nobody accepted."""
        return not self.raises.open and not self.different


def replay(settings: Settings) -> Replayed:
    """Make every stored decision again, and every answer that a request for credit froze, and compare.

    Raises:
        StackRefused: there is no database, it is not reached, or it is not of this release.
    """
    if not settings.database_url and not has_cluster(settings):
        raise StackRefused("There is no database yet. Start `journeymark up`, or set DATABASE_URL.")
    with database_address(settings) as url:
        refuse_unreachable_database(url)
        return asyncio.run(_everything(url))


async def _everything(url: str) -> Replayed:
    raises = await replay_from(url)
    async with open_store(read_only(url), connections=1):
        requests, different = await replayed()
    return Replayed(raises=raises, requests=requests, different=different)


def shown(found: Replayed) -> dict[str, Any]:
    """Say a replay as plain data; nothing here names a person."""
    return {
        "decisions": found.raises.decisions,
        "open": len(found.raises.open),
        "differences": [_difference(one) for one in found.raises.differences],
        "credit_requests": {"answers": found.requests, "differences": list(found.different)},
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


async def replay_from(url: str) -> Replay:
    """Make every decision about a raise again; the database is at an address and reached."""
    if await pending(url):
        raise StackRefused("The database is not of this release. Run `journeymark migrate`.")
    async with open_store(read_only(url), connections=1):
        decided = await repo.decided_about()
        processes = min(os.cpu_count() or 1, sum(decided.values()) // ENOUGH)
        if processes <= 1:
            return await replay_of(list(decided))
    return _together(await asyncio.to_thread(_shared_out, url, decided, processes))


def _shared_out(url: str, decided: Mapping[UUID, int], processes: int) -> list[Replay]:
    """Replay in so many processes; each is a new one, for a forked one would share connections and threads."""
    by_weight = sorted(decided, key=lambda person: (decided[person], person))
    shares = [by_weight[place::processes] for place in range(processes)]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        return list(pool.map(_one_share, repeat(url), shares))


def _one_share(url: str, people: Sequence[UUID]) -> Replay:
    async def read() -> Replay:
        async with open_store(read_only(url), connections=1):
            return await replay_of(people)

    return asyncio.run(read())


def _together(found: Sequence[Replay]) -> Replay:
    """Several replays as one, the first decision first."""
    differences = chain.from_iterable(one.differences for one in found)
    return Replay(
        sum(one.decisions for one in found), tuple(sorted(differences, key=lambda one: one.decision))
    )
