"""What people of a program can earn, and which tests of its gates that passes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graph.gates.compiling import compile_gates
from graph.gates.program import (
    FIRST_INPUT,
    TRUE,
    GateProgram,
    Graded,
    Rated,
    Scored,
    Source,
    Tested,
)
from graph.order import Node, order
from graph.requirement import CompetencyLeaf, leaves
from graph.simulating.assumptions import HOUR, Assumptions, Thing
from graph.world import Competency, World


@dataclass(frozen=True)
class Shop:
    """A program as the people in it meet it.

    Attributes:
        gates: its rules, as they are.
        strict: the same with every prerequisite enforced, since nobody here begins before its time.
        things: what can be earned, each with the minutes of learning that it takes.
        guessed: those for which neither the documents nor the assumptions say how long.
    """

    gates: GateProgram
    strict: GateProgram
    things: Mapping[Thing, int]
    guessed: frozenset[Thing]

    @property
    def world(self) -> World:
        """The documents behind it."""
        return self.gates.world

    @property
    def program(self) -> str:
        """The program's key."""
        return self.gates.focus or ""

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The keys of its wage steps, in order, and its own for completion."""
        steps = tuple(step.key for step in self.world.programs[self.program].steps)
        return steps if self.gates.completion is None else (*steps, self.program)

    @cached_property
    def items(self) -> tuple[Thing, ...]:
        """The things, by their number."""
        return tuple(self.things)

    def goal_nodes(self, gates: GateProgram) -> tuple[int, ...]:
        """The node of every goal."""
        steps = tuple(node for node, _ in gates.steps)
        return steps if gates.completion is None else (*steps, gates.completion[0])

    def ready_nodes(self, gates: GateProgram) -> tuple[int, ...]:
        """For every thing the node of its prerequisites; what has none is always ready."""
        found = {("competency", key): nodes.ready for key, nodes in gates.competencies.items()}
        found |= {("credential", key): nodes.ready for key, nodes in gates.credentials.items()}
        return tuple(found.get((thing.kind, thing.key), TRUE) for thing in self.items)

    def given(self, source: Source) -> tuple[int, ...]:
        """The numbers of the things any of which passes a test; nothing passes one that time or others decide."""
        match source:
            case Rated():
                return self._number_of("competency", source.competency)
            case Tested():
                return self._passing.get(source.test, ())
            case Graded():
                return self._number_of("course", source.course)
            case Scored():
                return self._number_of("score", source.score)
            case _:
                return ()

    def _number_of(self, kind: str, key: str) -> tuple[int, ...]:
        number = self._numbers.get(Thing(kind, key))
        return () if number is None else (number,)

    @cached_property
    def _numbers(self) -> dict[Thing, int]:
        return {thing: number for number, thing in enumerate(self.items)}

    @cached_property
    def _passing(self) -> dict[str, tuple[int, ...]]:
        """For each test the credentials that pass it."""
        found: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for number, thing in enumerate(self.items):
            for test in self.tests(thing) if thing.kind == "credential" else ():
                found[test] += (number,)
        return found

    def tests(self, thing: Thing) -> frozenset[str]:
        """The tests that passing a credential passes."""
        return frozenset(self.world.credentials[thing.key].tests.values())

    def rating(self, competency: str) -> int:
        """The rating that a sign-off of a competency gives: the highest that any rule asks for."""
        asked = [s.rating for s in self.gates.inputs if isinstance(s, Rated) and s.competency == competency]
        return max([self.world.competencies[competency].framework.competent, *asked])

    def score(self, score: str) -> int:
        """The value that passing a score gives: the highest that any rule asks for."""
        return max(s.at_least for s in self.gates.inputs if isinstance(s, Scored) and s.score == score)

    def grade(self, course: str) -> str:
        """The grade that passing a course gives: the best one."""
        return self.world.frameworks[course.partition(":")[0]].grades[0]


def open_shop(world: World, program: str, assumptions: Assumptions) -> Shop:
    """A program ready to be simulated.

    Raises:
        KeyError: there is no such program.
    """
    small = relevant(world, program)
    strict = compile_gates(enforcing(small), program)
    stated = {thing: _minutes(small, thing, assumptions) for thing in _things(small, strict)}
    usual = round(assumptions.default_hours * HOUR)
    return Shop(
        compile_gates(small, program),
        strict,
        {thing: usual if minutes is None else minutes for thing, minutes in stated.items()},
        frozenset(thing for thing, minutes in stated.items() if minutes is None),
    )


def relevant(world: World, program: str) -> World:
    """What the program rests on; everything, where it rests on other programs."""
    roots = [Node("program", program), *(Node("step", step.key) for step in world.programs[program].steps)]
    below = order(world, program).below(roots)
    if any(node.key.partition(":")[0] != program for node in below if node.kind in ("program", "step")):
        return world
    kept: dict[str, set[str]] = defaultdict(set)
    for node in below:
        kept[node.kind].add(node.key)
    return replace(
        world,
        competencies={k: item for k, item in world.competencies.items() if k in kept["competency"]},
        credentials={k: item for k, item in world.credentials.items() if k in kept["credential"]},
        requirements={k: rule for k, rule in world.requirements.items() if k in kept["requirement"]},
        programs={program: world.programs[program]},
    )


def enforcing(world: World) -> World:
    """The same with every prerequisite enforced."""
    frameworks = {key: replace(one, enforce=True) for key, one in world.frameworks.items()}
    return replace(
        world,
        frameworks=frameworks,
        competencies={
            key: replace(item, framework=replace(item.framework, enforce=True))
            for key, item in world.competencies.items()
        },
        credentials={
            key: replace(item, framework=replace(item.framework, enforce=True))
            for key, item in world.credentials.items()
        },
    )


def _things(world: World, gates: GateProgram) -> Iterator[Thing]:
    """Everything that a goal rests on and that is earned as such, in the order of the documents."""
    goals = [node for node, _ in gates.steps] + ([gates.completion[0]] if gates.completion else [])
    below = gates.below(goals)
    asked = [source for node, source in enumerate(gates.inputs, FIRST_INPUT) if node in below]
    rated = {source.competency for source in asked if isinstance(source, Rated)}
    tested = {source.test for source in asked if isinstance(source, Tested)}
    for key, competency in world.competencies.items():
        if key in rated and not is_made_of_others(competency):
            yield Thing("competency", key)
    for key, credential in world.credentials.items():
        if credential.composed_of is None and tested & set(credential.tests.values()):
            yield Thing("credential", key)
    for key in dict.fromkeys(source.course for source in asked if isinstance(source, Graded)):
        yield Thing("course", key)
    for key in dict.fromkeys(source.score for source in asked if isinstance(source, Scored)):
        yield Thing("score", key)


def is_made_of_others(competency: Competency) -> bool:
    """An area: it is met by its competencies, nobody signs it off as such."""
    rule = competency.satisfied_by
    return rule is not None and all(isinstance(leaf, CompetencyLeaf) for leaf in leaves(rule))


def _minutes(world: World, thing: Thing, assumptions: Assumptions) -> int | None:
    assumed = assumptions.of(thing).minutes
    if assumed is not None:
        return assumed
    if thing.kind == "competency":
        return world.competencies[thing.key].effort.minutes
    return world.credentials[thing.key].effort.minutes if thing.kind == "credential" else None
