from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Kind = Literal["framework", "program", "agreement", "degree"]


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published version of a framework, program, agreement or degree; it never changes.

    Attributes:
        key: the identifier that the document gives itself.
        canonical: the exact JSON text that the hash is of.
        sha256: 64 hexadecimal digits.
        effective_from: first day in force, or None for always.
        effective_until: first day no longer in force, or None.
    """

    id: UUID
    kind: Kind
    key: str
    version: str
    title: str
    canonical: str
    sha256: str
    effective_from: date | None
    effective_until: date | None
    published_at: datetime
