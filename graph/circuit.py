"""A monotone circuit with things one can choose: what could still come to hold, and what it takes."""

from collections import deque
from collections.abc import Iterable, Mapping
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


@dataclass
class Circuit:
    """Nodes by number; a node may be reserved first and defined later, so circles can be written down."""

    parts: list[Part | None] = field(default_factory=lambda: [Gate(0, ())])
    pools: dict[str, int] = field(default_factory=dict)

    def reserve(self) -> int:
        """A number for a node still to be defined; undefined nodes never hold."""
        self.parts.append(None)
        return len(self.parts) - 1

    def define(self, node: int, part: Part) -> int:
        """Say what a node is."""
        self.parts[node] = part
        return node

    def gate(self, needed: int, inputs: Iterable[int]) -> int:
        """A node for ``needed`` of ``inputs``."""
        return self.define(self.reserve(), Gate(needed, tuple(inputs)))

    def closure(self, choices: Iterable[str], amounts: Mapping[str, int]) -> tuple[set[int], list[str]]:
        """(nodes that hold, choices in an order in which they can be taken) when taking the given ones.

        A choice given that is never open is left out.
        """
        wanted = set(choices)
        missing, readers = self._counted(wanted, amounts)
        ready = deque(node for node, count in enumerate(missing) if count == 0)
        true: set[int] = set()
        taken: list[str] = []
        while ready:
            node = ready.popleft()
            true.add(node)
            part = self.parts[node]
            if isinstance(part, Choice):
                taken.append(part.name)
            for reader in readers.get(node, ()):
                missing[reader] -= 1
                if missing[reader] == 0:
                    ready.append(reader)
        return true, taken

    def _counted(
        self, wanted: set[str], amounts: Mapping[str, int]
    ) -> tuple[list[int], dict[int, list[int]]]:
        """How many inputs each node still waits for, -1 for one that never holds, and who reads each node."""
        missing: list[int] = []
        readers: dict[int, list[int]] = {}
        for node, part in enumerate(self.parts):
            if isinstance(part, Gate):
                missing.append(max(part.needed, 0))
                for read in part.inputs if part.needed > 0 else ():
                    readers.setdefault(read, []).append(node)
            elif isinstance(part, Choice):
                missing.append(1 if part.name in wanted else -1)
                if part.name in wanted:
                    readers.setdefault(part.requires, []).append(node)
            elif isinstance(part, Enough):
                enough = sum(amounts.get(pool, 0) for pool in part.pools) >= part.needed
                missing.append(0 if enough else -1)
            else:
                missing.append(-1)
        return missing, readers
