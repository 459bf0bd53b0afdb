"""Reads for the check-up; nothing here writes."""

from uuid import UUID

from apprenticeship.enrolments.tables import EnrolmentTable
from apprenticeship.invariants.model import MOST_EXAMPLES, RowPromise

VERSION_SETS = """
SELECT DISTINCT array_agg(standard ORDER BY standard) AS ids FROM (
    SELECT id AS enrolment, program AS standard FROM enrolment
    UNION SELECT enrolment, standard FROM enrolment_framework
) AS used GROUP BY enrolment
"""


async def broken_rows(promise: RowPromise) -> tuple[int, list[str]]:
    """Return how many rows break a promise, and words for the first few."""
    rows = await EnrolmentTable.raw(
        f"SELECT what, count(*) OVER () AS broken FROM ({promise.broken}) AS found "  # noqa: S608 - our constants only
        f"ORDER BY what LIMIT {MOST_EXAMPLES}"
    )
    return (rows[0]["broken"], [row["what"] for row in rows]) if rows else (0, [])


async def version_sets() -> tuple[tuple[UUID, ...], ...]:
    """Return every set of published versions that some enrolment is read with."""
    return tuple(tuple(row["ids"]) for row in await EnrolmentTable.raw(VERSION_SETS))
