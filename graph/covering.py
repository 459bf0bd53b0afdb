"""Which few choices make most goals of a circuit hold: a coverage problem as a mixed-integer program, by HiGHS.

Every choice is open from the start. Circular support satisfies the program but not the meaning, so an answer is worked
through from the ground; a goal that hangs in the air is then said to need one of the choices not taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import highspy
import numpy as np

from graph.circuit import TRUE, Choice, Circuit, Gate

HALF = 0.5
TOLERANCE = 1e-6
CHUNK = 16
"""Names whose order is settled in one search: the weights of more would be too far apart for the solver."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The best choices found.

    Attributes:
        names: sorted.
        goals: the nodes that hold with them.
        value: what these weigh.
        proven: no others weigh more; else none weigh more than ``bound``, and order among equals is left aside.
    """

    names: tuple[str, ...]
    goals: tuple[int, ...]
    value: int
    proven: bool
    bound: int


class Covering:
    """The program of a circuit of gates and open choices.

    Args:
        circuit: what could be taken.
        goals: what each goal weighs, by node; 1 or more.
        seconds: how long all searches together may take; None until each is proven.
    """

    def __init__(self, circuit: Circuit, goals: Mapping[int, int], seconds: float | None = None) -> None:
        self._circuit = circuit
        self._goals = dict(goals)
        self._solver = _solver(len(circuit.parts))
        self._seconds = seconds
        self._column = {p.name: node for node, p in enumerate(circuit.parts) if isinstance(p, Choice)}
        self._names = sorted(self._column)
        self._define()
        self._taking = self._row(dict.fromkeys(self._column.values(), 1), upper=0)
        self._weighing = self._row(self._goals, lower=0)

    def best(self, most: int) -> Cover:
        """At most so many choices that make the goals of most weight hold; then the fewest, then the first by name."""
        self._limit(upper=most)
        self._solver.changeRowBounds(self._weighing, 0, highspy.kHighsInf)
        weight = most + 1
        costs = {node: -weight * value for node, value in self._goals.items()}
        found, proven = self._solve(costs | dict.fromkeys(self._column.values(), 1))
        if not proven:
            return self._cover(found, proven=False, bound=self._bound(weight))
        cover = self._cover(found, proven=True, bound=0)
        return self._cover(self._first(cover), proven=True, bound=0)

    def _first(self, cover: Cover) -> Sequence[str]:
        """Of all as good and as few the one whose sorted names come first."""
        found: Sequence[str] = cover.names
        self._limit(lower=len(found), upper=len(found))
        self._solver.changeRowBounds(self._weighing, cover.value, highspy.kHighsInf)
        for start in range(0, len(self._names), CHUNK):
            if not any(name in found for name in self._names[start:]):
                break
            chunk = self._names[start : start + CHUNK]
            costs = {self._column[name]: -(2 ** (CHUNK - 1 - at)) for at, name in enumerate(chunk)}
            better, proven = self._solve(costs)
            found = better if proven else found
            for name in chunk:
                self._solver.changeColBounds(self._column[name], int(name in found), int(name in found))
        for name in self._names:
            self._solver.changeColBounds(self._column[name], 0, 1)
        return found

    def _cover(self, names: Sequence[str], *, proven: bool, bound: int) -> Cover:
        true, _ = self._circuit.closure(names, {})
        goals = tuple(node for node in self._goals if node in true)
        value = sum(self._goals[node] for node in goals)
        return Cover(tuple(sorted(names)), goals, value, proven, value if proven else max(bound, value))

    # the program

    def _define(self) -> None:
        whole = set(self._column.values())
        for node, part in enumerate(self._circuit.parts):
            if not isinstance(part, Gate):
                continue
            inputs = [read for read in part.inputs if read != TRUE]
            needed = part.needed - (len(part.inputs) - len(inputs))
            if needed <= 0:
                continue
            if needed == 1:
                self._row(_summed(inputs) | {node: -1}, lower=0)
            elif needed == len(inputs):
                for read in set(inputs):
                    self._row({read: 1, node: -1}, lower=0)
            else:
                whole.add(node)
                self._row(_summed(inputs) | {node: -needed}, lower=0)
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(len(whole), np.array(sorted(whole), np.int32), kinds)

    def _row(self, row: Mapping[int, int], lower: float | None = None, upper: float | None = None) -> int:
        low = -highspy.kHighsInf if lower is None else lower
        high = highspy.kHighsInf if upper is None else upper
        columns, weights = np.array(list(row), np.int32), np.array(list(row.values()), float)
        self._solver.addRow(low, high, len(row), columns, weights)
        return int(self._solver.getNumRow()) - 1

    def _limit(self, *, upper: int, lower: int = 0) -> None:
        self._solver.changeRowBounds(self._taking, lower, upper)

    def _solve(self, costs: Mapping[int, int]) -> tuple[Sequence[str], bool]:
        """The choices of a best answer that stands from the ground up, and whether it is proven best."""
        columns = self._solver.getNumCol()
        full = np.zeros(columns)
        for column, cost in costs.items():
            full[column] += cost
        self._solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), full)
        while True:
            if self._seconds is not None:
                self._solver.setOptionValue("time_limit", max(0.0, self._seconds - self._solver.getRunTime()))
            self._solver.run()
            proven = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            info = self._solver.getInfo()
            if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
                return (), False
            values = self._solver.getSolution().col_value
            taken = [name for name in self._names if values[self._column[name]] > HALF]
            if not self._learns(taken, values) or not proven:
                return taken, proven

    def _learns(self, taken: Sequence[str], values: Sequence[float]) -> bool:
        """Teach the program which goals hang in the air; False where none does."""
        true, _ = self._circuit.closure(taken, {})
        hanging = [node for node in self._goals if values[node] > TOLERANCE and node not in true]
        others = dict.fromkeys((self._column[name] for name in self._names if name not in taken), 1)
        for node in hanging:
            self._row(others | {node: -1}, lower=0)
        return bool(hanging)

    def _bound(self, weight: int) -> int:
        """What the goals weigh at most, by what was proven so far."""
        bound = -self._solver.getInfo().mip_dual_bound
        total = sum(self._goals.values())
        return (
            total
            if bound == highspy.kHighsInf
            else min(total, floor((bound + weight - 1) / weight + TOLERANCE))
        )


def _summed(inputs: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for read in inputs:
        found[read] = found.get(read, 0) + 1
    return found


def _solver(columns: int) -> "highspy.Highs":
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.addVars(columns, np.zeros(columns), np.ones(columns))
    return solver
