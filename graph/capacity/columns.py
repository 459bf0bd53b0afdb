"""Rows and columns of a mixed-integer program as they are written down, before a solver has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

Row = Mapping[int, float]


@dataclass
class Columns:
    """Columns from 0 to 1, whole or not; each row is a sum with an upper limit."""

    whole: list[bool] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)

    def column(self, *, whole: bool) -> int:
        """A new column."""
        self.whole.append(whole)
        self.costs.append(0.0)
        return len(self.whole) - 1

    def at_most(self, row: Row, limit: float) -> int:
        """The sum of a row is no more than a limit; the number of the row."""
        self.rows.append(row)
        self.limits.append(limit)
        self.lowest.append(-highspy.kHighsInf)
        return len(self.rows) - 1

    def equals(self, row: Row, value: float) -> int:
        """The sum of a row is a value; the number of the row."""
        self.at_most(row, value)
        self.lowest[-1] = value
        return len(self.rows) - 1

    def solver(self) -> "highspy.Highs":
        """A solver that has all of it and makes the costs as large as can be, with one thread."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        solver.setOptionValue("threads", 1)
        columns = len(self.whole)
        solver.addVars(columns, np.zeros(columns), np.ones(columns))
        every = np.arange(columns, dtype=np.int32)
        solver.changeColsCost(columns, every, np.array(self.costs))
        whole = np.flatnonzero(np.array(self.whole, bool)).astype(np.int32)
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        solver.changeColsIntegrality(len(whole), whole, kinds)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        starts = np.cumsum([0, *(len(row) for row in self.rows)])[:-1]
        solver.addRows(
            len(self.rows),
            np.array(self.lowest),
            np.array(self.limits),
            sum(len(row) for row in self.rows),
            starts.astype(np.int32),
            np.array([column for row in self.rows for column in row], np.int32),
            np.array([weight for row in self.rows for weight in row.values()], float),
        )
        return solver
