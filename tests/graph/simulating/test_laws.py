"""What holds of every simulated cohort, whatever the program and the assumptions."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.simulating.assumptions import Assumptions, ThingAssumption
from graph.simulating.learning import NEVER
from graph.simulating.outcome import Outcome, simulate
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, Shape, worlds
from tests.thoroughness import examples

SEEDS = st.integers(0, 10**6)
RATES = st.floats(0, 1)
GUESSES = st.builds(
    Assumptions,
    hours_per_week=st.sampled_from([4.0, 20.0, 40.0]),
    learning_share=st.sampled_from([0.1, 0.5, 1.0]),
    default_hours=st.sampled_from([0.0, 25.0, 200.0]),
    pass_rate=RATES,
    retry_share=st.sampled_from([0.0, 0.5, 1.0]),
    spread=st.sampled_from([0.0, 0.4]),
    attrition=st.sampled_from([0.0, 0.02, 0.3]),
)


def cohort(world: RandomWorld, assumptions: Assumptions, seed: int, people: int = 20) -> Outcome:
    random = np.random.default_rng(seed)
    return simulate(Asked(world).world, PROGRAM, assumptions, random, people=people, years=2, traced=True)


@given(world=worlds(Shape(expiry=False)), guess=GUESSES, better=RATES, seed=SEEDS)
@examples(12)
def test_passing_more_often_makes_nobody_later(
    world: RandomWorld, guess: Assumptions, better: float, seed: int
) -> None:
    low, high = sorted((guess.pass_rate, better))
    slow, quick = (cohort(world, replace(guess, pass_rate=rate), seed) for rate in (low, high))
    assert (quick.reached <= slow.reached).all()
    for later, earlier in zip(slow.milestones, quick.milestones, strict=True):
        for there, here in zip(later.months, earlier.months, strict=True):
            assert there is None or (here is not None and here <= there)


@given(world=worlds(), guess=GUESSES, seed=SEEDS)
@examples(6)
def test_without_attrition_nobody_leaves_and_nobody_else_is_touched(
    world: RandomWorld, guess: Assumptions, seed: int
) -> None:
    staying = cohort(world, replace(guess, attrition=0.0), seed)
    leaving = cohort(world, guess, seed)
    assert (staying.left == NEVER).all()
    assert {moment.left for moment in staying.moments} == {0}
    assert [one.months for one in staying.milestones] == [one.months for one in leaving.milestones]
    assert (staying.reached == leaving.reached).all()


@given(world=worlds(), guess=GUESSES, seed=SEEDS)
@examples(6)
def test_shares_are_whole_and_quantiles_in_order(world: RandomWorld, guess: Assumptions, seed: int) -> None:
    outcome = cohort(world, guess, seed)
    for one in outcome.milestones:
        told = [float("inf") if months is None else months for months in one.months]
        assert told == sorted(told)
        assert 0 <= one.share <= 1
        assert all(0 < share <= 1 for _, share in one.last)
    moments = list(outcome.moments)
    assert all(m.active + m.completed + m.left == 1 for m in moments)
    for before, after in pairwise(moments):
        assert (before.completed, before.left) <= (after.completed, after.left)
        assert before.active >= after.active
    for passage in outcome.passages:
        assert 0 <= passage.wanted <= 1
        assert passage.months >= 0


@given(world=worlds(), guess=GUESSES, seed=SEEDS)
@examples(5)
def test_the_same_seed_gives_the_same_cohort(world: RandomWorld, guess: Assumptions, seed: int) -> None:
    one, two = cohort(world, guess, seed), cohort(world, guess, seed)
    assert one.milestones == two.milestones
    assert one.passages == two.passages
    assert (one.left == two.left).all()


@given(world=worlds(), guess=GUESSES, seed=SEEDS)
@examples(5)
def test_what_is_assumed_of_every_thing_is_assumed_of_all(
    world: RandomWorld, guess: Assumptions, seed: int
) -> None:
    plain = cohort(world, guess, seed)
    each = ThingAssumption(pass_rate=guess.pass_rate, attrition=guess.attrition)
    single = cohort(world, replace(guess, things=dict.fromkeys(plain.shop.things, each)), seed)
    assert (plain.reached == single.reached).all()
    assert (plain.left == single.left).all()


@given(world=worlds(), guess=GUESSES, seed=SEEDS)
@examples(5)
def test_a_thing_that_nobody_passes_is_never_passed(
    world: RandomWorld, guess: Assumptions, seed: int
) -> None:
    things = list(cohort(world, guess, seed).shop.things)
    hopeless = {thing: ThingAssumption(pass_rate=0.0) for thing in things[:1]}
    outcome = cohort(world, replace(guess, things=hopeless), seed)
    assert not (outcome.courses[0].passes[1] == 0).any() or not things
