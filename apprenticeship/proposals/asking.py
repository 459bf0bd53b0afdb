"""Asking for a look at people's wage steps: by whoever writes what can change them, and by the schedule."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from apprenticeship.outbox import repo as outbox
from apprenticeship.outbox.services import ask
from apprenticeship.proposals import repo
from apprenticeship.store import transaction

LOOK = "raise.look"
AT_ONCE = 20
"""People looked at in one errand."""
MOST_DUE = 1_000
REMEMBERED = timedelta(days=1)


async def ask_for_look(people: Iterable[UUID], because: str, *, now: datetime) -> None:
    """Ask, in the transaction that wrote about people, for a look at what their rules propose now.

    `because` names what was written, so that each writing has its own look however often it is asked for.
    """
    found = sorted(set(people))
    for first in range(0, len(found), AT_ONCE):
        group = [str(one) for one in found[first : first + AT_ONCE]]
        await ask(LOOK, f"{because}/{first}", {"people": group}, now=now)


async def ask_when_due(*, now: datetime) -> int:
    """Ask for a look at everybody for whom time may have changed something, and return at how many.

    The schedule's part.
    """
    async with transaction():
        people = await repo.take_due(now.date(), MOST_DUE)
        if people:
            await ask_for_look(people, f"day {now.date()} from {people[0]}", now=now)
    return len(people)


async def tidy(*, now: datetime) -> None:
    """Forget the errands of long ago; the schedule's part, once an hour."""
    async with transaction():
        await outbox.forget_done(LOOK, now - REMEMBERED)
