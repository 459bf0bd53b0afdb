"""The queue of record: errands are written with the decision and handed out by lease until they are done.

A message in the broker is only a nudge; losing the whole broker loses nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from apprenticeship.outbox import repo
from apprenticeship.outbox.model import Errand, Work
from apprenticeship.policy import Actor
from apprenticeship.refusals import Invalid
from apprenticeship.store import transaction
from apprenticeship.texts import check_text
from standards.canonical import digest

IN_FLIGHT = 40
LEASE = timedelta(seconds=10)
ATTEMPTS = 8
LONGEST_KEY = 200


async def ask(topic: str, key: str, payload: Mapping[str, Any], *, now: datetime) -> None:
    """Ask for work, in the transaction of the decision; asking twice is asking once."""
    await repo.add(topic, key, payload, now=now)


async def hand_out(*, now: datetime, lease: timedelta = LEASE) -> tuple[Errand, ...]:
    """Lease the next errands, as many as may be in flight; one process at a time.

    An errand that is neither done nor being worked on when its lease runs out is handed out again.
    """
    async with transaction():
        if not await repo.alone():
            return ()
        room = IN_FLIGHT - await repo.in_flight(now)
        return await repo.lease(now, now + lease, limit=room) if room > 0 else ()


async def run(errand: int, work: Work, *, now: datetime) -> bool:
    """Do an errand and mark it done in one transaction; False when it was not open.

    A failure leaves the errand open, with what went wrong, until its lease runs out. Beginnings are counted
    beforehand, so that work which kills its process is given up in the end; where giving up fails too, the
    errand is closed all the same.
    """
    attempt = await repo.attempt(errand)
    if attempt is None:
        return False
    try:
        async with transaction():
            held = await repo.hold(errand)
            if held is None:
                return False
            if attempt > ATTEMPTS:
                if attempt == ATTEMPTS + 1:
                    await work.give_up(held, now)
                await repo.bury(errand, now=now)
            else:
                await work.do(held, now)
                await repo.finish(errand, now=now)
    except (Exception, asyncio.CancelledError) as error:  # cancelled: it took too long
        await repo.note_failure(errand, f"{type(error).__name__}: {error}")
        raise
    return True


async def once(
    actor: Actor, key: str, request: Any, work: Callable[[], Awaitable[Any]], *, now: datetime
) -> tuple[Any, bool]:
    """Carry a command out once for a key that the caller chose, and give the same answer ever after.

    `request` is the command as plain data: another command under the same key is refused. `work` does it and
    returns the answer as plain data.

    Returns:
        the answer, and whether it was given before.

    Raises:
        Invalid: the key was used for another command, or is no key.
    """
    if not key:
        raise Invalid("An idempotency key is not empty.", where="Idempotency-Key")
    check_text(key, longest=LONGEST_KEY, where="Idempotency-Key")
    fingerprint = digest(request)
    async with transaction():
        if await repo.claim_key(actor.person, key, fingerprint, now=now):
            return await repo.keep_answer(actor.person, key, await work()), False
        known, answer = await repo.answer_of(actor.person, key)
    if known != fingerprint:
        raise Invalid("This idempotency key was used for another request.", where="Idempotency-Key")
    return answer, True
