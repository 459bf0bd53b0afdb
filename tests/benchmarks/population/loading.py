"""A population in PostgreSQL: drawn from a seed, written with COPY into the tables that the product reads.

Every constraint and trigger holds while it is written. Snapshots are made afterwards, as `journeymark rebuild` does.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import numpy as np
import polars as pl

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.enrolments.services import pins_of
from apprenticeship.people import repo
from apprenticeship.people.model import Organisation, OrganisationKind, Person, Role, RoleHeld
from apprenticeship.policy import Actor
from apprenticeship.publishing import publish
from apprenticeship.store import transaction
from graph.gates.columns import Crowd, Vocabulary
from tests.apprenticeship.acting import rows
from tests.benchmarks.nation.crowd import draw_climbers
from tests.benchmarks.population.bulk import put_aside
from tests.benchmarks.population.rows import Setting, hexadecimal, identifiers, tables
from tests.benchmarks.population.standards import PROGRAMS, documents, ladder, worlds

BLOCK = 1 << 14
AT_ONCE = 2
BEFORE = date(2000, 1, 1)
MENTOR, BOSS, SPONSOR = UUID(int=1), UUID(int=2), UUID(int=3)
NUMBERED = "SELECT setval(pg_get_serial_sequence('evidence', 'id'), (SELECT max(id) FROM evidence))"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How much was written."""

    people: int
    evidence: int
    csv_bytes: int


async def load(people: int, *, now: datetime, seed: int = 1) -> Loaded:
    """Fill a migrated, open database with so many people, about twenty facts each."""
    setting = await _open_shop(now)
    crowd = draw(people, seed)
    numbers, registrations = identifiers(people, seed), identifiers(len(crowd.enrolled), seed + 1)
    room = asyncio.Semaphore(AT_ONCE)

    async def write(start: int) -> int:
        async with room:
            stop = min(start + BLOCK, people)
            begin, end = np.searchsorted(crowd.enrolled, (start, stop))
            first = 1 + int(np.searchsorted(crowd.person, start))
            found = tables(
                crowd.part(start, stop),
                hexadecimal(numbers[start:stop]),
                hexadecimal(registrations[begin:end]),
                setting,
                first,
            )
            return await _copy(found)

    async with put_aside():
        sizes = await asyncio.gather(*(write(start) for start in range(0, people, BLOCK)))
    await rows(NUMBERED)
    return Loaded(people=people, evidence=len(crowd.person), csv_bytes=sum(sizes))


def draw(people: int, seed: int = 1) -> Crowd:
    """Who will be written, as columns, with fifty times the hours."""
    vocabulary = Vocabulary()
    ladders = [ladder(world, key, vocabulary) for key, world in worlds().items()]
    return draw_climbers(ladders, vocabulary, people, seed)


async def _copy(found: dict[str, pl.DataFrame]) -> int:
    written = 0
    async with transaction() as current:
        for table, frame in found.items():
            data = frame.write_csv().encode()
            written += len(data)
            await current.connection.copy_to_table(
                table, source=BytesIO(data), columns=frame.columns, format="csv", header=True
            )
    return written


async def _open_shop(now: datetime) -> Setting:
    """Publish the standards; one employer sponsors and one mentor records everything."""
    async with transaction():
        await repo.add_people(
            [
                Person(id=MENTOR, name="Maria Ortiz", created_at=now),
                Person(id=BOSS, name="Sam Adeyemi", created_at=now),
            ]
        )
        await repo.add_organisations(
            [
                Organisation(
                    id=SPONSOR,
                    kind=OrganisationKind.EMPLOYER,
                    key="keystone",
                    name="Keystone Precision",
                    created_at=now,
                )
            ]
        )
        await repo.add_roles(
            [
                RoleHeld(person=MENTOR, role=Role.MENTOR, organisation=SPONSOR, since=BEFORE),
                RoleHeld(person=BOSS, role=Role.ADMINISTRATOR, organisation=SPONSOR, since=BEFORE),
            ]
        )
    actor, sponsor = await administrator()
    for document in documents():
        await publish(actor, sponsor, document, now=now)
    return Setting(mentor=MENTOR, sponsor=sponsor, versions=await pins_of(PROGRAMS))


async def administrator() -> tuple[Actor, UUID]:
    """Who publishes, and for whom."""
    return await actor_of_person(BOSS), SPONSOR
