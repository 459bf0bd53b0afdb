"""A capacity plan for 40 apprentices, 12 months and 6 stations: proven best, or with a stated gap, within 20 s.

The crew is drawn from a seed, half in each of two shipped programs of the machinist's trade, everybody at another
point of the way. The stations are those of a training shop, with 160 hours a month of most; the budget pays for about
half of what everybody lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter

from graph.capacity.planning import CapacityPlan, capacity_plan
from graph.capacity.question import Place, Question, Trainee
from graph.evaluating import State, evaluate
from graph.facts import Enrolment, Fact, Hours, Pass, Person, Rating
from graph.requirement import OJL, RTI
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_world
from tests.benchmarks.measuring import Figure

PEOPLE, MONTHS = 40, 12
PROGRAMS = ("machinist", "cnc-machinist-hybrid")
START = date(2026, 7, 1)
SECONDS = 20.0
SEED = 7
NIMS = "nims-machining-1"
STATIONS: dict[str, tuple[str, ...]] = {
    "bench": ("jpp", "benchwork", "layout", "mms", "jpbl", "part-inspection"),
    "lathes": ("chucking", "between-centers", "tcs1", "tbc1"),
    "mills": ("square-block", "vertical-milling", "drill-press", "mil1", "drl1"),
    "grinders": ("surface-grinding", "surface-grinding-2", "grn1"),
    "cnc": ("cnc-programming", "ctp", "cmp", "cto", "cmo", "process-control", "process-adjustment"),
    "classroom": (
        "housekeeping",
        "preventive-maintenance",
        "process-improvement",
        "process-control",
        "osha-10",
    ),
}
MINUTES = 320 * 60
BUDGET = 6_000_00


@dataclass(frozen=True)
class Shop:
    """Who is to be trained, and with what."""

    trainees: tuple[Trainee, ...]
    question: Question


def shop(people: int = PEOPLE, months: int = MONTHS, seed: int = SEED, seconds: float = SECONDS) -> Shop:
    """A shop of so many apprentices; the same for a seed."""
    world, random = compile_world(load_catalog()), Random(seed)
    trainees = tuple(
        Trainee(f"p{number:02d}", evaluate(world, person, program=program, as_of=START))
        for number in range(people)
        for program in [PROGRAMS[number % 2]]
        for person in [_person(world, random, number, program)]
    )
    stations = tuple(
        Place(name, name.title(), _named(world, items), (MINUTES,) * months)
        for name, items in STATIONS.items()
    )
    return Shop(trainees, Question(START, months, stations, budget=BUDGET, seconds=seconds))


def _named(world: World, items: tuple[str, ...]) -> frozenset[str]:
    keys = [f"osha:{item}" if item.startswith("osha") else f"{NIMS}:{item}" for item in items]
    return frozenset(f"{'competency' if key in world.competencies else 'credential'}:{key}" for key in keys)


def _person(world: World, random: Random, number: int, program: str) -> Person:
    """Somebody who has worked for up to two years and earned some of what was open, one thing after the other."""
    months = random.randint(1, 24)
    registered = START - timedelta(days=30 * months)
    facts: list[Fact] = [
        Hours(id="job", on=registered, recorded=_at(registered), minutes=months * 150 * 60, within=OJL),
        Hours(id="class", on=registered, recorded=_at(registered), minutes=months * 12 * 60, within=RTI),
    ]
    person = Person(f"p{number:02d}", f"Apprentice {number}", (Enrolment(program, registered),), tuple(facts))
    for turn in range(random.randint(0, min(16, months + 2))):
        standing = evaluate(world, person, program=program, as_of=START)
        ready = [
            item
            for item, state in standing.states.items()
            if state is State.READY and item[1].split(":")[0] in (NIMS, "osha") and ":area" not in item[1]
        ]
        kind, key = random.choice(ready)
        day = registered + timedelta(days=turn)
        facts.append(
            Rating(id=f"e{turn}", on=day, recorded=_at(day), competency=key)
            if kind == "competency"
            else Pass(id=f"e{turn}", on=day, recorded=_at(day), credential=key)
        )
        person = Person(person.id, person.name, person.enrolments, tuple(facts))
    return person


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def figures() -> Iterator[Figure]:
    """The plan of the whole crew beside what is promised of it."""
    asked = shop()
    began = perf_counter()
    found = capacity_plan(asked.trainees, asked.question, perf_counter)
    seconds = perf_counter() - began
    yield Figure(f"{WHAT}, {said(found)}", seconds, "20 s, proven or with a stated gap", SECONDS, 1.0)


WHAT = f"capacity plan: {PEOPLE} apprentices, {MONTHS} months, {len(STATIONS)} stations"


def said(plan: CapacityPlan) -> str:
    """What it is worth, and whether that is proven or how far it may be off."""
    gap = "proven best" if plan.proven else f"at most {plan.gap:.1%} more is possible"
    return f"worth {plan.worth:,} ({plan.without:,} untrained), bound {plan.bound:,}, {gap}"
