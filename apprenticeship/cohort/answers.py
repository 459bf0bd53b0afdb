"""A look at people of a program as plain data, the same for the command line, the API and the page. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from apprenticeship.cohort.layout import BANDS, COMPLETION
from apprenticeship.cohort.looks.seeing import Seen
from apprenticeship.cohort.tally import EARLY_MONTHS, EARLY_PERCENT, Tally, expected, under
from graph.evaluating import DONE
from standards.naming import bare

METHOD = (
    "each at their own pace so far, a straight line from the month of registration; nothing is said of who is in the "
    f"program for less than {EARLY_MONTHS} months or less than {EARLY_PERCENT} percent of the way"
)
MOST = 20
STEP = "step:"
WIDTH = 100 // BANDS


def cohort_answer(program: str, as_of: date, seen: Seen, *, compared: bool) -> dict[str, Any]:
    """What a look says.

    Args:
        program: the key of the program.
        as_of: the day it was looked at.
        seen: what it came to.
        compared: whether people were looked at by a candidate as well.

    Returns:
        `people`, `complete`, `stuck`; `progress` by tenths of the way; `steps` by wage step; `one_thing`: what alone
        would bring how many to completion or the next wage step; `bottlenecks`: items that are not done and lock
        others, for how many; `items` with how many have done them; `expected` completions by month; and `candidate`
        with what would change, null where nothing was compared. Of `one_thing` and `bottlenecks` there are the twenty
        with most people.
    """
    return {
        "program": program,
        "as_of": as_of.isoformat(),
        **_standing(seen.today, seen.titles),
        "one_thing": list(_one_thing(seen.today)),
        "bottlenecks": list(_items(seen, "held_up")),
        "items": list(_done(seen)),
        "expected": expected_answer([(seen.today, as_of)]),
        "candidate": _candidate(seen) if compared else None,
    }


def _standing(tally: Tally, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "people": tally["people",],
        "complete": tally["complete",],
        "stuck": tally["stuck",],
        "progress": bands_answer([tally["band", str(band)] for band in range(BANDS)]),
        "steps": list(_steps(tally, titles)),
    }


def bands_answer(counts: Sequence[int]) -> list[dict[str, int]]:
    """People by tenths of the way; who is complete stands in the last."""
    return [
        {"from": WIDTH * band, "until": WIDTH * (band + 1), "people": count}
        for band, count in enumerate(counts)
    ]


def _steps(tally: Tally, titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """For how many each step is the highest reached, in the order of the program; steps of nobody are left out."""
    reached = under(tally, "step")
    if none := reached.get(("",)):
        yield {"step": None, "title": "before the first step", "people": none}
    for name, title in titles.items():
        key = name.removeprefix(STEP)
        if name.startswith(STEP) and (people := reached.get((key,))):
            yield {"step": bare(key), "title": title, "people": people}


def _one_thing(tally: Tally) -> Iterator[dict[str, Any]]:
    for (goal, asks), number in list(under(tally, "alone").items())[:MOST]:
        said = COMPLETION if goal == COMPLETION else f"{STEP}{bare(goal)}"
        yield {"goal": said, "asks": json.loads(asks), "people": number}


def _items(seen: Seen, word: str) -> Iterator[dict[str, Any]]:
    for (kind, key), number in list(under(seen.today, word).items())[:MOST]:
        yield {kind: key, "title": seen.titles.get(f"{kind}:{key}", ""), "people": number}


def _done(seen: Seen) -> Iterator[dict[str, Any]]:
    """Every item with how many have done it, the fewest first."""
    found: dict[tuple[str, str], int] = {}
    states = {state.value for state in DONE}
    for (kind, key, state), number in under(seen.today, "state").items():
        found[kind, key] = found.get((kind, key), 0) + (number if state in states else 0)
    for (kind, key), number in sorted(found.items(), key=lambda one: (one[1], one[0])):
        yield {kind: key, "title": seen.titles.get(f"{kind}:{key}", ""), "done": number}


def expected_answer(parts: Iterable[tuple[Tally, date]]) -> dict[str, Any]:
    """Expected completions of several programs, each as of its own day."""
    months: Counter[date] = Counter()
    soon = too_early = 0
    for tally, as_of in parts:
        found = expected(tally, as_of)
        months.update(found.months)
        soon += found.within_a_year
        too_early += found.too_early
    told = [{"month": f"{day:%Y-%m}", "people": months[day]} for day in sorted(months)]
    return {"method": METHOD, "months": told, "within_a_year": soon, "too_early": too_early}


def _candidate(seen: Seen) -> dict[str, Any]:
    moved = seen.moves
    return {
        **_standing(seen.candidate, seen.titles),
        "gain": {"complete": moved["complete", "gained"], "nearer": moved["nearer",]},
        "lose": {"complete": moved["complete", "lost"], "further": moved["further",]},
        "would_be_stuck": moved["stuck",],
        "no_longer_stuck": moved["freed",],
        "unchanged": moved["same",],
        "steps_changed": [
            {"from": bare(one) or None, "to": bare(other) or None, "people": number}
            for (one, other), number in under(moved, "step").items()
        ],
        "items_changed": list(_items_changed(seen)),
    }


def _items_changed(seen: Seen) -> Iterator[dict[str, Any]]:
    keys = sorted({key[:2] for key in under(seen.moves, "item")})
    for kind, key in keys:
        yield {
            kind: key,
            "title": seen.titles.get(f"{kind}:{key}", ""),
            "done_then": seen.moves["item", kind, key, "gained"],
            "no_longer_done": seen.moves["item", kind, key, "lost"],
        }
