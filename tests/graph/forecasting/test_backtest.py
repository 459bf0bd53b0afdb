"""Held against what came: simulated people, forecast in the middle of their way, whose dates are known."""

import numpy as np
import pytest

from graph.forecasting.arriving import NEVER
from graph.forecasting.crew import EARLIEST, EXPECTED, LATEST, forecast_crew
from graph.gates.columns import Vocabulary, crowd_of, rows_of
from graph.gates.compiling import compile_gates
from graph.simulating.assumptions import Assumptions
from graph.simulating.outcome import simulate
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.graph.simulating.histories import day_of, history

PEOPLE = 80
TICK = 8  # days: simulated people are looked at four times a month
YEARS = 6


@pytest.mark.parametrize(
    ("program", "tick", "least"),
    [("machinist", 48, 0.7), ("cnc-machinist-hybrid", 48, 0.5), ("cnc-operator-turning", 40, 0.9)],
)
def test_the_range_holds_what_came_about_as_often_as_it_says(program: str, tick: int, least: float) -> None:
    world = compile_world([one for one in load_catalog() if one.kind in ("framework", "program")])
    outcome = simulate(
        world,
        program,
        Assumptions(attrition=0.0),
        np.random.default_rng(5),
        people=PEOPLE,
        years=YEARS,
        traced=True,
    )
    words = Vocabulary()
    people = [history(outcome, place, tick) for place in range(PEOPLE)]
    crowd = crowd_of([rows_of(one, words) for one in people], words)
    names = [one.id for one in people]
    found = forecast_crew(compile_gates(world, program), crowd, names, as_of=day_of(tick))
    came = np.array(
        [[day_of(int(at)).toordinal() if at < 10**6 else NEVER for at in row] for row in outcome.reached]
    )
    ahead = ~found.reached
    low, expected, high = (found.by(percent)[ahead] for percent in (EARLIEST, EXPECTED, LATEST))
    inside = (came[ahead] >= low - TICK) & (came[ahead] <= high + TICK)
    assert inside.mean() >= least
    known = (came[ahead] < NEVER) & (expected < NEVER)
    # neither sooner nor later than foreseen by more than a quarter, for half of them
    assert abs(np.median((came[ahead] - expected)[known])) < 92
