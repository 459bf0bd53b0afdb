"""Decisions about raises made again, each on its own day, by its own knowledge.

They are about the demo's apprentices: for each, at many places of the later half of their evidence, the highest step
that the rules said then is given and taken back in turns, which nobody would do, so that there are enough.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
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
from apprenticeship.raises.replay import Replay, replay_all
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import open_store, transaction
from tests.benchmarks.measuring import Figure
from tests.benchmarks.pages import database
from web.stack.replaying import replay_from

DECISIONS = 10_000
SECONDS = 20.0  # what is wished for
SEED = 296


def figures() -> Iterator[Figure]:
    """The time in one process and in one for each core, beside what is wished for; differences are a failure."""
    with database() as url:
        asyncio.run(_fill(url))
        alone = _timed(url, _in_one)
        shared = _timed(url, replay_from)
    what, beside = f"replay of {DECISIONS:,} decisions", f"{SECONDS:g} seconds"
    yield Figure(f"{what}, one process", alone, beside, SECONDS)
    yield Figure(f"{what}, a process for each core", shared, beside, SECONDS, most=1)


def _timed(url: str, replay: Callable[[str], Coroutine[Any, Any, Replay]]) -> float:
    began = time.perf_counter()
    replayed = asyncio.run(replay(url))
    seconds = time.perf_counter() - began
    if replayed.decisions != DECISIONS or replayed.differences:
        raise AssertionError(replayed.decisions, replayed.differences[:3])
    return seconds


async def _in_one(url: str) -> Replay:
    async with open_store(url):
        return await replay_all()


async def _fill(url: str) -> None:
    now = datetime.now(UTC)
    await migrate(url)
    async with open_store(url):
        await load_demo(now=now, randomness=Random(SEED))
        await _decide(DECISIONS - (await replay_all()).decisions, now)


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
