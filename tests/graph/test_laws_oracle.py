"""The engine against the independent evaluator: every answer, on days when something turns, as known at an instant."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation
from graph.explaining import explain
from tests.graph.asking import Asked
from tests.oracle.ledger import recorded
from tests.oracle.oracle import Oracle
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

PLACES = st.lists(st.integers(0, 1000), max_size=5)


def days_asked(oracle: Oracle, places: list[int]) -> list[date]:
    """The as-of date, and some of the days on which something turns and the days before them."""
    turning = [day - timedelta(days=back) for day in oracle.turning_points() for back in (1, 0)]
    return [*(turning[place % len(turning)] for place in places if turning), oracle.as_of]


def same_items(engine: Evaluation, oracle: Oracle) -> None:
    for key, competency in engine.competencies.items():
        found = (competency.state.value, competency.since)
        assert (key, *found) == (key, *oracle.competency(key))
        assert competency.out_of_order == oracle.out_of_order("competency", key), key
    for key, credential in engine.credentials.items():
        found = (credential.state.value, credential.since)
        assert (key, *found) == (key, *oracle.credential(key))
        assert (key, credential.expires) == (key, oracle.expires(key))
        assert (key, credential.parts) == (key, oracle.parts(key))
        assert credential.out_of_order == oracle.out_of_order("credential", key), key


def same_program(engine: Evaluation, oracle: Oracle) -> None:
    assert (engine.complete, engine.progress) == oracle.completion()
    assert {key: (a.approved, a.counted) for key, a in engine.hours.items()} == oracle.minutes()
    step, following, progress = oracle.wage()
    wage = engine.wage
    assert wage is not None
    assert (wage.step, wage.next) == (step, following)
    assert following is None or wage.progress == progress
    assert step is None or wage.since == oracle.reached_since(step)


def same_rules(asked: Asked, engine: Evaluation, oracle: Oracle) -> None:
    for rule in asked.rules:
        found = explain(engine, rule.requirement, rule.scope)
        holds, since = oracle.holds_since(rule.written, rule.step)
        assert (rule.name, found.holds, found.since) == (rule.name, holds, since)
        assert (rule.name, found.progress) == (rule.name, oracle.progress(rule.written, rule.step))


@given(world=worlds(), places=PLACES)
@examples(50)
def test_every_answer_is_that_of_the_slow_evaluator(world: RandomWorld, places: list[int]) -> None:
    asked = Asked(world)
    oracle = asked.oracle()
    for day in days_asked(oracle, places):
        engine, expected = asked.evaluation(day), oracle.on(day)
        same_items(engine, expected)
        same_program(engine, expected)
        same_rules(asked, engine, expected)


@given(world=worlds(), place=st.integers(0, 1000), seconds=st.integers(-1, 1))
@examples(25)
def test_known_at_an_instant_every_answer_is_that_of_the_slow_evaluator(
    world: RandomWorld, place: int, seconds: int
) -> None:
    instants = sorted({recorded(entry) for entry in world.record["record"]["evidence"]})
    if not instants:
        return
    known_at: datetime = instants[place % len(instants)] + timedelta(seconds=seconds)
    asked = Asked(world)
    engine, oracle = asked.evaluation(known_at=known_at), asked.oracle(known_at)
    same_items(engine, oracle)
    same_program(engine, oracle)
    same_rules(asked, engine, oracle)
