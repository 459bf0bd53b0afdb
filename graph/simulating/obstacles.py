"""What a raise or completion waited for last: whatever came true at the tick at which it did."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.gates.packing import Plane, count, packed
from graph.gates.program import FIRST_INPUT, Reached
from graph.simulating.earning import Shop
from graph.simulating.inputs import Flags


@dataclass(frozen=True, eq=False)
class Obstacles:
    """For each goal the things and amounts that it rests on, and for how many people each came last.

    Several may have come last at once; each is counted.

    Attributes:
        asked: a row for each goal: the things that it rests on.
        things: a row for each goal, a column for each thing: for how many people.
        amounts: for each goal the same by the row of the amount among the inputs.
    """

    asked: Flags
    things: NDArray[np.int64]
    amounts: tuple[dict[int, int], ...]

    @classmethod
    def of(cls, shop: Shop) -> "Obstacles":
        """Nothing yet, of a shop."""
        goals = shop.goal_nodes(shop.gates)
        asked = np.zeros((len(goals), len(shop.things)), bool)
        amounts: list[dict[int, int]] = []
        for goal, node in enumerate(goals):
            below = shop.gates.below([node])
            sources = {row: s for row, s in enumerate(shop.gates.inputs) if row + FIRST_INPUT in below}
            for source in sources.values():
                asked[goal, list(shop.given(source))] = True
            amounts.append({row: 0 for row, source in sources.items() if isinstance(source, Reached)})
        return cls(asked, np.zeros(asked.shape, np.int64), tuple(amounts))

    def note(self, goal: int, fresh: Flags, passed: NDArray[np.intp], turned: Callable[[int], Plane]) -> None:
        """Count for those who reached a goal in a tick.

        Args:
            goal: its number.
            fresh: who reached it.
            passed: things (first row) that people (second row) passed in the tick.
            turned: gives for a node who has it since this tick.
        """
        things, people = passed
        counts = fresh[people] & self.asked[goal, things]
        self.things[goal] += np.bincount(things[counts], minlength=self.things.shape[1])
        those = packed(fresh)
        for row in self.amounts[goal]:
            self.amounts[goal][row] += count(turned(row + FIRST_INPUT) & those)

    @property
    def nodes(self) -> set[int]:
        """The nodes of the amounts."""
        return {row + FIRST_INPUT for amounts in self.amounts for row in amounts}

    def plus(self, other: "Obstacles") -> "Obstacles":
        """Those of two crews of the same shop."""
        return Obstacles(
            self.asked,
            self.things + other.things,
            tuple(_sum(one, two) for one, two in zip(self.amounts, other.amounts, strict=True)),
        )


def _sum(one: dict[int, int], two: dict[int, int]) -> dict[int, int]:
    return {key: count + two[key] for key, count in one.items()}
