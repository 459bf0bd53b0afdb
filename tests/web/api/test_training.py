"""Training plans by the API: asked for once, worked out in a job, read by whoever asked."""

from typing import Any

import pytest

from tests.apprenticeship.cohort.running import do_errands
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
PLANS = "/training-plans"


async def test_a_plan_is_asked_for_once_worked_out_and_read(own_api: Api) -> None:
    api = own_api
    headers = {"Idempotency-Key": "plan-1"}
    body = {"months": 3, "budget_usd": 1000}
    begun = await api.ask("employer", "POST", PLANS, json=body, headers=headers)
    assert begun.status_code == 202
    assert begun.json()["state"] == "running"
    again = await api.ask("employer", "POST", PLANS, json=body, headers=headers)
    assert again.json() == begun.json()
    other = await api.ask("employer", "POST", PLANS, json=body)
    assert other.status_code == 409
    assert await do_errands(NOW) == 1
    path = f"{PLANS}/{begun.json()['id']}"
    found = (await api.ask("employer", "GET", path)).json()
    assert found["state"] == "done"
    plan = found["plan"]
    assert plan["from"] == "2026-11-21"
    assert len(plan["months"]) == 3
    assert plan["bound"] >= plan["worth"] >= plan["without_training"]
    assert plan["optimal"] == (plan["bound"] == plan["worth"])
    assert float(plan["cost_usd"]) <= 1000
    assert (await api.ask("stranger", "GET", path)).status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"learners": ["00000000-0000-4000-8000-000000000000"]}, "learners[0]"),
        ({"stations": [{"id": "nowhere"}]}, "stations"),
        ({"stations": [{"id": "rest"}, {"id": "rest"}]}, "stations"),
    ],
)
async def test_what_cannot_be_planned_is_said(api: Api, body: dict[str, Any], where: str) -> None:
    refused = await api.ask("employer", "POST", PLANS, json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["where"] == where
