"""How far the people of a crew are, all together."""

from collections.abc import Sequence
from fractions import Fraction

from apprenticeship.standing.model import Standing
from web import words
from web.figures.figure import Figure

BANDS = 10


def crew_figure(members: Sequence[Standing]) -> Figure:
    """Count the crew by tenths of the way to journeyworker."""
    shares = sorted(standing.evaluation.progress for standing in members)
    counts = [0] * BANDS
    for share in shares:
        counts[min(int(share * BANDS), BANDS - 1)] += 1
    names = [f"{10 * band} to {10 * band + 10}" for band in range(BANDS)]
    return Figure(
        title=_finding(shares),
        data=[
            {
                "type": "bar",
                "name": "People",
                "meta": "--dye",
                "x": names,
                "y": counts,
                "marker": {},
                "hovertemplate": "%{x} %: %{y}<extra></extra>",
            }
        ],
        layout={
            "showlegend": False,
            "bargap": 0.15,
            "xaxis": {"title": {"text": "Percent of the way to journeyworker"}},
            "yaxis": {"title": {"text": "People"}, "dtick": 1 if max(counts, default=0) < BANDS else None},
        },
        table_title="People by percent of the way to journeyworker",
        heads=("Percent", "People"),
        rows=[(name, str(count)) for name, count in zip(names, counts, strict=True)],
    )


def _finding(shares: Sequence[Fraction]) -> str:
    if not shares:
        return "Nobody is in the crew yet."
    complete = sum(share == 1 for share in shares)
    middle = shares[len(shares) // 2]
    said = f"{words.sentence(words.counted(len(shares), 'person', 'people'))}, half of them at {words.percent(middle)} or more"
    return f"{said}; {words.counted(complete, 'is', 'are')} complete."
