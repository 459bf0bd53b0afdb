"""What a crew costs a month as things are, and as they might be."""

from collections.abc import Sequence

from apprenticeship.forecasts.differing import CrewDifference
from web import words
from web.figures.figure import Figure

CENTS = 100


def what_if_figure(answer: CrewDifference) -> Figure:
    """Draw two lines: pay by month today and then."""
    months = [one.month for one in answer.today.pay]
    today = [one.expected for one in answer.today.pay]
    then = [one.expected for one in answer.then.pay]
    sides = (answer.today, answer.then)
    journeyworkers = answer.journeyworkers or ((),) * len(months)
    return Figure(
        title=finding(answer),
        data=[
            _line("As things are", months, today, "--steel", "dot"),
            _line("Then", months, then, "--dye", "solid"),
        ],
        layout={
            "xaxis": {"type": "date", "showgrid": False, "tickformat": "%b %Y"},
            "yaxis": {"tickprefix": "$", "rangemode": "tozero", "automargin": True},
        },
        table_title="By month, as things are and then",
        heads=(
            "Month",
            "Pay today",
            "Pay then",
            "More",
            "Raises",
            "Then",
            "Completions",
            "Then",
            "Apprentices",
            "Then",
            *(("Journeyworkers asked for", "Then") if answer.journeyworkers else ()),
        ),
        rows=[
            (
                f"{month:%b %Y}",
                words.money(today[at]),
                words.money(then[at]),
                signed(then[at] - today[at]),
                *(f"{side.raises[at]:.1f}" for side in sides),
                *(f"{side.completions[at]:.1f}" for side in sides),
                *(f"{side.apprentices[at]:.1f}" for side in sides),
                *(f"{wanted}" for wanted in journeyworkers[at]),
            )
            for at, month in enumerate(months)
        ],
    )


def _line(
    name: str, months: Sequence[object], cents: Sequence[int], colour: str, dash: str
) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [f"{month}" for month in months],
        "y": [one / CENTS for one in cents],
        "line": {"shape": "hv", "dash": dash},
        "meta": colour,
    }


def finding(answer: CrewDifference) -> str:
    """Say in a sentence what it costs or saves in the months shown."""
    more = sum(one.expected for one in answer.then.pay) - sum(one.expected for one in answer.today.pay)
    months = len(answer.today.pay)
    if not more:
        return f"Pay in the next {months} months would be the same"
    return (
        f"Pay in the next {months} months would be {words.money(abs(more))} {'more' if more > 0 else 'less'}"
    )


def signed(cents: int) -> str:
    """Write a difference of money with its sign."""
    sign = "+" if cents > 0 else "\N{MINUS SIGN}" if cents < 0 else ""
    return f"{sign}{words.money(abs(cents))}"
