"""What is kept of a forecast, as plain data. Pure; it names people by their numbers only."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from apprenticeship.forecasts.model import CrewOutlook, KeptGoal, MonthPay
from graph.forecasting.crew import Outlook


def content_of(outlook: CrewOutlook) -> dict[str, Any]:
    """The payroll by month, and every goal ahead of everybody with its days."""
    return {
        "months": [[one.month.isoformat(), one.low, one.expected, one.high] for one in outlook.months],
        "goals": [[str(one.person), goal.goal, *_days(goal)] for one in outlook.people for goal in one.ahead],
    }


def _days(goal: Outlook) -> Iterator[str | None]:
    found = goal.foreseen
    days = (None, None, None) if found is None else (found.earliest, found.expected, found.latest)
    return (None if day is None else day.isoformat() for day in days)


def months_in(content: Mapping[str, Any]) -> tuple[MonthPay, ...]:
    """The payroll that was kept."""
    return tuple(
        MonthPay(month=date.fromisoformat(month), low=low, expected=expected, high=high)
        for month, low, expected, high in content["months"]
    )


def goals_in(content: Mapping[str, Any]) -> tuple[KeptGoal, ...]:
    """The goals that were kept."""
    return tuple(
        KeptGoal(
            person=UUID(person),
            goal=goal,
            earliest=_day(earliest),
            expected=_day(expected),
            latest=_day(latest),
        )
        for person, goal, earliest, expected, latest in content["goals"]
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
