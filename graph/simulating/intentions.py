"""What each simulated person sets out to earn, and in which order, decided before anything is tried.

Nobody earns what can be spared: of things that stand for one another everybody leaves out the longest first, each
with a taste of their own. What an earlier raise needs comes first. Nothing comes before its prerequisites. As the
order rests on no result, doing better on any attempt never makes anybody later.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.program import Reached
from graph.simulating.earning import Shop
from graph.simulating.inputs import Flags, Wiring, wire

Ranks: TypeAlias = NDArray[np.uint16]

UNWANTED = np.iinfo(np.uint16).max
"""The rank of what somebody does not set out to earn."""

TASTE = 0.3
"""How far tastes differ, the standard deviation of the logarithm of how long a thing seems."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Everything that chance decides about some people, a row for each thing where it is about things.

    Attributes:
        taste: how long each thing seems to each of them, beside how long it is.
        order: what they would rather do first.
        luck: from 0 (a pass at the first attempt) to below 1.
        pace: the logarithm of how much longer they take, in standard deviations.
        patience: how much of the chance to leave they bear, exponential.
    """

    taste: NDArray[np.float64]
    order: NDArray[np.float64]
    luck: NDArray[np.float64]
    pace: NDArray[np.float64]
    patience: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.pace)


def draw(random: np.random.Generator, things: int, size: int) -> Draws:
    """Chance for some people; the same however the assumptions are."""
    return Draws(
        taste=random.normal(0, TASTE, (things, size)),
        order=random.random((things, size)),
        luck=random.random((things, size)),
        pace=random.normal(0, 1, size),
        patience=random.exponential(1, size),
    )


def intend(shop: Shop, draws: Draws) -> Ranks:
    """For each thing (rows) and person (columns) its place in the person's order; ``UNWANTED`` for none."""
    wiring = wire(shop, shop.strict, shop.goal_nodes(shop.strict))
    goals = _attainable(shop, wiring)
    minutes = np.array(list(shop.things.values()), np.float64)[:, None]
    seeming = np.argsort(-(minutes + 1) * np.exp(draws.taste), axis=0, kind="stable")
    wanted = np.ones(draws.taste.shape, bool)
    needed_by = np.full(draws.taste.shape, len(goals), np.int64)
    for count in range(len(goals), 0, -1):
        wanted = _spared(wiring, wanted, goals[:count], seeming)
        needed_by[wanted] = count - 1
    return _in_order(shop, needed_by, len(goals), draws.order)


def _attainable(shop: Shop, wiring: Wiring) -> tuple[int, ...]:
    """The goals that earning everything would reach, given time."""
    everything = wiring.work_out(np.ones((len(shop.things), 1), bool), _given_time)
    goals = shop.goal_nodes(shop.strict)
    return tuple(node for node, holds in zip(goals, everything.rows(goals)[:, 0], strict=True) if holds)


def _spared(wiring: Wiring, wanted: Flags, goals: tuple[int, ...], seeming: NDArray[np.intp]) -> Flags:
    """What is left when each person has left out, one after the other, what the goals can spare."""
    kept = wanted.copy()
    everybody = np.arange(kept.shape[1])
    for chosen in seeming:
        before = kept[chosen, everybody]
        kept[chosen, everybody] = False
        holds = wiring.work_out(kept, _given_time).every(goals)
        kept[chosen, everybody] = before & ~holds
    return kept


def _in_order(shop: Shop, needed_by: NDArray[np.int64], goals: int, order: NDArray[np.float64]) -> Ranks:
    ranks = np.full(needed_by.shape, UNWANTED, np.uint16)
    key = np.where(needed_by < goals, needed_by + order, np.inf)
    done = np.zeros(needed_by.shape, bool)
    nodes = shop.ready_nodes(shop.strict)
    wiring = wire(shop, shop.strict, nodes)
    everybody = np.arange(needed_by.shape[1])
    for rank in range(len(needed_by)):
        ready = wiring.work_out(done, _given_time).rows(nodes)
        left = np.where(ready & ~done, key, np.inf)
        chosen = left.argmin(axis=0)
        found = left[chosen, everybody] < np.inf
        if not found.any():
            break
        ranks[chosen[found], everybody[found]] = rank
        done[chosen[found], everybody[found]] = True
    return ranks


def _given_time(_amount: Reached) -> bool:
    return True
