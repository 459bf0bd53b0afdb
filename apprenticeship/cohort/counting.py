"""Counts of results: whole numbers that are added where people come and taken off where they go. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from apprenticeship.cohort.layout import BANDS, Layout
from apprenticeship.cohort.results import Rows, numbers_of, unpacked_bits
from graph.evaluating import DONE, State
from graph.gates.calendar import month_numbers
from graph.gates.everybody import STATES

Numbers = NDArray[np.int64]
Pace = Mapping[tuple[int, int], int]
WHOLE = 100


@dataclass(frozen=True, eq=False)
class Counts:
    """How many people are how far, of those who are read with one layout.

    Attributes:
        people: all of them.
        complete: who may be certified.
        stuck: who can begin nothing of what completion still asks for.
        bands: by tenths of the way to completion.
        reached: by the number of wage steps reached.
        states: for each item by state.
        alone: for each lack, whom that one thing alone would bring to the goal.
        held_up: for each item, for whom it is not done and something that names it as a prerequisite is locked.
        pace: who is not complete, by the month of registration (from January of the year 0) and whole percent.
    """

    people: int
    complete: int
    stuck: int
    bands: Numbers
    reached: Numbers
    states: Numbers
    alone: Numbers
    held_up: Numbers
    pace: Pace

    def with_(self, other: "Counts", times: int = 1) -> "Counts":
        """Both together; with ``times`` -1 without the other."""
        return Counts(
            self.people + times * other.people,
            self.complete + times * other.complete,
            self.stuck + times * other.stuck,
            self.bands + times * other.bands,
            self.reached + times * other.reached,
            self.states + times * other.states,
            self.alone + times * other.alone,
            self.held_up + times * other.held_up,
            _added(self.pace, other.pace, times),
        )


def count(layout: Layout, rows: Rows) -> Counts:
    """Count results."""
    states = rows["states"][:, : len(layout.items)]
    lacks = unpacked_bits(rows["alone"], len(layout.lacks))
    return Counts(
        len(rows),
        int(rows["complete"].sum()),
        int(rows["stuck"].sum()),
        np.bincount(bands_of(layout, rows), minlength=BANDS).astype(np.int64),
        np.bincount(rows["reached"], minlength=len(layout.steps) + 1).astype(np.int64),
        np.stack([(states == number).sum(axis=0) for number in range(len(STATES))], axis=1).astype(np.int64),
        lacks.sum(axis=0).astype(np.int64),
        _held_up(layout, states),
        _pace(layout, rows),
    )


def nothing(layout: Layout) -> Counts:
    """The counts of nobody."""
    return Counts(
        0,
        0,
        0,
        np.zeros(BANDS, np.int64),
        np.zeros(len(layout.steps) + 1, np.int64),
        np.zeros((len(layout.items), len(STATES)), np.int64),
        np.zeros(len(layout.lacks), np.int64),
        np.zeros(len(layout.items), np.int64),
        {},
    )


def bands_of(layout: Layout, rows: Rows) -> Numbers:
    """For each person the tenth of the way that they are in."""
    found: Numbers = np.minimum(_shares(layout, rows, BANDS), BANDS - 1)
    return found


def _shares(layout: Layout, rows: Rows, parts: int) -> Numbers:
    """For each person how many of so many equal parts of the way are done."""
    shares: Numbers = (numbers_of(rows["numerator"]) * parts // layout.denominator).astype(np.int64)
    return shares


def _pace(layout: Layout, rows: Rows) -> Pace:
    """Who is how far and since when, without those who are complete."""
    going = rows[~rows["complete"] & (rows["began"] > 0)]
    since, percent = month_numbers(going["began"]), _shares(layout, going, WHOLE)
    pairs, people = np.unique(np.stack([since, percent], axis=1), axis=0, return_counts=True)
    return {
        (month, share): number for (month, share), number in zip(pairs.tolist(), people.tolist(), strict=True)
    }


def _added(one: Pace, other: Pace, times: int) -> Pace:
    both = {key: one.get(key, 0) + times * other.get(key, 0) for key in one.keys() | other.keys()}
    return {key: number for key, number in both.items() if number}


def _held_up(layout: Layout, states: NDArray[np.uint8]) -> Numbers:
    undone = ~np.isin(states, [STATES.index(state) for state in DONE])
    locked = states == STATES.index(State.LOCKED)
    found = np.zeros(len(layout.items), np.int64)
    for place, item in enumerate(layout.items):
        if item.opens:
            found[place] = (undone[:, place] & locked[:, list(item.opens)].any(axis=1)).sum()
    return found


def as_data(counts: Counts) -> dict[str, object]:
    """Counts as plain data."""
    return {
        "people": counts.people,
        "complete": counts.complete,
        "stuck": counts.stuck,
        "bands": counts.bands.tolist(),
        "reached": counts.reached.tolist(),
        "states": counts.states.tolist(),
        "alone": counts.alone.tolist(),
        "held_up": counts.held_up.tolist(),
        "pace": [[*key, number] for key, number in sorted(counts.pace.items())],
    }


def from_data(data: Mapping[str, object], layout: Layout) -> Counts:
    """The counts that were kept."""
    blank = nothing(layout)

    def numbers(name: str) -> Numbers:
        found: Numbers = np.array(data[name], np.int64).reshape(getattr(blank, name).shape)
        return found

    people, complete, stuck = (int(str(data[name])) for name in ("people", "complete", "stuck"))
    bands, reached, states, alone, held_up = (
        numbers(name) for name in ("bands", "reached", "states", "alone", "held_up")
    )
    pace = _kept_pace(data["pace"])
    return Counts(people, complete, stuck, bands, reached, states, alone, held_up, pace)


def _kept_pace(rows: object) -> Pace:
    return {(month, share): number for month, share, number in cast("list[list[int]]", rows)}
