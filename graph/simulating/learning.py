"""How long each simulated person learns for each thing, and how likely they leave meanwhile."""

import numpy as np
from numpy.typing import NDArray

from graph.simulating.assumptions import TICKS_A_MONTH, Assumptions
from graph.simulating.earning import Shop
from graph.simulating.intentions import Draws

NEVER = np.iinfo(np.int32).max
"""A tick that does not come, and minutes that nobody gets through."""

HOPELESS = 1e9
"""Failures after which nobody goes on trying."""


def attempts(shop: Shop, assumptions: Assumptions, draws: Draws) -> NDArray[np.float64]:
    """For each thing (rows) and person how many attempts it takes: geometric, and fewer at any higher pass rate."""
    rates = [assumptions.of(thing).pass_rate for thing in shop.things]
    general = assumptions.pass_rate
    failing = 1 - np.array([general if rate is None else rate for rate in rates])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        failures = np.floor(np.log1p(-draws.luck) / np.log(failing))
    return 1 + np.where(failing == 1, HOPELESS, np.minimum(failures, HOPELESS))


def minutes(shop: Shop, assumptions: Assumptions, draws: Draws) -> NDArray[np.int32]:
    """For each thing and person the minutes of learning until it is passed, repetitions included."""
    tries = attempts(shop, assumptions, draws)
    once = np.array(list(shop.things.values()), np.float64)[:, None]
    pace = np.exp(assumptions.spread * draws.pace)
    needed = np.rint(once * pace * (1 + assumptions.retry_share * (tries - 1)))
    return np.where(tries > HOPELESS, NEVER, np.minimum(needed, NEVER)).astype(np.int32)


def hazards(shop: Shop, assumptions: Assumptions) -> NDArray[np.float64]:
    """The chance to leave in a tick, as a rate: for each thing while it is learned, and last for who has none."""
    single = [assumptions.of(thing).attrition for thing in shop.things]
    general = assumptions.attrition
    shares = np.array([general if share is None else share for share in (*single, None)])
    rates: NDArray[np.float64] = -np.log1p(-shares) / TICKS_A_MONTH
    return rates
