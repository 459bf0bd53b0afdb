from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.handovers.model import Handover, PayChange
from apprenticeship.handovers.tables import HandoverTable, LineTable
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (HandoverTable, LineTable)

HANDOVER = "SELECT id, employer, since, until, known_at, made_by FROM payroll_handover"
CHANGE = """
SELECT d.id AS decision, d.refers_to AS takes_back, n.person, {number} AS number, d.step,
    coalesce(d.effective_on, d.as_of) AS effective_on, d.cents_before, d.cents_after, d.decided_at
FROM raise_decision AS d
JOIN enrolment AS n ON n.id = d.enrolment
LEFT JOIN raise_decision AS undone ON undone.id = d.refers_to
"""
# the number of an organisation for a person is the first one that it gave
NUMBER = (
    "(SELECT p.number FROM person_number AS p WHERE p.organisation = n.sponsor AND p.person = n.person "
    "ORDER BY p.id LIMIT 1)"
)
PAYS = "(d.kind = 'approved' OR undone.kind = 'approved')"
ORDERED = " ORDER BY effective_on, d.id"


async def of_employer(employer: UUID) -> tuple[Handover, ...]:
    """Return the hand-overs of an employer, the first one first."""
    rows = await HandoverTable.raw(HANDOVER + " WHERE employer = {} ORDER BY since", employer)
    return tuple(Handover(**row) for row in rows)


async def handover_of(number: int) -> Handover | None:
    """Return one hand-over."""
    rows = await HandoverTable.raw(HANDOVER + " WHERE id = {}", number)
    return next((Handover(**row) for row in rows), None)


async def untold(
    employer: UUID, *, since: date, until: date, known_at: datetime, begun_at: datetime
) -> tuple[PayChange, ...]:
    """Return the changes before a day that no hand-over has told.

    Args:
        employer: who pays.
        since: the first day of the first hand-over; what was decided before `begun_at` for earlier days is left out.
        until: the first day that is left out.
        known_at: what was decided later is left out.
        begun_at: when the first hand-over was made.
    """
    sql = CHANGE.replace("{number}", NUMBER) + (
        f"LEFT JOIN payroll_line AS l ON l.decision = d.id WHERE l.decision IS NULL AND {PAYS} "
        "AND n.sponsor = {} AND coalesce(d.effective_on, d.as_of) < {} AND d.decided_at <= {} "
        "AND (coalesce(d.effective_on, d.as_of) >= {} OR d.decided_at > {})" + ORDERED
    )
    rows = await LineTable.raw(sql, employer, until, known_at, since, begun_at)
    return _changes(rows)


async def lines_of(handover: int) -> tuple[PayChange, ...]:
    """Return what a hand-over tells, in the order of days."""
    sql = CHANGE.replace("{number}", "l.number") + "JOIN payroll_line AS l ON l.decision = d.id "
    return _changes(await LineTable.raw(sql + "WHERE l.handover = {}" + ORDERED, handover))


def _changes(rows: Sequence[dict[str, Any]]) -> tuple[PayChange, ...]:
    return tuple(PayChange(**row) for row in rows)


async def add(
    *,
    employer: UUID,
    since: date,
    until: date,
    known_at: datetime,
    made_by: UUID,
    changes: Sequence[PayChange],
) -> Handover:
    """Keep a hand-over with its lines; inside a transaction.

    Raises:
        asyncpg.UniqueViolationError: the period is told already, or one of the changes.
        asyncpg.CheckViolationError: it does not begin where the last one ends.
    """
    rows = await HandoverTable.raw(
        "INSERT INTO payroll_handover (employer, since, until, known_at, made_by) VALUES ({}, {}, {}, {}, {}) "
        "RETURNING id, employer, since, until, known_at, made_by",
        employer,
        since,
        until,
        known_at,
        made_by,
    )
    handover = Handover(**rows[0])
    lines = [(one.decision, handover.id, one.number) for one in changes]
    await database_of(LineTable).copy_rows("payroll_line", ("decision", "handover", "number"), lines)
    return handover
