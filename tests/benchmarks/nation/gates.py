"""The rules of a nation without any of our names: tests that hold or not, and threshold gates above them.

This is what all peers evaluate. It is compiled here on its own, not by the product, and leaves waivers and
revocations aside: whether a test holds is decided by whoever makes the columns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import NamedTuple

from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    Requirement,
    ScoreLeaf,
)
from graph.world import Competency, Credential, Program, World


class Leaf(NamedTuple):
    """A test: ``sort`` is rated, passed, lasting, hours, months, registered, course or score; ``key`` of what.

    ``amount`` is the rating, minutes, months or score asked for; ``detail`` the part of a credential.
    """

    sort: str
    key: str
    amount: int = 0
    detail: str = ""


class Gate(NamedTuple):
    """True where ``needed`` or more of the ``inputs`` are; no input twice."""

    needed: int
    inputs: tuple[int, ...]


class Weighing(NamedTuple):
    """Progress: the sum of the weights of the signals that are true, out of ``total``."""

    members: tuple[tuple[int, int], ...]
    total: int


@dataclass(frozen=True)
class Rules:
    """Signals are numbered: leaves first, then gates, each after its inputs.

    Attributes:
        done: for every item the signal that it is met or held.
        ready: for every item with prerequisites the signal that they hold.
        steps: for every program the signals of its wage steps, in climbing order.
        complete: for every program the signal of its completion.
        progress: for every program its progress.
    """

    leaves: tuple[Leaf, ...]
    gates: tuple[Gate, ...]
    done: dict[str, int]
    ready: dict[str, int]
    steps: dict[str, tuple[int, ...]]
    complete: dict[str, int]
    progress: dict[str, Weighing]

    @cached_property
    def outputs(self) -> tuple[int, ...]:
        """The signals that an answer consists of."""
        steps = (signal for signals in self.steps.values() for signal in signals)
        return (*self.done.values(), *self.ready.values(), *steps, *self.complete.values())

    def numbered(self) -> Iterator[tuple[int, Gate]]:
        """Every gate with the number of its signal."""
        return enumerate(self.gates, len(self.leaves))

    @cached_property
    def levels(self) -> tuple[tuple[int, ...], ...]:
        """The gates by depth: what a level reads stands in levels before it."""
        depth = [0] * len(self.leaves)
        found: dict[int, list[int]] = {}
        for signal, gate in self.numbered():
            depth.append(1 + max(depth[read] for read in gate.inputs))
            found.setdefault(depth[-1], []).append(signal)
        return tuple(tuple(found[level]) for level in sorted(found))


def compile_rules(world: World) -> Rules:
    """The gates of everything in a world: items, wage steps, completions and their progress."""
    return _Compiler(world).rules()


class _Compiler:
    def __init__(self, world: World) -> None:
        self.world = world
        self.gates: dict[Gate | Leaf, int] = {}
        self.known: dict[str, int] = {}
        self.scope = ""

    def rules(self) -> Rules:
        items = {**self.world.competencies, **self.world.credentials}
        done = {key: self.done(key) for key in items}
        ready = {k: self.holds(i.prerequisites) for k, i in items.items() if i.prerequisites is not None}
        steps, complete, progress = {}, {}, {}
        for key, program in self.world.programs.items():
            if program.completion is not None:
                self.scope = key
                steps[key] = tuple(self.steps(program))
                complete[key] = self.holds(program.completion)
                progress[key] = self.weighing(program.completion)
        return self.placed(Rules((), (), done, ready, steps, complete, progress))

    def placed(self, rules: Rules) -> Rules:
        """The same with leaves first."""
        leaves = [what for what in self.gates if isinstance(what, Leaf)]
        gates = [what for what in self.gates if isinstance(what, Gate)]
        ordered: list[Gate | Leaf] = [*leaves, *gates]
        place = {self.gates[what]: signal for signal, what in enumerate(ordered)}

        def put(signals: dict[str, int]) -> dict[str, int]:
            return {key: place[signal] for key, signal in signals.items()}

        return Rules(
            tuple(leaves),
            tuple(Gate(gate.needed, tuple(sorted(place[read] for read in gate.inputs))) for gate in gates),
            put(rules.done),
            put(rules.ready),
            {key: tuple(place[signal] for signal in signals) for key, signals in rules.steps.items()},
            put(rules.complete),
            {
                key: Weighing(tuple((place[s], weight) for s, weight in one.members), one.total)
                for key, one in rules.progress.items()
            },
        )

    def signal(self, what: Gate | Leaf) -> int:
        return self.gates.setdefault(what, len(self.gates))

    def gate(self, needed: int, inputs: Iterable[int]) -> int:
        distinct = tuple(sorted(set(inputs)))
        return distinct[0] if len(distinct) == 1 else self.signal(Gate(needed, distinct))

    def every(self, *inputs: int) -> int:
        return self.gate(len(set(inputs)), inputs)

    def done(self, key: str) -> int:
        if key not in self.known:
            item = self.world.competencies.get(key) or self.world.credentials[key]
            proof = self.proof(item)
            if item.framework.enforce and item.prerequisites is not None:
                proof = self.every(proof, self.holds(item.prerequisites))
            self.known[key] = proof
        return self.known[key]

    def proof(self, item: Competency | Credential) -> int:
        if isinstance(item, Credential):
            return self.every(*(self.signal(Leaf("passed", item.key, detail=part)) for part in item.tests))
        rated = self.signal(Leaf("rated", item.key, item.framework.competent))
        return rated if item.satisfied_by is None else self.gate(1, (rated, self.holds(item.satisfied_by)))

    def steps(self, program: Program) -> Iterator[int]:
        reached = self.signal(Leaf("registered", program.key))
        for step in program.steps:
            if step.when is not None:
                reached = self.every(reached, self.holds(step.when))
            yield reached

    def holds(self, rule: Requirement) -> int:
        match rule:
            case All() | Any() | AtLeast():
                return self.gate(rule.needed, [self.holds(member) for member in rule.members])
            case CompetencyCount() | CredentialCount():
                return self.gate(rule.needed, [self.done(key) for key in self.counted(rule)])
            case NamedLeaf():
                return self.holds(self.world.requirements[rule.key].when)
            case CredentialLeaf() if rule.current and self.world.credentials[rule.key].valid_for:
                return self.every(self.done(rule.key), self.signal(Leaf("lasting", rule.key)))
            case CompetencyLeaf(rating=int(rating)):
                return self.every(self.done(rule.key), self.signal(Leaf("rated", rule.key, rating)))
            case CompetencyLeaf() | CredentialLeaf():
                return self.done(rule.key)
            case _:
                return self.signal(self.leaf(rule))

    def leaf(self, rule: Requirement) -> Leaf:
        match rule:
            case HoursLeaf(within="ojl"):
                return Leaf("hours", self.scope, rule.minutes)
            case MonthsLeaf(since="registered"):
                return Leaf("months", self.scope, rule.months)
            case CourseLeaf():
                return Leaf("course", rule.key)
            case ScoreLeaf():
                return Leaf("score", rule.key, rule.at_least)
            case _:
                raise TypeError(f"{rule}: not in a nation")

    def counted(self, rule: CompetencyCount | CredentialCount) -> list[str]:
        items = self.world.competencies if isinstance(rule, CompetencyCount) else self.world.credentials
        inside = None
        if isinstance(rule, CompetencyCount) and rule.work_process:
            processes = self.world.programs[self.scope].work_processes
            inside = next(process.competencies for process in processes if process.key == rule.work_process)
        return [
            key
            for key, item in items.items()
            if rule.framework in (None, item.framework.id) and (inside is None or key in inside)
        ]

    def weighing(self, rule: Requirement) -> Weighing:
        """Nested groups of all as weights; nothing else can be weighed."""
        if not isinstance(rule, Group):
            return Weighing(((self.holds(rule), 1),), 1)
        if rule.needed < len(rule.members):
            raise TypeError(f"{rule}: only groups of all have weights")
        parts = [self.weighing(member) for member in rule.members]
        common = lcm(*(part.total for part in parts))
        found: dict[int, int] = {}
        for part in parts:
            for signal, weight in part.members:
                found[signal] = found.get(signal, 0) + weight * common // part.total
        return Weighing(tuple(found.items()), common * len(parts))
