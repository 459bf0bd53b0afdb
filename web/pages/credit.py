"""College credit in a few words: the best college so far, for the first page."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from web.pages.asked import AnyRequest


@dataclass(frozen=True)
class BestCollege:
    """The college that would give most. Credits in hundredths."""

    college: str
    credits: int
    share: Fraction
    near: int


@dataclass(frozen=True)
class CreditSummary:
    """One line about credit."""

    best: BestCollege | None
    why_none: str


async def credit_summary(request: AnyRequest, person: UUID) -> CreditSummary:
    """Sum up college credit."""
    return CreditSummary(None, "")
