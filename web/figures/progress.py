"""An apprentice's progress over time against the plan of the program."""

from collections.abc import Sequence
from fractions import Fraction

from apprenticeship.standing.model import Standing
from apprenticeship.standing.progress import ProgressPoint, progress_over_time
from web import words
from web.figures.figure import Figure


def progress_figure(standing: Standing) -> Figure:
    """Draw progress month by month beside the share of the term that has passed."""
    points = progress_over_time(standing)
    return Figure(
        title=_finding(standing, points[-1]),
        data=_traces(points),
        layout={
            "xaxis": {"type": "date", "tickformat": "%b<br>%Y", "nticks": 8, "tickangle": 0},
            "yaxis": {"range": [0, 100], "dtick": 20, "ticksuffix": " %"},
        },
        table_title="Progress to journeyworker, the latest first",
        heads=("Day", "Done") if points[-1].planned is None else ("Day", "Done", "Planned"),
        rows=[_row(point) for point in reversed(points)],
    )


def _row(point: ProgressPoint) -> tuple[str, ...]:
    shares = [point.done] if point.planned is None else [point.done, point.planned]
    return (words.day(point.on), *(words.percent(share) for share in shares))


def _finding(standing: Standing, today: ProgressPoint) -> str:
    if standing.program.completion is None:
        return "The program states no rule for completion, so there is no progress to draw."
    if today.done == 1:
        return "Complete: everything that the program asks for is there."
    said = f"{words.percent(today.done)} done"
    term = standing.program.term_months
    if today.planned is None or term is None:
        return f"{said}; the program states no term to compare it with."
    apart = (today.done - today.planned) * term
    months = int(abs(apart))
    if months == 0:
        return f"{said}, in step with the plan of {term} months."
    where = "ahead of" if apart > 0 else "behind"
    return f"{said}, {words.counted(months, 'month')} {where} the plan of {term} months."


def _traces(points: Sequence[ProgressPoint]) -> list[dict[str, object]]:
    done = _trace("Done", "--dye", points, [point.done for point in points])
    done["line"] = {"width": 3, "shape": "hv"}
    planned = [point.planned for point in points if point.planned is not None]
    if not planned:
        return [done]
    plan = _trace("Planned", "--steel", points, planned)
    plan["line"] = {"width": 2, "dash": "dash"}
    return [plan, done]


def _trace(
    name: str, colour: str, points: Sequence[ProgressPoint], shares: Sequence[Fraction]
) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines" if len(points) > 1 else "markers",
        "name": name,
        "meta": colour,
        "x": [point.on.isoformat() for point in points],
        "y": [_percent(share) for share in shares],
        "hovertemplate": f"{name} %{{y}} on %{{x|%-d %B %Y}}<extra></extra>",
    }


def _percent(share: Fraction) -> float:
    """Give a percentage floored to one decimal, as `words.percent` says it."""
    return share.numerator * 1000 // share.denominator / 10
