"""In which order to do what a plan asks for, and when each thing would be finished at a pace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from graph.circuit import Choice, Circuit, Enough, Gate, Growth, Solution

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing in its turn: what it builds on directly, and how many of the others build on it."""

    name: str
    after: tuple[str, ...]
    opens: int


def in_turn(circuit: Circuit, solution: Solution, deadlines: Mapping[str, date] | None = None) -> list[Turn]:
    """The things of a solution in an order in which each can be taken, what opens most of the others early.

    With deadlines, what the earliest of them waits for comes first (Lawler's rule for one machine, Management Science
    19, 1973): if any order that keeps what builds on what meets all of them, this one does. That is exact where a thing
    needs all that it names of the solution and nothing is waited for; else it is a rule of thumb.

    Args:
        circuit: in which the solution stands.
        solution: the things to do.
        deadlines: the last day for some of them.
    """
    return _Turns(circuit, solution, deadlines or {}).turns()


class _Turns:
    def __init__(self, circuit: Circuit, solution: Solution, deadlines: Mapping[str, date]) -> None:
        self._circuit = circuit
        self._names = solution.names
        self._amounts = solution.amounts
        self._nodes = {
            part.name: node
            for node, part in enumerate(circuit.parts)
            if isinstance(part, Choice) and part.name in solution.choices
        }
        wanted = set(self._names)
        self._builds = {name: self._build_on(name, wanted) for name in self._names}
        self._later = self._all_later()
        self._deadlines = deadlines

    def _build_on(self, name: str, wanted: set[str]) -> set[str]:
        """The things of the solution that a thing's prerequisites name, gates followed but things not passed."""
        found: set[str] = set()
        part = self._circuit.parts[self._nodes[name]] if name in self._nodes else None
        stack = [part.requires] if isinstance(part, Choice) else []
        seen = set(stack)
        while stack:
            reads: tuple[int, ...] = ()
            match self._circuit.parts[stack.pop()]:
                case Choice() as choice if choice.name in wanted:
                    found.add(choice.name)
                case Gate() as gate:
                    reads = gate.inputs
                case Enough() as enough:
                    found.update(wanted.intersection(enough.pools))
            fresh = [read for read in reads if read not in seen]
            seen.update(fresh)
            stack += fresh
        return found - {name}

    def _all_later(self) -> dict[str, set[str]]:
        """For every thing all that builds on it, however far."""
        directly: dict[str, list[str]] = {name: [] for name in self._names}
        for name, before in self._builds.items():
            for earlier in before:
                directly[earlier].append(name)
        found = {}
        for name in self._names:
            seen: set[str] = set()
            stack = list(directly[name])
            while stack:
                at = stack.pop()
                if at not in seen:
                    seen.add(at)
                    stack += directly[at]
            found[name] = seen - {name}
        return found

    def turns(self) -> list[Turn]:
        """Take what is open, the most urgent first, until all is taken."""
        taken = self._taken()
        place = {name: at for at, name in enumerate(taken)}
        return [
            Turn(
                name,
                tuple(sorted(b for b in self._builds[name] if place[b] < place[name])),
                len(self._later[name]),
            )
            for name in taken
        ]

    def _taken(self) -> list[str]:
        growth = Growth(self._circuit)
        urgency = {name: self._urgency(name) for name in self._names}
        able = [urgency[name] for name in self._amounts]
        heapify(able)
        taken: dict[str, None] = {}
        while len(taken) < len(urgency):
            for name in growth.fresh():
                if name in urgency:
                    heappush(able, urgency[name])
            found = heappop(able) if able else min(urgency[n] for n in urgency if n not in taken)
            name = found[-1]
            if name in taken:
                continue
            taken[name] = None
            if name in self._amounts:
                growth.log(name, self._amounts[name])
            else:
                growth.take(name)
        return list(taken)

    def _urgency(self, name: str) -> tuple[date, date, int, bool, str]:
        own = self._deadlines.get(name, date.max)
        due = min([own, *(self._deadlines.get(later, date.max) for later in self._later[name])])
        return due, own, -len(self._later[name]), name not in self._nodes, name


def finished(
    turns: list[Turn], minutes: Mapping[str, int], waits: Mapping[str, date], start: date, weekly: int
) -> dict[str, date]:
    """The day each thing is done when they are done one after the other.

    Args:
        turns: in their order.
        minutes: what each takes.
        waits: things that are over on a day by themselves.
        start: the first day.
        weekly: minutes a week.
    """
    found: dict[str, date] = {}
    spent, began = 0, start
    for turn in turns:
        if turn.name in waits:
            began, spent = max(waits[turn.name], _day(began, spent, weekly)), 0
        spent += minutes.get(turn.name, 0)
        found[turn.name] = _day(began, spent, weekly)
    return found


def _day(began: date, spent: int, weekly: int) -> date:
    days = -(-spent * DAYS_A_WEEK // weekly)
    return began + timedelta(days=min(days, (date.max - began).days))  # no calendar goes further
