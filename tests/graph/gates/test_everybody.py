"""Everybody at once against one after the other: every answer of the gates is that of the one-person engine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.evaluating import Evaluation, evaluate
from graph.facts import Person, Status
from graph.gates.columns import Crowd, Vocabulary, crowd_of, rows_of
from graph.gates.compiling import compile_gates
from graph.gates.everybody import STATES, Answers, evaluate_crowd
from graph.progress import progress_on
from tests.graph.asking import Asked
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

PEOPLE = 5


def crew_of(person: Person, random: Random) -> list[Person]:
    """The person, and others with a part of the same record: some days later, some waiting for a sign-off."""
    return [person, *(_like(person, random, str(number)) for number in range(1, PEOPLE))]


def _like(person: Person, random: Random, name: str) -> Person:
    kept = [fact for fact in person.facts if random.random() < 0.8]
    later = [replace(fact, on=fact.on + timedelta(days=random.choice([0, 0, 40]))) for fact in kept]
    waiting = [replace(fact, status=Status.SUBMITTED) if random.random() < 0.2 else fact for fact in later]
    enrolments = tuple(one for one in person.enrolments if random.random() < 0.9)
    return replace(person, id=name, facts=tuple(waiting), enrolments=enrolments)


def crowd(people: Sequence[Person]) -> Crowd:
    vocabulary = Vocabulary()
    return crowd_of([rows_of(person, vocabulary) for person in people], vocabulary)


def same(answers: Answers, place: int, one: Evaluation) -> None:
    for key, competency in one.competencies.items():
        assert (key, STATES[answers.state("competency", key)[place]]) == (key, competency.state)
    for key, credential in one.credentials.items():
        assert (key, STATES[answers.state("credential", key)[place]]) == (key, credential.state)
    assert answers.complete[place] == one.complete
    numerators, denominator = answers.progress
    assert Fraction(int(numerators[place]), denominator) == one.progress
    same_wage(answers, place, one)


def same_wage(answers: Answers, place: int, one: Evaluation) -> None:
    program, wage = one.program, one.wage
    assert program is not None
    assert wage is not None
    reached = int(answers.reached[place])
    assert wage.step == (program.steps[reached - 1].key if reached else None)
    for position, step in enumerate(program.steps):
        if step.when is not None:
            numerators, denominator = answers.step_progress(position)
            expected = progress_on(one.actual, step.when, one.step_scope(step.key), one.as_of)
            assert (step.key, Fraction(int(numerators[place]), denominator)) == (step.key, expected)


def days_of(person: Person, random: Random, as_of: date) -> list[date]:
    turning = sorted({fact.on for fact in person.facts} | {one.registered for one in person.enrolments})
    chosen = random.sample(turning, min(2, len(turning)))
    return [as_of, *chosen, *(day - timedelta(days=1) for day in chosen)]


def compare(world: RandomWorld, seed: int, days: int) -> None:
    """All answers for a crew on some days, all at once and one after the other."""
    random, asked = Random(seed), Asked(world)
    people = crew_of(asked.person, random)
    gates, columns = compile_gates(asked.world, PROGRAM), crowd(people)
    for day in days_of(asked.person, random, world.as_of)[:days]:
        answers = evaluate_crowd(gates, columns, as_of=day)
        for place, person in enumerate(people):
            same(answers, place, evaluate(asked.world, person, program=PROGRAM, as_of=day))


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(60)
def test_a_crowd_has_the_answers_of_its_people(world: RandomWorld, seed: int) -> None:
    compare(world, seed, days=5)


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(40)
def test_also_as_known_at_an_instant(world: RandomWorld, seed: int) -> None:
    random, asked = Random(seed), Asked(world)
    people = crew_of(asked.person, random)
    instants: list[datetime] = sorted({fact.recorded for fact in asked.person.facts})
    if not instants:
        return
    known_at = random.choice(instants) + timedelta(seconds=random.choice([-1, 0, 1]))
    gates, columns = compile_gates(asked.world, PROGRAM), crowd(people)
    answers = evaluate_crowd(gates, columns, as_of=world.as_of, known_at=known_at)
    for place, person in enumerate(people):
        same(
            answers,
            place,
            evaluate(asked.world, person, program=PROGRAM, as_of=world.as_of, known_at=known_at),
        )
