"""Rows of first approvals; they leave as frozen dataclasses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.seconding.model import FirstApproval
from apprenticeship.seconding.tables import FirstApprovalTable, FirstReasonTable, SecondedTable

TABLES: tuple[type[Table], ...] = (FirstApprovalTable, FirstReasonTable, SecondedTable)

PLAIN = (
    "id",
    "enrolment",
    "step",
    "effective_on",
    "cents_before",
    "cents_after",
    "decisions_up_to",
    "approved_at",
    "approved_by",
)
SELECT = f"""
SELECT {", ".join(f"f.{name}" for name in PLAIN)}, r.text AS reason, s.decision AS completed_by
FROM raise_first_approval AS f LEFT JOIN raise_first_approval_reason AS r ON r.approval = f.id
LEFT JOIN raise_seconded AS s ON s.approval = f.id
"""  # noqa: S608 - from the constants above


async def add(approval: FirstApproval) -> FirstApproval:
    """Keep a first approval and return it under the id that it was given; inside a transaction."""
    row = FirstApprovalTable(**{name: getattr(approval, name) for name in PLAIN if name != "id"})
    (kept,) = await FirstApprovalTable.insert(row)
    added = replace(approval, id=kept["id"])
    if approval.reason:
        await FirstReasonTable.insert(FirstReasonTable(approval=added.id, text=approval.reason))
    return added


async def complete(approval: int, decision: int) -> None:
    """Keep that a decision completes a first approval.

    Raises:
        asyncpg.UniqueViolationError: it was completed already.
        asyncpg.CheckViolationError: the decision approves something else, or by the same person.
    """
    await SecondedTable.insert(SecondedTable(decision=decision, approval=approval))


async def of_enrolments(enrolments: Sequence[UUID]) -> tuple[FirstApproval, ...]:
    """Return every first approval, in the order in which they were made."""
    if not enrolments:
        return ()
    rows = await FirstApprovalTable.raw(
        SELECT + "WHERE f.enrolment = ANY({}::uuid[]) ORDER BY f.id", list(enrolments)
    )
    return tuple(_approval(row) for row in rows)


def _approval(row: dict[str, Any]) -> FirstApproval:
    return FirstApproval(
        **{name: row[name] for name in PLAIN}, reason=row["reason"], completed_by=row["completed_by"]
    )
