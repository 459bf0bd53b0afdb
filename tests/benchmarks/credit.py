"""Credit of 100,000 learners at five colleges within 20 s on two cores, and of one learner at one college within 20 ms.

Every record is drawn from a seed of its own: credentials with their tests on days of their own over ten years, courses
with grades, ratings and hours. The records are made in the processes that work on them, before the clock starts.
"""

import multiprocessing
import os
import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import repeat
from random import Random
from time import perf_counter, time
from typing import Any

from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.roll import Roll
from graph.evaluating import evaluate
from graph.facts import CourseResult, Fact, Hours, Pass, Person, Rating
from graph.requirement import OJL, Requirement
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from tests.benchmarks.measuring import Figure, Unit

LEARNERS = 100_000
COLLEGES = (
    "lakeside-mfgt",
    "riverbend-machining",
    "ccc-manufacturing",
    "wisconsin-journeyworker",
    "weber-state-mfet",
)
DAY = date(2026, 11, 26)
SECONDS, ONE = 20.0, 0.020
SEED = 5
Agreement = tuple[AgreementDocument, dict[str, Requirement]]


def published_world() -> tuple[World, list[Agreement]]:
    documents = load_catalog()
    others = [one for one in documents if one.kind in ("framework", "program")]
    found = {one.model.id: one for one in documents if isinstance(one.model, AgreementDocument)}
    chosen = [found[key] for key in COLLEGES]
    agreements = [
        (one.model, compile_awards(one, others)) for one in chosen if isinstance(one.model, AgreementDocument)
    ]
    return compile_world(others), agreements


def learner(world: World, credentials: list[str], competencies: list[str], number: int) -> Person:
    """Somebody with up to twelve credentials, ratings, three courses and four years of hours, by the month."""
    dice = Random(SEED * LEARNERS + number)

    def day() -> date:
        return DAY - timedelta(days=dice.randrange(3_650))

    def head(kind: str, place: int, on: date) -> dict[str, Any]:
        return {
            "id": f"{kind}{number}-{place}",
            "on": on,
            "recorded": datetime(on.year, on.month, on.day, tzinfo=UTC),
        }

    facts: list[Fact] = []
    for place, key in enumerate(dice.sample(credentials, dice.randrange(13))):
        parts = sorted(world.credentials[key].tests)
        shown = parts if dice.random() < 0.8 else parts[:1]
        facts += [
            Pass(**head("p", 10 * place + n, day()), credential=key, part=part)
            for n, part in enumerate(shown)
        ]
    for place, key in enumerate(dice.sample(competencies, dice.randrange(10))):
        facts.append(Rating(**head("r", place, day()), competency=key, value=dice.randrange(5)))
    for place, key in enumerate(dice.sample(sorted(world.courses), min(3, len(world.courses)))):
        if dice.random() < 0.5:
            grade, college = dice.choice("ABC"), dice.choice(("lakeside", "riverbend", None))
            facts.append(
                CourseResult(
                    **head("c", place, day()),
                    course=key,
                    grade=grade,
                    credits=300,
                    college=college,
                    passed=True,
                )
            )
    for place in range(dice.randrange(48)):
        on = DAY - timedelta(days=30 * place)
        facts.append(Hours(**head("h", place, on), within=OJL, minutes=dice.randrange(6_000, 10_000)))
    return Person(id=str(number), name="", enrolments=(), facts=tuple(facts))


@dataclass(frozen=True)
class _Share:
    """What one process came to."""

    began: float
    ended: float
    credits: int
    distinct: tuple[int, ...]
    alone: tuple[int, ...]
    peak: int


def _share(place: int, shares: int) -> _Share:
    world, agreements = published_world()
    credentials, competencies = sorted(world.credentials), sorted(world.competencies)
    people = [learner(world, credentials, competencies, number) for number in range(place, LEARNERS, shares)]
    began = time()
    roll = Roll(agreements, world, DAY)
    credits_ = sum(row.credits for person in people for row in roll.rows(person))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _Share(began, time(), credits_, roll.distinct, roll.alone, peak)


def figures() -> Iterator[Figure]:
    """One learner, then everybody."""
    world, agreements = published_world()
    credentials, competencies = sorted(world.credentials), sorted(world.competencies)
    times = []
    for number in range(40):
        person = learner(world, credentials, competencies, number)
        for model, rules in agreements[:2]:
            evaluation = evaluate(world, person, program=None, as_of=DAY)
            began = perf_counter()
            articulate(model, rules, evaluation, DAY)
            times.append(perf_counter() - began)
    times.sort()
    yield Figure(
        "credit of one learner at one college, 95 of 100", times[len(times) * 95 // 100], "20 ms", ONE, most=1
    )
    processes = os.cpu_count() or 1
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        shares = list(pool.map(_share, range(processes), repeat(processes)))
    took = max(one.ended - one.began for one in shares)
    distinct = sum(sum(one.distinct) for one in shares)
    yield Figure(
        f"{LEARNERS:,} learners at {len(agreements)} colleges, {distinct:,} sets told apart",
        took,
        "20 seconds",
        SECONDS,
        most=1,
    )
    yield Figure(
        "memory of one of the processes, its learners among it",
        max(one.peak for one in shares) * 1024 * processes / LEARNERS,
        "20,000 bytes a learner",
        20_000,
        unit=Unit.BYTES,
    )
