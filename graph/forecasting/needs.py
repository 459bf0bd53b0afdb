"""What the wage steps and the completion of a program rest on, sorted by how it comes about."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.edges import Place, in_order, rule_edges
from graph.gates.compiling import compile_gates
from graph.gates.program import (
    FIRST_INPUT,
    GateProgram,
    Graded,
    Minutes,
    Rated,
    Reached,
    Scored,
    Source,
    Tested,
)
from graph.needs import always_needed
from graph.pricing import ASSUMED_MINUTES
from graph.requirement import OJL, RTI
from graph.simulating.earning import enforcing, is_made_of_others, relevant
from graph.world import Effort, Program

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]


class Kind(IntEnum):
    """What goes at a pace of its own: effort of what is signed off or passed, and hours at work and in class.

    All in minutes; of things the effort that their documents state, else what plans take for one.
    """

    LEARNING = 0
    JOB = 1
    RELATED = 2


KINDS = len(Kind)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something signed off or passed: ``sort`` is competency, test, course or score."""

    sort: str
    key: str


@dataclass(frozen=True, eq=False)
class Needs:
    """A program, and what its goals rest on.

    Goals are the wage steps in order, and completion last where the program says what completes it. People are taken to
    begin nothing before its prerequisites: what is to be done is read off ``strict``, and what holds off ``program``.

    Attributes:
        program: its rules.
        strict: the same with every prerequisite enforced.
    """

    program: GateProgram
    strict: GateProgram

    @cached_property
    def own(self) -> Program:
        """The program in focus."""
        return self.program.world.programs[self.program.focus or ""]

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The keys of the wage steps, and the program's own for completion."""
        steps = tuple(step.key for step in self.own.steps)
        return steps if self.program.completion is None else (*steps, self.own.key)

    @cached_property
    def rules(self) -> "Rules":
        """What the goals rest on."""
        return Rules(self.program)

    @cached_property
    def strict_rules(self) -> "Rules":
        """The same with every prerequisite enforced."""
        return Rules(self.strict)

    @cached_property
    def things(self) -> dict[Thing, int]:
        """What people are to show, each with its number; prerequisites before what builds on them, then by name."""
        found = {thing for source in self._sources if (thing := thing_of(source)) is not None}
        made = sorted((thing for thing in found if self._is_shown(thing)), key=self._rank)
        return {thing: number for number, thing in enumerate(made)}

    @cached_property
    def proofs(self) -> tuple[Source, ...]:
        """For each thing the least that shows it."""
        least: dict[Thing, Source] = {}
        for source in sorted(self._sources, key=_strictness):
            if (thing := thing_of(source)) is not None:
                least.setdefault(thing, Tested(source.test) if isinstance(source, Tested) else source)
        return tuple(least[thing] for thing in self.things)

    @property
    def _sources(self) -> list[Source]:
        return [*self.rules.sources.values(), *self.strict_rules.sources.values()]

    def _is_shown(self, thing: Thing) -> bool:
        """Whether anybody shows a thing as such: an area is met by its competencies, a composition by its parts."""
        world = self.program.world
        if thing.sort == "competency":
            return not is_made_of_others(world.competencies[thing.key])
        if thing.sort == "test":
            return any(world.credentials[key].composed_of is None for key, _ in self._ways(thing.key))
        return True

    def _ways(self, test: str) -> tuple[tuple[str, str], ...]:
        return self.program.ways.get(test) or self.strict.ways[test]

    def thing(self, source: Source) -> int | None:
        """The number of the thing that decides an input; None for what nobody shows."""
        thing = thing_of(source)
        return None if thing is None else self.things.get(thing)

    @cached_property
    def efforts(self) -> Numbers:
        """For each thing the minutes of effort that it stands for, at least one."""
        return np.array([max(1, self._effort(thing)) for thing in self.things], np.int64)

    def _effort(self, thing: Thing) -> int:
        world = self.program.world
        if thing.sort == "competency":
            return _stated(world.competencies[thing.key].effort)
        if thing.sort == "test":
            shown = (world.credentials[key] for key, _ in self._ways(thing.key))
            credential = next(one for one in shown if one.composed_of is None)
            return _stated(credential.effort) // len(set(credential.tests.values()))
        return ASSUMED_MINUTES

    @cached_property
    def before(self) -> Numbers:
        """Things by things: 1 where the first cannot be begun without the second, and for itself."""
        needed = always_needed(self.program.world)
        found = np.eye(len(self.things), dtype=np.int64)
        for thing, number in self.things.items():
            for place in self._items(thing):
                for other in (one for before in needed.of(place) for one in self._shown_for(before)):
                    found[number, self.things.get(other, number)] = 1
        return found

    def _items(self, thing: Thing) -> list[Place]:
        if thing.sort == "competency":
            return [("competency", thing.key)]
        return [("credential", key) for key, _ in self._ways(thing.key)[:1]] if thing.sort == "test" else []

    def _shown_for(self, place: Place) -> list[Thing]:
        """The things that are shown for an item."""
        kind, key = place
        if kind == "competency":
            return [Thing("competency", key)]
        return [Thing("test", test) for test in self.program.world.credentials[key].tests.values()]

    @cached_property
    def hours(self) -> dict[Reached, Kind]:
        """The inputs that are minutes of this program, each with the pace at which they come."""
        amounts = [
            one for one in self._sources if isinstance(one, Reached) and isinstance(one.amount, Minutes)
        ]
        kinds = {one: self._hours_kind(one.amount) for one in amounts if isinstance(one.amount, Minutes)}
        return {one: kind for one, kind in kinds.items() if kind is not None}

    def _hours_kind(self, amount: Minutes) -> Kind | None:
        """At which pace minutes come; None for those of another program, which do not come here."""
        if amount.within == RTI:
            return Kind.RELATED
        if amount.within == OJL:
            return Kind.JOB if amount.program in (None, self.own.key) else None
        return Kind.JOB if amount.within in self.processes else None

    @cached_property
    def processes(self) -> dict[str, int | None]:
        """The work processes of the program, each with the minutes above which it counts no more."""
        return {process.key: process.maximum for process in self.own.work_processes}

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        world = self.program.world
        places = {place: at for at, place in enumerate(in_order(rule_edges(world)))}
        for key, credential in world.credentials.items():
            at = places.get(("credential", key), len(places))
            for test in credential.tests.values():
                places["test", test] = min(places.get(("test", test), at), at)
        return places

    def _rank(self, thing: Thing) -> tuple[int, str, str]:
        return self._places.get((thing.sort, thing.key), len(self._places)), thing.sort, thing.key


@dataclass(frozen=True, eq=False)
class Rules:
    """The part of a gate program that its goals rest on."""

    program: GateProgram

    @cached_property
    def goals(self) -> tuple[int, ...]:
        """The node of each goal."""
        steps = tuple(node for node, _ in self.program.steps)
        return steps if self.program.completion is None else (*steps, self.program.completion[0])

    @cached_property
    def nodes(self) -> tuple[int, ...]:
        """Everything that the goals rest on, in an order in which it can be worked out."""
        return self.below(self.goals)

    def below(self, nodes: tuple[int, ...]) -> tuple[int, ...]:
        """Everything that some nodes rest on, in an order in which it can be worked out."""
        found = self.program.below(nodes)
        return tuple(node for node in self.program.sequence if node in found)

    @cached_property
    def knotted(self) -> bool:
        """Whether a node reads one that comes after it."""
        place = {node: at for at, node in enumerate(self.nodes)}
        return any(
            place.get(read, -1) >= at for node, at in place.items() for read in self.program.reads(node)
        )

    @cached_property
    def sources(self) -> dict[int, Source]:
        """The inputs among the nodes."""
        inputs, first = self.program.inputs, self.program.first_gate
        return {node: inputs[node - FIRST_INPUT] for node in self.nodes if FIRST_INPUT <= node < first}


@lru_cache(maxsize=64)
def needs_of(program: GateProgram) -> Needs:
    """What the goals of a program rest on; kept as long as the program is asked for.

    Raises:
        KeyError: the program has no focus.
    """
    focus = program.focus or ""
    return Needs(program, compile_gates(enforcing(relevant(program.world, focus)), focus))


def thing_of(source: Source) -> Thing | None:
    """What is signed off or passed to decide an input; None for amounts, waivers and registrations."""
    match source:
        case Rated():
            return Thing("competency", source.competency)
        case Tested():
            return Thing("test", source.test)
        case Graded():
            return Thing("course", source.course)
        case Scored():
            return Thing("score", source.score)
        case _:
            return None


def _strictness(source: Source) -> tuple[int, str]:
    match source:
        case Rated():
            return source.rating, ""
        case Scored():
            return source.at_least, ""
        case Graded():
            return 0 if source.accepted is None else -len(source.accepted) + 1_000, repr(source)
        case _:
            return 0, repr(source)


def _stated(effort: Effort) -> int:
    return ASSUMED_MINUTES if effort.minutes is None else effort.minutes
