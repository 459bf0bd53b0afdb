"""Plans against trying every set on small worlds, and the worked example of the catalog."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actions import Earn, WaitUntil
from graph.evaluating import Evaluation, evaluate
from graph.planning import NoPlan, Plan, Wishes, plan
from graph.pricing import Minimise
from standards.catalog import load_catalog
from standards.compiling import compile_world
from standards.goals import goal_of
from standards.naming import Names
from standards.reading import read_files
from standards.recording import person_of
from tests.graph.asking import Asked
from tests.graph.doing import name_of
from tests.oracle.evaluator import Moment
from tests.oracle.smallest import Today
from tests.oracle.worlds import RandomWorld, Shape, worlds
from tests.thoroughness import examples

SMALL = Shape(competencies=4, credentials=3, evidence=6, months=False, expiry=False, hours=False)
AS_OF = date(2026, 11, 21)
RECORD = Path(__file__).parents[2] / "docs" / "worked-example" / "record.yaml"
MOST = 3


def goals_of(asked: Asked, first: int, evaluation: Evaluation) -> list[tuple[str, Plan | NoPlan]]:
    """Some items as goals, each with its plan."""
    keys = [(kind, key) for kind in ("competency", "credential") for key in _items(asked, kind)]
    chosen = keys[first % max(len(keys), 1) :][:2]
    names = Names(asked.documents)
    found = []
    for kind, key in chosen:
        goal = goal_of(f"{kind}:{key}", names, evaluation)
        found.append((f"{kind}:{key}", plan(evaluation, goal.requirement, goal.scope)))
    return found


def _items(asked: Asked, kind: str) -> list[str]:
    return list(asked.world.competencies if kind == "competency" else asked.world.credentials)


def _holds(kind: str, key: str, moment: Moment) -> bool:
    return moment.holds({kind: key})


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(25)
def test_a_plan_by_count_is_what_trying_every_set_finds(world: RandomWorld, first: int) -> None:
    asked = Asked(world)
    evaluation, today = asked.evaluation(), Today(asked.oracle())
    for goal, found in goals_of(asked, first, evaluation):
        kind, _, key = goal.partition(":")
        if not isinstance(found, Plan) or found.total > MOST:
            continue
        names = sorted(name_of(step.action) for step in found.steps)
        ends = {tuple(names), *(tuple(sorted(map(name_of, tie))) for tie in found.ties)}
        goal_holds = partial(_holds, kind, key)
        assert today.reaches(names, goal_holds)
        assert found.total == len(names) == found.bound
        for other in today.before(names):
            assert not today.reaches(other, goal_holds), (goal, other)
        assert all(len(end) == len(names) for end in ends)


@given(world=worlds(SMALL), first=st.integers(0, 20))
@examples(25)
def test_each_step_can_be_taken_in_its_turn(world: RandomWorld, first: int) -> None:
    asked = Asked(world)
    today = Today(asked.oracle())
    for _, found in goals_of(asked, first, asked.evaluation()):
        if isinstance(found, Plan):
            done: list[str] = []
            for step in found.steps:
                name = name_of(step.action)
                assert today.in_some_order([*done, name]), (done, name)
                assert set(step.after) <= set(done)
                done.append(name)


@pytest.fixture(scope="module")
def tran() -> tuple[Evaluation, Names]:
    documents = load_catalog()
    world = compile_world(documents)
    (record,) = read_files([RECORD])
    person = person_of(record, documents, world)
    return evaluate(world, person, program="machinist", as_of=AS_OF), Names(documents)


def asked_for(
    tran: tuple[Evaluation, Names], goal: str, minimise: Minimise, wishes: Wishes | None = None
) -> Plan:
    evaluation, names = tran
    wanted = goal_of(goal, names, evaluation)
    found = plan(evaluation, wanted.requirement, wanted.scope, minimise=minimise, wishes=wishes)
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize("minimise", list(Minimise))
def test_totals_are_the_sum_of_the_steps_and_proven(
    tran: tuple[Evaluation, Names], minimise: Minimise
) -> None:
    found = asked_for(tran, "completion", minimise)
    assert found.proven
    if minimise is Minimise.COUNT:
        assert found.total == sum(not isinstance(step.action, WaitUntil) for step in found.steps)
    else:
        spent = [
            (step.effort.minutes if minimise is Minimise.HOURS else step.effort.cents) or 0
            for step in found.steps
        ]
        assumed = sum(step.assumed for step in found.steps) if minimise is Minimise.HOURS else 0
        assert found.total == sum(spent) + assumed * 40 * 60


def test_a_part_that_is_passed_is_paid(tran: tuple[Evaluation, Names]) -> None:
    """The theory of both turning tests is one; it is passed, so half of the other's 100 hours are left."""
    found = asked_for(tran, "step:s3", Minimise.HOURS)
    assert [step.name for step in found.steps] == ["credential:nims-machining-1:tbc1"]
    assert found.total == found.steps[0].effort.minutes == 50 * 60


def test_refusing_never_lowers_the_total_and_waiving_never_raises_it(tran: tuple[Evaluation, Names]) -> None:
    free = asked_for(tran, "credential:cmp", Minimise.HOURS)
    for step in free.steps[:-1]:
        assert isinstance(step.action, Earn)
        refused = Wishes(refused=frozenset({step.name}), ties=0, alternatives=0)
        waived = Wishes(waived=frozenset({(step.action.kind, step.action.key)}), ties=0, alternatives=0)
        evaluation, names = tran
        goal = goal_of("credential:cmp", names, evaluation)
        without = plan(evaluation, goal.requirement, goal.scope, minimise=Minimise.HOURS, wishes=refused)
        assert isinstance(without, NoPlan) or without.total >= free.total
        assert asked_for(tran, "credential:cmp", Minimise.HOURS, waived).total <= free.total


def test_a_deadline_is_met_or_said_not_to_be(tran: tuple[Evaluation, Names]) -> None:
    first = asked_for(tran, "credential:cmp", Minimise.HOURS)
    last = first.steps[-1]
    met = Wishes(deadlines={last.name: last.done_by})
    assert asked_for(tran, "credential:cmp", Minimise.HOURS, met).steps[-1].done_by <= last.done_by
    evaluation, names = tran
    goal = goal_of("credential:cmp", names, evaluation)
    late = plan(evaluation, goal.requirement, goal.scope, wishes=Wishes(deadlines={last.name: AS_OF}))
    assert isinstance(late, NoPlan)
    assert "in time" in late.reason


def test_out_of_time_is_not_said_to_be_impossible(tran: tuple[Evaluation, Names]) -> None:
    evaluation, names = tran
    goal = goal_of("completion", names, evaluation)
    found = plan(evaluation, goal.requirement, goal.scope, wishes=Wishes(seconds=0))
    assert isinstance(found, NoPlan)
    assert "0 seconds" in found.reason


def test_the_time_is_that_of_all_searches_together(tran: tuple[Evaluation, Names]) -> None:
    """Each way that misses the day is another search; two hundred of them take far longer than this."""
    evaluation, names = tran
    goal = goal_of("completion", names, evaluation)
    world = evaluation.world
    everything = [f"credential:{key}" for key in world.credentials]
    everything += [f"competency:{key}" for key in world.competencies]
    wishes = Wishes(deadlines=dict.fromkeys(everything, AS_OF), ties=0, alternatives=0, seconds=0.1)
    found = plan(evaluation, goal.requirement, goal.scope, wishes=wishes)
    assert isinstance(found, NoPlan)
    assert "0.1 seconds" in found.reason


def test_what_would_do_instead_has_nothing_to_spare(tran: tuple[Evaluation, Names]) -> None:
    """Most duties cost no money here, so without care all of them could stand in what costs least."""
    evaluation, names = tran
    goal = goal_of("step:s5", names, evaluation)
    found = asked_for(tran, "step:s5", Minimise.USD)
    assert found.alternatives
    known = {f"competency:{key}" for key in evaluation.world.competencies}
    known |= {f"credential:{key}" for key in evaluation.world.credentials}
    for other in found.alternatives:
        own = {action.name for action in other.actions if isinstance(action, Earn)}
        for name in own:
            wishes = Wishes(refused=frozenset(known - own | {name}), ties=0, alternatives=0)
            fewer = plan(evaluation, goal.requirement, goal.scope, minimise=Minimise.USD, wishes=wishes)
            assert isinstance(fewer, NoPlan), (name, own)


def test_a_refusal_that_leaves_no_way_is_named(tran: tuple[Evaluation, Names]) -> None:
    evaluation, names = tran
    goal = goal_of("credential:grn1", names, evaluation)
    name = "credential:nims-machining-1:grn1"
    found = plan(evaluation, goal.requirement, goal.scope, wishes=Wishes(refused=frozenset({name})))
    assert isinstance(found, NoPlan)
    assert f"{name} is refused" in found.reason
