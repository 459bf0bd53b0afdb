"""HiGHS as this package uses it: binaries, rows, one objective after the other. Nothing depends on a clock."""

from collections.abc import Sequence
from math import isfinite

import highspy

NODES = 500
HALF = 0.5


class Solver:
    """A mixed-integer program; rows are only ever added, so each solution stays within what was proven before."""

    def __init__(self) -> None:
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.setOptionValue("mip_max_nodes", NODES)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return int(self._highs.getNumCol())

    def binary(self) -> int:
        """A new column that is 0 or 1."""
        column = self.amount(1.0)
        self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def amount(self, most: float) -> int:
        """A new column from 0 to ``most``."""
        column = int(self._highs.getNumCol())
        self._highs.addVar(0, most)
        return column

    def row(
        self,
        columns: Sequence[int],
        weights: Sequence[float] | None = None,
        lower: float | None = None,
        upper: float | None = None,
    ) -> None:
        """Bounds on a weighted sum of columns; a column may occur several times."""
        summed = _summed(columns, weights or [1.0] * len(columns))
        low = -highspy.kHighsInf if lower is None else lower
        high = highspy.kHighsInf if upper is None else upper
        self._highs.addRow(low, high, len(summed), list(summed), list(summed.values()))

    def maximise(self, columns: Sequence[int], weights: Sequence[float]) -> list[bool] | None:
        """For every column whether it is taken in the best solution found; None where there is none."""
        for column in range(self._highs.getNumCol()):
            self._highs.changeColCost(column, 0.0)
        for column, weight in _summed(columns, weights).items():
            self._highs.changeColCost(column, -weight)
        self._highs.run()
        if self._highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return [value > HALF for value in self._highs.getSolution().col_value]

    def at_most(self) -> float | None:
        """What the objective cannot exceed, after ``maximise``: 0 where nothing is possible, None where not known."""
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return 0.0
        if status == highspy.HighsModelStatus.kOptimal:
            return -float(self._highs.getInfo().objective_function_value)
        bound = -float(self._highs.getInfo().mip_dual_bound)
        return bound if isfinite(bound) else None


def _summed(columns: Sequence[int], weights: Sequence[float]) -> dict[int, float]:
    """By column; one may occur several times."""
    summed: dict[int, float] = {}
    for column, weight in zip(columns, weights, strict=True):
        summed[column] = summed.get(column, 0.0) + weight
    return summed
