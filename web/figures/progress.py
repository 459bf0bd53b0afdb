"""An apprentice's progress over time against the plan of the program."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from apprenticeship.standing.model import Standing
from graph.dates import add_months
from graph.progress import progress_on
from web import words
from web.figures.figure import Figure

MOST_POINTS = 120


def progress_figure(standing: Standing) -> Figure:
    """Draw progress month by month, and the straight line from registration to the end of the term."""
    evaluation, rule = standing.evaluation, standing.program.completion
    registered = standing.enrolment.registered
    days = list(_days(registered, standing.as_of))
    shares = [
        progress_on(evaluation.actual, rule, evaluation.scope, day) if rule else Fraction(0) for day in days
    ]
    term = standing.program.term_months
    plan = [planned(registered, term, day) for day in days]
    return Figure(
        title=_finding(shares[-1], plan[-1], term),
        data=_traces(days, shares, plan if term else None),
        layout={
            "xaxis": {"type": "date", "tickformat": "%b %Y", "nticks": 6},
            "yaxis": {"range": [0, 100], "ticksuffix": " %"},
        },
        table_title="Progress toward journeyworker by month",
        heads=("Day", "Done", "Planned") if term else ("Day", "Done"),
        rows=[
            (words.day(day), words.percent(share), *((words.percent(aim),) if term else ()))
            for day, share, aim in zip(days, shares, plan, strict=True)
        ],
    )


def _days(registered: date, today: date) -> Iterator[date]:
    """Give the day of registration, then the same day of every month, and today."""
    for month in range(MOST_POINTS):
        day = add_months(registered, month)
        if day >= today:
            break
        yield day
    yield today


def planned(registered: date, term_months: int | None, day: date) -> Fraction:
    """Give the share that the plan has by a day: evenly over the term."""
    if not term_months:
        return Fraction(0)
    whole = (add_months(registered, term_months) - registered).days
    return min(Fraction(1), max(Fraction(0), Fraction((day - registered).days, whole)))


def _finding(done: Fraction, aim: Fraction, term: int | None) -> str:
    said = f"{words.percent(done)} done"
    if not term:
        return f"{said}; the program states no term."
    if done == 1:
        return f"{said}: everything the program asks for is there."
    apart = int(abs(done - aim) * term)
    if apart == 0:
        return f"{said}, in step with the plan of {term} months."
    return f"{said}, {words.counted(apart, 'month')} {'ahead of' if done > aim else 'behind'} the plan."


def _traces(days: list[date], shares: list[Fraction], plan: list[Fraction] | None) -> list[dict[str, object]]:
    x = [day.isoformat() for day in days]
    traces: list[dict[str, object]] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "Done",
            "meta": "--dye",
            "x": x,
            "y": [_percent(share) for share in shares],
            "line": {"width": 3, "shape": "hv"},
            "marker": {"size": 6},
            "hovertemplate": "%{x|%d %b %Y}: %{y} %<extra></extra>",
        }
    ]
    if plan is not None:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": "Planned",
                "meta": "--steel",
                "x": x,
                "y": [_percent(share) for share in plan],
                "line": {"width": 2, "dash": "dash"},
                "hovertemplate": "%{x|%d %b %Y}: %{y} % planned<extra></extra>",
            }
        )
    return traces


def _percent(share: Fraction) -> float:
    return share.numerator * 1000 // share.denominator / 10
