"""What a training plan's page shows of an answer, without a database."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from apprenticeship.training.model import PlanState, TrainingAsked, TrainingPlan
from web.pages.training_shown import training_shown

ANSWER: dict[str, Any] = {
    "cost_usd": "1240.00",
    "hours": 62,
    "months": ["2026-11-21", "2026-12-21", "2027-01-21", "2027-02-21"],
    "stations": [{"id": "mill", "title": "Milling"}],
    "trainings": [
        {"station": "mill", "person": "a", "item": "x:one", "hours": 40.0, "month": 1, "until_month": 3},
        {"station": "mill", "person": "b", "item": "x:two", "hours": 22.0, "month": 2, "until_month": 2},
    ],
    "coming": [],
    "binds": [],
    "missed": [],
    "not_trained": [],
    "optimal": True,
    "gap_percent": 0,
    "basis": "",
}


def test_who_goes_on_is_named_in_each_month_and_money_has_its_commas() -> None:
    plan = TrainingPlan(
        id=uuid4(),
        asked_by=uuid4(),
        as_of=date(2026, 11, 21),
        asked=TrainingAsked(months=4, budget=None, training=2_400, stations=(), people=()),
        state=PlanState.DONE,
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        finished_at=None,
        answer=ANSWER,
    )
    shown = training_shown(plan, [])
    assert shown.cost == "$1,240.00"
    ((title, cells),) = shown.rows
    assert title == "Milling"
    assert [[(one.item, one.on) for one in cell] for cell in cells] == [
        [("x:one", False)],
        [("x:one", True), ("x:two", False)],
        [("x:one", True)],
        [],
    ]
    assert cells[0][0].detail == "40 hours, until January 2027"
    assert cells[1][0].detail == ""
