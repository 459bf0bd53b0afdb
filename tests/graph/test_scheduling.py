"""Turns with deadlines, held against every order of small plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from graph.circuit import TRUE, Choice, Circuit, Enough, Growth, Solution
from graph.scheduling import Turn, finished, in_turn
from tests.oracle.dice import Dice
from tests.thoroughness import examples

START = date(2026, 1, 5)
DAY = 60
WEEK = 7 * DAY
"""Sixty minutes a day, so that an hour is a day."""


@dataclass(frozen=True)
class Case:
    circuit: Circuit
    solution: Solution
    minutes: dict[str, int]
    deadlines: dict[str, date]

    def done(self, turns: list[Turn]) -> dict[str, date]:
        return finished(turns, self.minutes, {}, START, WEEK)

    def is_in_time(self, turns: list[Turn]) -> bool:
        done = self.done(turns)
        return all(done[name] <= day for name, day in self.deadlines.items())

    def can_be_taken(self, names: Sequence[str]) -> bool:
        growth = Growth(self.circuit)
        for name in names:
            if name in self.solution.amounts:
                growth.log(name, self.solution.amounts[name])
            elif name in growth.open:
                growth.take(name)
            else:
                return False
        return True


@st.composite
def cases(draw: st.DrawFn, *, choices: bool) -> Case:
    """Up to five things and hours to log, each after some of those before it; with choices perhaps one of these."""
    dice, circuit = Dice(draw), Circuit()
    circuit.pools["hours:ojl"] = 10 * DAY
    logged = circuit.define(circuit.reserve(), Enough(2 * DAY, ("hours:ojl",)))
    nodes = {"hours:ojl": logged}
    for name in dice.shuffled([f"competency:f:c{number}" for number in range(dice.number(1, 5))]):
        before = dice.some(list(nodes.values()), 3)
        needed = dice.number(1, len(before)) if choices and before else len(before)
        requires = circuit.gate(needed, before) if before else TRUE
        nodes[name] = circuit.define(circuit.reserve(), Choice(name, requires))
    minutes = {name: DAY * dice.number(0, 4) for name in nodes} | {"hours:ojl": 2 * DAY}
    deadlines = {name: START + timedelta(dice.number(1, 14)) for name in dice.some(list(nodes), 4)}
    solution = Solution(frozenset(nodes) - {"hours:ojl"}, {"hours:ojl": 2 * DAY})
    return Case(circuit, solution, minutes, deadlines)


@given(cases(choices=False))
@examples(150)
def test_deadlines_are_met_where_any_order_meets_them(case: Case) -> None:
    orders = filter(case.can_be_taken, permutations(case.solution.names))
    possible = any(case.is_in_time([Turn(name, (), 0) for name in order]) for order in orders)
    assert case.is_in_time(in_turn(case.circuit, case.solution, case.deadlines)) == possible


@given(cases(choices=True))
@examples(150)
def test_each_thing_comes_once_and_when_it_is_open(case: Case) -> None:
    turns = in_turn(case.circuit, case.solution, case.deadlines)
    names = [turn.name for turn in turns]
    assert sorted(names) == case.solution.names
    assert case.can_be_taken(names)
    assert all(set(turn.after) <= set(names[:at]) for at, turn in enumerate(turns))


@given(cases(choices=True))
@examples(100)
def test_days_add_up_one_thing_after_the_other(case: Case) -> None:
    turns = in_turn(case.circuit, case.solution, case.deadlines)
    done, spent = case.done(turns), 0
    for turn in turns:
        spent += case.minutes[turn.name]
        assert done[turn.name] == START + timedelta(days=spent // DAY)


def test_what_is_behind_a_wait_begins_when_it_is_over() -> None:
    turns = [Turn("a", (), 0), Turn("wait", (), 0), Turn("b", (), 0)]
    over = START + timedelta(days=10)
    done = finished(turns, {"a": 3 * DAY, "b": 2 * DAY}, {"wait": over}, START, WEEK)
    assert [(done[turn.name] - START).days for turn in turns] == [3, 10, 12]


def test_a_wait_that_is_over_before_its_turn_takes_no_time() -> None:
    turns = [Turn("a", (), 0), Turn("wait", (), 0), Turn("b", (), 0)]
    over = START + timedelta(days=2)
    done = finished(turns, {"a": 3 * DAY, "b": 2 * DAY}, {"wait": over}, START, WEEK)
    assert [(done[turn.name] - START).days for turn in turns] == [3, 3, 5]
