"""Sites, placements, the ratio and leave to work alone by the API."""

from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
ALONE = {"kind": "competency", "subject": "nims-machining-1:part-inspection", "since": "2026-11-21"}


async def opened(api: Api) -> str:
    body = {"employer_id": str(api.shop.employer), "name": "North shop", "opened": "2025-01-06"}
    made = await api.ask("employer", "POST", "/sites", json=body)
    assert made.status_code == 201
    return str(made.json()["id"])


async def place(api: Api, site: str, body: dict[str, Any]) -> Any:
    path = f"/sites/{site}/placements"
    return await api.ask("employer", "POST", path, json={"since": "2025-01-06", **body})


async def test_the_ratio_over_time_with_what_breaks_it(own_api: Api) -> None:
    api = own_api
    site = await opened(api)
    ada = str(api.shop.people["ada"])
    assert (await place(api, site, {"learner_id": ada})).json()["learner"] == {"id": ada, "name": "Ada Tran"}
    shift = (await place(api, site, {"journeyworkers": "Day shift", "number": 2})).json()
    ended = await api.ask("employer", "POST", f"/placements/{shift['id']}/end", json={"ends": "2026-12-24"})
    assert (ended.status_code, ended.json()["until"]) == (201, "2026-12-24")
    answer = (await api.ask("employer", "GET", "/ratio")).json()
    (found,) = answer["sites"]
    assert [(one["since"], one["until"], one["holds"]) for one in found["levels"]] == [
        ("2025-01-06", "2026-12-24", True),
        ("2026-12-24", None, False),
    ]
    (breach,) = found["breaches"]
    assert breach["causes"] == [{"who": "Day shift", "number": 2, "change": "leaves"}]
    assert (breach["journeyworkers_more"], breach["apprentices_elsewhere"]) == (1, 1)
    assert {one["name"] for one in answer["unplaced"]} == {"Ben Okafor", "Cho Park"}
    again = await api.ask("employer", "POST", f"/placements/{shift['id']}/end", json={"ends": "2026-12-24"})
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"journeyworkers": "M", "learner_id": "ada"}, 422),
        ({"learner_id": "ada", "number": 2}, 422),
        ({"journeyworkers": "M", "number": 0}, 400),
        ({"journeyworkers": "M", "number": 1.5}, 400),
        ({"journeyworkers": "M", "until": "2025-01-06"}, 422),
        ({"journeyworkers": "M", "shift": "night"}, 400),
        ({"learner_id": "stranger"}, 422),
    ],
)
async def test_what_is_no_placement_is_refused(own_api: Api, body: dict[str, Any], status: int) -> None:
    api = own_api
    site = await opened(api)
    if "learner_id" in body:
        body = {**body, "learner_id": str(api.shop.people[body["learner_id"]])}
    assert (await place(api, site, body)).status_code == status
    assert (await place(api, "00000000-0000-4000-8000-000000000000", body)).status_code in (400, 404, 422)


async def test_somebody_placed_twice_and_a_site_opened_twice_are_conflicts(own_api: Api) -> None:
    api = own_api
    site = await opened(api)
    body = {"learner_id": str(api.shop.people["ada"])}
    assert [(await place(api, site, body)).status_code for _ in range(2)] == [201, 409]
    again = {"employer_id": str(api.shop.employer), "name": "North shop", "opened": "2025-01-06"}
    assert (await api.ask("employer", "POST", "/sites", json=again)).status_code == 409


async def test_leave_to_work_alone_is_given_seen_and_taken_back(own_api: Api) -> None:
    api = own_api
    path = f"{api.learner('ada')}/alone"
    given = await api.ask("mentor", "POST", path, json=ALONE)
    assert (given.status_code, given.json()["holds"], given.json()["lacks"]) == (201, True, [])
    assert (await api.ask("mentor", "POST", path, json=ALONE)).status_code == 409
    lacking = {**ALONE, "subject": "nims-machining-1:drill-press"}
    refused = await api.ask("mentor", "POST", path, json=lacking)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "subject")
    (seen,) = (await api.ask("ada", "GET", path)).json()["releases"]
    assert seen == given.json()
    taken = await api.ask("employer", "POST", f"{path}/{seen['id']}/end", json={})
    assert (taken.status_code, taken.json()["releases"][0]["holds"]) == (201, False)
    assert (await api.ask("employer", "POST", f"{path}/{seen['id']}/end", json={})).status_code == 409
