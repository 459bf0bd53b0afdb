"""A realistic crowd with about twenty facts each, straight as columns: a million people in seconds, not minutes.

Everybody climbs the ladder of one trade: sign-offs and passed tests of what its completion needs, lowest first, with
quarters of hours in between; most facts are those of people who are far. Some facts wait for verification or were
refused; a few items are waived, a few facts revoked; some people pause, leave, or came from another trade. A person is
drawn from the seed and their number alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.facts import Status
from graph.gates.columns import (
    ENROLMENT,
    EPOCH,
    FACT,
    NEVER_ENDS,
    PAUSE,
    STATUSES,
    UNRATED,
    Crowd,
    Subject,
    Vocabulary,
)
from graph.requirement import mentions
from graph.world import Program, World
from tests.benchmarks.nation.workload import HOUR, TRADES, layers_of

Numbers: TypeAlias = NDArray[np.int64]

TODAY = date(2026, 11, 1)
FACTS_EACH = 20
FAR = 0.21455
"""The mean of the third power of how far people are: few have most of the facts."""
BLOCK = 1 << 14
LONGEST_DAYS = 6 * 365
DAY_MICROSECONDS = 86_400_000_000
QUARTER_MINUTES = (250 * HOUR, 510 * HOUR)

SORTS = {"item": 0.60, "hours": 0.29, "course": 0.04, "score": 0.03, "waiver": 0.03, "revocation": 0.01}
KINDS = {name: place for place, name in enumerate(SORTS)}
REFUSED, WAITING = 0.015, 0.92
GRADES = ("A", "B", "C", "D")
REGISTERED = {
    "person": np.dtype(np.int32),
    **{name: ENROLMENT[name] for name in ENROLMENT.names or ()},
    "since": PAUSE["since"],
    "until": PAUSE["until"],
}
PAUSED, LEFT, CAME = 0.08, 0.06, 0.04
"""Shares of people who pause once, have left, and were in another trade before."""


@dataclass(frozen=True, eq=False)
class Ladder:
    """The numbers of what people of one trade show, lowest first; ``waivers`` stand beside ``items``."""

    program: int
    items: NDArray[np.uint32]
    rated: NDArray[np.bool_]
    waivers: NDArray[np.uint32]
    hours: NDArray[np.uint32]
    course: int
    score: int


def draw_crowd(world: World, people: int, seed: int = 1) -> Crowd:
    """So many people of a nation, as columns."""
    vocabulary = Vocabulary()
    return draw_climbers(
        [_ladder(world, trade, vocabulary) for trade in range(TRADES)], vocabulary, people, seed
    )


def draw_climbers(ladders: Sequence[Ladder], vocabulary: Vocabulary, people: int, seed: int = 1) -> Crowd:
    """So many people, each on one of some ladders, as columns."""
    for grade in GRADES:
        vocabulary.grade(grade)
    revocation = vocabulary.subject(Subject("revocation"))
    blocks = [
        _Block(ladders, revocation, (seed, number), min(BLOCK, people - start), start)
        for number, start in enumerate(range(0, people, BLOCK))
    ]
    facts: dict[str, list[Any]] = {name: [] for name in ("person", *(FACT.names or ()))}
    for block in blocks:
        for name, column in block.facts().items():
            facts[name].append(column)
    registrations = [block.registrations() for block in blocks]
    enrolments = {name: np.concatenate([r[name] for r in registrations]) for name in registrations[0]}
    columns = {name: np.concatenate(facts.pop(name)) for name in list(facts)}
    return Crowd(
        vocabulary,
        people,
        columns.pop("person"),
        columns,
        enrolments.pop("person"),
        {name: enrolments[name] for name in ("program", "registered", "ended")},
        _pauses(enrolments),
    )


def _pauses(enrolments: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    paused = np.flatnonzero(enrolments["until"])
    return {
        "enrolment": paused.astype(np.int64),
        "since": enrolments["since"][paused],
        "until": enrolments["until"][paused],
    }


def _ladder(world: World, trade: int, vocabulary: Vocabulary) -> Ladder:
    home = f"trade-{trade:02d}"
    program = world.programs[f"{home}-program"]
    layers = layers_of(len(world.competencies))
    needed = _needed(world, program)
    climbing = sorted(
        (key for key in layers if key.partition(":")[0] in ("core", home)),
        key=lambda key: (key not in needed, layers[key], key),
    )
    rungs = [rung for key in climbing for rung in _rungs(world, key)]
    excused = [Subject("waiver", s.key, "competency" if s.sort == "rating" else "credential") for s in rungs]
    return Ladder(
        vocabulary.program(program.key),
        np.array([vocabulary.subject(subject) for subject in rungs], np.uint32),
        np.array([subject.sort == "rating" for subject in rungs]),
        np.array([vocabulary.subject(subject) for subject in excused], np.uint32),
        np.array([vocabulary.subject(Subject("hours", p.key)) for p in program.work_processes], np.uint32),
        vocabulary.subject(Subject("course", f"{home}:theory")),
        vocabulary.subject(Subject("score", "core:mathematics")),
    )


def _needed(world: World, program: Program) -> set[str]:
    """What a completion names, and what stands below it where prerequisites are enforced."""
    found: set[str] = set()
    waiting = [program.completion]
    while waiting:
        for leaf in mentions(waiting.pop()):
            if leaf.key not in found:
                found.add(leaf.key)
                item = world.competencies.get(leaf.key) or world.credentials[leaf.key]
                if item.framework.enforce:
                    waiting.append(item.prerequisites)
    return found


def _rungs(world: World, key: str) -> list[Subject]:
    if key in world.competencies:
        return [Subject("rating", key)]
    return [Subject("pass", key, part) for part in world.credentials[key].tests]


class _Block:
    """Up to ``BLOCK`` people whose numbers begin at ``first``."""

    def __init__(
        self, ladders: Sequence[Ladder], revocation: int, seed: tuple[int, int], size: int, first: int
    ) -> None:
        self.ladders, self.revocation, self.size, self.first = ladders, revocation, size, first
        # always a whole block, so that the first people are the same however many are asked for
        self.random = random = np.random.default_rng(seed)
        self.trade = random.integers(0, len(ladders), BLOCK)
        self.stage = random.beta(1.2, 1.3, BLOCK)
        self.began = TODAY.toordinal() - (30 + self.stage * LONGEST_DAYS).astype(np.int64)
        far = self.stage**3
        self.counts = random.poisson(FACTS_EACH * far / FAR * random.gamma(4, 1 / 4, BLOCK))
        self.fate = random.random((4, BLOCK))

    def facts(self) -> dict[str, NDArray[Any]]:
        """The columns of `FACT` and ``person``."""
        random, rows = self.random, int(self.counts.sum())
        person = np.repeat(np.arange(BLOCK), self.counts)
        place = np.arange(rows) - np.repeat(np.cumsum(self.counts) - self.counts, self.counts)
        part = (place + random.random(rows)) / self.counts[person]
        began = self.began[person]
        on = began + (part * (TODAY.toordinal() - began)).astype(np.int64)
        kind = np.searchsorted(np.cumsum(list(SORTS.values())), random.random(rows), side="right")
        kind = np.minimum(kind, len(SORTS) - 1)
        kind[(kind == KINDS["revocation"]) & (place == 0)] = KINDS["hours"]
        subject, value = self._meaning(person, place, on, kind)
        # the same delay for what happened on one day, so that rows stay in order
        late = (on * 31 + person * 17) % 11
        recorded = (on + late - EPOCH.toordinal()) * DAY_MICROSECONDS + place
        found: dict[str, NDArray[Any]] = {"person": (person + self.first).astype(np.int32)}
        columns: tuple[NDArray[Any], ...] = (subject, on, value, recorded, place, self._statuses(kind, part))
        for name, column in zip(FACT.names or (), columns, strict=True):
            found[name] = column.astype(FACT[name])
        end = int(self.counts[: self.size].sum())
        return {name: column[:end] for name, column in found.items()}

    def _statuses(self, kind: NDArray[np.intp], part: NDArray[np.float64]) -> NDArray[np.uint8]:
        """How far each row has come: the latest tenth waits, a few were refused; what has no status always counts."""
        luck = self.random.random(len(kind))
        found = np.full(len(kind), STATUSES.index(Status.VERIFIED))
        for said, chosen in (
            (Status.REJECTED, luck < REFUSED),
            (Status.CLAIMED, (part > WAITING) & (luck > 0.8)),
            (Status.SUBMITTED, (part > WAITING) & (luck > 0.2) & (luck < 0.8)),
        ):
            found = np.where(chosen & (kind < KINDS["waiver"]), STATUSES.index(said), found)
        return found.astype(np.uint8)

    def _meaning(
        self, person: Numbers, place: Numbers, on: Numbers, kind: NDArray[np.intp]
    ) -> tuple[NDArray[np.uint32], Numbers]:
        """What each row is about, and its value."""
        random, rows = self.random, len(person)
        luck = random.random(rows)
        subject = np.zeros(rows, np.uint32)
        value = np.zeros(rows, np.int64)
        shown = np.isin(kind, (KINDS["item"], KINDS["waiver"]))
        rank = _rank(shown, person)
        height = np.where((person * 7 + rank // 2) % 3 == 0, rank ^ 1, rank)  # some neighbours change places
        for trade, ladder in enumerate(self.ladders):
            ours = self.trade[person] == trade
            rung = height % len(ladder.items)
            for sort, number in (
                ("item", ladder.items[rung]),
                ("waiver", ladder.waivers[rung]),
                ("hours", ladder.hours[(luck * len(ladder.hours)).astype(np.int64)]),
                ("course", ladder.course),
                ("score", ladder.score),
            ):
                subject = np.where(ours & (kind == KINDS[sort]), number, subject)
            value = np.where(ours & (kind == KINDS["item"]) & ladder.rated[rung], _ratings(luck), value)
        subject = np.where(kind == KINDS["revocation"], self.revocation, subject).astype(np.uint32)
        low, high = QUARTER_MINUTES
        ends = np.where(luck < 0.5, NEVER_ENDS, on + 365)
        for sort, said in (
            ("hours", low + luck * (high - low)),
            ("course", luck * len(GRADES)),
            ("score", 2 + luck * 6),
            ("waiver", ends),
            ("revocation", luck * place),
        ):
            value = np.where(kind == KINDS[sort], np.asarray(said).astype(np.int64), value)
        return subject, value

    def registrations(self) -> dict[str, NDArray[Any]]:
        """A row for each registration; ``until`` 0 where it was never suspended."""
        today, began = TODAY.toordinal(), self.began
        programs = np.array([ladder.program for ladder in self.ladders], np.uint32)
        came = self.fate[0] < CAME
        person = np.repeat(np.arange(BLOCK), 1 + came)
        again = np.concatenate(([False], person[1:] == person[:-1]))
        before = came[person] & ~again
        trade = np.where(before, (self.trade[person] + 5) % len(self.ladders), self.trade[person])
        registered = began[person] - np.where(before, 400, 0)
        spent = today - began
        left = np.where(self.fate[1] < LEFT, began + (spent * self.fate[2]).astype(np.int64), NEVER_ENDS)
        ended = np.where(before, began[person] - 30, left[person])
        paused = (self.fate[3] < PAUSED)[person] & ~before
        since = registered + (spent * 0.3).astype(np.int64)[person]
        until = np.where(self.fate[2] < 0.1, NEVER_ENDS, began + (spent * 0.3).astype(np.int64) + 90)[person]
        found: dict[str, NDArray[Any]] = {
            "program": programs[trade],
            "registered": registered,
            "ended": ended,
        }
        found |= {"since": since, "until": np.where(paused, until, 0), "person": person + self.first}
        rows = int((1 + came[: self.size]).sum())
        return {name: column[:rows].astype(REGISTERED[name]) for name, column in found.items()}


def _rank(shown: NDArray[np.bool_], person: Numbers) -> Numbers:
    """For each row how many of the person's rows before it are shown."""
    before: Numbers = np.cumsum(shown, dtype=np.int64) - shown
    begins = np.concatenate(([0], 1 + np.flatnonzero(np.diff(person))))
    lengths = np.diff(np.append(begins, len(person)))
    return before - np.repeat(before[begins], lengths)


def _ratings(luck: NDArray[np.float64]) -> NDArray[np.int64]:
    """A sign-off, or a rating: seldom two, else three or four."""
    bounds = np.array([0.04, 0.3, 0.7])
    return np.array([2, UNRATED, 3, 4])[np.searchsorted(bounds, luck)]
