"""A nation by its rules alone: this product beside what others would write, in people a second."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from tests.benchmarks.measuring import Figure, Unit, best
from tests.benchmarks.nation.bits import Bits, draw_bits
from tests.benchmarks.nation.gates import Rules, compile_rules
from tests.benchmarks.nation.memory import bytes_a_person
from tests.benchmarks.nation.peers import Evaluator
from tests.benchmarks.nation.roll import EVALUATORS, NAIVE, OURS, PEOPLE
from tests.benchmarks.nation.workload import nation

COMPETENCIES = 300
NATION = 1_000_000
SAMPLE = 500
TIMES_NAIVE = 20_000
MEMORY = 400
GROWTH = 11.0
CROWDS = (1_000, 10_000, 100_000, 1_000_000)
SIZES = (60, 300, 1_000, 3_000, 10_000)
CROWD_FOR_SIZES = 100_000
REPEATS = {NAIVE: 2, "CachedNetworkx": 2, "Rustworkx": 2}


@dataclass(frozen=True, eq=False)
class Task:
    """The rules of a nation of some size, and a crowd."""

    rules: Rules
    columns: Bits


@cache
def task(competencies: int = COMPETENCIES, people: int = NATION) -> Task:
    """Rules and crowd, drawn once."""
    rules = compile_rules(nation(competencies))
    return Task(rules, draw_bits(rules, competencies, people))


def figures() -> Iterator[Figure]:
    """Everybody who takes part; how near the limit; memory; growth with people and with competencies."""
    agree()
    speed = {name: people_a_second(name) for name in EVALUATORS}
    naive = EVALUATORS[NAIVE].name
    for name, evaluator in EVALUATORS.items():
        what = f"{evaluator.name}, {PEOPLE[name]:,} people"
        least = TIMES_NAIVE if name == OURS else None
        yield Figure(what, speed[name], naive, speed[NAIVE], least=least, unit=Unit.PEOPLE)
    copied = copy_bandwidth() / bytes_moved(task().rules)
    ours = EVALUATORS[OURS].name
    yield Figure(ours, speed[OURS], "copying its columns and answers", copied, unit=Unit.PEOPLE)
    for name in ("Integers", OURS):
        peak = bytes_a_person(name, NATION)
        most = 1.0 if name == OURS else None
        what = f"{EVALUATORS[name].name}, peak memory"
        yield Figure(what, peak, "the limit", MEMORY, most, unit=Unit.BYTES)
    yield from _growth()


def agree() -> None:
    """All peers give the same answers for the same people, bit for bit; AssertionError otherwise."""
    rules = task().rules
    columns = draw_bits(rules, COMPETENCIES, SAMPLE)
    results = {}
    for name, evaluator in EVALUATORS.items():
        loaded = evaluator.load(rules, columns)
        results[name] = evaluator.results(loaded, evaluator.evaluate(loaded))
    differing = [name for name, found in results.items() if not found.agrees(results[NAIVE])]
    if differing:
        raise AssertionError(f"different answers: {', '.join(differing)}")


def people_a_second(name: str) -> float:
    """How many people an evaluator gets through."""
    people = PEOPLE[name]
    return people / seconds(EVALUATORS[name], task(people=people), REPEATS.get(name, 5))


def seconds(evaluator: Evaluator, asked: Task, repeats: int = 5) -> float:
    """Of evaluating alone; loading is not counted for anybody."""
    loaded = evaluator.load(asked.rules, asked.columns)
    return best(lambda: evaluator.evaluate(loaded), repeats=repeats)


def bytes_moved(rules: Rules) -> float:
    """Bytes of columns and answers for one person, packed as tightly as bits can be."""
    digits = sum(weighing.total.bit_length() for weighing in rules.progress.values())
    return (len(rules.leaves) + len(rules.outputs) + digits) / 8


def copy_bandwidth() -> float:
    """Bytes that can be read or written in a second by one thread: what moves the columns is bound by it."""
    source = np.zeros(1 << 25, np.uint64)
    target = np.ones_like(source)
    return 2 * source.nbytes / best(lambda: np.copyto(target, source))


def _growth() -> Iterator[Figure]:
    ours = EVALUATORS[OURS]
    spent = {people: seconds(ours, task(people=people)) for people in CROWDS}
    for fewer, more in pairwise(CROWDS):
        yield Figure(f"{more:,} people", spent[more], f"{fewer:,} people", spent[fewer], GROWTH)
    for size in SIZES:
        asked = task(size, CROWD_FOR_SIZES)
        took = seconds(ours, asked, repeats=3)
        what = f"{size:,} competencies, {len(asked.rules.gates):,} gates, {CROWD_FOR_SIZES:,} people"
        yield Figure(what, CROWD_FOR_SIZES / took, "networkx on 300", 1 / _naive_each(), unit=Unit.PEOPLE)
        task.cache_clear()


@cache
def _naive_each() -> float:
    return seconds(EVALUATORS[NAIVE], task(people=SAMPLE), 1) / SAMPLE
