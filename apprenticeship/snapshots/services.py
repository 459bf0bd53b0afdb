"""Making everybody's snapshot anew from the rows, should anything ever have written past the product."""

from uuid import UUID

from apprenticeship.snapshots import repo
from apprenticeship.snapshots.making import NOBODY
from apprenticeship.store import transaction


async def rebuild() -> int:
    """Make every snapshot anew, some thousand people in a transaction, and return of how many people."""
    count = 0
    people = await _rebuilt(NOBODY)
    while people:
        count += len(people)
        people = await _rebuilt(people[-1])
    return count


async def _rebuilt(after: UUID) -> list[UUID]:
    async with transaction():
        people = await repo.next_people(after)
        await repo.keep(people)
    return people
