import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.proposals.model import Proposal, ProposalKind, Statement, StatementKind
from apprenticeship.proposals.tables import ProposalTable, StatementTable, StatementTextTable, WatchTable

TABLES: tuple[type[Table], ...] = (ProposalTable, StatementTable, StatementTextTable, WatchTable)

PLAIN = (
    "enrolment",
    "step",
    "kind",
    "refers_to",
    "as_of",
    "known_at",
    "evidence_up_to",
    "was_on",
    "holds_since",
    "lost_on",
    "standards_sha256",
)
ADD = f"""
INSERT INTO raise_proposal ({", ".join(PLAIN)}, standards, because)
VALUES ({", ".join("{}" for _ in PLAIN)}, {{}}, {{}}) ON CONFLICT DO NOTHING RETURNING id
"""  # noqa: S608 - from the constants above
SAID = """
SELECT s.id, s.enrolment, s.kind, s.proposal, s.decision, s.said_at, s.said_by, t.text AS reason
FROM raise_statement AS s LEFT JOIN raise_statement_text AS t ON t.statement = s.id
WHERE s.enrolment = ANY({}::uuid[]) ORDER BY s.id
"""
SAY = """
INSERT INTO raise_statement (enrolment, kind, proposal, decision, said_at, said_by)
VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id
"""
TAKE_DUE = """
UPDATE raise_watch SET look_on = NULL WHERE person IN (
    SELECT person FROM raise_watch WHERE look_on <= {} ORDER BY person LIMIT {} FOR UPDATE SKIP LOCKED
) RETURNING person
"""
WATCH = """
INSERT INTO raise_watch (person, look_on) SELECT * FROM unnest({}::uuid[], {}::date[])
ON CONFLICT (person) DO UPDATE SET look_on = excluded.look_on
"""


async def add(proposal: Proposal) -> int | None:
    """Keep a proposal inside a transaction; None where the same was proposed before."""
    values = [getattr(proposal, name) for name in PLAIN]
    standards = json.dumps([str(one) for one in proposal.standards])
    rows = await ProposalTable.raw(ADD, *values, standards, json.dumps(proposal.because))
    return int(rows[0]["id"]) if rows else None


async def of_enrolments(enrolments: Sequence[UUID]) -> tuple[Proposal, ...]:
    """Return what was proposed, in the order of proposing."""
    if not enrolments:
        return ()
    rows = await ProposalTable.raw(
        "SELECT * FROM raise_proposal WHERE enrolment = ANY({}::uuid[]) ORDER BY id", list(enrolments)
    )
    return tuple(_proposal(row) for row in rows)


def _proposal(row: dict[str, Any]) -> Proposal:
    return Proposal(
        **{
            **row,
            "kind": ProposalKind(row["kind"]),
            "standards": tuple(UUID(one) for one in json.loads(row["standards"])),
            "because": tuple(json.loads(row["because"])),
        }
    )


async def say(statement: Statement) -> int | None:
    """Keep what somebody says, under an id of its own, inside a transaction; None where it was said before."""
    rows = await StatementTable.raw(
        SAY,
        statement.enrolment,
        statement.kind,
        statement.proposal,
        statement.decision,
        statement.said_at,
        statement.said_by,
    )
    if not rows:
        return None
    number = int(rows[0]["id"])
    if statement.reason:
        await StatementTextTable.raw(
            "INSERT INTO raise_statement_text (statement, text) VALUES ({}, {})", number, statement.reason
        )
    return number


async def statements_of(enrolments: Sequence[UUID]) -> tuple[Statement, ...]:
    """Return what people said, in the order of saying."""
    rows = await StatementTable.raw(SAID, list(enrolments)) if enrolments else []
    return tuple(Statement(**{**row, "kind": StatementKind(row["kind"])}) for row in rows)


async def take_due(today: date, limit: int) -> tuple[UUID, ...]:
    """Return people who are to be looked at by a day, and note that it is asked for, inside a transaction."""
    rows = await WatchTable.raw(TAKE_DUE, today, limit)
    return tuple(sorted(row["person"] for row in rows))


async def watch(days: dict[UUID, date | None]) -> None:
    """Set the day on which each of some people is looked at next; None for no day."""
    if days:
        people = sorted(days)
        await WatchTable.raw(WATCH, people, [days[person] for person in people])
