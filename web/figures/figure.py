"""A chart as the page carries it: what Plotly draws, and the same numbers as a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

MARGIN: Mapping[str, Any] = {"l": 12, "r": 28, "t": 40, "b": 12, "pad": 0}
LAYOUT: Mapping[str, Any] = {
    "margin": MARGIN,
    "showlegend": True,
    "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    "hovermode": "closest",
    "dragmode": False,
}


@dataclass(frozen=True)
class Figure:
    """One chart.

    Attributes:
        title: the finding, in a sentence.
        data: traces for Plotly; `meta` names the colour of the page that a trace takes, such as "--dye".
            Text that somebody else wrote goes through `label` first.
        layout: what differs from the layout of every chart.
        table_title: what the table of the same numbers is about.
        heads: the heading of the table; `rows` are its cells as text, the first cell names the row.
    """

    title: str
    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]
    table_title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def json(self) -> str:
        """Write what Plotly draws."""
        return json.dumps({"data": self.data, "layout": {**LAYOUT, **self.layout}}, separators=(",", ":"))


def label(text: str) -> str:
    """Make a text safe as a label: Plotly reads tags and entities in labels, also links."""
    return escape(text)
