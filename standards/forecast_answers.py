"""A forecast as plain data, the same for the command line and the API."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from graph.forecasting.crew import Outlook
from standards.naming import bare


def outlook_answers(outlooks: Iterable[Outlook], program: str) -> list[dict[str, Any]]:
    """Every goal: wage steps in order, and last completion."""
    return [_outlook(one, program) for one in outlooks]


def _outlook(one: Outlook, program: str) -> dict[str, Any]:
    found = one.foreseen
    return {
        "goal": "completion" if one.goal == program else f"step:{bare(one.goal)}",
        "reached": one.reached,
        "reached_on": _day(one.since),
        "earliest": None if found is None else _day(found.earliest),
        "expected": None if found is None else _day(found.expected),
        "latest": None if found is None else _day(found.latest),
        "why_not": None if one.why_not is None else one.why_not.value,
        "unpaced": [kind.name.lower() for kind in one.unpaced],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
