"""What a college may give for evidence: the answer, an estimate until the college decides.

Credits are whole hundredths in the agreement's unit, dates are days, evidence is named by its ids.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from graph.explaining import Missing
from standards.documents.agreement import AwardEntry

ESTIMATE = "An estimate until the college decides."


class Reason(StrEnum):
    """Why an award is left out."""

    NOT_IN_FORCE = "not_in_force"
    NOT_MET = "not_met"
    STALE = "stale"
    WINDOW_OVER = "window_over"
    TOO_EARLY = "too_early"
    ALTERNATIVE_CHOSEN = "alternative_chosen"
    CAP_REACHED = "cap_reached"
    EVIDENCE_USED = "evidence_used"
    COLLEGE_DECIDES = "college_decides"
    NO_CREDITS = "no_credits"


class Hint(StrEnum):
    """What stands in the way of an award that is not met although something is there."""

    PENDING = "pending"
    EXPIRED = "expired"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Given:
    """An award that is given: on which evidence, and the day that evidence earned it (None: always held)."""

    award: AwardEntry
    evidence: tuple[str, ...]
    earned_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An award that is not given, and why.

    ``also``: further reasons that would be enough. ``missing``: for an award that is not met, what it lacks.
    ``hint`` and ``evidence``: the evidence that would do, were it not pending, expired, waived, stale, old
    or used. ``over_on``: the day the window closed or the evidence became stale. ``awards``: the chosen
    alternatives, or the awards that use the evidence. ``limits``: the limits that have no room for it.
    ``credits_short``: hundredths still to be earned here first.
    """

    award: AwardEntry
    reason: Reason
    also: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    hint: Hint | None = None
    evidence: tuple[str, ...] = ()
    over_on: date | None = None
    awards: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    credits_short: int = 0


@dataclass(frozen=True, slots=True)
class LimitUse:
    """One limit: ``share``, ``credits``, ``residency`` or ``groups.NAME`` and its use."""

    name: str
    allowed: int
    used: int

    @property
    def left(self) -> int:
        """Hundredths that would still fit."""
        return self.allowed - self.used

    @property
    def share(self) -> Fraction:
        """The part of the limit that is used, 0 to 1; a limit of nothing is used up."""
        return Fraction(self.used, self.allowed) if self.allowed else Fraction(1)


@dataclass(frozen=True, slots=True)
class AwardSet:
    """A set of awards that may be given together; ``pieces`` counts the evidence it uses."""

    given: tuple[Given, ...]
    credits: int
    pieces: int

    @property
    def ids(self) -> tuple[str, ...]:
        """The award ids in order."""
        return tuple(given.award.id for given in self.given)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What remains to the degree; None where the agreement does not say how large it is.

    ``here``: how much of ``credits`` has to be earned at the college for its residency.
    """

    program: int | None
    credits: int | None
    here: int


@dataclass(frozen=True, slots=True)
class Search:
    """How sure the answer is: proven, or no set gives more than ``at_most``.

    ``bounded``: so many alternatives that not all were looked at; ``steps``: how many sets were looked at.
    """

    proven: bool
    bounded: bool
    at_most: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAnswer:
    """The best set of awards of one agreement for one person on one day, and everything left out.

    ``elsewhere``: what is given, in hundredths of the other unit, rounded as the agreement says.
    """

    agreement: str
    version: str
    college: str
    program: str
    unit: str
    sample: bool
    as_of: date
    known_at: datetime | None
    in_force: bool
    best: AwardSet
    next_best: AwardSet | None
    elsewhere: int
    left_out: tuple[LeftOut, ...]
    limits: tuple[LimitUse, ...]
    earned_here: int
    remaining: Remaining
    search: Search
    estimate: str = ESTIMATE

    @property
    def credits(self) -> int:
        """Hundredths given."""
        return self.best.credits
