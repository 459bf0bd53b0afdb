"""The bottleneck of a crew: the few sign-offs that would bring the most raises and completions.

Signed off one by one, people do not depend on each other: for each the smallest sets are searched for, and what is
spent on whom is a knapsack, solved exactly. In sessions one sign-off serves everybody, which is a coverage problem.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

from graph.cheapest import Search, Terms
from graph.circuit import TRUE, Choice, Circuit, Gate
from graph.covering import Covering
from graph.demand import Demand
from graph.prices import each_one

MOST = 10
"""So many sign-offs are looked at."""


@dataclass(frozen=True, slots=True, order=True)
class SignOff:
    """One sign-off by name, ``competency:f:c0``, for one person by their place; -1 for everybody in a session."""

    person: int
    item: str


@dataclass(frozen=True, slots=True)
class Step:
    """One goal reached: whose, by their place, and the name of the aim."""

    person: int
    aim: str


@dataclass(frozen=True, slots=True)
class Best:
    """The most that so many sign-offs bring, with as few of them as bring it.

    Attributes:
        most: how many were allowed.
        signoffs: sorted: by the place of the person, then by name.
        steps: what they bring.
        proven: nothing brings more; else nothing brings more than ``bound``.
    """

    most: int
    signoffs: tuple[SignOff, ...]
    steps: tuple[Step, ...]
    proven: bool
    bound: int


@dataclass(frozen=True, slots=True)
class Option:
    """A smallest set of sign-offs, sorted by name, that brings some aims of one person."""

    items: tuple[str, ...]
    aims: tuple[str, ...]


def options_of(demand: Demand, most: int = MOST) -> tuple[Option, ...]:
    """The smallest sets for each aim of one person, and for several of them together, of at most so many sign-offs.

    Of sets as small the first by its sorted names. Each is proven smallest.
    """
    circuit = demand.circuit()
    found: dict[tuple[str, ...], Option] = {}
    nodes_of = [node for _, node in demand.goals]
    together = chain.from_iterable(combinations(nodes_of, size) for size in range(1, len(nodes_of) + 1))
    for nodes in together:
        goal = circuit.gate(len(nodes), nodes)
        search = Search(circuit, goal, each_one(circuit), Terms(most=most))
        cheapest = search.cheapest()
        if cheapest is not None:
            items = tuple(cheapest.solution.names)
            true, _ = circuit.closure(items, {})
            found[items] = Option(items, tuple(name for name, node in demand.goals if node in true))
    return tuple(found.values())


def one_by_one(options: Sequence[Sequence[Option]], most: int = MOST) -> tuple[Best, ...]:
    """The best for 1, 2, … ``most`` sign-offs, each of one competency for one person; proven.

    The most steps, then the fewest sign-offs, then the first by the places of the people and the sorted names.

    Args:
        options: for each person what small sets bring; people in the order in which ties are to fall.
        most: the largest number of sign-offs.
    """
    knapsack = _Knapsack(options, most)
    return tuple(knapsack.best(number) for number in range(1, most + 1))


class _Knapsack:
    """For people from a place on: what the best is with a number of sign-offs, as (steps, -sign-offs)."""

    def __init__(self, options: Sequence[Sequence[Option]], most: int) -> None:
        self._options = options
        self._worth: list[list[tuple[int, int]]] = [[(0, 0)] * (most + 1)]
        for of_one in reversed(options):
            after = self._worth[-1]
            self._worth.append([self._choice(of_one, after, left) for left in range(most + 1)])
        self._worth.reverse()

    def _choice(
        self, of_one: Iterable[Option], after: Sequence[tuple[int, int]], left: int
    ) -> tuple[int, int]:
        with_one = (_with(option, after, left) for option in of_one if len(option.items) <= left)
        return max((after[left], *with_one))

    def best(self, number: int) -> Best:
        left = number
        signoffs: list[SignOff] = []
        steps: list[Step] = []
        for person, of_one in enumerate(self._options):
            wanted, after = self._worth[person][left], self._worth[person + 1]
            fits = [
                option
                for option in of_one
                if len(option.items) <= left and _with(option, after, left) == wanted
            ]
            if not fits:
                continue
            # the first by sorted names; where one begins with all of another, the longer one, as nobody comes before
            option = min(fits, key=lambda one: [*one.items, "\uffff"])
            left -= len(option.items)
            signoffs += [SignOff(person, item) for item in option.items]
            steps += [Step(person, aim) for aim in option.aims]
        return Best(number, tuple(signoffs), tuple(steps), proven=True, bound=len(steps))


def _with(option: Option, after: Sequence[tuple[int, int]], left: int) -> tuple[int, int]:
    steps, spent = after[left - len(option.items)]
    return steps + len(option.aims), spent - len(option.items)


def in_sessions(
    demands: Sequence[Demand], most: int = MOST, seconds: float | None = None
) -> tuple[Best, ...]:
    """The best for 1, 2, … ``most`` sessions; in one everybody is signed off in one competency.

    The most steps, then the fewest sessions, then the first by their sorted names. Sessions may be held in any order,
    so whoever still lacks what comes before gets it in another session first, or is not signed off.

    Args:
        demands: for each person what sign-offs could bring; leave out goals that take more than ``most`` alone.
        most: the largest number of sessions.
        seconds: how long all of it may take; None until everything is proven.
    """
    joint = _Joint(demands)
    if not joint.weights:
        return tuple(Best(number, (), (), proven=True, bound=0) for number in range(1, most + 1))
    covering = Covering(joint.circuit, joint.weights, seconds)
    total, found = sum(joint.weights.values()), list[Best]()
    for number in range(1, most + 1):
        if found and found[-1].proven and len(found[-1].steps) == total:
            last = found[-1]
            found.append(Best(number, last.signoffs, last.steps, proven=True, bound=total))
            continue
        cover = covering.best(number)
        signoffs = tuple(SignOff(-1, name) for name in cover.names)
        best = Best(number, signoffs, joint.steps_of(cover.goals), cover.proven, cover.bound)
        if found and len(best.steps) < len(found[-1].steps):
            best = replace(found[-1], most=number, proven=False, bound=cover.bound)
        found.append(best)
    return tuple(found)


class _Joint:
    """The circuits of everybody as one, in which a session is one choice; people who stand alike count together.

    Attributes:
        weights: how many goals each node stands for.
        steps: whose they are.
    """

    def __init__(self, demands: Sequence[Demand]) -> None:
        self.circuit = Circuit()
        self.weights: dict[int, int] = {}
        self.steps: dict[int, list[Step]] = {}
        self._sessions: dict[str, int] = {}
        copies: dict[Demand, int] = {}
        for person, demand in enumerate(demands):
            if not demand.goals:
                continue
            if demand not in copies:
                copies[demand] = self._copy(demand)
            for aim, node in demand.goals:
                place = copies[demand] + node
                self.weights[place] = self.weights.get(place, 0) + 1
                self.steps.setdefault(place, []).append(Step(person, aim))

    def steps_of(self, goals: Iterable[int]) -> tuple[Step, ...]:
        """Whose goals some nodes are, in order."""
        found = (step for node in goals for step in self.steps[node])
        return tuple(sorted(found, key=lambda step: (step.person, step.aim)))

    def _copy(self, demand: Demand) -> int:
        """Write one person's circuit down after the others; gives where it begins."""
        circuit = self.circuit
        for part in demand.parts:
            if isinstance(part, Choice) and part.name not in self._sessions:
                self._sessions[part.name] = circuit.define(circuit.reserve(), Choice(part.name, TRUE))
        start = len(circuit.parts)
        for _ in demand.parts:
            circuit.reserve()
        for number, part in enumerate(demand.parts):
            if isinstance(part, Choice):
                together = (self._sessions[part.name], self._moved(start, part.requires))
                circuit.define(start + number, Gate(2, together))
            elif isinstance(part, Gate):
                reads = tuple(self._moved(start, read) for read in part.inputs)
                circuit.define(start + number, Gate(part.needed, reads))
        return start

    def _moved(self, start: int, node: int) -> int:
        return TRUE if node == TRUE else start + node


def within(demand: Demand, options: Iterable[Option]) -> Demand:
    """The same without goals that none of the options brings: they take too many sign-offs, together or in sessions."""
    brought = {aim for option in options for aim in option.aims}
    goals = tuple(_kept(demand, brought))
    return Demand(demand.parts, goals)


def _kept(demand: Demand, brought: set[str]) -> Iterator[tuple[str, int]]:
    return ((name, node) for name, node in demand.goals if name in brought)
