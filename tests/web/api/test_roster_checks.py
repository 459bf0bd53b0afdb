"""Roster checks by the API: asked for once, worked out in a job, read in parts by whoever asked."""

import pytest

from tests.apprenticeship.cohort.running import do_errands
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
CHECKS = "/roster-checks"


async def test_a_check_is_asked_for_once_worked_out_and_read(own_api: Api) -> None:
    api = own_api
    headers = {"Idempotency-Key": "check-1"}
    begun = await api.ask("registrar", "POST", CHECKS, json={}, headers=headers)
    assert begun.status_code == 202
    assert (begun.json()["state"], begun.json()["people"], begun.json()["learners"]) == ("running", 1, [])
    again = await api.ask("registrar", "POST", CHECKS, json={}, headers=headers)
    assert again.json() == begun.json()
    assert (await api.ask("registrar", "POST", CHECKS, json={})).status_code == 409
    assert await do_errands(NOW) == 1
    path = f"{CHECKS}/{begun.json()['id']}"
    found = (await api.ask("registrar", "GET", path)).json()
    assert (found["state"], found["done"], found["next"]) == ("done", 1, None)
    (learner,) = found["learners"]
    assert learner["name"] == "Ada Tran"
    assert learner["agreements"][0]["unit"] == "semester"
    assert {limit["name"] for limit in learner["agreements"][0]["limits"]} >= {"share", "credits"}
    assert (await api.ask("registrar", "GET", f"{path}?after=1")).json()["learners"] == []
    assert (await api.ask("stranger", "GET", path)).status_code in (403, 404)


async def test_numbers_that_name_nobody_are_refused(api: Api) -> None:
    refused = await api.ask("registrar", "POST", CHECKS, json={"numbers": ["L-1", "L-2"]})
    assert refused.status_code == 422
    assert "Row 2, 'L-1': nobody whom you may see" in refused.json()["detail"]
