"""What things cost as ratios within one run: machines differ and are noisy, two things beside each other do not."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

REPEATS = 5


class Unit(StrEnum):
    """What an amount is."""

    SECONDS = "ms"
    PEOPLE = "people/s"
    BYTES = "bytes a person"
    RATE = "GB/s"
    CROSSINGS = "crossings"
    HUNDREDTHS = "of a hundred"


@dataclass(frozen=True)
class Figure:
    """One thing measured.

    Attributes:
        what: the thing and its size.
        amount: seconds (the best of several runs), or whatever ``unit`` says.
        against: what it is compared with, in the same run.
        baseline: the same amount of that.
        most: the ratio of the two that must not be passed, or None.
        least: the ratio of the two that must be reached, or None; with neither, the figure is only told.
    """

    what: str
    amount: float
    against: str
    baseline: float
    most: float | None = None
    least: float | None = None
    unit: Unit = Unit.SECONDS

    @property
    def ratio(self) -> float:
        """How many times the baseline it is."""
        return self.amount / self.baseline

    @property
    def is_met(self) -> bool:
        """Tell whether the ratio is as promised."""
        return (self.most is None or self.ratio <= self.most) and (
            self.least is None or self.ratio >= self.least
        )

    @property
    def promise(self) -> str:
        """What is promised of the ratio; nothing where it is only told."""
        if self.most is not None:
            return f"at most {self.most:,g}"
        return "" if self.least is None else f"at least {self.least:,g}"

    @property
    def verdict(self) -> str:
        """Whether that is kept."""
        if not self.promise:
            return ""
        return "kept" if self.is_met else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """The figure as a row of a table."""
        return (
            self.what,
            _shown(self.amount, self.unit),
            self.against,
            _shown(self.baseline, self.unit),
            f"{self.ratio:,.3g}" if self.ratio < EXACT else f"{self.ratio:,.0f}",
            self.promise,
            self.verdict,
        )


HEADINGS = ("what", "it", "beside", "that", "ratio", "promised", "")
EXACT = 100


def _shown(amount: float, unit: Unit) -> str:
    if unit is Unit.SECONDS:
        return f"{amount * 1000:,.1f} ms"
    return f"{amount:,.0f} {unit}" if amount >= EXACT or amount == int(amount) else f"{amount:,.1f} {unit}"


def best(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """Give the seconds of the quickest of several runs, each with its garbage collected beforehand."""
    return min(_once(work) for _ in range(repeats))


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
