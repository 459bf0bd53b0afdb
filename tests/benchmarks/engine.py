"""One person against the shipped catalog: the engine beside the slow evaluator of the tests."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.evaluating import Evaluation, evaluate
from graph.explaining import explain
from graph.fixing import fix
from standards.catalog import load_catalog
from standards.compiling import compile_world
from standards.goals import goal_of
from standards.naming import Names
from standards.reading import read_files
from standards.recording import person_of
from tests.benchmarks.measuring import Figure, best
from tests.oracle.oracle import Oracle

RECORD = Path(__file__).parents[2] / "docs" / "worked-example" / "record.yaml"
PROGRAM = "machinist"
AS_OF = date(2026, 11, 21)


def figures() -> Iterator[Figure]:
    """All states, the proof of the next raise, and a smallest way there."""
    documents = load_catalog()
    world = compile_world(documents)
    (record,) = read_files([RECORD])
    person = person_of(record, documents, world)

    def ask() -> Evaluation:
        evaluation = evaluate(world, person, program=PROGRAM, as_of=AS_OF)
        _ = evaluation.competencies, evaluation.credentials, evaluation.progress, evaluation.wage
        return evaluation

    def ask_slowly() -> None:
        slow = Oracle([d.raw for d in documents], record.raw, program=PROGRAM, as_of=AS_OF)
        _ = [slow.competency(key) for key in world.competencies]
        _ = [slow.credential(key) for key in world.credentials]

    evaluation = ask()
    goal = goal_of("step:s3", Names(documents), evaluation)
    states = best(ask)
    slow = best(ask_slowly, repeats=1)
    yield Figure("one person, all states", states, "the day-by-day evaluator of the tests", slow, 0.05)
    proof = best(lambda: explain(ask(), goal.requirement, goal.scope))
    yield Figure("the same with the proof of the next raise", proof, "all states", states, 2.0)
    way = best(lambda: fix(ask(), goal.requirement, goal.scope))
    yield Figure("the same with a smallest way to the next raise", way, "all states", states, 20.0)
    compiled = best(lambda: compile_world(documents))
    yield Figure("compiling the catalog, once a version", compiled, "all states of a person", states)
