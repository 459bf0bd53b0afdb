"""Measures of prerequisites: what blocks, what delays, what is central, and where everything must pass.

Blocking, delay, centrality and complexity are those of Curricular Analytics (Heileman, Abdallah, Slim, Hickman:
Curricular Analytics, arXiv 1811.09676, 2018). An edge is an item named in prerequisites, under any group and behind any
name; counts give none. Paths are counted and added up from item to item, and never listed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graph.edges import Edges, Place, rule_edges, without_names
from graph.needs import always_needed
from graph.paths import Paths
from graph.world import World

MANY_PREREQUISITES = 3
MANY_OPENED = 3
MANY_TOGETHER = 5
"""When an item is a bottleneck: as Reeping's CurricularComplexity suggests for its ``find_bottlenecks``."""

MANY_BEHIND = 3
"""How many items lie behind one that is called a gateway; our choice, after the same measure."""


class Measure(NamedTuple):
    """One item in the graph of prerequisites.

    Attributes:
        prerequisites: items that it names.
        opens: items that name it.
        blocking: items that come after it, directly or further on.
        delay: items on the longest path through it, itself included.
        centrality: the lengths, in items, of all paths through it from an item without prerequisites to one that
            opens nothing, added up; 0 for either of these. It grows as fast as the number of paths.
        gates: items that cannot be reached without it, whichever way is taken through the choices.
        behind: items to which every path from an item without prerequisites leads through it.
        gateway: the last item before it through which every such path to it leads; None where there is none.
    """

    prerequisites: int
    opens: int
    blocking: int
    delay: int
    centrality: int
    gates: int
    behind: int
    gateway: Place | None

    @property
    def complexity(self) -> int:
        """Blocking and delay together."""
        return self.blocking + self.delay

    @property
    def is_bottleneck(self) -> bool:
        """Tell whether many items lead to it, many follow at once, or many do both together."""
        return (
            self.prerequisites >= MANY_PREREQUISITES
            or self.opens >= MANY_OPENED
            or self.prerequisites + self.opens >= MANY_TOGETHER
        )


@dataclass(frozen=True)
class Totals:
    """All items together; ``edges`` are prerequisites, counted for each item that names them."""

    items: int
    edges: int
    blocking: int
    delay: int
    centrality: int
    complexity: int


@dataclass(frozen=True)
class Metrics:
    """Every item with its measure, and the longest path, the first in the order of the items among equals."""

    items: Mapping[Place, Measure]
    longest_path: tuple[Place, ...]

    @cached_property
    def totals(self) -> Totals:
        """The measures of all items added up."""
        found = list(self.items.values())
        blocking, delay = sum(one.blocking for one in found), sum(one.delay for one in found)
        return Totals(
            items=len(found),
            edges=sum(one.prerequisites for one in found),
            blocking=blocking,
            delay=delay,
            centrality=sum(one.centrality for one in found),
            complexity=blocking + delay,
        )

    @cached_property
    def bottlenecks(self) -> tuple[Place, ...]:
        """Items that many lead to or that open many, the most complex first."""
        found = [place for place, one in self.items.items() if one.is_bottleneck]
        return tuple(sorted(found, key=lambda place: -self.items[place].complexity))

    @cached_property
    def gateways(self) -> tuple[Place, ...]:
        """Items that everything behind them leads through, those with the most behind them first."""
        found = [place for place, one in self.items.items() if one.behind >= MANY_BEHIND]
        return tuple(sorted(found, key=lambda place: -self.items[place].behind))


def measure(world: World, framework: str | None = None) -> Metrics:
    """Measure the prerequisites of a world, or of one framework's items with all that comes before them.

    Raises:
        CircleError: prerequisites go in a circle.
    """
    named = rule_edges(world)
    needs = always_needed(world, named)
    edges = without_names(named)
    if framework is not None:
        edges = _with_all_before(edges, (p for p in edges if p[1].startswith(f"{framework}:")))
    ordered = [place for place in needs.places if place in edges]
    return measure_edges(edges, needs.counted(edges), ordered)


def measure_edges(
    edges: Edges, gates: Mapping[Place, int], ordered: Sequence[Place] | None = None
) -> Metrics:
    """Measure a graph: for every place the places before it, each of them a key as well.

    Args:
        edges: the graph.
        gates: for each place how many cannot be reached without it.
        ordered: the places, each after those before it, where somebody has put them in order already.

    Raises:
        CircleError: a place comes before itself.
    """
    paths = Paths(edges, ordered)
    blocking, delay, centrality = paths.blocking(), paths.delay(), paths.centrality()
    gateways, behind = paths.gateways()
    found = {
        place: Measure(
            prerequisites=len(paths.before[at]),
            opens=len(paths.after[at]),
            blocking=blocking[at],
            delay=delay[at],
            centrality=centrality[at],
            gates=gates.get(place, 0),
            behind=behind[at],
            gateway=gateways[at],
        )
        for place in edges
        for at in (paths.number[place],)
    }
    return Metrics(found, paths.longest())


def _with_all_before(edges: Edges, places: Iterable[Place]) -> Edges:
    """The part of a graph that consists of places and of all that comes before them."""
    kept: set[Place] = set()
    stack = list(places)
    while stack:
        place = stack.pop()
        if place not in kept:
            kept.add(place)
            stack.extend(edges[place])
    return {place: before for place, before in edges.items() if place in kept}
