"""The best sign-offs of a small crew against every set of sign-offs, tried with the oracle."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.bottleneck import Best, SignOff, in_sessions, one_by_one, options_of, within
from graph.circuit import TRUE, Choice, Gate
from graph.demand import NOTHING, SIGNED, Aim, Demand, demand
from tests.graph.asking import Asked, Rule
from tests.oracle.evaluator import Moment
from tests.oracle.smallest import Today
from tests.oracle.worlds import RandomWorld, Shape, worlds
from tests.thoroughness import examples

SMALL = Shape(competencies=3, credentials=2, evidence=6, months=False)
MOST = 3
CREWS = st.lists(st.tuples(worlds(SMALL), st.integers(0, 40)), min_size=1, max_size=3)


@dataclass(frozen=True)
class Member:
    """One of a crew: a random world of their own, with two of its rules as aims."""

    asked: Asked
    today: Today
    aims: tuple[Rule, ...]

    @cached_property
    def demand(self) -> Demand:
        aims = [Aim(str(at), aim.requirement, aim.scope) for at, aim in enumerate(self.aims)]
        return demand(self.asked.evaluation(), aims)

    @cached_property
    def items(self) -> list[str]:
        return [name for name in self.today.everything() if name.partition(":")[0] in SIGNED]

    def reached(self, signed: frozenset[str]) -> int:
        """How many aims hold once all that can be signed off of these is, each when its turn comes."""
        done: set[str] = set()
        left = set(self.items) & signed
        while able := {name for name in left if self._open(name, done)}:
            done |= able
            left -= able
        moment = self.today.after(done)
        return sum(self._holds(moment, aim) for aim in self.aims)

    def _open(self, name: str, done: set[str]) -> bool:
        return self.today.after(done).prerequisites_hold(*name.split(":", 1))

    def _holds(self, moment: Moment, aim: Rule) -> bool:
        oracle = self.today.oracle
        return moment.holds(oracle.book.qualified(aim.written, oracle.program), step=aim.step)


def crew_of(drawn: Sequence[tuple[RandomWorld, int]]) -> list[Member]:
    found = []
    for world, first in drawn:
        asked = Asked(world)
        oracle = asked.oracle()
        rules = [rule for rule in asked.goals if not oracle.holds_since(rule.written, rule.step)[0]]
        turned = rules[first % len(rules) :] + rules[: first % len(rules)] if rules else []
        found.append(Member(asked, Today(oracle), tuple(turned[:2])))
    return found


Reached = Callable[[Sequence[SignOff]], int]


def best_by_trying(everything: Sequence[SignOff], reached: Reached, most: int) -> tuple[int, list[SignOff]]:
    """The most aims, then the fewest sign-offs, then the first by order."""
    sets: Iterator[tuple[SignOff, ...]] = (
        chosen for size in range(most + 1) for chosen in combinations(sorted(everything), size)
    )
    best = max(sets, key=lambda chosen: (reached(chosen), -len(chosen)))  # the first of equals
    return reached(best), list(best)


def check(found: Sequence[Best], everything: Sequence[SignOff], reached: Reached) -> None:
    for best in found:
        value, signoffs = best_by_trying(everything, reached, best.most)
        assert (len(best.steps), list(best.signoffs)) == (value, signoffs), best
        assert best.proven
        assert best.bound == value


@given(drawn=CREWS)
@examples(40)
def test_one_by_one_no_set_brings_more_nor_comes_before(drawn: list[tuple[RandomWorld, int]]) -> None:
    crew = crew_of(drawn)
    found = one_by_one([options_of(one.demand, MOST) for one in crew], MOST)

    def reached(signed: Sequence[SignOff]) -> int:
        return sum(
            one.reached(frozenset(s.item for s in signed if s.person == at)) for at, one in enumerate(crew)
        )

    # who is tried with everything at once grows too fast: two people are enough for the knapsack
    few = crew[:2]
    if len(crew) > len(few):
        found = one_by_one([options_of(one.demand, MOST) for one in few], MOST)
        crew = few
    check(found, [SignOff(at, item) for at, one in enumerate(crew) for item in one.items], reached)


@given(drawn=CREWS)
@examples(60)
def test_in_sessions_no_set_brings_more_nor_comes_before(drawn: list[tuple[RandomWorld, int]]) -> None:
    crew = crew_of(drawn)
    demands = [within(one.demand, options_of(one.demand, MOST)) for one in crew]
    names = sorted({item for one in crew for item in one.items})

    def reached(signed: Sequence[SignOff]) -> int:
        return sum(one.reached(frozenset(s.item for s in signed)) for one in crew)

    check(in_sessions(demands, MOST), [SignOff(-1, name) for name in names], reached)


@given(drawn=CREWS)
@examples(30)
def test_with_more_sign_offs_never_less(drawn: list[tuple[RandomWorld, int]]) -> None:
    crew = crew_of(drawn)
    options = [options_of(one.demand, MOST) for one in crew]
    demands = [within(one.demand, of) for one, of in zip(crew, options, strict=True)]
    for found in (one_by_one(options, MOST), in_sessions(demands, MOST)):
        assert [best.most for best in found] == [1, 2, 3]
        steps = [len(best.steps) for best in found]
        assert steps == sorted(steps)
        assert all(len(best.signoffs) <= best.most for best in found)
    apart, together = one_by_one(options, MOST), in_sessions(demands, MOST)
    assert all(len(a.steps) <= len(t.steps) for a, t in zip(apart, together, strict=True))


def test_what_goes_round_in_a_circle_holds_nothing_up() -> None:
    """Two things prove each other; neither stands before one of them is signed off."""
    circle = Demand(
        (
            Gate(0, ()),
            Gate(1, (2, 3)),
            Gate(1, (1,)),
            Choice("competency:f:a", TRUE),
            Choice("competency:f:b", 1),
            Gate(2, (2, 4)),
        ),
        (("raise", 2), ("completion", 5)),
    )
    (one, two) = in_sessions([circle], 2)
    assert [step.aim for step in one.steps] == ["raise"]
    assert one.signoffs == (SignOff(-1, "competency:f:a"),)
    assert [step.aim for step in two.steps] == ["completion", "raise"]


def test_two_of_three_ways_are_counted_whole() -> None:
    """Of three things two are needed, by four people who lack different ones."""

    def lacking(*names: str) -> Demand:
        choices = tuple(Choice(f"competency:f:{name}", TRUE) for name in names)
        inputs = tuple(range(2, 2 + len(names)))
        return Demand((Gate(0, ()), Gate(2, inputs), *choices), (("raise", 1),))

    crew = [lacking("a", "b", "c"), lacking("b", "c", "d"), lacking("c", "d", "e"), lacking("x", "y")]
    one, two, three = in_sessions(crew, 3)
    assert (one.steps, one.signoffs) == ((), ())
    assert [s.item[-1] for s in two.signoffs] == ["b", "c"]
    assert len(two.steps) == 2
    assert [s.item[-1] for s in three.signoffs] == ["a", "c", "d"]
    assert [step.person for step in three.steps] == [0, 1, 2]


def test_a_crew_of_nobody_and_of_those_who_lack_nothing() -> None:
    for found in (one_by_one([], 2), in_sessions([], 2), in_sessions([NOTHING], 2), one_by_one([()], 2)):
        assert [(best.most, best.signoffs, best.steps, best.proven) for best in found] == [
            (1, (), (), True),
            (2, (), (), True),
        ]


def test_when_the_time_is_over_the_answer_says_what_it_does_not_know() -> None:
    crew = [
        Demand((Gate(0, ()), Gate(1, (2,)), Choice(f"competency:f:c{number}", TRUE)), (("raise", 1),))
        for number in range(3)
    ]
    (best,) = in_sessions(crew, 1, seconds=0)
    assert best.bound >= len(best.steps)
    assert best.proven or best.bound >= 1
