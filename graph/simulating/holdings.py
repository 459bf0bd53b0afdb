"""What simulated people have earned so far, and since when where it matters."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.code import Planes
from graph.gates.packing import WORD, Plane, packed, words_of
from graph.simulating.agenda import BITS, People
from graph.simulating.assumptions import TICKS_A_MONTH
from graph.simulating.inputs import Flags
from graph.simulating.intentions import Numbers
from graph.simulating.learning import NEVER

Words: TypeAlias = People | slice
"""Some words of a plane, or all of them."""


class Holdings:
    """The awards of some people.

    Attributes:
        planes: a plane for each thing: who has earned it, though it may have expired since.
    """

    def __init__(self, things: int, people: int, dated: Iterable[int]) -> None:
        """Nothing yet; of the things that are ``dated``, the tick of the latest award is kept."""
        numbers = sorted(set(dated))
        self.planes: Planes = np.zeros((things, words_of(people)), np.uint64)
        self._row = np.full(things, -1, np.intp)
        self._row[numbers] = np.arange(len(numbers))
        self._ticks: NDArray[np.int32] = np.full((len(numbers), words_of(people), WORD), NEVER, np.int32)
        self._people = people

    def add(self, things: Numbers, people: People, tick: int) -> None:
        """Each of these people earned one thing."""
        words = things * self.planes.shape[1] + (people >> BITS)
        bits = np.uint64(1) << (people % WORD).astype(np.uint64)
        np.bitwise_or.at(self.planes.reshape(-1), words, bits)
        rows = self._row[things]
        dated = rows >= 0
        self._ticks[rows[dated], people[dated] >> BITS, people[dated] % WORD] = tick

    def lasting(self, thing: int, months: int, tick: int, words: Words) -> Plane:
        """Who has earned a dated thing so lately that it lasts so many months beyond a tick; or never earned it."""
        return packed(tick - self._ticks[self._row[thing], words] < months * TICKS_A_MONTH).reshape(-1)

    def older(self, thing: int, months: int, tick: int) -> Flags:
        """Who earned a dated thing so long before a tick that it does not last so many months."""
        ticks = self._ticks[self._row[thing]].reshape(-1)[: self._people]
        older: Flags = tick - ticks >= months * TICKS_A_MONTH
        return older
