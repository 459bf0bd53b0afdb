"""What is measured: evaluators of one and the same rules over one and the same people."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.nation.bits import Bits, Flags
from tests.benchmarks.nation.gates import Rules


@dataclass(frozen=True, eq=False)
class Results:
    """What everybody must agree on, person by person.

    Attributes:
        flags: a row for each of `Rules.outputs`, a column a person.
        progress: a row for each of `Rules.progress`: the sum of the weights.
    """

    flags: Flags
    progress: NDArray[np.int64]

    def agrees(self, other: "Results") -> bool:
        """Tell whether two evaluators gave the same answer for everybody."""
        return np.array_equal(self.flags, other.flags) and np.array_equal(self.progress, other.progress)


class Evaluator(Protocol):
    """Something that evaluates rules for a crowd.

    Only ``evaluate`` is timed. Columns are given in whatever form an evaluator likes best, and the form of its
    answers is its own too, as long as everything is worked out.
    """

    name: str

    def load(self, rules: Rules, columns: Bits) -> Any:
        """The rules and people in the form it likes."""

    def evaluate(self, loaded: Any) -> Any:
        """All outputs and all progress of everybody."""

    def results(self, loaded: Any, answer: Any) -> Results:
        """An answer in the common form, to be compared."""
