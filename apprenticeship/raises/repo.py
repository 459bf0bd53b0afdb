import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.raises.tables import RaiseDecisionTable, ReasonTable
from standards.storage.database import database_of

TABLES: tuple[type[Table], ...] = (RaiseDecisionTable, ReasonTable)

PLAIN = (
    "id",
    "enrolment",
    "step",
    "effective_on",
    "postponed_until",
    "refers_to",
    "decided_at",
    "decided_by",
    "as_of",
    "evidence_up_to",
    "standards_sha256",
    "explanation_sha256",
    "cents_before",
    "cents_after",
)
WRITTEN = (*PLAIN, "kind", "standards", "because", "explanation")
SELECT = f"""
SELECT {", ".join(f"d.{name}" for name in PLAIN)}, d.kind, d.standards, d.because, r.text AS reason
FROM raise_decision AS d LEFT JOIN raise_reason AS r ON r.decision = d.id
"""  # noqa: S608 - from the constants above


async def reserve(count: int) -> tuple[int, ...]:
    """Return so many ids that no row will ever have but by `add`."""
    rows = await RaiseDecisionTable.raw(
        "SELECT nextval(pg_get_serial_sequence('raise_decision', 'id')) AS id FROM generate_series(1, {})",
        count,
    )
    return tuple(row["id"] for row in rows)


async def add(decided: Sequence[tuple[RaiseDecision, Any]]) -> None:
    """Keep decisions with their proofs, as plain data, under ids that were reserved; inside a transaction.

    Raises:
        asyncpg.UniqueViolationError: a step is given already, or a decision undone.
    """
    database = database_of(RaiseDecisionTable)
    await database.copy_rows("raise_decision", WRITTEN, [_row(one, proof) for one, proof in decided])
    reasons = [(one.id, one.reason) for one, _ in decided if one.reason]
    if reasons:
        await database.copy_rows("raise_reason", ("decision", "text"), reasons)


def _row(decision: RaiseDecision, proof: Any) -> tuple[Any, ...]:
    return (
        *(getattr(decision, name) for name in PLAIN),
        decision.kind,
        json.dumps([str(one) for one in decision.standards]),
        json.dumps(decision.because),
        json.dumps(proof),
    )


async def of_enrolments(enrolments: Sequence[UUID]) -> tuple[RaiseDecision, ...]:
    """Return what was decided, in the order of deciding."""
    if not enrolments:
        return ()
    rows = await RaiseDecisionTable.raw(
        SELECT + "WHERE d.enrolment = ANY({}::uuid[]) ORDER BY d.id", list(enrolments)
    )
    return tuple(_decision(row) for row in rows)


async def people_decided() -> tuple[UUID, ...]:
    """Return everybody about whose raises something was decided."""
    rows = await RaiseDecisionTable.raw(
        "SELECT DISTINCT person FROM enrolment WHERE id IN (SELECT enrolment FROM raise_decision) ORDER BY person"
    )
    return tuple(row["person"] for row in rows)


async def decided_about() -> dict[UUID, int]:
    """Return how much was ever decided about whom."""
    rows = await RaiseDecisionTable.raw(
        "SELECT e.person, count(*) AS decisions FROM raise_decision AS d JOIN enrolment AS e ON e.id = d.enrolment "
        "GROUP BY e.person ORDER BY e.person"
    )
    return {row["person"]: row["decisions"] for row in rows}


async def proofs_of(decisions: Sequence[int]) -> dict[int, Any]:
    """Return the proofs that were kept with decisions, as plain data."""
    rows = await RaiseDecisionTable.raw(
        "SELECT id, explanation FROM raise_decision WHERE id = ANY({}::bigint[])", list(decisions)
    )
    return {row["id"]: json.loads(row["explanation"]) for row in rows}


def _decision(row: dict[str, Any]) -> RaiseDecision:
    return RaiseDecision(
        **{name: row[name] for name in PLAIN},
        kind=Kind(row["kind"]),
        standards=tuple(UUID(one) for one in json.loads(row["standards"])),
        because=tuple(json.loads(row["because"])),
        reason=row["reason"],
    )
