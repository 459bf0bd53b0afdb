"""The cheapest ways to a raise and to journeyworker, and a smallest fix: all proven, from an empty record.

The rules are those of the nation, with one more program whose completion asks for the completions of all twelve, so
that everything has to be weighed. Efforts come from a seed. The states of the person are known beforehand: these are
measured as one person.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random

from graph.evaluating import Evaluation, evaluate
from graph.facts import Enrolment, Person
from graph.fixing import Fix, fix
from graph.order import Scope
from graph.planning import Plan, Wishes, plan
from graph.pricing import Minimise
from graph.requirement import All, ProgramLeaf, Requirement, StepLeaf
from graph.world import Competency, Credential, Effort, Program, World
from tests.benchmarks.measuring import Figure, best
from tests.benchmarks.nation.workload import nation

TRADE, EVERYTHING = "trade-01-program", "everything"
REGISTERED, AS_OF = date(2026, 1, 5), date(2026, 11, 21)
STEP_SECONDS = FIX_SECONDS = 0.005
COMPLETION_SECONDS = {300: 0.05, 1_000: 0.2, 3_000: 1.5}
ONE_PLAN = Wishes(ties=0, alternatives=0)


def figures() -> Iterator[Figure]:
    """Plans of all sizes beside what is promised of them."""
    person = _starting(300)
    raises = person.step_scope(step := f"{TRADE}:s2")
    seconds = _planned(person, StepLeaf(step), raises)
    yield Figure("plan: the next raise", seconds, "5 ms", STEP_SECONDS, 1.0)
    completion = ProgramLeaf(TRADE)
    seconds = best(partial(_fixed, person, completion))
    yield Figure("smallest fix: completion of a trade", seconds, "5 ms", FIX_SECONDS, 1.0)
    for size, limit in COMPLETION_SECONDS.items():
        yield from _completions(size, limit)


def _completions(size: int, limit: float) -> Iterator[Figure]:
    person, goal = _starting(size), ProgramLeaf(EVERYTHING)
    what, against = f"plan: completion, {size:,} competencies", f"{limit * 1000:,g} ms"
    for minimise in Minimise:
        seconds = _planned(person, goal, minimise=minimise)
        yield Figure(f"{what}, by {minimise}", seconds, against, limit, 1.0)


def _planned(
    person: Evaluation,
    goal: Requirement,
    scope: Scope | None = None,
    *,
    minimise: Minimise = Minimise.COUNT,
    wishes: Wishes = ONE_PLAN,
) -> float:
    def work() -> None:
        found = plan(person, goal, scope, minimise=minimise, wishes=wishes)
        if not isinstance(found, Plan) or not found.proven:
            raise AssertionError(found)

    work()  # learns the states
    return best(work, repeats=3)


def _fixed(person: Evaluation, goal: Requirement) -> None:
    found = fix(person, goal)
    if not isinstance(found, Fix):
        raise AssertionError(found)  # noqa: TRY004 - the measure is wrong, no type is


def _starting(competencies: int) -> Evaluation:
    """Somebody registered in a trade with nothing shown yet."""
    person = Person("apprentice", "An apprentice", (Enrolment(TRADE, REGISTERED),))
    return evaluate(priced(nation(competencies)), person, program=TRADE, as_of=AS_OF)


def priced(world: World, seed: int = 2026) -> World:
    """A world with an effort for every item, and a program that asks for everything."""
    random = Random(seed)

    def effort() -> Effort:
        return Effort(minutes=60 * random.randint(4, 120), cents=100 * random.randint(0, 300))

    completions = tuple(p.completion for p in world.programs.values() if p.completion is not None)
    everything = Program(EVERYTHING, frameworks=tuple(world.frameworks), completion=All(completions))
    competencies: dict[str, Competency] = {
        key: replace(item, effort=effort()) for key, item in world.competencies.items()
    }
    credentials: dict[str, Credential] = {
        key: replace(item, effort=effort()) for key, item in world.credentials.items()
    }
    programs = {**world.programs, EVERYTHING: everything}
    return replace(world, competencies=competencies, credentials=credentials, programs=programs)
