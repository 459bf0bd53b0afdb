"""The trail of commands; a row is written in the transaction of the command itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apprenticeship.audit import repo
from apprenticeship.audit.model import AuditEntry
from apprenticeship.policy import Action, Actor


async def record(
    actor: Actor | None,
    action: Action | str,
    subject_kind: str,
    subject: object,
    *,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    """Keep that a command was carried out."""
    await repo.add(
        AuditEntry(
            at=now,
            actor=None if actor is None else actor.person,
            action=str(action),
            subject_kind=subject_kind,
            subject=str(subject),
            detail=dict(detail),
        )
    )
