"""How long there is to look for something better; the clock is given from outside."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

Clock = Callable[[], float]
"""Seconds that only ever go forward, such as ``time.monotonic``."""


@dataclass(frozen=True)
class Deadline:
    """A moment of a clock."""

    clock: Clock
    at: float

    @property
    def left(self) -> float:
        """Seconds until then; none once it is over."""
        return max(0.0, self.at - self.clock())

    @property
    def over(self) -> bool:
        """Whether it is over."""
        return self.clock() >= self.at

    def within(self, seconds: float) -> "Deadline":
        """This one, or so many seconds from now where that comes first."""
        return replace(self, at=min(self.at, self.clock() + seconds))


AT_ONCE = Deadline(lambda: 0.0, 0.0)
NEVER_OVER = Deadline(lambda: 0.0, inf)
