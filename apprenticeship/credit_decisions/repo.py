import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.credit.granted import Granted
from apprenticeship.credit_decisions.model import (
    CreditDecision,
    CreditRequest,
    Override,
    RequestLine,
    Said,
    Statement,
    Verdict,
)
from apprenticeship.credit_decisions.tables import (
    CreditDecisionTable,
    CreditReasonTable,
    CreditRequestTable,
    CreditStatementTable,
    CreditStatementTextTable,
)

TABLES: tuple[type[Table], ...] = (
    CreditRequestTable,
    CreditDecisionTable,
    CreditStatementTable,
    CreditReasonTable,
    CreditStatementTextTable,
)

PLAIN = (
    "person",
    "college",
    "agreement",
    "agreement_key",
    "asked_at",
    "as_of",
    "evidence_up_to",
    "standards_sha256",
)
ANSWERED = ("answer_sha256",)


async def add_request(request: CreditRequest) -> int:
    """Keep a request, inside a transaction; its id is the one returned."""
    row = CreditRequestTable(
        **{name: getattr(request, name) for name in (*PLAIN, *ANSWERED)},
        standards=json.dumps([str(one) for one in request.standards]),
        granted=json.dumps([asdict(one) for one in request.granted]),
        lines=json.dumps([asdict(line) for line in request.lines]),
        answer=json.dumps(request.answer),
    )
    (kept,) = await CreditRequestTable.insert(row)
    return int(kept["id"])


async def add_decision(decision: CreditDecision) -> int:
    """Keep a decision and its reason, inside a transaction; its id is the one returned.

    Raises:
        asyncpg.UniqueViolationError: somebody else decided in the meantime.
    """
    row = CreditDecisionTable(
        request=decision.request,
        award=decision.award,
        turn=decision.turn,
        kind=decision.verdict.value,
        override=decision.override.value if decision.override else None,
        override_until=decision.override_until,
        credits=decision.credits,
        course=decision.course,
        evidence=json.dumps(decision.evidence),
        decided_at=decision.decided_at,
        decided_by=decision.decided_by,
    )
    (kept,) = await CreditDecisionTable.insert(row)
    if decision.reason:
        await CreditReasonTable.insert(CreditReasonTable(decision=kept["id"], text=decision.reason))
    return int(kept["id"])


async def add_statement(statement: Statement) -> int:
    """Keep what was said, inside a transaction; its id is the one returned."""
    row = CreditStatementTable(
        request=statement.request,
        kind=statement.kind.value,
        said_at=statement.said_at,
        said_by=statement.said_by,
    )
    (kept,) = await CreditStatementTable.insert(row)
    if statement.text:
        await CreditStatementTextTable.insert(
            CreditStatementTextTable(statement=kept["id"], text=statement.text)
        )
    return int(kept["id"])


async def of_people(people: Sequence[UUID]) -> tuple[CreditRequest, ...]:
    """Return what some people asked for, the oldest first."""
    return await _requests("person = ANY({}::uuid[])", list(people))


async def of_colleges(colleges: Sequence[UUID]) -> tuple[CreditRequest, ...]:
    """Return what some colleges were asked for, the oldest first."""
    return await _requests("college = ANY({}::uuid[])", list(colleges))


async def of_ids(ids: Sequence[int]) -> tuple[CreditRequest, ...]:
    """Return some requests, the oldest first."""
    return await _requests("id = ANY({}::bigint[])", list(ids))


async def everything() -> tuple[int, ...]:
    """Return the ids of all requests."""
    rows = await CreditRequestTable.raw("SELECT id FROM credit_request ORDER BY id")
    return tuple(row["id"] for row in rows)


async def _requests(where: str, value: Any) -> tuple[CreditRequest, ...]:
    rows = await CreditRequestTable.raw(f"SELECT * FROM credit_request WHERE {where} ORDER BY id", value)  # noqa: S608
    ids = [row["id"] for row in rows]
    if not ids:
        return ()
    decisions = await CreditDecisionTable.raw(
        "SELECT d.*, r.text AS reason FROM credit_decision AS d LEFT JOIN credit_decision_reason AS r "
        "ON r.decision = d.id WHERE d.request = ANY({}::bigint[]) ORDER BY d.id",
        ids,
    )
    statements = await CreditStatementTable.raw(
        "SELECT s.*, t.text FROM credit_statement AS s LEFT JOIN credit_statement_text AS t "
        "ON t.statement = s.id WHERE s.request = ANY({}::bigint[]) ORDER BY s.id",
        ids,
    )
    decided = [_decision(row) for row in decisions]
    said = [_statement(row) for row in statements]
    return tuple(
        _request(
            row,
            tuple(one for one in decided if one.request == row["id"]),
            tuple(one for one in said if one.request == row["id"]),
        )
        for row in rows
    )


def _request(
    row: dict[str, Any], decisions: tuple[CreditDecision, ...], statements: tuple[Statement, ...]
) -> CreditRequest:
    return CreditRequest(
        id=row["id"],
        **{name: row[name] for name in (*PLAIN, *ANSWERED)},
        standards=tuple(UUID(one) for one in json.loads(row["standards"])),
        granted=tuple(
            Granted(**{**one, "evidence": tuple(one["evidence"])}) for one in json.loads(row["granted"])
        ),
        lines=tuple(
            RequestLine(**{**one, "evidence": tuple(one["evidence"]), "conditions": tuple(one["conditions"])})
            for one in json.loads(row["lines"])
        ),
        answer=json.loads(row["answer"]),
        decisions=decisions,
        statements=statements,
    )


def _decision(row: dict[str, Any]) -> CreditDecision:
    return CreditDecision(
        id=row["id"],
        request=row["request"],
        award=row["award"],
        turn=row["turn"],
        verdict=Verdict(row["kind"]),
        override=Override(row["override"]) if row["override"] else None,
        override_until=row["override_until"],
        credits=row["credits"],
        course=row["course"],
        evidence=tuple(json.loads(row["evidence"])),
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        reason=row["reason"],
    )


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(
        id=row["id"],
        request=row["request"],
        kind=Said(row["kind"]),
        said_at=row["said_at"],
        said_by=row["said_by"],
        text=row["text"],
    )
