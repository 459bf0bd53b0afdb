"""Simulated numbers against those that the assumptions imply and that can be written down."""

import numpy as np
import pytest

from graph.requirement import All, Any, CompetencyLeaf
from graph.simulating import outcome as outcomes
from graph.simulating.assumptions import TICKS_A_MONTH, Assumptions
from graph.simulating.learning import NEVER
from graph.simulating.outcome import Outcome, simulate
from graph.world import Competency, Effort, Framework, Program, World
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.graph.simulating.test_against_the_engine import told_by_engine, told_by_simulation

PEOPLE = 20_000
SIGMAS = 4.5
SHOP = Framework("shop")


def world(*rules: CompetencyLeaf | Any, minutes: int = 600) -> World:
    names = ("shop:a", "shop:b")
    things = {name: Competency(key=name, framework=SHOP, effort=Effort(minutes=minutes)) for name in names}
    program = Program("p", frameworks=("shop",), completion=All(rules))
    return World(frameworks={"shop": SHOP}, competencies=things, programs={"p": program})


def cohort(rules: World, assumptions: Assumptions, *, people: int = PEOPLE, years: int = 2) -> Outcome:
    return simulate(rules, "p", assumptions, np.random.default_rng(11), people=people, years=years)


def assert_share(found: float, expected: float, people: int = PEOPLE) -> None:
    error = (expected * (1 - expected) / people) ** 0.5
    assert abs(found - expected) <= SIGMAS * error, (found, expected)


@pytest.mark.parametrize("rate", [0.3, 0.75])
def test_attempts_are_geometric(rate: float) -> None:
    """With a whole repetition after each failure and a thing a tick, the tick is the number of attempts."""
    guess = Assumptions(pass_rate=rate, retry_share=1, spread=0, attrition=0)
    ticks = cohort(world(CompetencyLeaf("shop:a"), minutes=guess.learning_minutes), guess).reached[-1]
    for attempts in range(1, 8):
        assert_share((ticks <= attempts).mean(), 1 - (1 - rate) ** attempts)


@pytest.mark.parametrize("attrition", [0.01, 0.1])
def test_the_share_that_is_left_falls_by_the_attrition_of_each_month(attrition: float) -> None:
    never = Assumptions(pass_rate=0, attrition=attrition)
    for moment in cohort(world(CompetencyLeaf("shop:a")), never).moments:
        assert_share(float(moment.active), (1 - attrition) ** moment.month)
        assert moment.completed == 0


def test_pace_is_lognormal_with_the_median_of_the_effort() -> None:
    guess = Assumptions(pass_rate=1, spread=0.5, attrition=0)
    minutes = 30_000
    ticks = cohort(world(CompetencyLeaf("shop:a"), minutes=minutes), guess).reached[-1]
    middle = minutes / guess.learning_minutes
    within = np.quantile(ticks, [0.158655, 0.5]) - 0.5  # a tick stands for its end
    assert within == pytest.approx([middle * np.exp(-0.5), middle], rel=0.03)


def test_of_two_that_are_alike_half_take_each_and_nobody_both() -> None:
    either = world(Any((CompetencyLeaf("shop:a"), CompetencyLeaf("shop:b"))))
    found = cohort(either, Assumptions())
    shares = [float(passage.wanted) for passage in found.passages]
    assert sum(shares) == 1
    assert_share(shares[0], 0.5, people=2048)


def test_a_longer_look_changes_nothing_of_what_was_seen() -> None:
    rules = world(CompetencyLeaf("shop:a"), CompetencyLeaf("shop:b"), minutes=18_000)
    short, long = (cohort(rules, Assumptions(pass_rate=0.3), people=500, years=years) for years in (1, 3))
    end = 12 * TICKS_A_MONTH
    assert (short.reached == np.where(long.reached <= end, long.reached, NEVER)).all()
    assert list(short.moments) == list(long.moments)[:3]


def test_a_cohort_in_several_crews_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "CELLS", 2 * 700)
    rules = world(CompetencyLeaf("shop:a"), CompetencyLeaf("shop:b"), minutes=6_000)
    found = cohort(rules, Assumptions(pass_rate=0.5), people=2_000)
    assert [course.reached.shape[1] for course in found.courses] == [700, 700, 600]
    assert found.people == 2_000
    assert all(m.active + m.completed + m.left == 1 for m in found.moments)
    (completion,) = found.milestones
    assert sum(share for _, share in completion.last) >= 1
    assert all(passage.wanted == 1 for passage in found.passages)


def test_in_a_large_cohort_those_who_share_a_plan_still_agree_with_the_engine() -> None:
    rules = compile_world(load_catalog())
    random = np.random.default_rng(3)
    found = simulate(rules, "machinist", Assumptions(), random, people=2_300, years=5, traced=True)
    for person in (0, 63, 64, 1_000, 2_047, 2_048, 2_111, 2_299):
        assert told_by_simulation(found, person) == told_by_engine(found, person), person
