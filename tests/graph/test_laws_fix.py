"""`fix` really fixes, nothing in it can be dropped, nothing smaller or earlier does, null only where nothing can."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from graph import timeline
from graph.actions import Action, EarnHours, WaitUntil
from graph.fixing import Fix, NoFix, fix
from tests.graph.asking import Asked, Rule
from tests.graph.doing import name_of, record_after
from tests.oracle.evaluator import Moment
from tests.oracle.smallest import Today
from tests.oracle.worlds import RandomWorld, Shape, worlds
from tests.thoroughness import examples

SMALL = Shape(competencies=4, credentials=4, evidence=8, months=False)
MOST = 3
"""Things in a fix that every smaller set is tried against."""


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold on the day."""

    asked: Asked
    today: Today
    rule: Rule

    @property
    def answer(self) -> Fix | NoFix:
        return fix(self.asked.evaluation(), self.rule.requirement, self.rule.scope)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the fix says to do; nothing where there is none."""
        answer = self.answer
        return answer.actions if isinstance(answer, Fix) else ()

    def holds(self, moment: Moment) -> bool:
        written = self.today.oracle.book.qualified(self.rule.written, self.today.oracle.program)
        return moment.holds(written, step=self.rule.step)

    def fixed_by(self, actions: tuple[Action, ...]) -> bool:
        """Whether the engine finds it to hold after the actions, each done when its prerequisites hold."""
        if not self.in_order(actions):
            return False
        record = record_after(self.today, self.asked.random.record, actions)
        after = self.asked.evaluation(record=record)
        line = after.actual.holds(self.rule.requirement, self.rule.scope)
        return timeline.is_true(line, after.as_of.toordinal())

    def in_order(self, actions: Sequence[Action]) -> bool:
        """Whether each can be done when its prerequisites hold, were nothing logged but these minutes."""
        minutes = {action.within: action.minutes for action in actions if isinstance(action, EarnHours)}
        names = [name_of(action) for action in actions if not isinstance(action, WaitUntil)]
        return Today(self.today.oracle, minutes).in_some_order(names)


def broken(world: RandomWorld, first: int) -> Iterator[Broken]:
    """Up to four rules that do not hold, from a random one on."""
    asked = Asked(world)
    oracle = asked.oracle()
    today = Today(oracle)
    rules = [rule for rule in asked.goals if not oracle.holds_since(rule.written, rule.step)[0]]
    turned = rules[first % len(rules) :] + rules[: first % len(rules)] if rules else []
    return (Broken(asked, today, rule) for rule in islice(turned, 4))


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(40)
def test_a_fix_really_fixes(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        answer = goal.answer
        if isinstance(answer, Fix):
            assert goal.fixed_by(answer.actions), (goal.rule, answer)


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(40)
def test_nothing_can_be_dropped_from_a_fix(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        actions = goal.actions
        for dropped in actions:
            left = tuple(action for action in actions if action != dropped)
            assert not goal.fixed_by(left), (goal.rule, actions, dropped)


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(30)
def test_a_fix_asks_for_no_minute_too_many(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        actions = goal.actions
        for action in actions:
            if isinstance(action, EarnHours):
                fewer = replace(action, minutes=action.minutes - 1)
                others = tuple(other for other in actions if other != action)
                assert not goal.fixed_by((*others, fewer)), (goal.rule, actions)


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(30)
def test_no_smaller_set_does_and_none_with_earlier_names(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        answer = goal.answer
        if isinstance(answer, Fix) and len(answer.actions) <= MOST:
            names = [name_of(action) for action in answer.actions]
            assert goal.today.reaches(names, goal.holds), (goal.rule, answer)
            for other in goal.today.before(names):
                assert not goal.today.reaches(other, goal.holds), (goal.rule, answer, other)


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(40)
def test_null_where_nothing_can_and_only_there(world: RandomWorld, first: int) -> None:
    for goal in broken(world, first):
        answer = goal.answer
        possible = goal.holds(goal.today.after(goal.today.able()))
        assert isinstance(answer, Fix) == possible, (goal.rule, answer)
        assert not isinstance(answer, NoFix) or answer.reason
