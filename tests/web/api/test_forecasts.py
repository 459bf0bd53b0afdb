"""Forecasts by the API: who may know, sums that add up, and a quarter kept once."""

from decimal import Decimal
from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio


async def test_the_payroll_is_the_sum_of_its_people(api: Api) -> None:
    found = (await api.ask("employer", "GET", "/payroll")).json()
    assert len(found["months"]) == 24
    for place, month in enumerate(found["months"]):
        total = sum(Decimal(one["usd_by_month"][place]) for one in found["people"])
        assert Decimal(month["expected_usd"]) == total
        assert Decimal(month["low_usd"]) <= total <= Decimal(month["high_usd"])
    assert (await api.ask("mentor", "GET", "/payroll")).status_code == 403


async def test_one_person_is_foreseen_alike_by_themselves_and_by_their_employer(api: Api) -> None:
    path = f"{api.learner('ada')}/forecast"
    own = (await api.ask("ada", "GET", path)).json()
    assert own == (await api.ask("employer", "GET", path)).json()
    assert [goal["goal"] for goal in own["goals"]][-1] == "completion"
    days = [(goal["earliest"], goal["expected"]) for goal in own["goals"] if goal["expected"]]
    assert all(first <= middle for first, middle in days)
    assert (await api.ask("stranger", "GET", path)).status_code == 404


async def test_a_quarter_is_kept_once_and_the_same_command_answers_the_same(own_api: Api) -> None:
    body: dict[str, Any] = {"employer_id": str(own_api.shop.employer)}
    key = {"Idempotency-Key": "keep-1"}
    kept = await own_api.ask("employer", "POST", "/payroll/kept", json=body, headers=key)
    assert (kept.status_code, kept.json()["quarter"]) == (201, "2026-10-01")
    again = await own_api.ask("employer", "POST", "/payroll/kept", json=body, headers=key)
    assert (again.status_code, again.json()) == (201, kept.json())
    assert (await own_api.ask("employer", "POST", "/payroll/kept", json=body)).status_code == 409
    assert (await own_api.ask("admin", "POST", "/payroll/kept", json=body)).status_code == 403
