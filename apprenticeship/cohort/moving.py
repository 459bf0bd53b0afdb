"""What other standards would do to people: who gains, who loses, who would be stuck. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apprenticeship.cohort.layout import Layout
from apprenticeship.cohort.results import Rows, numbers_of
from apprenticeship.cohort.tally import Tally
from graph.evaluating import DONE
from graph.gates.everybody import STATES

People = NDArray[np.bool_]
DONE_NUMBERS = [STATES.index(state) for state in DONE]


@dataclass(frozen=True, eq=False)
class Moves:
    """For each person what changes, and how many it is.

    Attributes:
        gains: completion or a wage step reached that is not today.
        loses: completion or a wage step no longer reached.
        stuck: nothing could be begun of what completion still asks for, and today something can.
        tally: `gains`, `loses`; `complete` `gained` or `lost`; `step` FROM TO; `nearer`, `further` from completion,
            `same` where nothing changes; `stuck` and `freed`; `item` KIND KEY `gained` or `lost`.
    """

    gains: People
    loses: People
    stuck: People
    tally: Tally


def moves(old: Layout, before: Rows, new: Layout, after: Rows) -> Moves:
    """Compare the results of the same people, in the same order, under two sets of standards."""
    up, down, steps = _steps(old, before, new, after)
    completed, uncompleted = after["complete"] & ~before["complete"], before["complete"] & ~after["complete"]
    stuck = after["stuck"] & ~before["stuck"]
    way = _way(old, before, new, after)
    items, touched = _items(old, before, new, after)
    tally = Tally({**steps, **items})
    gains, loses = up | completed, down | uncompleted
    counted = {
        ("gains",): gains,
        ("loses",): loses,
        ("complete", "gained"): completed,
        ("complete", "lost"): uncompleted,
        ("stuck",): stuck,
        ("freed",): before["stuck"] & ~after["stuck"],
        ("nearer",): way > 0,
        ("further",): way < 0,
        ("same",): (way == 0) & ~gains & ~loses & ~touched & (before["stuck"] == after["stuck"]),
    }
    tally.update({key: int(people.sum()) for key, people in counted.items() if people.any()})
    return Moves(gains, loses, stuck, tally)


def _steps(
    old: Layout, before: Rows, new: Layout, after: Rows
) -> tuple[People, People, dict[tuple[str, ...], int]]:
    """Who goes up and who down, and how many go from which step to which.

    A step is the same one where it has the same key, else where it stands at the same place.
    """
    places = {step.key: place + 1 for place, step in enumerate(new.steps)}
    old_keys, new_keys = ["", *(step.key for step in old.steps)], ["", *(step.key for step in new.steps)]
    rank = np.array([places.get(key, place) for place, key in enumerate(old_keys)])
    was, now = rank[before["reached"]], after["reached"]
    pairs = np.stack([before["reached"], after["reached"]], axis=1)[was != now]
    kinds, people = np.unique(pairs, axis=0, return_counts=True)
    named: dict[tuple[str, ...], int] = {
        ("step", old_keys[one], new_keys[other]): number
        for (one, other), number in zip(kinds.tolist(), people.tolist(), strict=True)
    }
    up: People = now > was
    down: People = now < was
    return up, down, named


def _way(old: Layout, before: Rows, new: Layout, after: Rows) -> NDArray[np.int64]:
    """For each person 1 where the share of the way grows, -1 where it shrinks."""
    was, now = numbers_of(before["numerator"]), numbers_of(after["numerator"])
    if old.denominator != new.denominator:
        # whole numbers of any size: two shares with their own denominators
        was, now = was.astype(object) * new.denominator, now.astype(object) * old.denominator
    return (now > was).astype(np.int64) - (now < was).astype(np.int64)


def _items(old: Layout, before: Rows, new: Layout, after: Rows) -> tuple[dict[tuple[str, ...], int], People]:
    """For how many each item of both is done that is not today, or the other way round; and for whom any is."""
    found: dict[tuple[str, ...], int] = {}
    touched = np.zeros(len(before), bool)
    places = {(item.kind, item.key): place for place, item in enumerate(new.items)}
    for place, item in enumerate(old.items):
        there = places.get((item.kind, item.key))
        if there is None:
            continue
        was = np.isin(before["states"][:, place], DONE_NUMBERS)
        now = np.isin(after["states"][:, there], DONE_NUMBERS)
        touched |= was != now
        for word, people in (("gained", now & ~was), ("lost", was & ~now)):
            if people.any():
                found["item", item.kind, item.key, word] = int(people.sum())
    return found, touched
