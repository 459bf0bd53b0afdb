"""A circuit as a mixed-integer program, solved by HiGHS.

Circular support (a proves b, b proves a) satisfies the program but not the meaning, so each answer is worked through
from the ground; where it does not stand, the program learns that at least one of the choices open at that point must
be taken, or one of the amounts short at that point be reached, and is solved again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil, isfinite

import highspy
import numpy as np

from graph.circuit import TRUE, Choice, Circuit, Enough, Gate, Part, Solution
from graph.prices import Prices

HALF = 0.5
TOLERANCE = 1e-6


class Program:
    """The mixed-integer program of a circuit; rows are only ever added.

    Attributes:
        names: every choice and pool, sorted.
        place: for each of them its place among these.
    """

    def __init__(self, circuit: Circuit, goal: int, prices: Prices) -> None:
        self._circuit = circuit
        self._goal = goal
        choices = {p.name: node for node, p in enumerate(circuit.parts) if isinstance(p, Choice)}
        self.names = sorted([*choices, *circuit.pools])
        self.place = {name: at for at, name in enumerate(self.names)}
        columns = len(circuit.parts)
        self._used = choices | {pool: columns + at for at, pool in enumerate(circuit.pools)}
        columns += len(circuit.pools)
        self._amount = {pool: columns + at for at, pool in enumerate(circuit.pools)}
        columns += len(circuit.pools)
        self._dearest = list(range(columns, columns + len(prices.shared)))
        self.amounts = dict.fromkeys(self._amount.values(), 1)
        self.things = dict.fromkeys(self._used.values(), 1)
        self.prices = _columns(prices.choices, self._used) | _columns(prices.pools, self._used)
        self.prices |= _columns(prices.units, self._amount) | dict.fromkeys(self._dearest, 1)
        self._solver = _solver(columns + len(prices.shared))
        self._bound(prices)
        self._rows(prices)
        self.proven = True
        self.bound = 0
        self.ran_out = False
        self._costs: Mapping[int, int] = {}
        self._forbidden = ""
        self._ends = highspy.kHighsInf

    def _bound(self, prices: Prices) -> None:
        """Amounts and the dearest of a group are no truths.

        The room of a pool is kept as small as the demands allow: with a large one the solver's tolerance lets a pool
        that counts as unused give a few minutes.
        """
        whole = np.arange(min([*self._amount.values(), *self._dearest], default=self._solver.getNumCol()))
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(len(whole), whole.astype(np.int32), kinds)
        self._room = {}
        for pool, room in self._circuit.pools.items():
            asked = [p.needed for p in self._circuit.parts if isinstance(p, Enough) and pool in p.pools]
            self._room[pool] = min(room, max(asked, default=0))
            self._solver.changeColBounds(self._amount[pool], 0, self._room[pool])
        for column, group in zip(self._dearest, prices.shared, strict=True):
            self._solver.changeColBounds(column, 0, max(group.values(), default=0))
        for node, part in enumerate(self._circuit.parts):
            if part is None:
                self._solver.changeColBounds(node, 0, 0)
        self._solver.changeColBounds(self._goal, 1, 1)

    def _rows(self, prices: Prices) -> None:
        rows = [row for node, part in enumerate(self._circuit.parts) if (row := self._row_of(node, part))]
        for pool, amount in self._amount.items():
            rows.append({self._used[pool]: self._room[pool], amount: -1})
        for column, group in zip(self._dearest, prices.shared, strict=True):
            rows += [
                {column: 1, self._used[name]: -price} for name, price in group.items() if name in self._used
            ]
        starts = np.cumsum([0, *(len(row) for row in rows)])[:-1]
        self._solver.addRows(
            len(rows),
            np.zeros(len(rows)),
            np.full(len(rows), highspy.kHighsInf),
            sum(len(row) for row in rows),
            starts.astype(np.int32),
            np.array([column for row in rows for column in row], np.int32),
            np.array([weight for row in rows for weight in row.values()], float),
        )

    def _row_of(self, node: int, part: Part | None) -> dict[int, int]:
        """What must be 0 or more for a node to hold; nothing where it may always."""
        match part:
            case Gate(needed=needed) if needed > 0:
                row = {node: -needed}
                for read in part.inputs:
                    row[read] = row.get(read, 0) + 1
                return row
            case Choice() if part.requires != TRUE:
                return {part.requires: 1, node: -1}
            case Enough():
                return {**{self._amount[pool]: 1 for pool in part.pools}, node: -part.needed}
            case _:
                return {}

    # asking

    def limit(self, seconds: float) -> None:
        """Stop after so long, however many searches it takes; the solver itself begins anew with each."""
        self._ends = self._solver.getRunTime() + seconds

    def minimise(self, costs: Mapping[int, int]) -> None:
        """Say what is to be as small as can be."""
        self._costs = costs
        columns = self._solver.getNumCol()
        full = np.zeros(columns)
        for column, cost in costs.items():
            full[column] = cost
        self._solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), full)

    def at_most(self, costs: Mapping[int, int], limit: int) -> None:
        """Nothing dearer counts from now on."""
        self._add(costs, upper=limit)

    def leave(self, names: Collection[str]) -> None:
        """These are never taken from now on, and no names any more."""
        for name in names:
            self._solver.changeColBounds(self._used[name], 0, 0)
        self.names = [name for name in self.names if name not in names]
        self.place = {name: at for at, name in enumerate(self.names)}

    def prefer(self, names: Collection[str]) -> None:
        """Ask for the fewest things, and among these for as many of some as can be."""
        weight = len(self._used) + 1
        favoured = {self._used[name] for name in names}
        self.minimise({column: weight - (column in favoured) for column in self.things})

    def unlimited(self) -> None:
        """Let each search take its time."""
        self._ends = highspy.kHighsInf

    @contextmanager
    def forbidding(self, name: str) -> Iterator[None]:
        """Leave a thing alone for a while."""
        self._forbidden = name
        self._solver.changeColBounds(self._used[name], 0, 0)
        yield
        self._forbidden = ""
        self._solver.changeColBounds(self._used[name], 0, 1)

    def smallest(self, found: Solution) -> Solution:
        """The same things with amounts as small as can be."""
        if not found.amounts:
            return found
        costs = self._costs
        self.minimise(self.amounts)
        smaller = self.solve_with(found.names, alone=True)
        self.minimise(costs)
        return smaller or found

    def spared(self, found: Solution) -> Solution:
        """The same without what it stands without: things that are free and serve nothing cost no total."""
        for name in found.names:
            amounts = {pool: amount for pool, amount in found.amounts.items() if pool != name}
            true, taken = self._circuit.closure(found.choices - {name}, amounts)
            if self._goal in true:
                found = Solution(frozenset(taken), amounts)
        return found

    def exclude_exactly(self, solution: Solution) -> None:
        """These names and no others count no more."""
        row = dict.fromkeys(self._used.values(), 1) | {self._used[name]: -1 for name in solution.names}
        self._add(row, lower=1 - solution.size)

    def exclude(self, solution: Solution) -> None:
        """No solution of the same names counts from now on; all others are as large."""
        self._add(dict.fromkeys((self._used[name] for name in solution.names), 1), upper=solution.size - 1)

    def solve_with(
        self, kept: Sequence[str], *, one_of: Sequence[str] = (), alone: bool = False
    ) -> Solution | None:
        """A best solution with some names, and at least one of some others or (``alone``) without any other."""
        names = self.names if alone else kept
        wanted = set(kept)
        for name in names:
            self._solver.changeColBounds(self._used[name], int(name in wanted), int(name in wanted))
        row = self._solver.getNumRow()
        if one_of:
            self._add(dict.fromkeys((self._used[name] for name in one_of), 1), lower=1)
        found = self.solve()
        if one_of:
            self._solver.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)
        for name in names:
            self._solver.changeColBounds(self._used[name], 0, int(name != self._forbidden))
        return found

    def solve(self) -> Solution | None:
        """A best solution that stands from the ground up."""
        while True:
            left = max(0.0, self._ends - self._solver.getRunTime())
            self._solver.setOptionValue("time_limit", left)
            self._solver.run()
            status = self._solver.getModelStatus()
            self.proven = status == highspy.HighsModelStatus.kOptimal
            self.ran_out = status == highspy.HighsModelStatus.kTimeLimit
            if not self.proven and not self._has_some():
                return None
            found = self._read()
            true, taken = self._circuit.closure(found.choices, found.amounts)
            if self._goal in true and len(taken) == len(found.choices):
                return found
            if not self.proven or not self._learn(true, set(taken), found.choices.difference(taken)):
                return None

    def _has_some(self) -> bool:
        """The time is over, and something was found in it."""
        info = self._solver.getInfo()
        self.bound = max(0, ceil(info.mip_dual_bound - TOLERANCE)) if isfinite(info.mip_dual_bound) else 0
        has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return bool(self.ran_out and has_solution)

    def _learn(self, true: set[int], taken: set[str], hanging: Collection[str]) -> bool:
        """One of what is open at the point where it stalled must come to hold; False where nothing is open.

        Where the goal holds without the choices that hang in the air, that is so only for whoever takes one of these.
        """
        columns = [
            node
            for node, part in enumerate(self._circuit.parts)
            if (isinstance(part, Choice) and part.name not in taken and part.requires in true)
            or (isinstance(part, Enough) and node not in true)
        ]
        row = dict.fromkeys(columns, 1)
        if self._goal in true:
            for name in hanging:
                self._add(row | {self._used[name]: -1}, lower=0)
            return True
        if columns:
            self._add(row, lower=1)
        return bool(columns)

    def _add(self, row: Mapping[int, int], lower: float | None = None, upper: float | None = None) -> None:
        low = -highspy.kHighsInf if lower is None else lower
        high = highspy.kHighsInf if upper is None else upper
        columns, weights = np.array(list(row), np.int32), np.array(list(row.values()), float)
        self._solver.addRow(low, high, len(row), columns, weights)

    def _read(self) -> Solution:
        """The choices taken; amounts are brought down to what is asked for, so none is a rounding residue."""
        values = self._solver.getSolution().col_value
        taken = {name for name, column in self._used.items() if values[column] > HALF}
        amounts = {
            pool: round(values[column])
            for pool, column in self._amount.items()
            if pool in taken and values[column] > HALF
        }
        return Solution(frozenset(taken - set(self._amount)), amounts)


def _solver(columns: int) -> "highspy.Highs":
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    # programs as small as these are done before the heuristic has begun to pay
    solver.setOptionValue("mip_heuristic_run_feasibility_jump", False)  # noqa: FBT003 - as above
    solver.addVars(columns, np.zeros(columns), np.ones(columns))
    return solver


def _columns(prices: Mapping[str, int], columns: Mapping[str, int]) -> dict[int, int]:
    return {columns[name]: price for name, price in prices.items() if name in columns}
