"""What sign-offs alone could still bring one person: a small circuit in which only they are choices.

What holds already, what no sign-off can bring and what no goal asks for is left out, so people who stand alike have the
same circuit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.circuit import TRUE, Choice, Circuit, Gate, Growth, Part
from graph.evaluating import Evaluation
from graph.order import Scope
from graph.reaching import Reach
from graph.requirement import Requirement

SIGNED = frozenset({"competency", "credential"})
"""What one sign-off can prove, by kind: hours, courses, scores and time are nobody's to sign off at once."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of one person, by a name of the asker's."""

    name: str
    requirement: Requirement
    scope: Scope


@dataclass(frozen=True, slots=True)
class Demand:
    """What sign-offs could bring one person.

    Attributes:
        parts: the circuit; the first node always holds, the choices are sign-offs by name (``competency:f:c0``).
        goals: (name of the aim, node), for the aims that sign-offs alone can reach and that are not reached.
    """

    parts: tuple[Part, ...]
    goals: tuple[tuple[str, int], ...]

    def circuit(self) -> Circuit:
        """The circuit, to be asked or grown."""
        return Circuit(list(self.parts))


NOTHING = Demand((Gate(0, ()),), ())


def demand(evaluation: Evaluation, aims: Sequence[Aim], kinds: Collection[str] = SIGNED) -> Demand:
    """What sign-offs of some kinds could bring.

    Args:
        evaluation: where the person stands.
        aims: what is wanted.
        kinds: what one sign-off can prove.
    """
    reach = Reach(evaluation)
    goals = [(aim.name, reach.rule(aim.requirement, aim.scope)) for aim in aims]
    reach.finish()
    circuit = reach.circuit
    holds = Growth(circuit).true
    names = {p.name for p in circuit.parts if isinstance(p, Choice) and p.name.partition(":")[0] in kinds}
    possible, _ = circuit.closure(names, {})
    wanted = [(name, node) for name, node in goals if node in possible and node not in holds]
    if not wanted:
        return NOTHING
    return _Smaller(circuit, holds, possible).demand(wanted)


class _Smaller:
    """A circuit without what is settled. ``holds``: nodes that hold; ``possible``: those that could come to hold."""

    def __init__(self, circuit: Circuit, holds: set[int], possible: set[int]) -> None:
        self._parts = circuit.parts
        self._holds = holds
        self._possible = possible
        self._number = {TRUE: TRUE}
        self._pending: list[int] = []

    def demand(self, wanted: Sequence[tuple[str, int]]) -> Demand:
        goals = tuple((name, self._node(node)) for name, node in wanted)
        parts: dict[int, Part] = {TRUE: Gate(0, ())}
        while self._pending:
            old = self._pending.pop()
            parts[self._number[old]] = self._part(self._parts[old])
        return Demand(tuple(parts[number] for number in range(len(parts))), goals)

    def _node(self, old: int) -> int:
        if old in self._holds:
            return TRUE
        if old not in self._number:
            self._number[old] = len(self._number)
            self._pending.append(old)
        return self._number[old]

    def _part(self, part: Part | None) -> Part:
        if isinstance(part, Choice):
            return Choice(part.name, self._node(part.requires))
        if not isinstance(part, Gate):
            raise TypeError(type(part).__name__)
        settled = sum(read in self._holds for read in part.inputs)
        open_ones = [read for read in part.inputs if read in self._possible and read not in self._holds]
        return Gate(part.needed - settled, tuple(self._node(read) for read in open_ones))
