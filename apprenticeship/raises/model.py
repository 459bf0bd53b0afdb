from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Award:
    """A wage step that was given: a decision of its own, which no recomputation takes back.

    Attributes:
        standards_sha256: the hash of the standards it was decided under.
        because: keys of the evidence that it rested on.
    """

    enrolment: UUID
    step: str
    effective_on: date
    decided_at: datetime
    decided_by: UUID
    standards_sha256: str
    because: tuple[str, ...]
