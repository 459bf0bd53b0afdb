"""A nation from its facts: dates, hours, ratings, expiry, waivers, revocations and progress, of everybody."""

from collections.abc import Iterator

import numpy as np

from graph.gates.columns import Crowd
from graph.gates.compiling import compile_gates
from graph.gates.everybody import Answers, evaluate_crowd
from graph.gates.program import GateProgram
from graph.world import World
from tests.benchmarks.measuring import Figure, Unit, best
from tests.benchmarks.nation.crowd import TODAY, draw_crowd
from tests.benchmarks.nation.figures import COMPETENCIES, people_a_second
from tests.benchmarks.nation.roll import EVALUATORS, NAIVE
from tests.benchmarks.nation.workload import nation

PEOPLE = 1_000_000
PART = 1 << 16
TIMES_NAIVE = 5_000


def figures() -> Iterator[Figure]:
    """People a second against networkx, which has no dates to look at."""
    world = nation(COMPETENCIES)
    crowd = draw_crowd(world, PEOPLE)
    programs = {key: compile_gates(world, key) for key in world.programs}
    spent = best(lambda: evaluate_everybody(programs, crowd), repeats=2)
    what = f"{PEOPLE:,} people, {len(crowd.person):,} facts"
    naive = people_a_second(NAIVE)
    yield Figure(what, PEOPLE / spent, EVALUATORS[NAIVE].name, naive, least=TIMES_NAIVE, unit=Unit.PEOPLE)


def evaluate_everybody(programs: dict[str, GateProgram], crowd: Crowd) -> int:
    """Everybody in the program that they are registered in, part by part; how many are complete."""
    complete = 0
    for start in range(0, crowd.size, PART):
        part = crowd.part(start, min(start + PART, crowd.size))
        for key, program in programs.items():
            number = crowd.vocabulary.programs[key]
            places = np.unique(part.enrolled[part.enrolments["program"] == number]).astype(np.int64)
            answers = evaluate_crowd(program, part.only(places), as_of=TODAY)
            complete += ask(answers, program.world)
    return complete


def ask(answers: Answers, world: World) -> int:
    """Every state, progress, step and completion; how many are complete."""
    for key in world.competencies:
        answers.counts("competency", key)
    for key in world.credentials:
        answers.counts("credential", key)
    _ = answers.progress, answers.reached
    return int(answers.complete.sum())
