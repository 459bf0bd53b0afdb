"""The graph behind the rules, for analysis and drawing: cycles, redundant edges, what leads to what.

Edges run from what comes first to what it leads to. Counts give no edges. Nothing here is exponential: cycles are found
through strongly connected components, redundancy through sets of what is needed in any case.
"""

from collections.abc import Callable, Iterable, Iterator

import networkx as nx

from graph.requirement import (
    All,
    AtLeast,
    CompetencyLeaf,
    CredentialLeaf,
    Group,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
    leaves,
)
from graph.world import Competency, Credential, World

Place = tuple[str, str]
"""(kind, key): competency, credential, requirement, step or program."""


def items(world: World) -> Iterator[tuple[Place, Competency | Credential]]:
    """Every competency, then every credential."""
    for key, competency in world.competencies.items():
        yield ("competency", key), competency
    for key, credential in world.credentials.items():
        yield ("credential", key), credential


def prerequisite_graph(world: World) -> "nx.DiGraph[Place]":
    """Item to item: every item named in prerequisites, under any group and behind any name."""
    return _graph(world, lambda item: item.prerequisites)


def proof_graph(world: World) -> "nx.DiGraph[Place]":
    """Item to item: what may prove it, through ``satisfied_by`` and ``composed_of``."""
    return _graph(world, lambda item: item.satisfied_by if isinstance(item, Competency) else item.composed_of)


def reference_graph(world: World) -> "nx.DiGraph[Place]":
    """Named requirements, steps and programs, each after those that it refers to."""
    graph: nx.DiGraph[Place] = nx.DiGraph()
    rules: list[tuple[Place, Requirement | None]] = [
        (("requirement", key), named.when) for key, named in world.requirements.items()
    ]
    for program in world.programs.values():
        rules.append((("program", program.key), program.completion))
        rules += [(("step", step.key), step.when) for step in program.steps]
        pairs = zip(program.steps, program.steps[1:], strict=False)
        graph.add_edges_from((("step", earlier.key), ("step", later.key)) for earlier, later in pairs)
    for place, rule in rules:
        graph.add_node(place)
        graph.add_edges_from((reference, place) for reference in _references(rule))
    return graph


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


def _graph(
    world: World, rule: Callable[[Competency | Credential], Requirement | None]
) -> "nx.DiGraph[Place]":
    graph: nx.DiGraph[Place] = nx.DiGraph()
    known = dict(items(world))
    graph.add_nodes_from(known)
    behind: dict[str, set[Place]] = {}
    for place, item in known.items():
        found = _items_behind(world, rule(item), behind)
        graph.add_edges_from((source, place) for source in sorted(found) if source in known)
    return graph


def _items_behind(world: World, rule: Requirement | None, behind: dict[str, set[Place]]) -> set[Place]:
    """The items that a rule names, also behind named requirements; self-reference is somebody else's finding."""
    found: set[Place] = set()
    for leaf in () if rule is None else leaves(rule):
        if (place := _item(leaf)) is not None:
            found.add(place)
        elif isinstance(leaf, NamedLeaf) and leaf.key in world.requirements:
            if leaf.key not in behind:
                behind[leaf.key] = set()
                behind[leaf.key] = _items_behind(world, world.requirements[leaf.key].when, behind)
            found |= behind[leaf.key]
    return found


def _item(leaf: Requirement) -> Place | None:
    if isinstance(leaf, CompetencyLeaf):
        return "competency", leaf.key
    return ("credential", leaf.key) if isinstance(leaf, CredentialLeaf) else None


def _references(rule: Requirement | None) -> Iterator[Place]:
    for leaf in () if rule is None else leaves(rule):
        if isinstance(leaf, NamedLeaf):
            yield "requirement", leaf.key
        elif isinstance(leaf, StepLeaf):
            yield "step", leaf.key
        elif isinstance(leaf, ProgramLeaf):
            yield "program", leaf.key


def _outright(rule: Requirement | None) -> list[Place]:
    """Items that a rule needs in any case, as far as it says so itself."""
    if rule is None:
        return []
    if isinstance(rule, Group):
        everything = isinstance(rule, All) or (isinstance(rule, AtLeast) and rule.needed == len(rule.members))
        members = rule.members if everything or len(rule.members) == 1 else ()
        return [place for member in members for place in _outright(member)]
    place = _item(rule)
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
    place = _item(rule)
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
