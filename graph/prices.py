"""What things to take cost, in whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.circuit import Choice, Circuit, Solution


@dataclass(frozen=True)
class Prices:
    """What things cost, in whole numbers; what is not named is free.

    Attributes:
        choices: for taking a choice.
        pools: for taking anything from a pool.
        units: for each unit taken from a pool.
        shared: of each group the dearest that is taken is paid, and it alone.
    """

    choices: Mapping[str, int] = field(default_factory=dict)
    pools: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    shared: tuple[Mapping[str, int], ...] = ()

    def of(self, solution: Solution) -> int:
        """The price of a solution."""
        amounts = solution.amounts.items()
        return (
            sum(self.choices.get(name, 0) for name in solution.choices)
            + sum(self.pools.get(pool, 0) + amount * self.units.get(pool, 0) for pool, amount in amounts)
            + sum(max([0, *(p for n, p in group.items() if n in solution.choices)]) for group in self.shared)
        )

    def shares(self, solution: Solution) -> dict[str, int]:
        """What each choice of a solution costs; what a group shares is paid by its dearest, the first by name."""
        found = {name: self.choices.get(name, 0) for name in solution.choices}
        for group in self.shared:
            taken = sorted(name for name in group if name in found)
            if taken:
                payer = max(taken, key=group.__getitem__)
                found[payer] += group[payer]
        return found


def each_one(circuit: Circuit) -> Prices:
    """Every choice and every pool used costs one."""
    choices = {part.name: 1 for part in circuit.parts if isinstance(part, Choice)}
    return Prices(choices, dict.fromkeys(circuit.pools, 1))
