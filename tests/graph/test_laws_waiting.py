"""`fix` where time has to pass: done today and waited for as long as it says, the goal holds, and not a day before.

What lapses while waiting is not foreseen, so nothing expires in these worlds.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graph import timeline
from graph.actions import Action, WaitUntil
from graph.fixing import Fix
from tests.graph.asking import known_by
from tests.graph.doing import record_after
from tests.graph.test_laws_fix import Broken, broken
from tests.oracle.worlds import RandomWorld, Shape, worlds
from tests.thoroughness import examples

PATIENT = Shape(competencies=3, credentials=3, evidence=8, expiry=False)
HORIZON = timedelta(days=3000)


@st.composite
def patient_worlds(draw: st.DrawFn) -> RandomWorld:
    """Worlds in which nothing that counts comes to an end of itself: no waiver does, no enrolment to come is known."""
    world = draw(worlds(PATIENT))
    record = known_by(world.record, world.as_of)
    for entry in record["record"]["evidence"]:
        if "waiver" in entry:
            entry["until"] = None
    return RandomWorld(world.documents, record, world.as_of)


def first_day(goal: Broken, actions: Sequence[Action]) -> date | None:
    """The first day from the as-of date on which the goal holds once these are done, if only time passes."""
    record = record_after(goal.today, goal.asked.random.record, actions)
    day = goal.asked.random.as_of
    while day < goal.asked.random.as_of + HORIZON:
        line = goal.asked.evaluation(day, record=record).actual.holds(goal.rule.requirement, goal.rule.scope)
        if timeline.is_true(line, day.toordinal()):
            return day
        following = timeline.next_true(line, day.toordinal())
        if following is None:
            return None
        day = date.fromordinal(following)
    return None


@given(world=patient_worlds(), first=st.integers(0, 20))
@examples(40)
def test_after_the_wait_it_holds_and_not_a_day_before(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        answer = goal.answer
        if isinstance(answer, Fix):
            waits = [action.day for action in answer.actions if isinstance(action, WaitUntil)]
            assert first_day(goal, answer.actions) == (waits[0] if waits else world.as_of), (
                goal.rule,
                answer,
            )


@given(world=patient_worlds(), first=st.integers(0, 20))
@examples(40)
def test_without_one_of_its_things_waiting_is_not_enough(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        actions = goal.actions
        until = max((a.day for a in actions if isinstance(a, WaitUntil)), default=world.as_of)
        for dropped in actions:
            left = [action for action in actions if action != dropped and not isinstance(action, WaitUntil)]
            if isinstance(dropped, WaitUntil):
                found = first_day(goal, left)
                assert found is None or found > world.as_of, (goal.rule, actions)
            elif goal.in_order(left):
                found = first_day(goal, left)
                assert found is None or found > until, (goal.rule, actions, dropped)


@given(world=patient_worlds(), first=st.integers(0, 20))
@examples(40)
def test_null_only_where_no_time_helps(world: RandomWorld, first: int) -> None:
    """Everything that can be done today is done: if the goal holds on any later day, there is a fix."""
    for goal in broken(world, first):
        if not isinstance(goal.answer, Fix):
            done = [goal.today.entry(name) for name in goal.today.able()]
            body = world.record["record"]
            record = {**world.record, "record": {**body, "evidence": [*body["evidence"], *done]}}
            line = goal.asked.evaluation(record=record).actual.holds(goal.rule.requirement, goal.rule.scope)
            day = world.as_of.toordinal()
            assert not timeline.is_true(line, day), (goal.rule, goal.answer)
            assert timeline.next_true(line, day) is None, (goal.rule, goal.answer)
