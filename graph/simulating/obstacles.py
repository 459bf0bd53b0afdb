"""What a raise or completion waited for last: whatever came true at the tick at which it did."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.gates.packing import Plane, unpacked
from graph.gates.program import FIRST_INPUT, Reached
from graph.simulating.earning import Shop
from graph.simulating.inputs import Flags


@dataclass(frozen=True, eq=False)
class Obstacles:
    """For each goal the things and amounts that it rests on, and for how many people each came last.

    Several may have come last at once; each is counted.
    """

    things: tuple[dict[int, int], ...]
    amounts: tuple[dict[int, int], ...]

    @classmethod
    def of(cls, shop: Shop) -> "Obstacles":
        """Nothing yet, of a shop."""
        things: list[dict[int, int]] = []
        amounts: list[dict[int, int]] = []
        for node in shop.goal_nodes(shop.gates):
            below = shop.gates.below([node])
            asked = {row: s for row, s in enumerate(shop.gates.inputs) if row + FIRST_INPUT in below}
            things.append({thing: 0 for source in asked.values() for thing in shop.given(source)})
            amounts.append({row: 0 for row, source in asked.items() if isinstance(source, Reached)})
        return cls(tuple(things), tuple(amounts))

    def note(
        self, goal: int, people: NDArray[np.intp], earned: Flags, turned: Callable[[int], Plane]
    ) -> None:
        """Count for those who reached a goal in a tick.

        Args:
            goal: its number.
            people: who reached it.
            earned: a row for each thing: who passed it in the tick.
            turned: gives for a node who has it since this tick.
        """
        for thing in self.things[goal]:
            self.things[goal][thing] += int(earned[thing, people].sum())
        for row in self.amounts[goal]:
            since = unpacked(turned(row + FIRST_INPUT), earned.shape[1])
            self.amounts[goal][row] += int(since[people].sum())

    @property
    def nodes(self) -> set[int]:
        """The nodes of the amounts."""
        return {row + FIRST_INPUT for amounts in self.amounts for row in amounts}

    def plus(self, other: "Obstacles") -> "Obstacles":
        """Those of two crews of the same shop."""
        return Obstacles(
            tuple(_sum(one, two) for one, two in zip(self.things, other.things, strict=True)),
            tuple(_sum(one, two) for one, two in zip(self.amounts, other.amounts, strict=True)),
        )


def _sum(one: dict[int, int], two: dict[int, int]) -> dict[int, int]:
    return {key: count + two[key] for key, count in one.items()}
