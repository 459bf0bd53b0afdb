"""Everybody in a program: how far they are, and when they are expected to complete."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from web import words
from web.figures.figure import MARGIN, Figure

QUARTERS = 12
LATER, EARLY = "Later", "Too early"


def progress_figure(finding: str, bands: Sequence[Mapping[str, int]]) -> Figure:
    """Draw people by tenths of the way to journeyworker; who is complete stands in the last tenth.

    `bands` are as in the answer of a look: `from`, `until` and `people`.
    """
    names = [f"{band['from']} to {band['until']} %" for band in bands]
    counts = [band["people"] for band in bands]
    return Figure(
        title=finding,
        data=[_bars(names, [(band["from"] + band["until"]) / 2 for band in bands], counts, 9)],
        layout={
            **_layout(counts),
            "xaxis": {
                "range": [0, 101],
                "dtick": 20,
                "showgrid": False,
                "automargin": False,
                "title": {"text": "Percent of the way", "standoff": 8},
            },
        },
        table_title="Apprentices by how far they are",
        heads=("Way to journeyworker", "Apprentices"),
        rows=[(name, f"{count:,}") for name, count in zip(names, counts, strict=True)],
    )


def completions_figure(expected: Mapping[str, Any], as_of: date) -> Figure:
    """Draw expected completions by quarter; what lies further ahead and what cannot be said are bars of their own."""
    quarters, later = _by_quarter(expected["months"], as_of)
    names = [*quarters, *([LATER] if later else []), *([EARLY] if expected["too_early"] else [])]
    counts = [
        *quarters.values(),
        *([later] if later else []),
        *([expected["too_early"]] if EARLY in names else []),
    ]
    return Figure(
        title=_finding(expected),
        data=[_bars(names, names, counts, 0.8)],
        layout={**_layout(counts), "xaxis": {"type": "category", "showgrid": False, "automargin": True}},
        table_title="Apprentices by the quarter in which they are expected to complete",
        heads=("Quarter", "Apprentices"),
        rows=[(name, f"{count:,}") for name, count in zip(names, counts, strict=True)],
    )


def _by_quarter(months: Sequence[Mapping[str, Any]], as_of: date) -> tuple[dict[str, int], int]:
    """People by quarter from this one to the last that anybody is expected in, and how many come later."""
    first = _quarter(as_of.year, as_of.month)
    found: Counter[int] = Counter()
    for one in months:
        year, month = map(int, one["month"].split("-"))
        found[_quarter(year, month)] += one["people"]
    last = min(max(found, default=first), first + QUARTERS - 1)
    shown = {f"Q{at % 4 + 1} {at // 4}": found[at] for at in range(first, last + 1)}
    return shown, sum(number for at, number in found.items() if at > last)


def _quarter(year: int, month: int) -> int:
    return year * 4 + (month - 1) // 3


def _finding(expected: Mapping[str, Any]) -> str:
    soon = expected["within_a_year"]
    if not expected["months"]:
        return "Nobody has a pace yet from which a completion could be expected."
    who = words.sentence(words.counted(soon, "apprentice")) if soon else "Nobody"
    return f"{who} expected to complete within twelve months, at their own pace so far."


def _bars(names: Sequence[str], places: Sequence[Any], counts: Sequence[int], width: float) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": "Apprentices",
        "meta": "--dye",
        "x": places,
        "y": counts,
        "width": [width] * len(counts),
        "text": [f"{count:,}" if count else "" for count in counts],
        "textposition": "outside",
        "customdata": names,
        "marker": {},
        "hovertemplate": "%{customdata}: %{y}<extra></extra>",
    }


def _layout(counts: Sequence[int]) -> dict[str, Any]:
    most = max(counts, default=0)
    return {
        "showlegend": False,
        "margin": {**MARGIN, "t": 12, "b": 52},
        "yaxis": {"range": [0, most * 1.15 + 0.2], "tickformat": ",d", "nticks": min(most, 5) + 1},
    }
