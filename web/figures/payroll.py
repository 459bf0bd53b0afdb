"""Payroll to come, month by month, with its band; and what was foreseen before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from apprenticeship.forecasts.model import MonthPay
from web.figures.figure import Figure

CENTS = 100
YEAR = 12
BAND = "In four futures of five"


def payroll_figure(months: Sequence[MonthPay], before: Mapping[date, MonthPay]) -> Figure:
    """Draw the expected payroll with the band that holds four futures of five; `before` is what was kept, by month."""
    heads = ("Month", "Low", "Expected", "High")
    return Figure(
        title=_finding(months),
        data=_traces(months, before),
        layout={
            "xaxis": {"type": "date", "tickformat": "%b<br>%Y", "nticks": 8, "tickangle": 0},
            "yaxis": {"rangemode": "tozero", "tickprefix": "$", "tickformat": "~s", "automargin": True},
            "hovermode": "x",
        },
        table_title="Payroll by month, before taxes and benefits",
        heads=(*heads, "Foreseen last quarter") if before else heads,
        rows=[_row(one, before) for one in months],
    )


def _row(one: MonthPay, before: Mapping[date, MonthPay]) -> tuple[str, ...]:
    cells = (f"{one.month:%B %Y}", *(dollars(cents) for cents in (one.low, one.expected, one.high)))
    if not before:
        return cells
    kept = before.get(one.month)
    return (*cells, "" if kept is None else dollars(kept.expected))


def dollars(cents: int) -> str:
    """Say cents as whole dollars, half a dollar up."""
    return f"${(cents + CENTS // 2) // CENTS:,}"


def _finding(months: Sequence[MonthPay]) -> str:
    if not any(one.expected for one in months):
        return "No wages are stated, so there is no payroll to foresee."
    year = sum(one.expected for one in months[:YEAR])
    first, last = months[0].expected, months[-1].expected
    moved = "stays as it is"
    if first != last:
        verb = "rises" if last > first else "falls"
        moved = f"{verb} from {dollars(first)} to {dollars(last)} in {len(months)} months"
    return f"About {dollars(year)} in the next twelve months; the monthly payroll {moved}."


def _traces(months: Sequence[MonthPay], before: Mapping[date, MonthPay]) -> list[dict[str, Any]]:
    found = [
        {**_line("Low", "--steel", months, [one.low for one in months], width=1), "showlegend": False},
        {
            **_line("High", "--steel", months, [one.high for one in months], width=1),
            "name": BAND,
            "fill": "tonexty",
        },
        _line("Expected", "--dye", months, [one.expected for one in months], width=3),
    ]
    then = [before[one.month] for one in months if one.month in before]
    if then:
        line = _line("Foreseen last quarter", "--brass", then, [one.expected for one in then], width=2)
        found.append({**line, "line": {"width": 2, "dash": "dash"}})
    return found


def _line(
    name: str, colour: str, months: Sequence[MonthPay], cents: Sequence[int], *, width: int
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "meta": colour,
        "line": {"width": width},
        "x": [one.month.isoformat() for one in months],
        "y": [amount / CENTS for amount in cents],
        "hovertemplate": f"{name} %{{y:$,.0f}}<extra></extra>",
    }
