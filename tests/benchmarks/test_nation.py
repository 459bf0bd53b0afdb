"""The workload is what it says and its rules are those of the engine; else its figures would measure nothing."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from graph import timeline
from graph.evaluating import DONE, CompetencyAnswer, CredentialAnswer, Evaluation, State, evaluate
from graph.gates.columns import FACT, Vocabulary, person_at, rows_of
from graph.order import Scope
from graph.requirement import ProgramLeaf
from graph.world import Competency, Credential, World
from tests.benchmarks.nation.bits import draw_bits
from tests.benchmarks.nation.crowd import TODAY, draw_crowd
from tests.benchmarks.nation.gates import Rules, compile_rules
from tests.benchmarks.nation.graphs import NaiveNetworkx
from tests.benchmarks.nation.peers import Results
from tests.benchmarks.nation.roll import EVALUATORS
from tests.benchmarks.nation.shown import TODAY as SHOWN_ON
from tests.benchmarks.nation.shown import Shown
from tests.benchmarks.nation.workload import TRADES, nation

PEOPLE = 130


@pytest.fixture(scope="module")
def world() -> World:
    return nation()


@pytest.fixture(scope="module")
def rules(world: World) -> Rules:
    return compile_rules(world)


@pytest.fixture(scope="module")
def expected(rules: Rules) -> Results:
    naive = NaiveNetworkx()
    loaded = naive.load(rules, draw_bits(rules, 300, PEOPLE))
    return naive.results(loaded, naive.evaluate(loaded))


def test_the_nation_has_the_size_it_is_known_for(world: World, rules: Rules) -> None:
    assert (len(world.competencies), len(world.credentials), len(world.programs)) == (300, 60, 12)
    assert {len(program.steps) for program in world.programs.values()} == {5}
    assert (len(rules.gates), len(rules.levels)) == (963, 28)
    assert sum(framework.enforce for framework in world.frameworks.values()) == TRADES / 2


@pytest.mark.parametrize("competencies", [60, 1000])
def test_a_nation_of_another_size_is_one_too(competencies: int) -> None:
    made = nation(competencies)
    assert len(made.competencies) == competencies
    assert len(compile_rules(made).complete) == TRADES


@pytest.mark.parametrize("name", EVALUATORS)
def test_every_peer_gives_the_same_answers(name: str, rules: Rules, expected: Results) -> None:
    evaluator = EVALUATORS[name]
    loaded = evaluator.load(rules, draw_bits(rules, 300, PEOPLE))
    assert evaluator.results(loaded, evaluator.evaluate(loaded)).agrees(expected)


def test_the_answers_differ_from_person_to_person(expected: Results) -> None:
    shares = expected.flags.mean(axis=1)
    assert ((shares > 0) & (shares < 1)).mean() > 0.9
    assert len(np.unique(expected.progress.max(axis=0))) > 20


@pytest.mark.parametrize("program", ["own", "another"])
@pytest.mark.parametrize("place", range(0, PEOPLE, 13))
def test_the_rules_are_those_of_the_engine(
    place: int, program: str, world: World, rules: Rules, expected: Results
) -> None:
    bits = draw_bits(rules, 300, PEOPLE).flags()[:, place]
    person = Shown(
        world, frozenset(leaf for leaf, bit in zip(rules.leaves, bits, strict=True) if bit)
    ).person()
    focus = person.enrolments[0].program if program == "own" else "trade-03-program"
    evaluation = evaluate(world, person, program=focus, as_of=SHOWN_ON)
    asked = dict(zip(rules.outputs, expected.flags[:, place].tolist(), strict=True))
    assert _signals(rules, evaluation) == asked
    assert evaluation.complete == asked[rules.complete[focus]]
    weighed = int(expected.progress[list(rules.progress).index(focus), place])
    assert evaluation.progress == Fraction(weighed, rules.progress[focus].total)


def _signals(rules: Rules, evaluation: Evaluation) -> dict[int, bool]:
    """What the engine says of every output."""
    world, actual, day = evaluation.world, evaluation.actual, SHOWN_ON.toordinal()
    answers: dict[str, CompetencyAnswer | CredentialAnswer]
    answers = {**evaluation.competencies, **evaluation.credentials}
    items: dict[str, Competency | Credential] = {**world.competencies, **world.credentials}
    found = {signal: answers[key].state in DONE for key, signal in rules.done.items()}
    found |= {s: timeline.is_true(actual.prerequisites(items[key]), day) for key, s in rules.ready.items()}
    for key, signals in rules.steps.items():
        lines = (actual.step(step.key) for step in world.programs[key].steps)
        found |= {s: timeline.is_true(line, day) for s, line in zip(signals, lines, strict=True)}
    completions = ((s, actual.holds(ProgramLeaf(key), Scope())) for key, s in rules.complete.items())
    return found | {signal: timeline.is_true(line, day) for signal, line in completions}


def test_people_are_the_same_however_many_are_drawn(rules: Rules, world: World) -> None:
    few, more = draw_bits(rules, 300, 100).flags(), draw_bits(rules, 300, 200).flags()
    assert np.array_equal(few, more[:, :100])
    small, large = draw_crowd(world, 100), draw_crowd(world, 200).part(0, 100)
    assert all(np.array_equal(small.facts[name], large.facts[name]) for name in FACT.names or ())
    assert np.array_equal(small.enrolments["ended"], large.enrolments["ended"])


def _evaluations(world: World) -> Iterator[State]:
    crowd = draw_crowd(world, 80)
    for place in range(crowd.size):
        person = person_at(crowd, place)
        one = evaluate(world, person, program=person.enrolments[-1].program, as_of=TODAY)
        yield from (answer.state for answer in one.competencies.values())
        yield from (answer.state for answer in one.credentials.values())


def test_a_crowd_of_facts_has_every_state_of_people(world: World) -> None:
    assert {*_evaluations(world)} >= {*State} - {State.LAPSED}


def test_a_crowd_is_in_the_form_that_people_are_stored_in(world: World) -> None:
    crowd = draw_crowd(world, 40)
    assert 18 * 3000 < len(draw_crowd(world, 3000).person) < 22 * 3000
    for place in range(crowd.size):
        kept = crowd.part(place, place + 1)
        again = rows_of(person_at(crowd, place), _copy(crowd.vocabulary))
        for name in FACT.names or ():
            assert np.array_equal(kept.facts[name], again.facts[name]), name
        assert np.array_equal(kept.enrolments["registered"], again.enrolments["registered"])


def _copy(vocabulary: Vocabulary) -> Vocabulary:
    return Vocabulary(dict(vocabulary.subjects), dict(vocabulary.programs), dict(vocabulary.grades))
