import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.audit.model import AuditEntry
from apprenticeship.audit.tables import AuditTable

TABLES: tuple[type[Table], ...] = (AuditTable,)


async def add(entry: AuditEntry) -> None:
    await AuditTable.insert(
        AuditTable(
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            subject_kind=entry.subject_kind,
            subject=entry.subject,
            detail=json.dumps(entry.detail, default=str, sort_keys=True),
        )
    )


async def is_there(entry: AuditEntry, since: datetime) -> bool:
    """Whether the same was done by the same to the same at a moment or after it."""
    return await (
        AuditTable.exists()
        .where(AuditTable.subject_kind == entry.subject_kind)
        .where(AuditTable.subject == entry.subject)
        .where(AuditTable.actor == entry.actor)
        .where(AuditTable.action == entry.action)
        .where(AuditTable.at >= since)
    )


async def done_since(
    actor: UUID, action: str, subject_kind: str, subjects: Sequence[str], since: datetime
) -> frozenset[str]:
    """Return to which of some subjects somebody did a thing at a moment or after it."""
    query = (
        AuditTable.select(AuditTable.subject)
        .where(AuditTable.subject_kind == subject_kind)
        .where(AuditTable.subject.is_in(list(subjects)))
        .where(AuditTable.actor == actor)
        .where(AuditTable.action == action)
        .where(AuditTable.at >= since)
    )
    return frozenset(row["subject"] for row in await query)


async def about(subject_kind: str, subjects: Sequence[str]) -> tuple[AuditEntry, ...]:
    """Return what was done to some subjects, oldest first."""
    query = (
        AuditTable.select()
        .where(AuditTable.subject_kind == subject_kind)
        .where(AuditTable.subject.is_in(list(subjects)))
        .order_by(AuditTable.id)
    )
    return tuple(_entry(row) for row in await query)


async def latest(action: str, subjects: Sequence[str], *, skip: int, limit: int) -> tuple[AuditEntry, ...]:
    """Return a part of what was done in one way to some persons, the latest first."""
    query = (
        AuditTable.select()
        .where(AuditTable.subject_kind == "person")
        .where(AuditTable.subject.is_in(list(subjects)))
        .where(AuditTable.action == action)
        .order_by(AuditTable.id, ascending=False)
    )
    return tuple(_entry(row) for row in await query.offset(skip).limit(limit))


async def number(action: str, subjects: Sequence[str]) -> int:
    """Return how often something was done to some persons."""
    found: int = await (
        AuditTable.count()
        .where(AuditTable.subject_kind == "person")
        .where(AuditTable.subject.is_in(list(subjects)))
        .where(AuditTable.action == action)
    )
    return found


def _entry(row: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        at=row["at"],
        actor=row["actor"],
        action=row["action"],
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
    )
