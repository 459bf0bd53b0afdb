"""Draws of random worlds: quick and evenly spread from one seed or, to shrink a failure, one by one by hypothesis."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from tests.thoroughness import SHRINKING

T = TypeVar("T")

AWKWARD = [
    date(2024, 1, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 8, 31),
    date(2024, 12, 31),
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2026, 2, 28),
]
FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)


SEEDS = st.integers(0, 2**64 - 1)


class Dice:
    """Drawn one by one, half the examples would be copies of others with a detail changed."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._seeded = None if SHRINKING else Random(draw(SEEDS))

    def number(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high)) if self._seeded is None else self._seeded.randint(low, high)

    def chance(self, times: int, out_of: int) -> bool:
        """True ``times`` out of so many; false when shrunk."""
        return self.number(1, out_of) > out_of - times

    def pick(self, found: Sequence[T]) -> T:
        return found[self.number(0, len(found) - 1)]

    def some(self, found: Sequence[T], most: int) -> list[T]:
        """Up to ``most`` different ones, in their order."""
        chosen = {self.number(0, len(found) - 1) for _ in range(self.number(0, most))} if found else set()
        return [found[place] for place in sorted(chosen)]

    def shuffled(self, found: Sequence[T]) -> list[T]:
        left = list(found)
        return [left.pop(self.number(0, len(left) - 1)) for _ in found]

    def day(self) -> date:
        """Any day of two and a half years; one in three is a day that surprises."""
        if self.chance(1, 3):
            return self.pick(AWKWARD)
        return FIRST + timedelta(days=self.number(0, (LAST - FIRST).days))

    def after(self, day: date, most: int) -> str:
        return (day + timedelta(days=self.number(1, most))).isoformat()
