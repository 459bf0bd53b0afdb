"""A cohort of 100,000 over five years, each in a process of its own, beside the one-person engine asked every month.

`python -m tests.benchmarks.simulation NAME` tells the seconds and the peak memory of one.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from graph.evaluating import evaluate
from graph.requirement import All, CompetencyCount, CompetencyLeaf, HoursLeaf, Requirement
from graph.simulating.assumptions import TICKS_A_MONTH, TICKS_A_YEAR, Assumptions
from graph.simulating.outcome import Outcome, simulate
from graph.world import Program, Step, World
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.benchmarks.measuring import Figure, Unit, best
from tests.benchmarks.nation.memory import status
from tests.benchmarks.nation.workload import HOUR, nation
from tests.graph.simulating.histories import day_of, history

PEOPLE = 100_000
YEARS = 5
SECONDS = 30.0
CATALOG, WHOLE = "machinist", "all"
COMPETENCIES = 300
NAIVE_PEOPLE = 3


def figures() -> Iterator[Figure]:
    """The machinist of the catalog, and a program that asks for all 300 competencies of a nation."""
    naive = NAIVE_PEOPLE / best(ask_every_month, repeats=1)
    for name, what in ((CATALOG, "machinist of the catalog"), (WHOLE, f"{COMPETENCIES} competencies")):
        seconds, peak, things = measured(name)
        title = f"{PEOPLE:,} people over {YEARS} years, {what}"
        yield Figure(title, seconds, f"{SECONDS:g} seconds", SECONDS, 1.0)
        if name == CATALOG:
            beside = f"the one-person engine, asked every month for {NAIVE_PEOPLE}"
            yield Figure(title, PEOPLE / seconds, beside, naive, unit=Unit.PEOPLE)
        yield Figure(f"{title}, peak memory", peak, "a number for each thing", 8 * things, unit=Unit.BYTES)


def measured(name: str) -> tuple[float, float, int]:
    """Seconds, bytes a person at the peak, and how many things can be earned."""
    words = [sys.executable, "-m", __name__, name]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1]), int(said[2])


def cohort(name: str, people: int, *, traced: bool = False) -> Outcome:
    """So many people of one of the two programs."""
    world = compile_world(load_catalog()) if name == CATALOG else whole_nation()
    assumptions = Assumptions() if name == CATALOG else Assumptions(default_hours=5)
    random = np.random.default_rng(1)
    return simulate(world, name, assumptions, random, people=people, years=YEARS, traced=traced)


def whole_nation() -> World:
    """A nation with one program more: every competency of all trades and 8,000 hours; a raise after each fifth."""
    world = nation(COMPETENCIES)
    every: list[Requirement] = [CompetencyLeaf(key) for key in world.competencies]
    every.append(HoursLeaf(8000 * HOUR, "ojl"))
    raises = (Step(f"{WHOLE}:s{n}", when=CompetencyCount(COMPETENCIES // 5 * (n - 1))) for n in range(2, 6))
    program = Program(
        WHOLE,
        frameworks=tuple(world.frameworks),
        completion=All(tuple(every)),
        steps=(Step(f"{WHOLE}:s1"), *raises),
    )
    return replace(world, programs={**world.programs, WHOLE: program})


def ask_every_month() -> None:
    """What would be written first: a record for each month, and every raise and completion asked of the engine."""
    outcome = cohort(CATALOG, NAIVE_PEOPLE, traced=True)
    world = outcome.shop.world
    for person in range(NAIVE_PEOPLE):
        for tick in range(0, YEARS * TICKS_A_YEAR + 1, TICKS_A_MONTH):
            record = history(outcome, person, tick)
            one = evaluate(world, record, program=CATALOG, as_of=day_of(tick))
            _ = one.complete, one.wage


def main() -> None:
    began, before = time.perf_counter(), status("VmRSS")
    outcome = cohort(sys.argv[1], PEOPLE)
    _ = outcome.milestones, list(outcome.moments), outcome.passages
    spent = time.perf_counter() - began
    peak = (status("VmHWM") - before) / PEOPLE
    sys.stdout.write(f"{spent:.3f} {peak:.1f} {len(outcome.shop.things)}\n")


if __name__ == "__main__":
    main()
