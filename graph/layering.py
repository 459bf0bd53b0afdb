"""Layers and their order for a drawing of prerequisites: Coffman-Graham, then barycentre sweeps."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SWEEPS = 12


class Passage(NamedTuple):
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
    """Every layer from left to right, and for each cell its neighbours one layer up and one layer down."""

    layers: tuple[tuple[Cell, ...], ...]
    above: dict[Cell, tuple[Cell, ...]]
    below: dict[Cell, tuple[Cell, ...]]
    crossings: int


def order_layers(
    layers: Sequence[Sequence[str]], after: Mapping[str, frozenset[str]], sweeps: int = SWEEPS
) -> Ordering:
    """Choose the order within each layer that lets the fewest lines cross, as far as sweeps find it.

    Args:
        layers: as `assign_layers` gives them.
        after: for each node the nodes that must come before it.
        sweeps: how often to try; with 0 the layers stay as they are given.

    Returns:
        The best ordering seen, with a `Passage` wherever a line runs through a layer.
    """
    cells, above = _with_passages(layers, after)
    below = _turned(above)
    named = [cell for layer in cells for cell in layer]
    number = {cell: at for at, cell in enumerate(named)}

    def numbered(cells: Sequence[Cell]) -> list[int]:
        return [number[cell] for cell in cells]

    found, crossings = _Sweeps(
        [numbered(layer) for layer in cells],
        [numbered(above.get(cell, ())) for cell in named],
        [numbered(below.get(cell, ())) for cell in named],
    ).best(sweeps)
    return Ordering(tuple(tuple(named[at] for at in layer) for layer in found), above, below, crossings)


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


def _turned(above: Mapping[Cell, tuple[Cell, ...]]) -> dict[Cell, tuple[Cell, ...]]:
    """For each cell its neighbours one layer down."""
    turned: dict[Cell, list[Cell]] = {}
    for cell, neighbours in above.items():
        for neighbour in neighbours:
            turned.setdefault(neighbour, []).append(cell)
    return {cell: tuple(cells) for cell, cells in turned.items()}


def foot(source: str, at: int, layer: int) -> Cell:
    """Name the cell in `layer` from which a line that starts at `source` (in layer `at`) goes on."""
    return source if layer == at else Passage(source, layer)


class _Sweeps:
    """Barycentre sweeps, downward and upward in turn, over cells that go by number."""

    def __init__(
        self, layers: list[list[int]], above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]
    ) -> None:
        self._layers = layers
        self._above, self._below = above, below
        self._place = [0] * len(above)
        for layer in layers:
            self._settle(layer)

    def best(self, sweeps: int) -> tuple[list[list[int]], int]:
        """The layers with the fewest crossings met, and how many these are."""
        found, fewest = list(self._layers), self._crossings()
        for sweep in range(sweeps):
            if not fewest:
                break
            self._sweep(upward=bool(sweep % 2))
            crossings = self._crossings()
            if crossings < fewest:
                found, fewest = list(self._layers), crossings
        return found, fewest

    def _settle(self, layer: Iterable[int]) -> None:
        for at, cell in enumerate(layer):
            self._place[cell] = at

    def _sweep(self, *, upward: bool) -> None:
        neighbours, place = self._below if upward else self._above, self._place.__getitem__
        count = len(self._layers)
        for level in range(count - 2, -1, -1) if upward else range(1, count):
            own = {
                cell: sum(map(place, near)) / len(near) if (near := neighbours[cell]) else place(cell)
                for cell in self._layers[level]
            }
            self._layers[level] = sorted(own, key=own.__getitem__)
            self._settle(self._layers[level])

    def _crossings(self) -> int:
        place, total = self._place.__getitem__, 0
        for layer in self._layers:
            seen: list[int] = []
            for cell in layer:
                # lines that end in one cell do not cross each other: the leftmost is counted first
                for end in sorted(map(place, self._above[cell])):
                    left = bisect_right(seen, end)
                    total += len(seen) - left
                    seen.insert(left, end)
        return total
