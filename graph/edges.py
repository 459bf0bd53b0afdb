"""Who names whom in the rules: plain pairs, quick to make, for whoever asks only what comes before what.

An edge runs from what comes first to what it leads to. Counts give no edges.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from itertools import pairwise

from graph.requirement import (
    CompetencyLeaf,
    CredentialLeaf,
    Group,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
)
from graph.world import Competency, Credential, World

Place = tuple[str, str]
"""(kind, key): competency, credential, requirement, step or program."""

NAMED = "requirement"
"""The kind of a named requirement, which items stand behind."""

Edges = Mapping[Place, set[Place]]
"""For every place the places before it, each of them a key as well."""


def items(world: World) -> Iterator[tuple[Place, Competency | Credential]]:
    """Every competency, then every credential."""
    for key, competency in world.competencies.items():
        yield ("competency", key), competency
    for key, credential in world.credentials.items():
        yield ("credential", key), credential


def prerequisite_edges(world: World) -> Edges:
    """Item to item: every item named in prerequisites, under any group and behind any name."""
    return without_names(rule_edges(world))


def proof_edges(world: World) -> Edges:
    """Item to item: what may prove it, through ``satisfied_by`` and ``composed_of``."""
    return without_names(_edges(world, _proof))


def rule_edges(world: World) -> Edges:
    """Items and named requirements, each after those that its prerequisites or its rule name, under any group."""
    return _edges(world, _prerequisites)


def without_names(edges: Edges) -> Edges:
    """Item to item: each named requirement replaced by the items behind it."""
    names = {place: before for place, before in edges.items() if place[0] == NAMED}
    if not names:
        return edges
    behind: dict[Place, set[Place]] = {}
    order = in_order({name: before & names.keys() for name, before in names.items()})
    # names that lead back to themselves come last; that they do is somebody else's finding
    for name in dict.fromkeys([*order, *names]):
        behind[name] = _seen_through(names[name], behind)
    return {place: _seen_through(before, behind) for place, before in edges.items() if place[0] != NAMED}


def named_edges(world: World) -> Edges:
    """Named requirements alone, each after those that its rule names."""
    rules: dict[Place, Requirement] = {(NAMED, key): named.when for key, named in world.requirements.items()}
    return {place: _named_by(rule, rules, item_or_name) for place, rule in rules.items()}


def reference_edges(world: World) -> Edges:
    """Named requirements, steps and programs, each after those that it refers to."""
    rules: dict[Place, Requirement | None] = {
        (NAMED, key): named.when for key, named in world.requirements.items()
    }
    follows: dict[Place, Place] = {}
    for program in world.programs.values():
        rules["program", program.key] = program.completion
        rules |= {("step", step.key): step.when for step in program.steps}
        for earlier, later in pairwise(program.steps):
            follows["step", later.key] = ("step", earlier.key)
    before = {place: _named_by(rule, rules, _reference_of) for place, rule in rules.items()}
    for place, previous in follows.items():
        before[place].add(previous)
    return before


def go_in_circles(edges: Edges) -> bool:
    """Tell whether anything comes before itself."""
    return len(in_order(edges)) < len(edges)


def in_order(edges: Edges) -> list[Place]:
    """Places after all that come before them, otherwise as given; those in a knot, or behind one, left out."""
    places = list(edges)
    number = {place: at for at, place in enumerate(places)}
    after: list[list[int]] = [[] for _ in places]
    for at, before in enumerate(edges.values()):
        for earlier in before:
            after[number[earlier]].append(at)
    waiting = [len(before) for before in edges.values()]
    found = [at for at, count in enumerate(waiting) if not count]
    for at in found:
        for follower in after[at]:
            waiting[follower] -= 1
            if not waiting[follower]:
                found.append(follower)  # a queue, read to its end
    return [places[at] for at in found]


def item_of(leaf: Requirement) -> Place | None:
    """The item that a leaf names; None for every other leaf."""
    if isinstance(leaf, CompetencyLeaf):
        return "competency", leaf.key
    return ("credential", leaf.key) if isinstance(leaf, CredentialLeaf) else None


def item_or_name(leaf: Requirement) -> Place | None:
    """The item or the named requirement that a leaf names; None for everything else."""
    if isinstance(leaf, CompetencyLeaf):  # by far the most
        return "competency", leaf.key
    return (NAMED, leaf.key) if isinstance(leaf, NamedLeaf) else item_of(leaf)


def _edges(world: World, rule_of: Callable[[Competency | Credential], Requirement | None]) -> Edges:
    rules = {place: rule_of(item) for place, item in items(world)}
    rules |= {(NAMED, key): named.when for key, named in world.requirements.items()}
    return {place: _named_by(rule, rules, item_or_name) for place, rule in rules.items()}


def _prerequisites(item: Competency | Credential) -> Requirement | None:
    return item.prerequisites


def _proof(item: Competency | Credential) -> Requirement | None:
    return item.satisfied_by if isinstance(item, Competency) else item.composed_of


def _named_by(
    rule: Requirement | None, known: Container[Place], place_of: Callable[[Requirement], Place | None]
) -> set[Place]:
    """What a rule names; a name that stands for nothing is somebody else's finding."""
    found: set[Place] = set()
    parts = [] if rule is None else [rule]
    for part in parts:
        place = place_of(part)
        if place is None:
            if isinstance(part, Group):
                parts += part.members  # a queue, read to its end
        elif place in known:
            found.add(place)
    return found


def _reference_of(leaf: Requirement) -> Place | None:
    if isinstance(leaf, NamedLeaf):
        return NAMED, leaf.key
    if isinstance(leaf, StepLeaf):
        return "step", leaf.key
    return ("program", leaf.key) if isinstance(leaf, ProgramLeaf) else None


def _seen_through(before: set[Place], behind: Mapping[Place, set[Place]]) -> set[Place]:
    found = {place for place in before if place[0] != NAMED}
    return found.union(*(behind.get(place, ()) for place in before - found))
