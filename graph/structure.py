"""The graph behind the rules, for analysis and drawing: cycles, redundant edges, what leads to what.

Nothing here is exponential: cycles are found through strongly connected components, redundancy through sets of what is
needed in any case.
"""

from collections.abc import Iterable

import networkx as nx

from graph.edges import Edges, Place, item_of, items, prerequisite_edges, proof_edges, reference_edges
from graph.requirement import All, AtLeast, Group, NamedLeaf, Requirement
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


def always_needed(world: World) -> dict[Place, set[Place]]:
    """For every item the items that are met or held in every order that respects prerequisites.

    Assumes acyclic prerequisites; an item in a knot, or behind one, is left out.
    """
    graph = prerequisite_graph(world)
    places = dict(items(world))
    needed: dict[Place, set[Place]] = {}
    for place in _acyclic_order(graph):
        needed[place] = _always(world, places[place].prerequisites, needed)
    return needed


def redundant_edges(world: World) -> list[tuple[Place, Place]]:
    """(prerequisite, item): named outright although another prerequisite named outright needs it anyway."""
    needed = always_needed(world)
    found = []
    for place, item in items(world):
        outright = _outright(item.prerequisites)
        found += [
            (candidate, place)
            for candidate in outright
            if any(candidate in needed.get(other, ()) for other in outright if other != candidate)
        ]
    return found


def ancestors(graph: "nx.DiGraph[Place]", place: Place) -> set[Place]:
    """Everything that leads to a place."""
    return set(nx.ancestors(graph, place))


def opens(graph: "nx.DiGraph[Place]", place: Place) -> list[Place]:
    """The items that name a place directly, sorted."""
    return sorted(graph.successors(place))


def _outright(rule: Requirement | None) -> list[Place]:
    """Items that a rule needs in any case, as far as it says so itself."""
    if rule is None:
        return []
    if isinstance(rule, Group):
        everything = isinstance(rule, All) or (isinstance(rule, AtLeast) and rule.needed == len(rule.members))
        members = rule.members if everything or len(rule.members) == 1 else ()
        return [place for member in members for place in _outright(member)]
    place = item_of(rule)
    return [] if place is None else [place]


def _always(world: World, rule: Requirement | None, needed: dict[Place, set[Place]]) -> set[Place]:
    """What holds whenever a rule does: the union over what must hold, the intersection over choices."""
    if rule is None:
        return set()
    if isinstance(rule, Group):
        sets = [_always(world, member, needed) for member in rule.members]
        if rule.needed == len(sets):
            return set().union(*sets)
        return set.intersection(*sets)
    if isinstance(rule, NamedLeaf) and rule.key in world.requirements:
        return _always(world, world.requirements[rule.key].when, needed)
    place = item_of(rule)
    return set() if place is None else {place} | needed.get(place, set())


def _acyclic_order(graph: "nx.DiGraph[Place]") -> Iterable[Place]:
    """Places in order, those in or behind a knot left out."""
    waiting = dict(graph.in_degree())
    ready = [place for place, degree in waiting.items() if degree == 0]
    while ready:
        place = ready.pop()
        yield place
        for follower in graph.successors(place):
            waiting[follower] -= 1
            if waiting[follower] == 0:
                ready.append(follower)


def _cycle(graph: "nx.DiGraph[Place]", start: Place, knot: set[Place]) -> list[Place]:
    inside = graph.subgraph(knot)
    paths = (nx.shortest_path(inside, follower, start) for follower in sorted(inside.successors(start)))
    return [start, *min(paths, key=len)]
