"""The graph behind the rules, for analysis and drawing: cycles, and what leads to what.

Nothing here is exponential: cycles are found through strongly connected components.
"""

import networkx as nx

from graph.edges import Edges, Place, prerequisite_edges, proof_edges, reference_edges
from graph.world import World


def graph_of(edges: Edges) -> "nx.DiGraph[Place]":
    """The same edges for networkx; a place that nothing defines is a node as well."""
    graph: nx.DiGraph[Place] = nx.DiGraph()
    graph.add_nodes_from(edges)
    graph.add_edges_from((source, place) for place, sources in edges.items() for source in sorted(sources))
    return graph


def prerequisite_graph(world: World) -> "nx.DiGraph[Place]":
    """Item to item: every item named in prerequisites, under any group and behind any name."""
    return graph_of(prerequisite_edges(world))


def proof_graph(world: World) -> "nx.DiGraph[Place]":
    """Item to item: what may prove it, through ``satisfied_by`` and ``composed_of``."""
    return graph_of(proof_edges(world))


def reference_graph(world: World) -> "nx.DiGraph[Place]":
    """Named requirements, steps and programs, each after those that it refers to."""
    return graph_of(reference_edges(world))


def cycles(graph: "nx.DiGraph[Place]") -> list[list[Place]]:
    """One shortest cycle of every knot, the first place repeated at the end; an empty list for none."""
    found = []
    for knot in nx.strongly_connected_components(graph):
        start = min(knot)
        if len(knot) > 1:
            found.append(_cycle(graph, start, knot))
        elif graph.has_edge(start, start):
            found.append([start, start])
    return sorted(found)


def ancestors(graph: "nx.DiGraph[Place]", place: Place) -> set[Place]:
    """Everything that leads to a place."""
    return set(nx.ancestors(graph, place))


def opens(graph: "nx.DiGraph[Place]", place: Place) -> list[Place]:
    """The items that name a place directly, sorted."""
    return sorted(graph.successors(place))


def _cycle(graph: "nx.DiGraph[Place]", start: Place, knot: set[Place]) -> list[Place]:
    inside = graph.subgraph(knot)
    paths = (nx.shortest_path(inside, follower, start) for follower in sorted(inside.successors(start)))
    return [start, *min(paths, key=len)]
