"""Making snapshots from the rows, over any connection: of those just written about, or of everybody."""

import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from numpy.typing import NDArray

from apprenticeship.snapshots import packing, statements
from apprenticeship.snapshots.packing import UNKNOWN, Registration, Snapshot
from graph.dates import Span

AT_ONCE = 1_000
LOCK = "SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"
NOBODY = UUID(int=0)


async def keep(connection: Any, people: Sequence[UUID]) -> None:
    """Make the snapshots of people anew, inside the transaction that wrote about them.

    Their rows are held until it ends, so that of two who write about one person the later sees what the first wrote.
    """
    everybody = sorted(set(people))
    # all people before any new number: who holds somebody and waits for numbers must not be waited for
    await connection.fetch(LOCK, everybody)
    for start in range(0, len(everybody), AT_ONCE):
        some = everybody[start : start + AT_ONCE]
        await connection.execute(statements.KEEP, *_columns((await _spoken(connection, some)).snapshots()))
        await connection.execute(statements.CHANGED, some)


async def keep_all(connection: Any) -> int:
    """Make everybody's snapshot anew, inside a transaction; return how many people that is."""
    count = 0
    async for people in _everybody(connection):
        await keep(connection, people)
        count += len(people)
    return count


async def next_people(connection: Any, after: UUID = NOBODY) -> list[UUID]:
    """Return the next people, by number, of whom there is or should be a snapshot; some thousand at most."""
    rows = await connection.fetch(statements.NEXT_PEOPLE, after, AT_ONCE)
    return [row["person"] for row in rows]


async def wrong(connection: Any) -> AsyncIterator[UUID]:
    """Give everybody whose snapshot is missing or is not what the rows give; writes nothing."""
    async for people in _everybody(connection):
        rows = await connection.fetch(statements.KEPT, people)
        kept = {row["person"]: Snapshot(**row) for row in rows}
        for one in (await _gathered(connection, people)).snapshots():
            if kept.get(one.person) != one:
                yield one.person


async def _everybody(connection: Any) -> AsyncIterator[list[UUID]]:
    people = await next_people(connection)
    while people:
        yield people
        people = await next_people(connection, people[-1])


@dataclass(frozen=True, eq=False)
class Gathered:
    """What the rows say of some people."""

    people: Sequence[UUID]
    rows: NDArray[Any]
    registrations: dict[UUID, list[Registration]]

    @property
    def is_complete(self) -> bool:
        """Whether everything that they speak of has a number."""
        numbers = (
            n for own in self.registrations.values() for one in own for n in (one.program, one.standards)
        )
        return packing.is_complete(self.rows) and UNKNOWN not in numbers

    def snapshots(self) -> tuple[Snapshot, ...]:
        return packing.snapshots(self.people, self.rows, self.registrations)


async def _spoken(connection: Any, people: Sequence[UUID]) -> Gathered:
    """Gather what the rows say, giving numbers to what is spoken of for the first time."""
    found = await _gathered(connection, people)
    if found.is_complete:
        return found
    await connection.execute(statements.ALONE)
    for statement in statements.NEW_WORDS:
        await connection.execute(statement, people)
    return await _gathered(connection, people)


async def _gathered(connection: Any, people: Sequence[UUID]) -> Gathered:
    copied = io.BytesIO()
    await connection.copy_from_query(statements.FACTS, people, output=copied, format="binary")
    return Gathered(people, packing.copied_rows(copied.getvalue()), await _registrations(connection, people))


async def _registrations(connection: Any, people: Sequence[UUID]) -> dict[UUID, list[Registration]]:
    suspended: dict[UUID, list[Span]] = {}
    for row in await connection.fetch(statements.SUSPENSIONS, people):
        suspended.setdefault(row["enrolment"], []).append((row["since"], row["until"]))
    found: dict[UUID, list[Registration]] = {}
    for row in await connection.fetch(statements.REGISTRATIONS, people):
        one = Registration(
            program=row["program"],
            standards=row["standards"],
            registered=row["registered"],
            ended=row["ended"],
            suspended=tuple(suspended.get(row["id"], ())),
        )
        found.setdefault(row["person"], []).append(one)
    return found


def _columns(made: Sequence[Snapshot]) -> list[list[Any]]:
    return [[getattr(one, field.name) for one in made] for field in fields(Snapshot)]
