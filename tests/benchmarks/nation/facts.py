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
PART = 1 << 17
TIMES_NAIVE = 5_000

Loaded = list[tuple[GateProgram, Crowd]]


def figures() -> Iterator[Figure]:
    """People a second against networkx, which has no dates to look at; and what putting the facts in order costs."""
    world = nation(COMPETENCIES)
    crowd = draw_crowd(world, PEOPLE)
    programs = {key: compile_gates(world, key) for key in world.programs}
    ordered = best(lambda: load(programs, crowd), repeats=1)
    loaded = load(programs, crowd)
    spent = best(lambda: evaluate_everybody(loaded), repeats=3)
    what = f"{PEOPLE:,} people, {len(crowd.person):,} facts"
    naive = people_a_second(NAIVE)
    yield Figure(what, PEOPLE / spent, EVALUATORS[NAIVE].name, naive, least=TIMES_NAIVE, unit=Unit.PEOPLE)
    yield Figure("putting the facts in order, once", ordered, "evaluating them", spent)


def load(programs: dict[str, GateProgram], crowd: Crowd) -> Loaded:
    """Everybody by the program that they are registered in, part by part, facts by subject."""
    found = []
    for key, program in programs.items():
        number = crowd.vocabulary.programs[key]
        mine = crowd.only(np.unique(crowd.enrolled[crowd.enrolments["program"] == number]).astype(np.int64))
        for start in range(0, mine.size, PART):
            part = mine.part(start, min(start + PART, mine.size))
            ranked = part.ranked
            _ = ranked.revocations, [ranked.facts[name] for name in ("on", "value", "status")]
            found.append((program, part))
    return found


def evaluate_everybody(loaded: Loaded) -> int:
    """Every answer for everybody; how many are complete."""
    answers = (evaluate_crowd(program, part, as_of=TODAY) for program, part in loaded)
    return sum(ask(answer, answer.program.world) for answer in answers)


def ask(answers: Answers, world: World) -> int:
    """Every state, progress, step and completion; how many are complete."""
    for key in world.competencies:
        answers.counts("competency", key)
    for key in world.credentials:
        answers.counts("credential", key)
    _ = answers.progress, answers.reached
    return int(answers.complete.sum())
