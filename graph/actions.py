"""Things a person can do: earn an item, log hours, wait."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Earn:
    """Earn an item: ``kind`` is competency, credential, course or score.

    ``rating``, ``grade`` or ``at_least`` say how well, where the requirement asks for more than passing. ``part`` is
    one test of a credential; None stands for all of them, which is how a fix counts.
    """

    kind: str
    key: str
    rating: int | None = None
    grade: str | None = None
    at_least: int | None = None
    part: str | None = None

    @property
    def name(self) -> str:
        """What it is called among things to take: ``credential:f:m1``."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class EarnHours:
    """Log this many more minutes."""

    minutes: int
    within: str


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Wait until this day."""

    day: date


Action = Earn | EarnHours | WaitUntil
