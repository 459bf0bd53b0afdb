"""Everybody in a program by the API: one's own at once; everybody for agencies, by a look that takes a while."""

from typing import Any

import pytest

from tests.apprenticeship.cohort.running import do_errands
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
MACHINIST = "/cohorts/machinist"


async def test_an_employer_reads_their_own_people(api: Api) -> None:
    found = (await api.ask("employer", "GET", MACHINIST)).json()
    assert (found["program"], found["as_of"], found["people"]) == ("machinist", "2026-11-21", 2)
    assert sum(band["people"] for band in found["progress"]) == 2
    assert sum(step["people"] for step in found["steps"]) == 2
    assert found["candidate"] is None
    assert found["items"]
    nobodys = (await api.ask("stranger", "GET", MACHINIST)).json()
    assert (nobodys["people"], nobodys["one_thing"], nobodys["bottlenecks"]) == (0, [], [])
    before = (await api.ask("employer", "GET", MACHINIST, params={"as_of": "2025-01-05"})).json()
    assert before["people"] == 0


async def test_by_the_newest_that_everybody_has_nothing_changes(api: Api) -> None:
    found = (await api.ask("employer", "GET", MACHINIST, params={"by": "newest"})).json()
    assert found["candidate"]["unchanged"] == found["candidate"]["people"] == 2
    assert found["candidate"]["progress"] == found["progress"]


@pytest.mark.parametrize("who", ["ada", "mentor", "registrar", "employer", "admin"])
async def test_everybody_is_for_agencies_alone(api: Api, who: str) -> None:
    for method, path in (("GET", f"{MACHINIST}/everybody"), ("POST", f"{MACHINIST}/looks")):
        more: dict[str, Any] = {"json": {}} if method == "POST" else {}
        assert (await api.ask(who, method, path, **more)).status_code == 403


async def test_what_is_not_there_or_no_question_is_said(api: Api) -> None:
    assert (await api.ask("employer", "GET", "/cohorts/nothing")).status_code == 404
    assert (await api.ask("employer", "GET", MACHINIST, params={"by": "draft"})).status_code == 400
    assert (await api.ask("agency", "GET", f"{MACHINIST}/everybody")).status_code == 404
    for body in (
        {"by": "draft"},
        {"by": "newest", "documents": [{}]},
        {"by": "draft", "documents": [{"journeymark": 1}]},
        {"by": "draft", "documents": [{"journeymark": 1, "program": {"id": "machinist"}}]},
    ):
        refused = await api.ask("agency", "POST", f"{MACHINIST}/looks", json=body)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["where"] == "documents"
    assert (await api.ask("agency", "POST", "/cohorts/nothing/looks", json={})).status_code == 404


async def test_a_look_is_asked_for_once_worked_out_and_read_by_whoever_asked(own_api: Api) -> None:
    api = own_api
    headers = {"Idempotency-Key": "look-1"}
    begun = await api.ask("agency", "POST", f"{MACHINIST}/looks", json={"by": "newest"}, headers=headers)
    assert begun.status_code == 202
    again = await api.ask("agency", "POST", f"{MACHINIST}/looks", json={"by": "newest"}, headers=headers)
    assert again.json() == begun.json()
    answer = begun.json()
    assert (answer["state"], answer["ranges_total"], answer["cohort"]) == ("running", None, None)
    assert (await api.ask("agency", "POST", f"{MACHINIST}/looks", json={})).status_code == 409
    await do_errands(NOW)
    done = (await api.ask("agency", "GET", f"/cohort-looks/{answer['look']}")).json()
    assert (done["state"], done["people"], done["ranges_done"]) == ("done", 2, 1)
    own = (await api.ask("employer", "GET", MACHINIST, params={"by": "newest"})).json()
    assert done["cohort"] == own


async def test_a_draft_in_the_body_is_looked_by(own_api: Api) -> None:
    api = own_api
    program = (await api.ask("agency", "GET", "/programs/machinist")).json()
    program["program"]["completion"] = {"months": 6, "since": "registered"}
    body = {"by": "draft", "documents": [program], "as_of": "2026-01-01"}
    begun = (await api.ask("agency", "POST", f"{MACHINIST}/looks", json=body)).json()
    await do_errands(NOW)
    found = (await api.ask("agency", "GET", f"/cohort-looks/{begun['look']}")).json()["cohort"]
    assert found["as_of"] == "2026-01-01"
    assert (found["complete"], found["candidate"]["complete"], found["candidate"]["gain"]["complete"]) == (
        0,
        2,
        2,
    )
