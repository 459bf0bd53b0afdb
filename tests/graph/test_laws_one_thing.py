"""What alone would do is exactly every set of one thing that a fix may give, the fix itself first."""

from hypothesis import given
from hypothesis import strategies as st

from graph.fixing import Fix, fix
from graph.one_thing import one_things
from tests.graph.test_laws_fix import SMALL, broken
from tests.oracle.worlds import RandomWorld, worlds
from tests.thoroughness import examples

PLENTY = 50


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(80)
def test_one_thing_is_what_a_fix_of_one_says_with_all_its_ties(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        evaluation = goal.asked.evaluation()
        found = one_things(evaluation, goal.rule.requirement, goal.rule.scope)
        way = fix(evaluation, goal.rule.requirement, goal.rule.scope, ties=PLENTY)
        if isinstance(way, Fix) and len(way.actions) == 1:
            assert list(found) == [action for one in (way.actions, *way.ties) for action in one]
        else:
            assert found == ()


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(40)
def test_each_of_them_makes_it_hold_alone(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        for action in one_things(goal.asked.evaluation(), goal.rule.requirement, goal.rule.scope):
            assert goal.fixed_by((action,)), (goal.rule, action)


@given(world=worlds(SMALL))
@examples(20)
def test_what_holds_already_takes_nothing(world: RandomWorld) -> None:
    for goal in broken(world, 0):
        for rule in goal.asked.goals:
            if goal.today.oracle.holds_since(rule.written, rule.step)[0]:
                assert one_things(goal.asked.evaluation(), rule.requirement, rule.scope) == ()
        break
