import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.advanced.model import Claim, Decided
from apprenticeship.advanced.tables import ClaimDecisionTable, ClaimTable, ToldTable

TABLES: tuple[type[Table], ...] = (ClaimTable, ClaimDecisionTable, ToldTable)
SELECT = """
SELECT c.id, c.enrolment, n.person, n.program_key AS program, c.applied_on, c.asked, c.documents, c.claimed_at,
    c.claimed_by, d.claim, d.granted, d.reason, d.decided_on, d.probation_ends, d.tell_by, d.raise_decision,
    d.decided_at, d.decided_by, t.told_on
FROM standing_claim AS c JOIN enrolment AS n ON n.id = c.enrolment
LEFT JOIN standing_decision AS d ON d.claim = c.id LEFT JOIN standing_told AS t ON t.claim = c.id
"""
DECIDED = (
    "granted",
    "reason",
    "decided_on",
    "probation_ends",
    "tell_by",
    "raise_decision",
    "decided_at",
    "decided_by",
    "told_on",
)


async def add(claim: Claim) -> int | None:
    """Keep a new claim; None where the registration has one already."""
    rows = await ClaimTable.raw(
        "INSERT INTO standing_claim (enrolment, applied_on, asked, documents, claimed_at, claimed_by) "
        "VALUES ({}, {}, {}::jsonb, {}::jsonb, {}, {}) ON CONFLICT (enrolment) DO NOTHING RETURNING id",
        claim.enrolment,
        claim.applied_on,
        json.dumps(dict(claim.asked)),
        json.dumps(claim.documents),
        claim.claimed_at,
        claim.claimed_by,
    )
    return rows[0]["id"] if rows else None


async def decide(claim: int, decided: Decided) -> bool:
    """Keep a decision; False where the claim has one already."""
    rows = await ClaimDecisionTable.raw(
        "INSERT INTO standing_decision (claim, granted, reason, decided_on, probation_ends, tell_by, raise_decision, "
        "decided_at, decided_by) VALUES ({}, {}::jsonb, {}, {}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (claim) DO NOTHING RETURNING claim",
        claim,
        json.dumps(dict(decided.granted)),
        decided.reason,
        decided.decided_on,
        decided.probation_ends,
        decided.tell_by,
        decided.raise_decision,
        decided.decided_at,
        decided.decided_by,
    )
    return bool(rows)


async def told(claim: int, on: date, *, at: datetime, by: UUID) -> bool:
    """Keep that the agency was told; False where that was kept before."""
    rows = await ToldTable.raw(
        "INSERT INTO standing_told (claim, told_on, told_at, told_by) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (claim) DO NOTHING RETURNING claim",
        claim,
        on,
        at,
        by,
    )
    return bool(rows)


async def claim_of(claim: int) -> Claim | None:
    """Return a claim."""
    rows = await ClaimTable.raw(SELECT + "WHERE c.id = {}", claim)
    return _claim(rows[0]) if rows else None


async def of_people(people: Sequence[UUID]) -> tuple[Claim, ...]:
    """Return the claims of people, the oldest first."""
    rows = await ClaimTable.raw(SELECT + "WHERE n.person = ANY({}::uuid[]) ORDER BY c.id", list(people))
    return tuple(_claim(row) for row in rows)


def _claim(row: dict[str, Any]) -> Claim:
    decided = None
    if row["claim"] is not None:
        decided = Decided(**{**{name: row[name] for name in DECIDED}, "granted": json.loads(row["granted"])})
    names = ("id", "enrolment", "person", "program", "applied_on", "claimed_at", "claimed_by")
    return Claim(
        **{name: row[name] for name in names},
        asked=json.loads(row["asked"]),
        documents=tuple(json.loads(row["documents"])),
        decided=decided,
    )
