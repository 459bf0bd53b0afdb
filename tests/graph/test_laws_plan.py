"""Plans by count, hours and dollars are what trying every set finds, with refusals, waivers and all ties."""

from copy import deepcopy
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from graph.planning import NoPlan, Plan, Wishes, plan
from graph.pricing import Minimise
from tests.graph.asking import Asked, Rule
from tests.graph.doing import name_of
from tests.oracle.dice import Dice
from tests.oracle.evaluator import Moment
from tests.oracle.oracle import Oracle
from tests.oracle.paying import Paying
from tests.oracle.smallest import Today
from tests.oracle.worlds import PROGRAM, RandomWorld, Shape, worlds
from tests.thoroughness import examples

SMALL = Shape(competencies=4, credentials=3, evidence=6, months=False, hours=False)
HOURS = (None, 0, 1, 2, 2.5, 40)
DOLLARS = (None, 0, 0.05, 10, 10, 25)


@dataclass(frozen=True)
class Case:
    """A world whose items have efforts, and what somebody wishes; ``first`` is the goal to begin with."""

    world: RandomWorld
    refused: frozenset[str]
    waived: frozenset[tuple[str, str]]
    first: int

    @property
    def with_waivers(self) -> RandomWorld:
        """The same with the waivers in the record, as anybody would have them."""
        record = deepcopy(self.world.record)
        for kind, key in sorted(self.waived):
            entry = {"waiver": {kind: key}, "reason": "wished for", "by": "sponsor", "status": "verified"}
            when = {"on": self.world.as_of.isoformat(), "recorded": "2099-01-01"}
            record["record"]["evidence"].append({"id": f"wished {kind} {key}", **when, **entry})
        return replace(self.world, record=record)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    world = draw(worlds(SMALL))
    dice = Dice(draw)
    documents = deepcopy(world.documents)
    items: list[tuple[str, str]] = []
    for document in documents:
        for kind, plural in (("competency", "competencies"), ("credential", "credentials")):
            for body in document.get(plural, ()):
                items.append((kind, f"{document['framework']['id']}:{body['id']}"))
                effort = {"hours": dice.pick(HOURS), "usd": dice.pick(DOLLARS)}
                body["effort"] = {unit: amount for unit, amount in effort.items() if amount is not None}
    refused = frozenset(":".join(item) for item in dice.some(items, 2))
    waived = frozenset(dice.some(items, 1))
    return Case(replace(world, documents=documents), refused, waived, dice.number(0, 40))


def goals_of(asked: Asked, first: int) -> list[Rule]:
    goals = asked.goals
    return [goals[(first + at) % len(goals)] for at in range(min(2, len(goals)))]


@given(cases())
@examples(40)
def test_a_plan_is_the_cheapest_of_every_set_with_all_its_ties(case: Case) -> None:
    asked, waived = Asked(case.world), case.with_waivers
    today = Today(Oracle(waived.documents, waived.record, program=PROGRAM, as_of=waived.as_of))
    things = [name for name in today.everything() if not name.startswith("hours:")]
    wishes = Wishes(refused=case.refused, waived=case.waived, ties=1000, alternatives=0)
    for rule in goals_of(asked, case.first):
        for minimise in Minimise:
            found = plan(asked.evaluation(), rule.requirement, rule.scope, minimise=minimise, wishes=wishes)
            best = Paying(today, minimise).cheapest(set(things) - case.refused, _Goal(today, rule).holds)
            assert _sets(found) == best, (rule, minimise, found)


@dataclass(frozen=True)
class _Goal:
    today: Today
    rule: Rule

    def holds(self, moment: Moment) -> bool:
        oracle = self.today.oracle
        return moment.holds(oracle.book.qualified(self.rule.written, oracle.program), step=self.rule.step)


def _sets(found: Plan | NoPlan) -> tuple[int, list[tuple[str, ...]]] | None:
    if isinstance(found, NoPlan):
        return None
    assert found.proven
    assert found.bound == found.total
    own = tuple(sorted(step.name for step in found.steps))
    return found.total, [own, *(tuple(sorted(map(name_of, tie))) for tie in found.ties)]


@given(cases())
@examples(25)
def test_an_alternative_is_the_cheapest_without_a_thing(case: Case) -> None:
    asked = Asked(case.world)
    today = Today(asked.oracle())
    things = {name for name in today.everything() if not name.startswith("hours:")}
    for rule in goals_of(asked, case.first):
        found = plan(asked.evaluation(), rule.requirement, rule.scope, minimise=Minimise.HOURS)
        if not isinstance(found, Plan):
            continue
        told = {name_of(one.without): one.total for one in found.alternatives}
        paying, goal = Paying(today, Minimise.HOURS), _Goal(today, rule)
        without: dict[str, int | None] = {
            step.name: best[0] if (best := paying.cheapest(things - {step.name}, goal.holds)) else None
            for step in found.steps
        }
        assert told == dict(sorted((n, t) for n, t in without.items() if t is not None)[:5])
        assert all(one.more == one.total - found.total >= 0 for one in found.alternatives)
