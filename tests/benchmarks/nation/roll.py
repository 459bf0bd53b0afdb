"""Everybody who takes part, and for how many people each is asked: the quick ones need many to be measured."""

from tests.benchmarks.nation.columns import NumpyBytes, Polars
from tests.benchmarks.nation.graphs import CachedNetworkx, NaiveNetworkx, Rustworkx
from tests.benchmarks.nation.integers import Integers
from tests.benchmarks.nation.ours import Ours
from tests.benchmarks.nation.peers import Evaluator

NAIVE, OURS = "NaiveNetworkx", "Ours"
EVALUATORS: dict[str, Evaluator] = {
    type(one).__name__: one
    for one in (
        NaiveNetworkx(),
        CachedNetworkx(),
        Rustworkx(),
        Polars(),
        NumpyBytes(),
        Integers(),
        Ours(),
    )
}
PEOPLE = {
    "NaiveNetworkx": 1_000,
    "CachedNetworkx": 2_000,
    "Rustworkx": 2_000,
    "Polars": 200_000,
    "NumpyBytes": 200_000,
    "Integers": 1_000_000,
    "Ours": 1_000_000,
}
