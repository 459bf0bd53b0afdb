from collections.abc import Sequence
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


WHOLE = """
SELECT enrolment.*,
    ARRAY(SELECT standard FROM enrolment_framework AS part
        WHERE part.enrolment = enrolment.id ORDER BY id) AS frameworks,
    ARRAY(SELECT (since, until) FROM suspension AS part
        WHERE part.enrolment = enrolment.id ORDER BY since) AS suspended
FROM enrolment WHERE person = ANY({}::uuid[]) ORDER BY registered, id
"""


async def of_people(people: Sequence[UUID]) -> tuple[Enrolment, ...]:
    """Return everybody's enrolments, the oldest first."""
    rows = await EnrolmentTable.raw(WHOLE, list(people)) if people else []
    return tuple(_whole(row) for row in rows)


def _whole(row: dict[str, Any]) -> Enrolment:
    suspended = tuple(Stretch(since=since, until=until) for since, until in row["suspended"])
    return Enrolment(**{**row, "frameworks": tuple(row["frameworks"]), "suspended": suspended})
