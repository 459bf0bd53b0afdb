"""Totals by month against counting each future of each person."""

from datetime import date
from itertools import pairwise

import pytest

from graph.forecasting.crew import CrewForecast
from graph.forecasting.payroll import month_starts
from graph.forecasting.totals import totals
from tests.graph.forecasting.crews import AS_OF, forecast, hours, person, signed

MONTHS = 18


@pytest.fixture(scope="module")
def crew() -> CrewForecast:
    return forecast(
        person("new", months=1),
        person("steady", *hours(12, 150), signed("a", date(2026, 3, 1)), months=12),
        person("far", *hours(12, 120), *hours(12, 40, "turning"), signed("b", date(2026, 5, 1)), months=30),
    )


def test_raises_completions_and_apprentices_are_those_of_each_future(crew: CrewForecast) -> None:
    starts = month_starts(AS_OF, MONTHS)
    found = totals(crew, starts)
    steps = len(crew.needs.own.steps)
    for at, (first, last) in enumerate(pairwise(starts)):
        raises = done = there = 0
        for place in range(len(crew.names)):
            for future in range(crew.futures):
                days = [int(crew.days[goal, place, future]) for goal in range(len(crew.goals))]
                here = [first.toordinal() <= day < last.toordinal() for day in days]
                raises += sum(here[1:steps])
                done += sum(here[steps:])
                there += days[steps] > first.toordinal()
        assert found.raises[at] == pytest.approx(raises / crew.futures)
        assert found.completions[at] == pytest.approx(done / crew.futures)
        assert found.apprentices[at] == pytest.approx(there / crew.futures)


def test_two_crews_together_are_their_sum(crew: CrewForecast) -> None:
    one = totals(crew, month_starts(AS_OF, MONTHS))
    both = one.plus(one)
    assert (both.raises == 2 * one.raises).all()
    assert (both.apprentices == 2 * one.apprentices).all()
