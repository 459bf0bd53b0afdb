from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.enrolments.tables import EnrolmentTable, FrameworkTable, SuspensionTable
from apprenticeship.people.model import Stretch
from apprenticeship.snapshots import repo as snapshots
from standards.storage.database import insert_rows

AT_ONCE = 1_000
TABLES: tuple[type[Table], ...] = (EnrolmentTable, FrameworkTable, SuspensionTable)


async def add(enrolments: Sequence[Enrolment]) -> frozenset[UUID]:
    """Keep enrolments inside a transaction; one that is there already (person, program, day) is left as it is.

    Returns:
        the ids of those that are new.
    """
    kept: set[UUID] = set()
    for start in range(0, len(enrolments), AT_ONCE):
        kept |= await _add(enrolments[start : start + AT_ONCE])
    new = frozenset(kept)
    fresh = [one for one in enrolments if one.id in new]
    await _add_parts(fresh)
    await snapshots.keep([one.person for one in fresh])
    return new


async def _add(enrolments: Sequence[Enrolment]) -> set[UUID]:
    query = EnrolmentTable.insert(*(_row(one) for one in enrolments)).on_conflict(
        target=(EnrolmentTable.person, EnrolmentTable.program_key, EnrolmentTable.registered),
        action="DO NOTHING",
    )
    return {row["id"] for row in await query.returning(EnrolmentTable.id)}


def _row(enrolment: Enrolment) -> EnrolmentTable:
    return EnrolmentTable(
        id=enrolment.id,
        person=enrolment.person,
        sponsor=enrolment.sponsor,
        program=enrolment.program,
        program_key=enrolment.program_key,
        registered=enrolment.registered,
        ended=enrolment.ended,
        created_at=enrolment.created_at,
    )


async def _add_parts(enrolments: Sequence[Enrolment]) -> None:
    frameworks = [
        FrameworkTable(enrolment=one.id, standard=standard)
        for one in enrolments
        for standard in one.frameworks
    ]
    await insert_rows(FrameworkTable, frameworks)
    suspensions = [
        SuspensionTable(enrolment=one.id, since=stretch.since, until=stretch.until)
        for one in enrolments
        for stretch in one.suspended
    ]
    await insert_rows(SuspensionTable, suspensions)


async def of_people(people: Sequence[UUID]) -> tuple[Enrolment, ...]:
    """Return everybody's enrolments, the oldest first."""
    if not people:
        return ()
    query = EnrolmentTable.select().where(EnrolmentTable.person.is_in(list(people)))
    return await _whole(await query.order_by(EnrolmentTable.registered, EnrolmentTable.id))


async def _whole(rows: Iterable[dict[str, Any]]) -> tuple[Enrolment, ...]:
    heads = list(rows)
    ids = [row["id"] for row in heads]
    if not ids:
        return ()
    frameworks = (
        await FrameworkTable.select().where(FrameworkTable.enrolment.is_in(ids)).order_by(FrameworkTable.id)
    )
    suspensions = (
        await SuspensionTable.select()
        .where(SuspensionTable.enrolment.is_in(ids))
        .order_by(SuspensionTable.since)
    )
    used: dict[UUID, list[UUID]] = {}
    for row in frameworks:
        used.setdefault(row["enrolment"], []).append(row["standard"])
    pauses: dict[UUID, list[Stretch]] = {}
    for row in suspensions:
        pauses.setdefault(row["enrolment"], []).append(Stretch(since=row["since"], until=row["until"]))
    return tuple(
        Enrolment(
            **row, frameworks=tuple(used.get(row["id"], ())), suspended=tuple(pauses.get(row["id"], ()))
        )
        for row in heads
    )
