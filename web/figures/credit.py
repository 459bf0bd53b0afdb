"""Credit toward a degree, college by college: given, earned there, within reach, still to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from web import words
from web.figures.figure import MARGIN, Figure, label

ROW = 88
REST = 120


@dataclass(frozen=True)
class Stack:
    """One degree in hundredths of credit: what is given, earned at the college, within reach, and its size."""

    college: str
    program: str
    unit: str
    given: int
    earned: int
    reach: int
    size: int

    @property
    def left(self) -> int:
        """What is left once everything within reach is there."""
        return max(0, self.size - self.given - self.earned - self.reach)


PARTS = (
    ("Given for prior learning", "--dye", "given"),
    ("Earned at the college", "--wait", "earned"),
    ("Within reach", "--brass", "reach"),
    ("Still to do", "--line", "left"),
)


def credit_figure(stacks: Sequence[Stack]) -> Figure:
    """Stack credit toward each degree, in percent of the degree."""
    names = [label(stack.college) for stack in stacks]
    return Figure(
        title=finding(stacks),
        data=[_trace(part, stacks, names) for part in PARTS],
        layout={
            "barmode": "stack",
            "height": REST + ROW * len(stacks),
            "bargap": 0.6,
            "margin": {**MARGIN, "t": 84, "b": 36},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
            "xaxis": {"range": [0, 100], "ticksuffix": " %", "nticks": 6, "automargin": False},
            "yaxis": {"autorange": "reversed", "showgrid": False, "showticklabels": False},
            "annotations": [_above(name) for name in names] if len(names) > 1 else [],
        },
        table_title="Credit toward the degree",
        heads=("College and degree", "Given", "Earned there", "Within reach", "Still to do", "Degree"),
        rows=[
            (
                f"{stack.college}: {stack.program} ({stack.unit} hours)",
                *(words.credit_hours(getattr(stack, name)) for _, _, name in PARTS),
                words.credit_hours(stack.size),
            )
            for stack in stacks
        ],
    )


def finding(stacks: Sequence[Stack]) -> str:
    """Say what the stack shows: the college where least is left to do."""
    if not stacks:
        return "No agreement says how large its degree is."
    best = max(stacks, key=lambda one: ((one.given + one.earned) * 10_000 // one.size, one.reach))
    if not best.given and not best.earned:
        return "Nothing counts toward a degree yet."
    done = words.credit_hours(best.given + best.earned)
    near = f"; {words.credit_hours(best.reach)} more within reach" if best.reach else ""
    size = words.credit_hours(best.size)
    return f"{done} of {size} credits toward {best.program} at {best.college}{near}."


def _trace(part: tuple[str, str, str], stacks: Sequence[Stack], names: list[str]) -> dict[str, Any]:
    said, colour, field = part
    values = [getattr(stack, field) for stack in stacks]
    return {
        "type": "bar",
        "orientation": "h",
        "name": said,
        "meta": colour,
        "y": names,
        "x": [
            min(value * 1000 // stack.size, 1000) / 10 for value, stack in zip(values, stacks, strict=True)
        ],
        "customdata": [words.credit_hours(value) for value in values],
        "marker": {},
        "hovertemplate": "%{customdata} credits<extra>%{fullData.name}</extra>",
    }


def _above(name: str) -> dict[str, Any]:
    """Write a college above its bar: beside it there is no room on a phone."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": name, "yanchor": "bottom", "yshift": 18}
    return {**place, "text": name, "showarrow": False, "align": "left"}
