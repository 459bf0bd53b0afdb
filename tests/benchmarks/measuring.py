"""Time as ratios within one run: machines differ and are noisy, what two things cost beside each other is not."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

REPEATS = 5


@dataclass(frozen=True)
class Figure:
    """One thing measured.

    Attributes:
        what: the thing and its size.
        seconds: the best of several runs.
        against: what it is compared with, in the same run.
        baseline: the seconds of that.
        most: the ratio of the two that must not be passed, or None for what is only told.
    """

    what: str
    seconds: float
    against: str
    baseline: float
    most: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the baseline it took."""
        return self.seconds / self.baseline

    @property
    def is_met(self) -> bool:
        """Tell whether the ratio is as promised."""
        return self.most is None or self.ratio <= self.most


def best(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """Give the seconds of the quickest of several runs, each with its garbage collected beforehand."""
    return min(_once(work) for _ in range(repeats))


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
