"""Simulated people are people: their records, put to the engine, give the same raises on the same days."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import evaluate
from graph.simulating.assumptions import TICKS_A_YEAR, Assumptions
from graph.simulating.learning import NEVER
from graph.simulating.outcome import Outcome, simulate
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.graph.asking import Asked
from tests.graph.simulating.histories import day_of, history
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

PEOPLE = 30


def until(outcome: Outcome, person: int) -> int:
    """The last tick that somebody is in the program."""
    completed = outcome.reached[-1, person] if outcome.shop.gates.completion else NEVER
    return int(min(completed, outcome.left[person], outcome.years * TICKS_A_YEAR))


def told_by_engine(outcome: Outcome, person: int) -> list[int | None]:
    """The day on which each step was reached, and completion."""
    world, program, last = outcome.shop.world, outcome.shop.program, day_of(until(outcome, person))
    record = history(outcome, person, until(outcome, person))
    one = evaluate(world, record, program=program, as_of=last)
    lines = [one.actual.step(step.key) for step in world.programs[program].steps]
    days = [next((day for day in line if day <= last.toordinal()), None) for line in lines]
    if outcome.shop.gates.completion:
        days.append(last.toordinal() if one.complete else None)
    return days


def told_by_simulation(outcome: Outcome, person: int) -> list[int | None]:
    end = until(outcome, person)
    ticks = outcome.reached[:, person].tolist()
    return [day_of(tick).toordinal() if tick <= end else None for tick in ticks]


def same(outcome: Outcome, people: int) -> None:
    for person in range(people):
        assert told_by_simulation(outcome, person) == told_by_engine(outcome, person), person


@pytest.mark.parametrize("program", ["machinist", "cnc-machinist-hybrid", "cnc-operator-turning"])
def test_in_the_catalog(program: str) -> None:
    world = compile_world(load_catalog())
    outcome = simulate(
        world, program, Assumptions(), np.random.default_rng(7), people=PEOPLE, years=5, traced=True
    )
    same(outcome, PEOPLE)
    assert (outcome.reached < NEVER).mean() > 0.8


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(40)
def test_in_random_worlds(world: RandomWorld, seed: int) -> None:
    random, asked = Random(seed), Asked(world)
    assumptions = Assumptions(
        hours_per_week=random.choice([5, 37.5]),
        learning_share=random.choice([0.1, 1.0]),
        related_hours_per_month=random.choice([None, 2.5]),
        default_hours=random.choice([0, 15, 300]),
        pass_rate=random.choice([0.3, 1.0]),
        attrition=random.choice([0.0, 0.1]),
    )
    outcome = simulate(
        asked.world, PROGRAM, assumptions, np.random.default_rng(seed), people=6, years=2, traced=True
    )
    same(outcome, 6)
