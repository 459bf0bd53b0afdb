"""The gates of a program for many simulated people: what they earned, and what time did, decides the inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.code import EVERYBODY, Planes
from graph.gates.coding import ProgramCode, write
from graph.gates.packing import Plane, unpacked
from graph.gates.program import FIRST_INPUT, GateProgram, Reached, Registered, Source, Tested
from graph.simulating.earning import Shop

Flags: TypeAlias = NDArray[np.bool_]

Time = Callable[[Reached], Plane | bool]
"""Who has an amount by now: the same for all, or a plane."""

Lasting = Callable[[int, int], Plane | bool]
"""Of a thing and a number of months, whose latest award lasts that long; True for everybody's."""


@dataclass(frozen=True, eq=False)
class Truths:
    """What holds for some people, of the nodes that were asked for; bits beyond the last person say nothing."""

    planes: Planes
    places: dict[int, int]

    def plane(self, node: int) -> Plane:
        """A node's plane."""
        found: Plane = self.planes[self.places[node]]
        return found

    def stack(self, nodes: Sequence[int]) -> Planes:
        """The planes of some nodes, in their order."""
        return self.planes[[self.places[node] for node in nodes]]

    def every(self, nodes: Sequence[int], size: int) -> Flags:
        """Which of so many people have every one of some nodes."""
        if not nodes:
            return np.ones(size, bool)
        return unpacked(np.bitwise_and.reduce(self.stack(nodes)), size)


@dataclass(frozen=True, eq=False)
class Wiring:
    """Which things and which amounts of time decide each input of a program, and the code above them.

    Attributes:
        code: from the inputs to the nodes asked for.
        inputs: how many inputs there are.
        single: rows of inputs, and beside each the one thing that decides it.
        several: rows, each with the things any of which is enough.
        lasting: rows, each with the months that an award is to last and the things any of which is enough.
        amounts: rows, each with the amount of time.
        registered: rows that hold for everybody here.
    """

    code: ProgramCode
    inputs: int
    single: tuple[list[int], list[int]]
    several: tuple[tuple[int, list[int]], ...]
    lasting: tuple[tuple[int, int, tuple[int, ...]], ...]
    amounts: tuple[tuple[int, Reached], ...]
    registered: list[int]

    def work_out(self, earned: Planes, time: Time, lasting: Lasting) -> Truths:
        """The nodes asked for, for people who earned things.

        Args:
            earned: a plane for each thing.
            time: decides amounts.
            lasting: decides what may have expired.
        """
        inputs = np.zeros((self.inputs, earned.shape[1]), np.uint64)
        rows, things = self.single
        inputs[rows] = earned[things]
        inputs[self.registered] = EVERYBODY
        for row, givers in self.several:
            inputs[row] = np.bitwise_or.reduce(earned[givers])
        for row, amount in self.amounts:
            held = time(amount)
            inputs[row] = EVERYBODY * held if isinstance(held, bool) else held
        for row, months, given in self.lasting:
            for thing in given:
                lasts = lasting(thing, months)
                inputs[row] |= earned[thing] if lasts is True else earned[thing] & lasts
        return Truths(self.code.code.run(inputs), self.code.nodes)


def wire(shop: Shop, gates: GateProgram, nodes: Sequence[int]) -> Wiring:
    """The wiring of a program of a shop, strict or not, for some of its nodes."""
    below = gates.below(nodes)
    sources = {row: one for row, one in enumerate(gates.inputs) if row + FIRST_INPUT in below}
    plain: dict[int, tuple[int, ...]] = {}
    lasting: list[tuple[int, int, tuple[int, ...]]] = []
    for row, source in sources.items():
        given, months = shop.given(source), _months(source)
        if given and months is None:
            plain[row] = given
        elif given and months is not None:
            lasting.append((row, months, given))
    single = {row: given[0] for row, given in plain.items() if len(given) == 1}
    return Wiring(
        write(gates, sorted(set(nodes)), ()),
        len(gates.inputs),
        (list(single), list(single.values())),
        tuple((row, list(given)) for row, given in plain.items() if row not in single),
        tuple(lasting),
        tuple((row, source) for row, source in sources.items() if isinstance(source, Reached)),
        [row for row, source in sources.items() if source == Registered(shop.program)],
    )


def _months(source: Source) -> int | None:
    """How long an award is to last for a test; None: any does."""
    return source.months if isinstance(source, Tested) else None
