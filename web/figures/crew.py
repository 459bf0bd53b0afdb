"""How far the people of a crew are, all together."""

from collections.abc import Sequence
from fractions import Fraction

from apprenticeship.standing.model import Standing
from web import words
from web.figures.figure import MARGIN, Figure

BANDS = 10
WIDTH = 100 // BANDS


def crew_figure(members: Sequence[Standing]) -> Figure:
    """Count the crew by tenths of the way to journeyworker; who is complete stands in the last tenth."""
    shares = sorted(standing.evaluation.progress for standing in members)
    counts = [0] * BANDS
    for share in shares:
        counts[min(int(share * BANDS), BANDS - 1)] += 1
    names = [f"{WIDTH * band} to {WIDTH * (band + 1)} %" for band in range(BANDS)]
    return Figure(
        title=_finding(shares),
        data=[
            {
                "type": "bar",
                "name": "Apprentices",
                "meta": "--dye",
                "x": [WIDTH * band + WIDTH / 2 for band in range(BANDS)],
                "y": counts,
                "width": [WIDTH - 1] * BANDS,
                "text": [str(count) if count else "" for count in counts],
                "textposition": "outside",
                "customdata": names,
                "marker": {},
                "hovertemplate": "%{customdata}: %{y}<extra></extra>",
            }
        ],
        layout={
            "showlegend": False,
            "margin": {**MARGIN, "t": 12, "b": 52},
            "xaxis": {
                "range": [0, 101],
                "dtick": 2 * WIDTH,
                "showgrid": False,
                "automargin": False,
                "title": {"text": "Percent of the way", "standoff": 8},
            },
            "yaxis": {
                "range": [0, max(counts) * 1.15 + 0.2],
                "tickformat": "d",
                "nticks": min(max(counts), 5) + 1,
            },
        },
        table_title="Apprentices by how far they are",
        heads=("Way to journeyworker", "Apprentices"),
        rows=[(name, str(count)) for name, count in zip(names, counts, strict=True)],
    )


def _finding(shares: Sequence[Fraction]) -> str:
    if not shares:
        return "Nobody is in the crew yet."
    complete = sum(share == 1 for share in shares)
    if len(shares) == 1:
        return f"One apprentice, {words.percent(shares[0])} of the way to journeyworker."
    middle = shares[len(shares) // 2]
    said = f"{words.sentence(words.counted(len(shares), 'apprentice'))}: half are at {words.percent(middle)} or more"
    done = f"{words.counted(complete, 'is', 'are')} complete" if complete else "nobody is complete yet"
    return f"{said}, {done}."
