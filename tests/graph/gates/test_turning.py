"""Until the next turn nothing changes for anybody, however the days in between are chosen."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation, evaluate
from graph.facts import Enrolment, Person
from graph.gates.compiling import compile_gates
from graph.gates.turning import NEVER, next_turn
from graph.progress import progress_on
from tests.graph.asking import Asked
from tests.graph.gates.test_everybody import crew_of, crowd
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

FAR = 4_000


def all_answers(one: Evaluation) -> tuple[object, ...]:
    program = one.program
    assert program is not None
    assert one.wage is not None
    steps = [
        progress_on(one.actual, step.when, one.step_scope(step.key), one.as_of)
        for step in program.steps
        if step.when is not None
    ]
    competencies = {key: answer.state for key, answer in one.competencies.items()}
    credentials = {key: answer.state for key, answer in one.credentials.items()}
    return one.progress, one.complete, one.wage.step, steps, competencies, credentials


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(60)
def test_nothing_changes_before_the_next_turn(world: RandomWorld, seed: int) -> None:
    random, asked = Random(seed), Asked(world)
    people = crew_of(asked.person, random)[:2]
    as_of = world.as_of - timedelta(days=random.choice([0, 100, 300]))
    turns = next_turn(compile_gates(asked.world, PROGRAM), crowd(people), as_of).tolist()
    for person, turn in zip(people, turns, strict=True):
        assert turn > as_of.toordinal()
        last = min(turn - 1, as_of.toordinal() + FAR)
        between = sorted({random.randint(as_of.toordinal(), last) for _ in range(3)} | {last})
        now = all_answers(evaluate(asked.world, person, program=PROGRAM, as_of=as_of))
        for day in between:
            later = evaluate(asked.world, person, program=PROGRAM, as_of=date.fromordinal(day))
            assert all_answers(later) == now, date.fromordinal(day)


@given(world=worlds())
@examples(30)
def test_who_was_never_here_never_turns(world: RandomWorld) -> None:
    asked = Asked(world)
    gates = compile_gates(asked.world, PROGRAM)
    stranger = Person("x", "", (Enrolment("elsewhere", date(2020, 1, 1)),))
    assert next_turn(gates, crowd([stranger]), world.as_of).tolist() == [NEVER]
