"""Measures of prerequisites and a drawing of them, as authors of standards see them."""

from collections.abc import Iterator

import networkx as nx

from graph.edges import Place
from graph.layout import Choice, layout
from graph.metrics import measure
from graph.structure import prerequisite_graph
from standards.compiling import compile_world
from standards.reading import read_bytes
from tests.benchmarks.frameworks import framework_text
from tests.benchmarks.measuring import Figure, best

ITEMS = 2_001
MEASURED_SECONDS = 0.05
DRAWN = 300
DRAWN_SECONDS = 0.3


def figures() -> Iterator[Figure]:
    """All measures of 2,001 items, beside networkx doing less, and a drawing of 300."""
    world = compile_world(read_bytes("large.yaml", framework_text(ITEMS).encode()))
    graph = prerequisite_graph(world)
    seconds = best(lambda: measure(world))
    yield Figure(f"measures of {ITEMS:,} items", seconds, "50 ms", MEASURED_SECONDS, 1.0)
    naive = best(lambda: blocking(graph), repeats=1)
    yield Figure(f"measures of {ITEMS:,} items", seconds, "networkx counting descendants alone", naive)
    small = prerequisite_graph(compile_world(read_bytes("small.yaml", framework_text(DRAWN).encode())))
    names = [" ".join(place) for place in nx.topological_sort(small)]
    rules = {
        " ".join(place): Choice(len(before), tuple(" ".join(one) for one in sorted(before)))
        for place in small
        if (before := list(small.predecessors(place)))
    }
    drawn = best(lambda: layout(names, rules), repeats=3)
    yield Figure(f"a drawing of {DRAWN} items", drawn, "300 ms", DRAWN_SECONDS, 1.0)


def blocking(graph: "nx.DiGraph[Place]") -> int:
    """How many items come after each, all added up."""
    return sum(len(nx.descendants(graph, place)) for place in graph)
