"""Layers and their order for a drawing of prerequisites: Coffman-Graham, then barycentre sweeps."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12


@dataclass(frozen=True, order=True)
class Passage:
    """The place in a layer where the lines from `source` to deeper layers go through."""

    source: str
    layer: int


Cell = str | Passage


def assign_layers(
    nodes: Sequence[str], after: Mapping[str, frozenset[str]], across: int
) -> tuple[tuple[str, ...], ...]:
    """Put every node below all that must come before it, at most `across` to a layer.

    Coffman and Graham's method (Acta Informatica 1, 1972), run from the foundations: a node is chosen
    early when much depends on it. Ties go to the earlier of `nodes`, so the same input gives the same layers.

    Args:
        nodes: every node once, in reading order.
        after: for each node the nodes that must come before it; acyclic.
        across: the widest layer, in nodes.

    Raises:
        ValueError: the prerequisites run in a circle.
    """
    before: dict[str, list[str]] = {node: [] for node in nodes}
    for node in nodes:
        for earlier in after[node]:
            before[earlier].append(node)
    rank = _labels(nodes, after, before)
    waiting = {node: len(after[node]) for node in nodes}
    ready = sorted((node for node in nodes if not waiting[node]), key=rank.__getitem__)
    layers: list[tuple[str, ...]] = []
    while ready:
        layer, ready = tuple(ready[:across]), ready[across:]
        layers.append(layer)
        for node in layer:
            for later in before[node]:
                waiting[later] -= 1
                if not waiting[later]:
                    insort(ready, later, key=rank.__getitem__)
    return tuple(layers)


def _labels(
    nodes: Sequence[str], after: Mapping[str, frozenset[str]], before: Mapping[str, list[str]]
) -> dict[str, int]:
    """Rank nodes, 0 first: what many late things wait for has the lowest number."""
    place = {node: -at for at, node in enumerate(nodes)}
    waiting = {node: len(before[node]) for node in nodes}
    labels: dict[str, int] = {}
    open_nodes: dict[str, tuple[list[int], int]] = {
        node: ([], place[node]) for node in nodes if not waiting[node]
    }
    while open_nodes:
        node = min(open_nodes, key=open_nodes.__getitem__)
        del open_nodes[node]
        labels[node] = len(labels)
        for earlier in after[node]:
            waiting[earlier] -= 1
            if not waiting[earlier]:
                later_labels = sorted((labels[later] for later in before[earlier]), reverse=True)
                open_nodes[earlier] = (later_labels, place[earlier])
    if len(labels) < len(nodes):
        circle = sorted(set(nodes) - set(labels))
        raise ValueError(f"prerequisites run in a circle among {', '.join(circle)}")
    return {node: len(nodes) - 1 - label for node, label in labels.items()}


@dataclass(frozen=True)
class Ordering:
    """Every layer from left to right, and for each cell its neighbours one layer up."""

    layers: tuple[tuple[Cell, ...], ...]
    above: dict[Cell, tuple[Cell, ...]]
    crossings: int

    def below(self) -> dict[Cell, tuple[Cell, ...]]:
        """Turn `above` round: for each cell its neighbours one layer down."""
        turned: dict[Cell, list[Cell]] = {}
        for cell, neighbours in self.above.items():
            for neighbour in neighbours:
                turned.setdefault(neighbour, []).append(cell)
        return {cell: tuple(cells) for cell, cells in turned.items()}


def order_layers(layers: Sequence[Sequence[str]], after: Mapping[str, frozenset[str]]) -> Ordering:
    """Choose the order within each layer that lets the fewest lines cross, as far as sweeps find it.

    Args:
        layers: as `assign_layers` gives them.
        after: for each node the nodes that must come before it.

    Returns:
        The best ordering seen, with a `Passage` wherever a line runs through a layer.
    """
    cells, above = _with_passages(layers, after)
    best = Ordering(cells, above, _crossings(cells, above))
    down, up = above, best.below()
    for sweep in range(SWEEPS):
        if not best.crossings:
            break
        cells = _swept(cells, up if sweep % 2 else down, upward=bool(sweep % 2))
        crossings = _crossings(cells, above)
        if crossings < best.crossings:
            best = Ordering(cells, above, crossings)
    return best


def _with_passages(
    layers: Sequence[Sequence[str]], after: Mapping[str, frozenset[str]]
) -> tuple[tuple[tuple[Cell, ...], ...], dict[Cell, tuple[Cell, ...]]]:
    layer_of = {node: at for at, layer in enumerate(layers) for node in layer}
    last = dict.fromkeys(layer_of, 0)
    for node, earlier in after.items():
        for source in earlier:
            last[source] = max(last[source], layer_of[node])
    cells: list[list[Cell]] = [list(layer) for layer in layers]
    above: dict[Cell, tuple[Cell, ...]] = {}
    for source, at in layer_of.items():
        for between in range(at + 1, last[source]):
            passage = Passage(source, between)
            cells[between].append(passage)
            above[passage] = (foot(source, at, between - 1),)
    for node, earlier in after.items():
        above[node] = tuple(foot(source, layer_of[source], layer_of[node] - 1) for source in sorted(earlier))
    return tuple(tuple(layer) for layer in cells), above


def foot(source: str, at: int, layer: int) -> Cell:
    """Name the cell in `layer` from which a line that starts at `source` (in layer `at`) goes on."""
    return source if layer == at else Passage(source, layer)


def _swept(
    layers: tuple[tuple[Cell, ...], ...], neighbours: Mapping[Cell, tuple[Cell, ...]], *, upward: bool
) -> tuple[tuple[Cell, ...], ...]:
    result = list(layers)
    levels = range(len(layers) - 2, -1, -1) if upward else range(1, len(layers))
    for level in levels:
        fixed = {cell: at for at, cell in enumerate(result[level + 1 if upward else level - 1])}
        moved = result[level]
        own = {cell: float(at) for at, cell in enumerate(moved)}
        for cell in moved:
            places = [fixed[neighbour] for neighbour in neighbours.get(cell, ())]
            if places:
                own[cell] = sum(places) / len(places)
        result[level] = tuple(sorted(moved, key=own.__getitem__))
    return tuple(result)


def _crossings(layers: tuple[tuple[Cell, ...], ...], above: Mapping[Cell, tuple[Cell, ...]]) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        place = {cell: at for at, cell in enumerate(upper)}
        seen: list[int] = []
        for cell in lower:
            ends = [place[neighbour] for neighbour in above.get(cell, ())]
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
