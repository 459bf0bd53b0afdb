"""In which order the rules of a world are worked out, and which must be worked out again when one changes.

A node is everything with a truth of its own: an item, a named requirement or a step or a completion in the context of
a program. Computed once per world and focus program; the engine then runs through it for every person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    Leaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
    leaves,
)
from graph.world import World


class Node(NamedTuple):
    """``kind`` is competency, credential, requirement, step or program; ``context`` the program of its rules."""

    kind: str
    key: str
    context: str | None = None


class Scope(NamedTuple):
    """Where a requirement stands: the program it is read in, and (inside a wage step) the step before it."""

    program: str | None = None
    previous: Node | None = None


@dataclass(frozen=True)
class Order:
    """Nodes with what they need before them (but for cycles), and for each node who reads it and what it reads.

    ``dated`` nodes rest on when something was shown and not only on whether: on currency or on months since a step.
    """

    nodes: tuple[Node, ...]
    readers: dict[Node, tuple[Node, ...]]
    needs: dict[Node, tuple[Node, ...]]
    dated: frozenset[Node]

    @cached_property
    def places(self) -> dict[Node, int]:
        """The position of every node."""
        return {node: place for place, node in enumerate(self.nodes)}

    @cached_property
    def turning(self) -> frozenset[Node]:
        """Nodes that read one placed after them: there is one in every circle."""
        return frozenset(
            node
            for node, needed in self.needs.items()
            if any(self.places[one] >= self.places[node] for one in needed)
        )

    def below(self, roots: Iterable[Node]) -> tuple[Node, ...]:
        """The roots and all that they rest on, in order."""
        asked = frozenset(roots)
        if asked not in self._below:
            self._below[asked] = self._all_below(asked)
        return self._below[asked]

    @cached_property
    def _below(self) -> dict[frozenset[Node], tuple[Node, ...]]:
        return {}

    def _all_below(self, roots: Iterable[Node]) -> tuple[Node, ...]:
        found: set[Node] = set()
        stack = [node for node in roots if node in self.needs]
        while stack:
            node = stack.pop()
            if node not in found:
                found.add(node)
                stack.extend(self.needs[node])
        return tuple(node for node in self.nodes if node in found)


def rules_of(world: World, node: Node, focus: str | None) -> Iterator[tuple[Requirement, Scope]]:
    """The requirements that decide a node, each with its scope."""
    if node.kind == "competency":
        competency = world.competencies[node.key]
        yield from _proofs(competency.satisfied_by, competency.prerequisites, focus)
    elif node.kind == "credential":
        credential = world.credentials[node.key]
        yield from _proofs(credential.composed_of, credential.prerequisites, focus)
    elif node.kind == "requirement":
        yield world.requirements[node.key].when, Scope(node.context)
    elif node.kind == "program":
        completion = world.programs[node.key].completion
        if completion is not None:
            yield completion, Scope(node.key)
    else:
        program, position = world.step(node.key)
        when = program.steps[position].when
        if when is not None:
            yield when, Scope(program.key, previous_step(world, node.key))


def previous_step(world: World, key: str) -> Node | None:
    """The step before ``program:step``; None for the first."""
    program, position = world.step(key)
    return Node("step", program.steps[position - 1].key) if position else None


def reads(world: World, leaf: Leaf, scope: Scope) -> Iterator[Node]:
    """The nodes that a leaf reads."""
    match leaf:
        case CompetencyLeaf():
            yield Node("competency", leaf.key)
        case CredentialLeaf():
            yield Node("credential", leaf.key)
        case NamedLeaf():
            yield Node("requirement", leaf.key, scope.program)
        case StepLeaf():
            yield Node("step", leaf.key)
        case ProgramLeaf():
            yield Node("program", leaf.key)
        case CompetencyCount():
            yield from (Node("competency", key) for key in counted_competencies(world, leaf, scope.program))
        case CredentialCount():
            yield from (Node("credential", key) for key in counted_credentials(world, leaf))
        case MonthsLeaf(since="step") if scope.previous is not None:
            yield scope.previous
        case _:
            pass


def counted_competencies(world: World, count: CompetencyCount, program: str | None) -> list[str]:
    """The keys that a count looks at. A bare work process is one of the program in scope."""
    members: frozenset[str] | None = None
    if count.work_process is not None:
        members = _members(world, count.work_process, program)
    return [
        key
        for key, item in world.competencies.items()
        if (count.framework is None or item.framework.id == count.framework)
        and (count.kind is None or item.kind == count.kind)
        and (members is None or key in members)
    ]


def counted_credentials(world: World, count: CredentialCount) -> list[str]:
    """The keys that a count looks at."""
    return [
        key
        for key, item in world.credentials.items()
        if (count.framework is None or item.framework.id == count.framework)
        and (count.level is None or item.level == count.level)
    ]


def order(world: World, focus: str | None) -> Order:
    """The order for a world read in the context of a focus program; computed once."""
    return _orders(_Same(world), focus)


class _Same:
    """A world compared by identity, so that it can key the cache."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __hash__(self) -> int:
        return id(self.world)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.world is self.world


@lru_cache(maxsize=64)
def _orders(same: _Same, focus: str | None) -> Order:
    world = same.world
    needs = {node: _needs(world, node, focus) for node in _roots(world, focus)}
    placed: dict[Node, None] = {}
    entered: set[Node] = set()
    for root in list(needs):
        for node in _depth_first(world, root, focus, needs, entered):
            placed[node] = None
    readers: dict[Node, list[Node]] = {node: [] for node in placed}
    for node in placed:
        for needed in needs[node]:
            readers[needed].append(node)
    return Order(
        tuple(placed),
        {node: tuple(found) for node, found in readers.items()},
        {node: tuple(needs[node]) for node in placed},
        _dated(world, placed, readers, focus),
    )


def _dated(
    world: World, nodes: Iterable[Node], readers: Mapping[Node, Sequence[Node]], focus: str | None
) -> frozenset[Node]:
    stack = [node for node in nodes if any(asks_when(rule) for rule, _ in rules_of(world, node, focus))]
    found: set[Node] = set()
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack.extend(readers[node])
    return frozenset(found)


def asks_when(rule: Requirement) -> bool:
    """Tell whether a rule itself asks for currency or for months since a step."""
    return any(
        (isinstance(leaf, CredentialLeaf | CredentialCount) and leaf.current)
        or (isinstance(leaf, MonthsLeaf) and leaf.since == "step")
        for leaf in leaves(rule)
    )


def _roots(world: World, focus: str | None) -> Iterator[Node]:
    yield from (Node("competency", key) for key in world.competencies)
    yield from (Node("credential", key) for key in world.credentials)
    for program in world.programs.values():
        yield from (Node("step", step.key) for step in program.steps)
        yield Node("program", program.key)
    yield from (Node("requirement", key, focus) for key in world.requirements)


def _needs(world: World, node: Node, focus: str | None) -> list[Node]:
    found: dict[Node, None] = {}
    for requirement, scope in rules_of(world, node, focus):
        for leaf in leaves(requirement):
            found.update(dict.fromkeys(reads(world, leaf, scope)))
    if node.kind == "step" and (before := previous_step(world, node.key)) is not None:
        found[before] = None
    return list(found)


def _depth_first(
    world: World, root: Node, focus: str | None, needs: dict[Node, list[Node]], entered: set[Node]
) -> Iterator[Node]:
    """New nodes below a root, needed ones first; no recursion, for chains of items may be thousands long."""
    stack = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif node not in entered:
            entered.add(node)
            if node not in needs:
                needs[node] = _needs(world, node, focus)
            stack.append((node, True))
            stack.extend((needed, False) for needed in needs[node] if needed not in entered)


def _proofs(
    proof: Requirement | None, prerequisites: Requirement | None, focus: str | None
) -> Iterator[tuple[Requirement, Scope]]:
    for requirement in (proof, prerequisites):
        if requirement is not None:
            yield requirement, Scope(focus)


def _members(world: World, work_process: str, program: str | None) -> frozenset[str]:
    return frozenset().union(
        *(
            process.competencies
            for owner in world.programs.values()
            for process in owner.work_processes
            if work_process == process.key
            or (owner.key == program and process.key == f"{owner.key}:{work_process}")
        )
    )
