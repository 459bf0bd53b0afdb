"""The inputs of a program's gates for many simulated people: what they earned, and what time did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates import planes
from graph.gates.everybody import Planes, work_out
from graph.gates.planes import EVERYBODY
from graph.gates.program import GateProgram, Reached, Registered, Tested
from graph.simulating.earning import Shop

Flags: TypeAlias = NDArray[np.bool_]

Time = Callable[[Reached], Planes | bool]
"""Who has an amount by now: the same for all, or a plane."""

Lasting = Callable[[int, int], Flags]
"""Of a thing and a number of months, whose latest award lasts that long."""


@dataclass(frozen=True)
class Wiring:
    """Which things and which amounts of time decide each input of a program."""

    gates: GateProgram
    given: tuple[tuple[int, ...], ...]
    registered: frozenset[int]

    def work_out(self, earned: Flags, time: Time, lasting: Lasting | None = None) -> Planes:
        """Every node, for people who earned things.

        Args:
            earned: a row for each thing, a column a person.
            time: decides amounts.
            lasting: decides what may expire; without it, everything lasts.
        """
        things = planes.packed(earned)
        inputs = np.zeros((len(self.gates.inputs), planes.words_of(earned.shape[1])), np.uint64)
        for row, (source, givers) in enumerate(zip(self.gates.inputs, self.given, strict=True)):
            if isinstance(source, Reached):
                held = time(source)
                inputs[row] = EVERYBODY * held if isinstance(held, bool) else held
            elif row in self.registered:
                inputs[row] = EVERYBODY
            elif isinstance(source, Tested) and source.months is not None and lasting is not None:
                for thing in givers:
                    inputs[row] |= planes.packed(earned[thing] & lasting(thing, source.months))
            else:
                for thing in givers:
                    inputs[row] |= things[thing]
        return work_out(self.gates, inputs)


def wire(shop: Shop, gates: GateProgram) -> Wiring:
    """The wiring of a program of a shop, strict or not."""
    registered = frozenset(
        row for row, source in enumerate(gates.inputs) if source == Registered(shop.program)
    )
    return Wiring(gates, tuple(shop.given(source) for source in gates.inputs), registered)


def all_hold(values: Planes, nodes: tuple[int, ...], size: int) -> Flags:
    """Who has every one of some nodes."""
    found = np.full(values.shape[1], EVERYBODY)
    for node in nodes:
        found &= values[node]
    return planes.unpacked(found, size)


def rows_of(values: Planes, nodes: tuple[int, ...], size: int) -> Flags:
    """A row for each node: who has it."""
    return planes.unpacked(values[list(nodes)], size)
