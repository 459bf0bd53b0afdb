"""Futures of each person, put together from months that were: the pace, how sure it is, and how months vary.

A future is a string of blocks of three months on end. It first draws a year of four blocks: that is how sure one can
be of the pace. Then it strings blocks together, four in five of them out of that year and one in five anew: that is
how months vary. A block is one's own with the weight m / (m + 3), where m of one's own months are measured (at most
twelve), else that of anybody in the program with three measured months or more. So the pace is one's own, drawn toward
that of the program. Of who has shown nothing for six months nothing is drawn.

Which blocks are drawn rests on who is asked about and on the day, not on how fast anybody was: whoever did more in
every month is later with nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from graph.forecasting.history import MONTHS, History
from graph.forecasting.needs import KINDS, Kind

BLOCK = 3
YEAR = 4
PRIOR = 3
"""Months of the program's that stand beside one's own."""

KEPT = 0.8
"""The part of the blocks that comes out of the year drawn first."""

Picks = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Urn:
    """The blocks of a crowd, to be drawn from.

    Attributes:
        history: how fast everybody was.
        names: of the people, which decide what is drawn.
        as_of: the day, which decides it as well.
        seed: a whole number that does, too.
    """

    history: History
    names: Sequence[str]
    as_of: date
    seed: int = 0

    @cached_property
    def blocks(self) -> NDArray[np.int32]:
        """For each kind, person and first month, three months on end; after the earliest comes the latest again."""
        months = np.maximum(1, self.history.months)
        starts = np.arange(MONTHS)[:, None] + np.arange(BLOCK)
        places = starts[None] % months[:, None, None]
        rows = np.arange(len(months))[:, None, None]
        found = self.history.compressed[rows, places]
        table: NDArray[np.int32] = np.ascontiguousarray(np.moveaxis(found, -1, 0)).astype(np.int32)
        return np.concatenate(
            [table.reshape(KINDS, -1, BLOCK), np.zeros((KINDS, 1, BLOCK), np.int32)], axis=1
        )

    @property
    def _nothing(self) -> int:
        """The number of the block in which nothing happens: for who is quiet, and where nobody has any months."""
        return len(self.names) * MONTHS

    @cached_property
    def lent(self) -> Picks:
        """The blocks that anybody may be lent."""
        lenders = np.flatnonzero(self.history.months >= BLOCK)
        found = [person * MONTHS + np.arange(self.history.months[person]) for person in lenders]
        return np.concatenate(found) if found else np.array([self._nothing])

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """How far each goes by their own months; all the way where nobody has any to lend."""
        months = self.history.months.astype(np.float64)
        is_alone = self.lent[0] == self._nothing
        return (months > 0).astype(np.float64) if is_alone else months / (months + PRIOR)

    def picks(self, people: range, futures: int, length: int) -> Picks:
        """For some people, each future and each place in it, the block that is there.

        Args:
            people: their places.
            futures: how many of each.
            length: how many blocks long.
        """
        chance = np.stack([self._chance(place, futures, length) for place in people])
        own = np.array(people)[:, None, None]
        drawn = self._drawn(own, chance[:, :, : YEAR + length])
        turn = chance[:, :, YEAR + length :]
        again = np.minimum((turn / KEPT * YEAR).astype(np.int64), YEAR - 1)
        kept = np.take_along_axis(drawn[:, :, :YEAR], again, axis=2)
        found = np.where(turn < KEPT, kept, drawn[:, :, YEAR:])
        return np.where(self.history.quiet[own], self._nothing, found)

    def _chance(self, place: int, futures: int, length: int) -> NDArray[np.float64]:
        told = f"{self.names[place]}|{self.as_of}|{self.seed}".encode()
        key = int.from_bytes(sha256(told).digest()[:16], "big")
        return np.random.Generator(np.random.Philox(key=key)).random((futures, YEAR + 2 * length))

    def _drawn(self, own: Picks, chance: NDArray[np.float64]) -> Picks:
        weight, months = self.weights[own], self.history.months[own]
        among = np.minimum((chance / np.maximum(weight, 1e-9) * months).astype(np.int64), months - 1)
        rest = (chance - weight) / np.maximum(1 - weight, 1e-9)
        lent = np.clip((rest * len(self.lent)).astype(np.int64), 0, len(self.lent) - 1)
        return np.where(chance < weight, own * MONTHS + among, self.lent[lent])

    def sums(self, picks: Picks, kind: Kind) -> NDArray[np.int32]:
        """For each person and future what has been shown by the end of each month to come."""
        months = self.blocks[kind][picks]
        flat = months.reshape(*picks.shape[:2], -1)
        found: NDArray[np.int32] = np.cumsum(flat, axis=2, dtype=np.int32)
        return found
