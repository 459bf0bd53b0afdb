"""Degrees of one college on top of each other, each filling up: what counts, and what is still to do."""

from collections.abc import Sequence

from apprenticeship.degrees.model import DegreeAnswer
from web import words
from web.figures.figure import MARGIN, Figure, label

ROW = 64
REST = 110


def degrees_figure(answers: Sequence[DegreeAnswer]) -> Figure:
    """Stack the degrees, the certificate at the bottom, in percent of each; all of them say how large they are."""
    sized = [one for one in answers if one.size]
    names = [label(one.plan.head.title) for one in sized]
    shares = [_tenths(one) for one in sized]
    bar = {"type": "bar", "orientation": "h", "y": names, "marker": {}}
    return Figure(
        title=finding(answers),
        data=[
            {
                **bar,
                "name": "Counts",
                "meta": "--dye",
                "x": shares,
                "customdata": [words.credit_hours(one.filled) for one in sized],
                "hovertemplate": "%{customdata} credits<extra>Counts</extra>",
            },
            {
                **bar,
                "name": "Still to do",
                "meta": "--line",
                "x": [round(100 - share, 1) for share in shares],
                "customdata": [words.credit_hours(one.remaining or 0) for one in sized],
                "hovertemplate": "%{customdata} credits<extra>Still to do</extra>",
            },
        ],
        layout={
            "barmode": "stack",
            "height": REST + ROW * len(sized),
            "bargap": 0.6,
            "margin": {**MARGIN, "t": 84, "b": 36},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
            "xaxis": {"range": [0, 100], "ticksuffix": " %", "nticks": 6, "automargin": False},
            "yaxis": {"showgrid": False, "showticklabels": False},
            "annotations": [_above(name) for name in names],
        },
        table_title="Credits toward each degree",
        heads=("Degree", "Counts", "Still to do", "Degree in all"),
        rows=[
            (
                one.plan.head.title,
                words.credit_hours(one.filled),
                words.credit_hours(one.remaining or 0),
                words.credit_hours(one.size or 0),
            )
            for one in reversed(sized)
        ],
    )


def finding(answers: Sequence[DegreeAnswer]) -> str:
    """Say what the stack shows: the highest that is complete, and the next one."""
    done = [one for one in answers if one.complete]
    following = next((one for one in answers if one.size and not one.complete), None)
    said = f"{done[-1].plan.head.title} is filled. " if done else ""
    if following is None:
        return said.strip() or "No degree here says how large it is."
    filled, size = words.credit_hours(following.filled), words.credit_hours(following.size or 0)
    return f"{said}{filled} of {size} credits toward {following.plan.head.title}."


def _tenths(one: DegreeAnswer) -> float:
    return (one.filled * 1000 // one.size if one.size else 0) / 10


def _above(name: str) -> dict[str, object]:
    """Write a degree above its bar: beside it there is no room on a phone."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": name, "yanchor": "bottom", "yshift": 12}
    return {**place, "text": name, "showarrow": False, "align": "left"}
