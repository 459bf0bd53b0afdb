"""Look at everybody in programs through the workers of the stack, and wait for it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from apprenticeship.cohort import repo as cohort
from apprenticeship.cohort import runs
from apprenticeship.cohort.answers import cohort_answer
from apprenticeship.cohort.looks import repo, services
from apprenticeship.cohort.looks.model import Look, LookState
from apprenticeship.cohort.looks.seeing import Seen
from apprenticeship.cohort.model import Run, RunState
from apprenticeship.publishing import newest_programs
from apprenticeship.refusals import Refusal
from apprenticeship.store import open_store
from standards.reading import Document
from web.settings import Settings
from web.stack.addresses import with_addresses
from web.stack.refusals import StackFailed, StackRefused

PAUSE = 0.1
LONGEST_STILL = 120.0
"""Seconds without a range done after which nobody seems to be working."""

Watch = Callable[[str, int, int | None], None]


def looked(
    settings: Settings,
    program: str | None,
    draft: Sequence[Document] | None,
    *,
    as_of: date | None,
    keep: bool,
    watch: Watch,
) -> list[dict[str, Any]]:
    """Look at everybody in a program, or in each.

    Args:
        settings: of a running stack, or with the addresses of a database and a broker.
        program: the key of a program; None for each that is published.
        draft: as `apprenticeship.cohort.looks.services.start` takes it.
        as_of: what was true on this day; None for today.
        keep: put what comes out in force as everybody's results.
        watch: told the program, the ranges done and the ranges in all, again and again.

    Raises:
        StackRefused: no stack runs, or what was asked does not hold together.
        StackFailed: a look failed, or no worker takes part.
    """
    complete = with_addresses(settings)
    try:
        return asyncio.run(_looked(str(complete.database_url), program, draft, as_of, watch, keep=keep))
    except Refusal as refusal:
        raise StackRefused(str(refusal)) from None


async def _looked(
    url: str,
    program: str | None,
    draft: Sequence[Document] | None,
    as_of: date | None,
    watch: Watch,
    *,
    keep: bool,
) -> list[dict[str, Any]]:
    async with open_store(url, connections=2):
        keys = [program] if program else sorted(one.key for one in await newest_programs())
        found = []
        for key in keys:
            now = datetime.now(UTC)
            day = as_of or now.date()
            if keep:
                run = await runs.start(None, key, as_of=day, now=now)
                await _wait(partial(cohort.run_of, run.id), key, watch)
            look = await services.start(None, key, draft, as_of=day, now=now)
            await _wait(partial(repo.look_of, look.id), key, watch)
            found.append(cohort_answer(key, day, await _seen(look.id), compared=draft is not None))
        return found


async def _wait(asked: Callable[[], Any], program: str, watch: Watch) -> None:
    """Wait for a run or a look to end."""
    still, before = 0.0, -1
    while True:
        one: Run | Look = await asked()
        watch(program, one.ranges_done, one.ranges_total)
        if one.state in (RunState.FAILED, LookState.FAILED):
            raise StackFailed(f"A part of {program} failed too often; the log of the worker says why.")
        if one.finished_at is not None:
            return
        still, before = (still + PAUSE if one.ranges_done == before else 0.0), one.ranges_done
        if still > LONGEST_STILL:
            raise StackFailed(
                f"Nobody works on {program}; start `journeymark worker` and `journeymark beat`."
            )
        await asyncio.sleep(PAUSE)


async def _seen(look: UUID) -> Seen:
    seen = await repo.seen_of(look)
    if seen is None:
        raise StackFailed("The look was forgotten meanwhile; ask again.")
    return seen
