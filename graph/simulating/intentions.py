"""What simulated people set out to earn, and in which order, decided before anything is tried.

Nobody earns what can be spared: of things that stand for one another everybody leaves out the longest first, each
with a taste of their own. What an earlier raise needs comes first. Nothing comes before its prerequisites. As the
order rests on no result, doing better on any attempt never makes anybody later.

Large cohorts share tastes: there are ``PLANS`` of them, and every one is held by equally many.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.packing import packed, unpacked
from graph.gates.program import Reached
from graph.simulating.earning import Shop
from graph.simulating.inputs import Flags, wire

Numbers: TypeAlias = NDArray[np.intp]

PLANS = 2048
"""How many different tastes there are at most."""

TASTE = 0.3
"""How far tastes differ, the standard deviation of the logarithm of how long a thing seems."""


@dataclass(frozen=True, eq=False)
class Tastes:
    """What chance decides about tastes: rows are things, columns tastes.

    Attributes:
        length: how long each thing seems, beside how long it is: the logarithm of the ratio.
        order: what comes rather first.
    """

    length: NDArray[np.float64]
    order: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plans:
    """What each taste comes to.

    Attributes:
        order: a row for each place in the order, a column for each plan: the number of a thing, and from the end of
            the plan on -1; the last row is all -1.
        place: a row for each thing: its place in each plan, -1 where it is not wanted.
    """

    order: Numbers
    place: Numbers

    @property
    def size(self) -> int:
        """How many plans there are."""
        return len(self.order[0])


def draw_tastes(random: np.random.Generator, things: int, people: int) -> Tastes:
    """The tastes of so many people: one each, or as many as there are at most."""
    size = min(people, PLANS)
    return Tastes(random.normal(0, TASTE, (things, size)), random.random((things, size)))


def intend(shop: Shop, tastes: Tastes) -> Plans:
    """The plan of each taste."""
    goals = _attainable(shop)
    minutes = np.array(list(shop.things.values()), np.float64)[:, None]
    seeming = (minutes + 1) * np.exp(tastes.length)
    wanted = np.ones(seeming.shape, bool)
    needed_by = np.full(seeming.shape, len(goals), np.int64)
    for count in range(len(goals), 0, -1):
        wanted = _spared(shop, wanted, goals[:count], seeming)
        needed_by[wanted] = count - 1
    return _in_order(shop, np.where(needed_by < len(goals), needed_by + tastes.order, np.inf))


def _attainable(shop: Shop) -> tuple[int, ...]:
    """The goals that earning everything would reach, given time."""
    goals = shop.goal_nodes(shop.strict)
    wiring = wire(shop, shop.strict, goals)
    everything = wiring.work_out(packed(np.ones((len(shop.things), 1), bool)), _given_time, _lasts)
    return tuple(node for node in goals if unpacked(everything.plane(node), 1)[0])


def _spared(shop: Shop, wanted: Flags, goals: tuple[int, ...], seeming: NDArray[np.float64]) -> Flags:
    """What is left when each person has left out, one after the other, what the goals can spare; the longest first."""
    wiring = wire(shop, shop.strict, goals)
    kept = wanted.copy()
    things, size = kept.shape
    without_one = packed(~np.eye(things, dtype=bool))
    dispensable = wiring.work_out(without_one, _given_time, _lasts).every(goals, things)
    candidates = kept & dispensable[:, None]
    order = np.argsort(np.where(candidates, -seeming, np.inf), axis=0, kind="stable")
    everybody = np.arange(size)
    for chosen in order[: candidates.sum(axis=0).max(initial=0)]:
        before = kept[chosen, everybody]
        kept[chosen, everybody] = before & ~candidates[chosen, everybody]
        holds = wiring.work_out(packed(kept), _given_time, _lasts).every(goals, size)
        kept[chosen, everybody] = before & ~(holds & candidates[chosen, everybody])
    return kept


def _in_order(shop: Shop, key: NDArray[np.float64]) -> Plans:
    """Of what may be begun, always what has the lowest key; what has none that is finite is not wanted."""
    things, size = key.shape
    order = np.full((things + 1, size), -1, np.intp)
    place = np.full((things, size), -1, np.intp)
    done = np.zeros((things, size), bool)
    nodes = shop.ready_nodes(shop.strict)
    wiring = wire(shop, shop.strict, nodes)
    everybody = np.arange(size)
    for at in range(things):
        ready = unpacked(wiring.work_out(packed(done), _given_time, _lasts).stack(nodes), size)
        left = np.where(ready & ~done, key, np.inf)
        chosen = left.argmin(axis=0)
        found = left[chosen, everybody] < np.inf
        if not found.any():
            break
        order[at, found] = chosen[found]
        place[chosen[found], everybody[found]] = at
        done[chosen[found], everybody[found]] = True
    return Plans(order, place)


def _given_time(_amount: Reached) -> bool:
    return True


def _lasts(_thing: int, _months: int) -> bool:
    return True
