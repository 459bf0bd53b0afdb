"""What a person said to a decision that does not come to the same any more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Somebody has looked at one difference and lets the decision stand as it is.

    Attributes:
        difference_sha256: what differed; should it differ in another way, somebody is asked again.
        release: the release of the product that found it.
    """

    decision: int
    difference_sha256: str
    release: str
    accepted_at: datetime
    accepted_by: UUID
    reason: str
