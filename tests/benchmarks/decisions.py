"""Decisions about raises made again, each on its own day, by its own knowledge.

They are about the demo's apprentices: for each, at many places of the later half of their evidence, the highest step
that the rules said then is given and taken back in turns, which nobody would do, so that there are enough.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from apprenticeship.demo.services import load_demo
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence, known_rows
from apprenticeship.migrations import migrate
from apprenticeship.raises import repo
from apprenticeship.raises.deciding import drawn_up, undo_of
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.replay import replay_all
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from tests.benchmarks.measuring import Figure
from tests.benchmarks.pages import database
from web.stack.replaying import replay_from

DECISIONS = 10_000
SHARE = 20.0 * DECISIONS / 10_000  # what is wished for: ten thousand in 20 s
SEED = 296


def figures() -> Iterator[Figure]:
    """All decisions beside their share of the wish, which is not reached yet; differences are a failure."""
    with database() as url:
        seconds = asyncio.run(_measure(url))
        began = time.perf_counter()
        together = asyncio.run(replay_from(url))
        between = time.perf_counter() - began
    if together.decisions != DECISIONS or together.differences:
        raise AssertionError(together.decisions, together.differences[:3])
    yield Figure(
        f"replay of {DECISIONS:,} decisions, one process", seconds, "their share of 10,000 in 20 s", SHARE
    )
    yield Figure("the same, a process for each core", between, "their share of 10,000 in 20 s", SHARE)


async def _measure(url: str) -> float:
    now = datetime.now(UTC)
    await migrate(url)
    async with open_store(url):
        await load_demo(now=now, randomness=Random(SEED))
        there = (await replay_all()).decisions
        await _decide(DECISIONS - there, now)
        began = time.perf_counter()
        replayed = await replay_all()
        seconds = time.perf_counter() - began
    if replayed.decisions != DECISIONS or replayed.differences:
        raise AssertionError(replayed.decisions, replayed.differences[:3])
    return seconds


async def _decide(count: int, now: datetime) -> None:
    async with transaction() as current:
        people = [row["person"] for row in await current.connection.fetch("SELECT person FROM enrolment")]
        numbers = iter(await repo.reserve(count))
        standings = await standings_of(people, as_of=now.date())
        histories = await evidence.histories(people)
        reached = [one for one in standings if one.reached_step is not None]
        for place, standing in enumerate(reached):
            share = count // len(reached) + (place < count % len(reached))
            history = [row for row in histories if row.person == standing.person.id]
            await repo.add(_decisions(standing, history, numbers, share, now))


def _decisions(
    standing: Standing, history: Sequence[Evidence], numbers: Iterator[int], count: int, now: datetime
) -> list[tuple[RaiseDecision, Any]]:
    made: list[tuple[RaiseDecision, Any]] = []
    for place in range(count):
        row = history[len(history) // 2 + place * (len(history) // 2) // count]
        at = now + timedelta(seconds=place)
        then = replace(
            standing,
            as_of=max(row.recorded.date(), standing.enrolment.registered),
            known_at=at,
            evidence=known_rows(history, at=at, up_to=row.id),
            decisions=(*standing.decisions, *(one for one, _ in made)),
        )
        made.append(_next(then, next(numbers), standing.person.id))
    return made


def _next(then: Standing, number: int, by: UUID) -> tuple[RaiseDecision, Any]:
    given = then.in_force.given
    if given:
        return undo_of(then, next(reversed(given.values())), "Taken back.", number=number, by=by)
    reached = then.reached_step or then.program.steps[0]
    verdict = Verdict(kind=Kind.APPROVED, effective_on=then.as_of)
    return drawn_up(then, reached.key, verdict, number=number, by=by)
