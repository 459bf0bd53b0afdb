"""Apprentices and journeyworkers at a site over time, against the registered ratio."""

from collections.abc import Sequence
from datetime import date, timedelta

from apprenticeship.ratio.model import Level
from apprenticeship.ratio.services import SiteReport
from web import words
from web.figures.figure import Figure

BACK = timedelta(days=365)
AHEAD = timedelta(days=180)
MOST_ROWS = 60
THERE = ("Journeyworkers there", "--steel", "solid")
NEEDED = ("Journeyworkers needed", "--dye", "dash")


def ratio_figure(report: SiteReport, today: date) -> Figure:
    """Draw a year back and half a year ahead; the table has the same days."""
    until = today + AHEAD
    shown = [
        one for one in report.levels if (one.until is None or one.until > today - BACK) and one.since < until
    ][-MOST_ROWS:]
    return Figure(
        title=_finding(report, today),
        data=[
            _trace(THERE, shown, until, [one.journeyworkers for one in shown]),
            _trace(NEEDED, shown, until, [one.needed for one in shown]),
        ],
        layout={
            "xaxis": {"type": "date", "tickformat": "%b<br>%Y", "nticks": 8, "tickangle": 0},
            "yaxis": {"rangemode": "tozero", "tickformat": ",d", "nticks": _ticks(shown)},
            "shapes": [
                {
                    "type": "line",
                    "x0": today.isoformat(),
                    "x1": today.isoformat(),
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"width": 1, "dash": "dot"},
                }
            ],
        },
        table_title="Who is there, the latest change first",
        heads=("From", "Apprentices", "Journeyworkers", "Needed", "Ratio"),
        rows=[_row(one) for one in reversed(shown)],
    )


def _finding(report: SiteReport, today: date) -> str:
    ahead = report.ahead(today)
    if any(one.covers(today) for one in ahead):
        return "The registered ratio does not hold today. The dotted line is today."
    if ahead:
        return f"The registered ratio breaks on {words.day(ahead[0].since)}. The dotted line is today."
    return "The registered ratio holds for the 90 days ahead, as far as is known. The dotted line is today."


def _ticks(levels: Sequence[Level]) -> int:
    most = max([1, *(max(one.journeyworkers, one.needed) for one in levels)])
    return min(most, 6) + 1


def _trace(
    look: tuple[str, str, str], levels: Sequence[Level], until: date, numbers: Sequence[int]
) -> dict[str, object]:
    """`look`: the name, the colour of the page and the dash of the line."""
    name, colour, dash = look
    days = [one.since.isoformat() for one in levels]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "meta": colour,
        "line": {"width": 3, "shape": "hv", "dash": dash},
        "x": [*days, until.isoformat()],
        "y": [*numbers, *numbers[-1:]],
        "hovertemplate": f"{name}: %{{y}} from %{{x|%-d %B %Y}}<extra></extra>",
    }


def _row(level: Level) -> tuple[str, ...]:
    counts = (level.number, level.journeyworkers, level.needed)
    said = "holds" if level.holds else f"{words.counted(level.short, 'journeyworker')} short"
    return (words.day(level.since), *(f"{count:,}" for count in counts), said)
