"""Questions that somebody saved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A question about a crew under a name; `question` is the part of an address that holds it."""

    id: UUID
    name: str
    question: str
    saved_at: datetime
