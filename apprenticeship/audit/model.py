from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One command that was carried out: who, when, what, to what. Kept for ever."""

    at: datetime
    actor: UUID | None
    action: str
    subject_kind: str
    subject: str
    detail: dict[str, Any]
