"""How long each simulated person learns for each thing, and how likely they leave meanwhile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.simulating.assumptions import TICKS_A_MONTH, Assumptions
from graph.simulating.earning import Shop

NEVER = np.iinfo(np.int32).max
"""A tick that does not come, and minutes that nobody gets through."""

HOPELESS = 1e9
"""Failures after which nobody goes on trying."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Everything that chance decides about some people beside their tastes.

    Attributes:
        luck: a row for each thing: from 0 (a pass at the first attempt) to below 1.
        pace: the logarithm of how much longer they take, in standard deviations.
        patience: how much of the chance to leave they bear, exponential.
    """

    luck: NDArray[np.float32]
    pace: NDArray[np.float64]
    patience: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.pace)


def draw(random: np.random.Generator, things: int, size: int) -> Draws:
    """Chance for some people; the same however the assumptions are."""
    return Draws(
        luck=random.random((things, size), dtype=np.float32),
        pace=random.normal(0, 1, size),
        patience=random.exponential(1, size),
    )


def minutes(shop: Shop, assumptions: Assumptions, draws: Draws) -> NDArray[np.int32]:
    """For each thing (rows) and person the minutes of learning until it is passed, repetitions included.

    Attempts are geometric, and fewer at any higher pass rate.
    """
    needed = np.empty(draws.luck.shape, np.int32)
    pace = np.exp(assumptions.spread * draws.pace)
    for row, (thing, once) in enumerate(shop.things.items()):
        rate = assumptions.of(thing).pass_rate
        failures = _failures(
            assumptions.pass_rate if rate is None else rate, draws.luck[row].astype(np.float64)
        )
        time = np.rint(once * pace * (1 + assumptions.retry_share * failures))
        needed[row] = np.where(failures >= HOPELESS, NEVER, np.minimum(time, NEVER))
    return needed


def _failures(pass_rate: float, luck: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many attempts fail before the one that passes."""
    if pass_rate == 1:
        return np.zeros(len(luck))
    if pass_rate == 0:
        return np.full(len(luck), HOPELESS)
    failures: NDArray[np.float64] = np.floor(np.log1p(-luck) / np.log1p(-pass_rate))
    return np.minimum(failures, HOPELESS)


def hazards(shop: Shop, assumptions: Assumptions) -> NDArray[np.float64]:
    """The chance to leave in a tick, as a rate: for each thing while it is learned, and last for who has none."""
    single = [assumptions.of(thing).attrition for thing in shop.things]
    general = assumptions.attrition
    shares = np.array([general if share is None else share for share in (*single, None)])
    rates: NDArray[np.float64] = -np.log1p(-shares) / TICKS_A_MONTH
    return rates
