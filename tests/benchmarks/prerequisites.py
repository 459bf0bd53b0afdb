"""Measures of prerequisites and a drawing of them, as authors of standards see them."""

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from graph.edges import Place, items
from graph.layering import order_layers
from graph.layout import Choice, layout
from graph.metrics import measure
from graph.structure import prerequisite_graph
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_world
from standards.reading import read_bytes
from tests.benchmarks.frameworks import framework_text
from tests.benchmarks.measuring import Figure, Unit, best
from web.pages.mapping import choice_of, node_name

ITEMS = 2_001
MEASURED_SECONDS = 0.05
DRAWN = 300
DRAWN_SECONDS = 0.3
SEEDS = range(20)


def figures() -> Iterator[Figure]:
    """All measures of 2,001 items, beside networkx doing less, and a drawing of 300."""
    world = _random(ITEMS)
    graph = prerequisite_graph(world)
    seconds = best(lambda: measure(world))
    yield Figure(f"measures of {ITEMS:,} items", seconds, "50 ms", MEASURED_SECONDS, 1.0)
    naive = best(lambda: blocking(graph), repeats=1)
    yield Figure(f"measures of {ITEMS:,} items", seconds, "networkx counting descendants alone", naive)
    small = prerequisite_graph(_random(DRAWN))
    names = [" ".join(place) for place in nx.topological_sort(small)]
    rules = {
        " ".join(place): Choice(len(before), tuple(" ".join(one) for one in sorted(before)))
        for place in small
        if (before := list(small.predecessors(place)))
    }
    drawn = best(lambda: layout(names, rules), repeats=3)
    yield Figure(f"a drawing of {DRAWN} items", drawn, "300 ms", DRAWN_SECONDS, 1.0)
    yield _crossings("the shipped catalog", [compile_world(load_catalog())])
    for size in (60, 150, DRAWN):
        yield _crossings(f"{len(SEEDS)} frameworks of {size} items", [_random(size, seed) for seed in SEEDS])


def _random(count: int, seed: int = 2026) -> World:
    return compile_world(read_bytes("random.yaml", framework_text(count, seed).encode()))


def _crossings(what: str, worlds: Iterable[World]) -> Figure:
    """Lines that cross in the drawings of all frameworks, beside the same layers in the order of the documents."""
    drawn = naive = 0
    for world in worlds:
        for framework in world.frameworks:
            found, as_written = crossings(_rules(world, framework))
            drawn, naive = drawn + found, naive + as_written
    return Figure(
        f"crossings in {what}", drawn, "in the order of the documents", naive, 0.5, unit=Unit.CROSSINGS
    )


def _rules(world: World, framework: str) -> dict[str, str | Choice | None]:
    return {
        node_name(*place): None if item.prerequisites is None else choice_of(item.prerequisites)
        for place, item in items(world)
        if item.framework.id == framework
    }


def crossings(rules: Mapping[str, str | Choice | None]) -> tuple[int, int]:
    """How many lines cross in a drawing, and how many would with its layers in the order of the nodes."""
    nodes = list(rules)
    drawing = layout(nodes, {node: rule for node, rule in rules.items() if rule is not None})
    layers: list[list[str]] = [[] for _ in range(1 + max((box.layer for box in drawing.boxes), default=-1))]
    for box in drawing.boxes:
        layers[box.layer].append(box.name)
    left_out = set(drawing.redundant)
    after = {
        node: frozenset(name for name in _names(rule) if name in rules and (name, node) not in left_out)
        for node, rule in rules.items()
    }
    written = [sorted(layer, key=nodes.index) for layer in layers]
    return drawing.crossings, order_layers(written, after, sweeps=0).crossings


def _names(rule: str | Choice | None) -> Iterator[str]:
    if isinstance(rule, Choice):
        for member in rule.of:
            yield from _names(member)
    elif rule is not None:
        yield rule


def blocking(graph: "nx.DiGraph[Place]") -> int:
    """How many items come after each, all added up."""
    return sum(len(nx.descendants(graph, place)) for place in graph)
