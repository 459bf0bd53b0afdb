"""A monotone circuit with things one can choose, and the cheapest choice that makes a goal true.

Solved as a mixed-integer program by HiGHS, which proves it cheapest. Circular support (a proves b, b proves a)
satisfies the program but not the meaning, so each answer is worked through from the ground; where it does not stand,
the program learns that at least one of the choices open at that point must be taken, or one of the amounts short at
that point be reached, and is solved again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy

TRUE = 0
"""The node that always holds."""

UNBOUNDED = 10**7
"""Room of a pool without a limit, and the most that is ever asked of one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """True where ``needed`` or more inputs are."""

    needed: int
    inputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to take at a cost of one, once ``requires`` holds."""

    name: str
    requires: int


@dataclass(frozen=True, slots=True)
class Enough:
    """True where the amounts taken from the pools add up to ``needed``."""

    needed: int
    pools: tuple[str, ...]


Part = Gate | Choice | Enough


@dataclass(frozen=True, slots=True)
class Solution:
    """The choices taken and the amounts taken from pools; together as few as can be."""

    choices: frozenset[str]
    amounts: dict[str, int]

    @property
    def size(self) -> int:
        """How many things it takes."""
        return len(self.choices) + len(self.amounts)


@dataclass
class Circuit:
    """Nodes by number; a node may be reserved first and defined later, so circles can be written down."""

    parts: list[Part | None] = field(default_factory=lambda: [Gate(0, ())])
    pools: dict[str, int] = field(default_factory=dict)

    def reserve(self) -> int:
        """A number for a node still to be defined; undefined nodes never hold."""
        self.parts.append(None)
        return len(self.parts) - 1

    def define(self, node: int, part: Part) -> int:
        """Say what a node is."""
        self.parts[node] = part
        return node

    def gate(self, needed: int, inputs: Iterable[int]) -> int:
        """A node for ``needed`` of ``inputs``."""
        return self.define(self.reserve(), Gate(needed, tuple(inputs)))

    def closure(self, choices: Iterable[str], amounts: dict[str, int]) -> tuple[set[int], set[str]]:
        """(nodes that hold, choices that could be taken) when taking the given ones in any order that is open."""
        wanted = set(choices)
        true: set[int] = set()
        taken: set[str] = set()
        changed = True
        while changed:
            changed = False
            for node, part in enumerate(self.parts):
                if node in true or part is None or not self._holds(part, wanted, amounts, true):
                    continue
                true.add(node)
                changed = True
                if isinstance(part, Choice):
                    taken.add(part.name)
        return true, taken

    def _holds(self, part: Part, wanted: set[str], amounts: dict[str, int], true: set[int]) -> bool:
        if isinstance(part, Gate):
            return sum(node in true for node in part.inputs) >= part.needed
        if isinstance(part, Choice):
            return part.name in wanted and part.requires in true
        return sum(amounts.get(pool, 0) for pool in part.pools) >= part.needed


def cheapest(circuit: Circuit, goal: int) -> Solution | None:
    """The fewest choices and pools that make the goal true, ties by the sorted names; None where nothing can."""
    program = _Program(circuit, goal)
    best = program.solve()
    if best is None or not best.size:
        return best
    return program.first_of_ties(best.size)


class _Program:
    """The mixed-integer program of a circuit; rows are only ever added."""

    def __init__(self, circuit: Circuit, goal: int) -> None:
        self._circuit = circuit
        self._goal = goal
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._names = sorted(
            [p.name for p in circuit.parts if isinstance(p, Choice)] + [f"{pool}" for pool in circuit.pools]
        )
        self._choice: dict[str, int] = {}
        self._columns: list[int] = [self._binary() for _ in circuit.parts]
        for node, part in enumerate(circuit.parts):
            if isinstance(part, Choice):
                self._choice[part.name] = self._columns[node]
        self._amount = {pool: self._pool(pool, room) for pool, room in circuit.pools.items()}
        for node, part in enumerate(circuit.parts):
            self._constrain(self._columns[node], part)
        self._fix_to(self._columns[goal], 1)
        for name in self._names:
            self._solver.changeColCost(self._choice[name], 1.0)

    def solve(self) -> Solution | None:
        """A cheapest choice that stands from the ground up."""
        while True:
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            found = self._read()
            true, taken = self._circuit.closure(found.choices, found.amounts)
            if self._goal in true and taken == set(found.choices):
                return found
            if not self._learn(true, taken):
                return None

    def first_of_ties(self, size: int) -> Solution | None:
        """Among the cheapest the one whose sorted names come first: name after name, by halving."""
        self._row(list(self._choice.values()), [1.0] * len(self._choice), upper=size)
        for name in self._names:
            self._solver.changeColCost(self._choice[name], 0.0)
        for amount in self._amount.values():
            self._solver.changeColCost(amount, 1.0)
        place, found = 0, self.solve()
        while found is not None:
            taken = sorted([*found.choices, *found.amounts])
            ahead = [name for name in taken if self._names.index(name) >= place]
            if not ahead:
                return found
            low, high = place, self._names.index(ahead[0])
            while low < high:
                middle = (low + high) // 2
                earlier = self._among(self._names[place : middle + 1])
                if earlier is None:
                    low = middle + 1
                else:
                    found = earlier
                    taken = sorted([*found.choices, *found.amounts])
                    high = min(self._names.index(n) for n in taken if self._names.index(n) >= place)
            for name in self._names[place:low]:
                self._fix_to(self._choice[name], 0)
            self._fix_to(self._choice[self._names[low]], 1)
            place = low + 1
        return None

    def _among(self, names: Sequence[str]) -> Solution | None:
        """A cheapest choice with at least one of the names."""
        row = self._solver.getNumRow()
        self._row([self._choice[name] for name in names], [1.0] * len(names), lower=1)
        found = self.solve()
        self._solver.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)
        return found

    def _learn(self, true: set[int], taken: set[str]) -> bool:
        """One of what is open at the point where it stalled must come to hold; False where nothing is open."""
        columns = [
            self._columns[node]
            for node, part in enumerate(self._circuit.parts)
            if (isinstance(part, Choice) and part.name not in taken and part.requires in true)
            or (isinstance(part, Enough) and node not in true)
        ]
        if not columns:
            return False
        self._row(columns, [1.0] * len(columns), lower=1)
        return True

    def _constrain(self, column: int, part: Part | None) -> None:
        if part is None:
            self._fix_to(column, 0)
        elif isinstance(part, Choice):
            if part.requires != TRUE:
                self._row([self._columns[part.requires], column], [1.0, -1.0], lower=0)
        elif isinstance(part, Enough):
            amounts = [self._amount[pool] for pool in part.pools]
            self._row([*amounts, column], [*[1.0] * len(amounts), -float(part.needed)], lower=0)
        elif part.needed:
            counted: dict[int, float] = {column: -float(part.needed)}
            for node in part.inputs:
                counted[self._columns[node]] = counted.get(self._columns[node], 0.0) + 1.0
            self._row(list(counted), list(counted.values()), lower=0)

    def _pool(self, pool: str, room: int) -> int:
        """An amount from 0 to ``room``, above 0 only when the pool is used, which costs one.

        The room is kept as small as the demands allow: with a large one the solver's tolerance lets a pool that
        counts as unused give a few minutes.
        """
        asked = [p.needed for p in self._circuit.parts if isinstance(p, Enough) and pool in p.pools]
        room = min(room, max(asked, default=0))
        used = self._choice[pool] = self._binary()
        amount = int(self._solver.getNumCol())
        self._solver.addVar(0, room)
        self._row([amount, used], [1.0, -float(room)], upper=0)
        return amount

    def _binary(self) -> int:
        column = int(self._solver.getNumCol())
        self._solver.addVar(0, 1)
        self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _row(
        self,
        columns: Sequence[int],
        weights: Sequence[float],
        lower: float | None = None,
        upper: float | None = None,
    ) -> None:
        low = -highspy.kHighsInf if lower is None else lower
        high = highspy.kHighsInf if upper is None else upper
        self._solver.addRow(low, high, len(columns), columns, weights)

    def _fix_to(self, column: int, value: int) -> None:
        self._solver.changeColBounds(column, value, value)

    def _read(self) -> Solution:
        """The choices taken; amounts are brought down to what is asked for, so none is a rounding residue."""
        values = self._solver.getSolution().col_value
        half = 0.5
        choices = {name for name, column in self._choice.items() if values[column] > half}
        amounts = {
            pool: round(values[self._amount[pool]])
            for pool in self._circuit.pools
            if pool in choices and values[self._amount[pool]] > half
        }
        return Solution(frozenset(choices - set(self._circuit.pools)), amounts)
