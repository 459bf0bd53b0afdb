"""The gates of a program for many simulated people: what they earned, and what time did, decides the inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.code import EVERYBODY, Planes
from graph.gates.coding import ProgramCode, write
from graph.gates.packing import Plane, packed, unpacked, words_of
from graph.gates.program import GateProgram, Reached, Registered, Tested
from graph.simulating.earning import Shop

Flags: TypeAlias = NDArray[np.bool_]

Time = Callable[[Reached], Plane | bool]
"""Who has an amount by now: the same for all, or a plane."""

Lasting = Callable[[int, int], Flags]
"""Of a thing and a number of months, whose latest award lasts that long."""


@dataclass(frozen=True, eq=False)
class Truths:
    """What holds for some people, of the nodes that were asked for."""

    planes: Planes
    places: dict[int, int]
    size: int

    def plane(self, node: int) -> Plane:
        """A node's plane; bits beyond the last person say nothing."""
        found: Plane = self.planes[self.places[node]]
        return found

    def rows(self, nodes: Sequence[int]) -> Flags:
        """A row for each node: who has it."""
        return unpacked(self.stack(nodes), self.size)

    def stack(self, nodes: Sequence[int]) -> Planes:
        """The planes of some nodes, in their order."""
        return self.planes[[self.places[node] for node in nodes]]

    def every(self, nodes: Sequence[int]) -> Flags:
        """Who has every one of some nodes."""
        if not nodes:
            return np.ones(self.size, bool)
        return unpacked(np.bitwise_and.reduce(self.stack(nodes)), self.size)


@dataclass(frozen=True, eq=False)
class Wiring:
    """Which things and which amounts of time decide each input of a program, and the code above them."""

    gates: GateProgram
    code: ProgramCode
    given: tuple[tuple[int, ...], ...]
    registered: frozenset[int]

    def work_out(self, earned: Flags, time: Time, lasting: Lasting | None = None) -> Truths:
        """The nodes asked for, for people who earned things.

        Args:
            earned: a row for each thing, a column a person; rows lie in one piece.
            time: decides amounts.
            lasting: decides what may expire; without it, everything lasts.
        """
        size = earned.shape[1]
        things = packed(earned)
        inputs = np.zeros((len(self.gates.inputs), words_of(size)), np.uint64)
        for row, (source, givers) in enumerate(zip(self.gates.inputs, self.given, strict=True)):
            if isinstance(source, Reached):
                held = time(source)
                inputs[row] = EVERYBODY * held if isinstance(held, bool) else held
            elif row in self.registered:
                inputs[row] = EVERYBODY
            elif isinstance(source, Tested) and source.months is not None and lasting is not None:
                for thing in givers:
                    inputs[row] |= packed(earned[thing] & lasting(thing, source.months))
            else:
                for thing in givers:
                    inputs[row] |= things[thing]
        return Truths(self.code.code.run(inputs), self.code.nodes, size)


def wire(shop: Shop, gates: GateProgram, nodes: Sequence[int]) -> Wiring:
    """The wiring of a program of a shop, strict or not, for some of its nodes."""
    registered = frozenset(
        row for row, source in enumerate(gates.inputs) if source == Registered(shop.program)
    )
    given = tuple(shop.given(source) for source in gates.inputs)
    return Wiring(gates, write(gates, sorted(set(nodes)), ()), given, registered)
