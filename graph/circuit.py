"""A monotone circuit with things one can choose: what could still come to hold, and what it takes."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

TRUE = 0
"""The node that always holds."""

UNBOUNDED = 10**7
"""Room of a pool without a limit, and the most that is ever asked of one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """True where ``needed`` or more inputs are; an input named twice counts twice."""

    needed: int
    inputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to take, once ``requires`` holds."""

    name: str
    requires: int


@dataclass(frozen=True, slots=True)
class Enough:
    """True where the amounts taken from the pools add up to ``needed``."""

    needed: int
    pools: tuple[str, ...]


Part = Gate | Choice | Enough


@dataclass(frozen=True, slots=True)
class Solution:
    """The choices taken and the amounts taken from pools."""

    choices: frozenset[str]
    amounts: Mapping[str, int]

    @property
    def names(self) -> list[str]:
        """Everything it takes, sorted."""
        return sorted([*self.choices, *self.amounts])

    @property
    def size(self) -> int:
        """How many things it takes."""
        return len(self.choices) + len(self.amounts)


class Wiring:
    """Who reads whom in a circuit, worked out once for all that grows in it."""

    def __init__(self, parts: Sequence[Part | None]) -> None:
        self.missing = [part.needed if isinstance(part, Gate) else 1 for part in parts]
        self.grounds = [n for n, part in enumerate(parts) if isinstance(part, Gate) and part.needed <= 0]
        self.choices: dict[str, int] = {}
        self.readers: dict[int, list[int]] = {}
        for node, part in enumerate(parts):
            if isinstance(part, Gate):
                for read in part.inputs:
                    self.readers.setdefault(read, []).append(node)
            elif isinstance(part, Choice):
                self.choices[part.name] = node
                self.readers.setdefault(part.requires, []).append(node)


@dataclass
class Circuit:
    """Nodes by number; a node may be reserved first and defined later, so circles can be written down."""

    parts: list[Part | None] = field(default_factory=lambda: [Gate(0, ())])
    pools: dict[str, int] = field(default_factory=dict)
    _wiring: Wiring | None = field(default=None, init=False, repr=False, compare=False)

    def reserve(self) -> int:
        """A number for a node still to be defined; undefined nodes never hold."""
        self._wiring = None
        self.parts.append(None)
        return len(self.parts) - 1

    def define(self, node: int, part: Part) -> int:
        """Say what a node is."""
        self._wiring = None
        self.parts[node] = part
        return node

    def wiring(self) -> Wiring:
        """Who reads whom, as the circuit stands."""
        if self._wiring is None:
            self._wiring = Wiring(self.parts)
        return self._wiring

    def gate(self, needed: int, inputs: Iterable[int]) -> int:
        """A node for ``needed`` of ``inputs``."""
        return self.define(self.reserve(), Gate(needed, tuple(inputs)))

    def closure(self, choices: Iterable[str], amounts: Mapping[str, int]) -> tuple[set[int], list[str]]:
        """(nodes that hold, choices in an order in which they can be taken) when taking the given ones.

        A choice given that is never open is left out.
        """
        growth = Growth(self)
        for pool, amount in amounts.items():
            growth.log(pool, amount)
        wanted = set(choices)
        taken: list[str] = []
        while able := [name for name in growth.fresh() if name in wanted]:
            for name in able:
                growth.take(name)
                taken.append(name)
        return growth.true, taken


class Growth:
    """What holds while things are taken one by one.

    Attributes:
        true: the nodes that hold.
        open: the choices that can be taken, and are not.
    """

    def __init__(self, circuit: Circuit) -> None:
        self._circuit = circuit
        self._amounts: dict[str, int] = {}
        wiring = circuit.wiring()
        self._missing = list(wiring.missing)
        self._readers, self._choice = wiring.readers, wiring.choices
        self._fresh: list[str] = []
        self.true: set[int] = set()
        self.open: set[str] = set()
        for node in wiring.grounds:
            self._hold(node)

    def branch(self) -> "Growth":
        """Another one that stands where this one does; what is taken in it is not taken here."""
        other = copy(self)
        own = {"true": set(self.true), "open": set(self.open), "_amounts": dict(self._amounts)}
        vars(other).update(own, _missing=list(self._missing), _fresh=list(self._fresh))
        return other

    def fresh(self) -> list[str]:
        """The choices that have opened since this was last asked."""
        found, self._fresh = self._fresh, []
        return found

    def take(self, name: str) -> None:
        """Take a choice that is open."""
        self.open.discard(name)
        self._hold(self._choice[name])

    def log(self, pool: str, amount: int) -> None:
        """Take an amount from a pool."""
        self._amounts[pool] = self._amounts.get(pool, 0) + amount
        for node, part in enumerate(self._circuit.parts):
            if isinstance(part, Enough) and pool in part.pools and self._logged(part) >= part.needed:
                self._hold(node)

    def _logged(self, part: Enough) -> int:
        return sum(self._amounts.get(pool, 0) for pool in part.pools)

    def _hold(self, node: int) -> None:
        if node in self.true:
            return
        self.true.add(node)
        waiting = deque([node])
        while waiting:
            for reader in self._readers.get(waiting.popleft(), ()):
                part = self._circuit.parts[reader]
                if isinstance(part, Choice):
                    self.open.add(part.name)
                    self._fresh.append(part.name)
                    continue
                self._missing[reader] -= 1
                if self._missing[reader] == 0:
                    self.true.add(reader)
                    waiting.append(reader)
