"""Who names whom in the rules: plain pairs, quick to make, for whoever asks only whether they go in a circle.

An edge runs from what comes first to what it leads to. Counts give no edges.
"""

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from graph.requirement import (
    CompetencyLeaf,
    CredentialLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
    leaves,
)
from graph.world import Competency, Credential, World

Place = tuple[str, str]
"""(kind, key): competency, credential, requirement, step or program."""

Edges = Mapping[Place, set[Place]]
"""For every place the places before it."""


def items(world: World) -> Iterator[tuple[Place, Competency | Credential]]:
    """Every competency, then every credential."""
    for key, competency in world.competencies.items():
        yield ("competency", key), competency
    for key, credential in world.credentials.items():
        yield ("credential", key), credential


def prerequisite_edges(world: World) -> Edges:
    """Item to item: every item named in prerequisites, under any group and behind any name."""
    return _edges(world, lambda item: item.prerequisites)


def proof_edges(world: World) -> Edges:
    """Item to item: what may prove it, through ``satisfied_by`` and ``composed_of``."""
    return _edges(world, lambda item: item.satisfied_by if isinstance(item, Competency) else item.composed_of)


def reference_edges(world: World) -> Edges:
    """Named requirements, steps and programs, each after those that it refers to."""
    before: dict[Place, set[Place]] = {
        ("requirement", key): set(_references(named.when)) for key, named in world.requirements.items()
    }
    for program in world.programs.values():
        before["program", program.key] = set(_references(program.completion))
        earlier: set[Place] = set()
        for step in program.steps:
            before["step", step.key] = earlier | set(_references(step.when))
            earlier = {("step", step.key)}
    return before


def go_in_circles(edges: Edges) -> bool:
    """Tell whether anything comes before itself."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        return True
    return False


def item_of(leaf: Requirement) -> Place | None:
    """The item that a leaf names; None for every other leaf."""
    if isinstance(leaf, CompetencyLeaf):
        return "competency", leaf.key
    return ("credential", leaf.key) if isinstance(leaf, CredentialLeaf) else None


def _edges(world: World, rule: Callable[[Competency | Credential], Requirement | None]) -> Edges:
    known = dict(items(world))
    behind: dict[str, set[Place]] = {}
    return {place: _items_behind(world, rule(item), behind) & known.keys() for place, item in known.items()}


def _items_behind(world: World, rule: Requirement | None, behind: dict[str, set[Place]]) -> set[Place]:
    """The items that a rule names, also behind named requirements; self-reference is somebody else's finding."""
    found: set[Place] = set()
    for leaf in () if rule is None else leaves(rule):
        if (place := item_of(leaf)) is not None:
            found.add(place)
        elif isinstance(leaf, NamedLeaf) and leaf.key in world.requirements:
            if leaf.key not in behind:
                behind[leaf.key] = set()
                behind[leaf.key] = _items_behind(world, world.requirements[leaf.key].when, behind)
            found |= behind[leaf.key]
    return found


def _references(rule: Requirement | None) -> Iterator[Place]:
    for leaf in () if rule is None else leaves(rule):
        if isinstance(leaf, NamedLeaf):
            yield "requirement", leaf.key
        elif isinstance(leaf, StepLeaf):
            yield "step", leaf.key
        elif isinstance(leaf, ProgramLeaf):
            yield "program", leaf.key
