from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.agreements.model import AgreementDraft, End, Kind, Move
from apprenticeship.agreements.tables import AgreementDraftTable, AgreementEndTable, AgreementMoveTable

TABLES: tuple[type[Table], ...] = (AgreementDraftTable, AgreementMoveTable, AgreementEndTable)


async def add_draft(draft: AgreementDraft) -> int:
    """Keep a draft, inside a transaction; its id is the one returned."""
    row = asdict(draft)
    (kept,) = await AgreementDraftTable.insert(
        AgreementDraftTable(**{name: value for name, value in row.items() if name not in {"id", "moves"}})
    )
    return int(kept["id"])


async def add_move(move: Move) -> None:
    """Keep a move, inside a transaction that holds the draft.

    Raises:
        asyncpg.UniqueViolationError: somebody else moved it in the meantime.
    """
    await AgreementMoveTable.insert(AgreementMoveTable(**{**asdict(move), "kind": move.kind.value}))


async def add_end(end: End) -> bool:
    """Keep the end of a version; False where it was ended before."""
    kept = await AgreementEndTable.raw(
        "INSERT INTO agreement_end (standard, until, why, ended_at, ended_by) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (standard) DO NOTHING RETURNING standard",
        end.standard,
        end.until,
        end.why,
        end.ended_at,
        end.ended_by,
    )
    return bool(kept)


async def hold(draft: int) -> None:
    """Hold a draft until the transaction ends: moves of it wait for each other."""
    await AgreementDraftTable.raw("SELECT id FROM agreement_draft WHERE id = {} FOR NO KEY UPDATE", draft)


async def find(draft: int) -> AgreementDraft | None:
    """Return one draft with its moves, or None."""
    return next(iter(await _drafts("id = {}", draft)), None)


async def of_colleges(colleges: Sequence[UUID]) -> tuple[AgreementDraft, ...]:
    """Return the drafts of some colleges, the latest first."""
    return await _drafts("college = ANY({}::uuid[])", list(colleges))


async def ends(known_at: datetime | None = None) -> dict[UUID, End]:
    """Return the ends of published versions, all or those kept by a moment."""
    query = AgreementEndTable.select()
    if known_at is not None:
        query = query.where(AgreementEndTable.ended_at <= known_at)
    return {row["standard"]: End(**row) for row in await query}


async def _drafts(where: str, value: object) -> tuple[AgreementDraft, ...]:
    sql = f"SELECT * FROM agreement_draft WHERE {where} ORDER BY id DESC"  # noqa: S608 - a constant
    rows = await AgreementDraftTable.raw(sql, value)
    found = await AgreementMoveTable.raw(
        "SELECT * FROM agreement_move WHERE draft = ANY({}::bigint[]) ORDER BY draft, turn",
        [row["id"] for row in rows],
    )
    moves: dict[int, list[Move]] = {}
    for row in found:
        moves.setdefault(row["draft"], []).append(_move(row))
    return tuple(AgreementDraft(**row, moves=tuple(moves.get(row["id"], ()))) for row in rows)


def _move(row: dict[str, Any]) -> Move:
    kept = {name: value for name, value in row.items() if name != "id"}
    return Move(**{**kept, "kind": Kind(row["kind"])})
