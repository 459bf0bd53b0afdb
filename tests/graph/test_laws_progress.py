"""Progress: a fraction from 0 to 1, 1 exactly when the requirement holds, and its percentage is never flattering."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from graph.explaining import Explanation, explain
from graph.progress import percent
from standards.answers import progress_answer
from tests.graph.asking import Asked
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

FRACTIONS = st.builds(
    lambda done, more: Fraction(done, done + more), st.integers(0, 9000), st.integers(1, 9000)
)


def every_node(answer: Explanation) -> list[Explanation]:
    return [answer, *(node for member in answer.members for node in every_node(member))]


@given(world=worlds())
@examples(60)
def test_progress_is_a_fraction_and_1_exactly_when_it_holds(world: RandomWorld) -> None:
    asked = Asked(world)
    engine = asked.evaluation()
    for rule in asked.goals:
        for node in every_node(explain(engine, rule.requirement, rule.scope)):
            assert 0 <= node.progress <= 1
            assert (node.progress == 1) == node.holds, node
    assert engine.complete == (engine.progress == 1)


@given(FRACTIONS)
@examples(300)
def test_percentages_are_floored_and_100_only_for_the_whole(progress: Fraction) -> None:
    shown = percent(progress)
    tenths = round(shown * 10)
    assert shown == tenths / 10
    assert Fraction(tenths, 1000) <= progress < Fraction(tenths + 1, 1000)
    assert shown < 100
    assert percent(Fraction(1)) == 100


@given(FRACTIONS)
@examples(100)
def test_the_fraction_is_written_exactly(progress: Fraction) -> None:
    assert Fraction(progress_answer(progress)["fraction"]) == progress
