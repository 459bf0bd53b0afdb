"""What counts add up to across standards: whole numbers by names that mean the same under each. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from apprenticeship.cohort.counting import Counts
from apprenticeship.cohort.layout import Layout
from graph.gates.everybody import STATES

Tally: TypeAlias = Counter[tuple[str, ...]]
"""Numbers of people by what is true of them: a word, and what it is about.

`people`, `complete`, `stuck`; `band` TENTH; `step` KEY, empty before the first; `state` KIND KEY STATE;
`alone` GOAL CONDITION, for whom that one thing would do; `held_up` KIND KEY; `pace` MONTH PERCENT.
"""

EARLY_MONTHS, EARLY_PERCENT = 3, 5
"""Whoever is in a program for less, or less far, has no pace yet."""
LAST_YEAR = date.max.year
YEAR = 12


def tally_of(layout: Layout, counts: Counts) -> Tally:
    """The counts of those who are read with one layout, by name."""
    return Tally({key: number for key, number in _named(layout, counts) if number})


def _named(layout: Layout, counts: Counts) -> Iterator[tuple[tuple[str, ...], int]]:
    yield ("people",), counts.people
    yield ("complete",), counts.complete
    yield ("stuck",), counts.stuck
    yield from ((("band", str(band)), number) for band, number in enumerate(counts.bands.tolist()))
    steps = ["", *(step.key for step in layout.steps)]
    yield from ((("step", key), number) for key, number in zip(steps, counts.reached.tolist(), strict=True))
    for item, states, held_up in zip(
        layout.items, counts.states.tolist(), counts.held_up.tolist(), strict=True
    ):
        yield from (
            (("state", item.kind, item.key, state.value), number)
            for state, number in zip(STATES, states, strict=True)
        )
        yield ("held_up", item.kind, item.key), held_up
    for lack, number in zip(layout.lacks, counts.alone.tolist(), strict=True):
        yield ("alone", lack.goal, json.dumps(lack.asks, sort_keys=True)), number
    yield from (
        (("pace", f"{month // 12:04d}-{month % 12 + 1:02d}", str(share)), number)
        for (month, share), number in counts.pace.items()
    )


def titles_of(layout: Layout) -> dict[str, str]:
    """What items and steps are called, by kind and key with a colon between; steps without a title by their place."""
    items = {f"{item.kind}:{item.key}": item.title for item in layout.items}
    steps = enumerate(layout.steps, 1)
    return items | {f"step:{step.key}": step.title or f"Step {place}" for place, step in steps}


def as_data(tally: Tally) -> list[list[Any]]:
    """A tally as plain data."""
    return [[*key, number] for key, number in sorted(tally.items())]


def from_data(data: Iterable[Sequence[Any]]) -> Tally:
    """The tally that was kept."""
    return Tally({tuple(key): number for *key, number in data})


def under(tally: Tally, *words: str) -> dict[tuple[str, ...], int]:
    """What a tally says under some words, by the rest of the name; the most first."""
    found = {key[len(words) :]: number for key, number in tally.items() if key[: len(words)] == words}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True)
class Expected:
    """Who completes when, were everybody to go on as fast as they have come so far.

    Attributes:
        months: people by the first day of the month.
        within_a_year: those of the twelve months to come.
        too_early: in the program for less than three months, or less than five percent of the way.
    """

    months: Mapping[date, int]
    within_a_year: int
    too_early: int


def expected(tally: Tally, as_of: date) -> Expected:
    """Say when people complete at their own pace so far: a straight line from the month of registration.

    Whole months and whole percents, the month rounded up; suspended months count as months in the program.
    """
    today = as_of.year * 12 + as_of.month - 1
    months: Counter[int] = Counter()
    too_early = 0
    for (since, share), number in under(tally, "pace").items():
        year, month = map(int, since.split("-"))
        passed, percent = today - (year * 12 + month - 1), int(share)
        if passed < EARLY_MONTHS or percent < EARLY_PERCENT:
            too_early += number
        else:
            left = max(1, -(-passed * (100 - percent) // percent))
            months[min(today + left, LAST_YEAR * 12)] += number
    soon = sum(number for at, number in months.items() if at <= today + YEAR)
    return Expected({_first_day(at): months[at] for at in sorted(months)}, soon, too_early)


def _first_day(month: int) -> date:
    """The first day of a month by its number; the last year there is for all after it."""
    return date(month // 12, month % 12 + 1, 1) if month < LAST_YEAR * 12 else date(LAST_YEAR, 1, 1)
