"""Rules, promotions and hiring over the API: the same as the pages, and nothing more."""

from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
BOTH = "credential mms and credential jpbl"


@pytest.mark.parametrize(
    "rule",
    [BOTH, "{all: [{credential: mms}, {credential: jpbl}]}", "all:\n- credential: mms\n- credential: jpbl"],
)
async def test_a_rule_is_read_as_text_or_as_in_documents(api: Api, rule: str) -> None:
    answer = await api.ask("ada", "GET", "/rule", params={"rule": rule})
    assert answer.json() == {
        "text": "credential nims-machining-1:mms and credential nims-machining-1:jpbl",
        "requirement": {"all": [{"credential": "mms"}, {"credential": "jpbl"}]},
        "words": "Measurement, Materials & Safety and Job Planning, Benchwork & Layout",
    }


async def test_a_rule_that_cannot_be_read_says_where(api: Api) -> None:
    answer = await api.ask("ada", "GET", "/rule", params={"rule": "credential mms and credential mmz"})
    assert answer.status_code == 422
    assert "Position 31: the credential 'mmz'" in answer.text
    assert "did you mean mms?" in answer.text


async def test_the_crew_is_ranked(api: Api) -> None:
    answer = (await api.ask("employer", "GET", "/promotions", params={"rule": BOTH})).json()
    assert [(one["learner"]["name"], one["holds"]) for one in answer["candidates"]] == [
        ("Ada Tran", True),
        ("Ben Okafor", False),
        ("Cho Park", False),
    ]
    ben = answer["candidates"][1]
    assert (ben["fix"], ben["hours"], ben["usd"]) == ([{"earn": "credential:jpbl"}], 80, "80.00")


async def test_a_role_is_saved_and_given_up(own_api: Api) -> None:
    api = own_api
    body: dict[str, Any] = {
        "organisation_id": str(api.shop.employer),
        "name": "CNC setup",
        "rule": "credential ctp",
    }
    saved = await api.ask("employer", "POST", "/target-roles", json=body)
    assert saved.status_code == 201
    assert [one["text"] for one in saved.json()["roles"]] == ["credential nims-machining-1:ctp"]
    saved = await api.ask("employer", "POST", "/target-roles", json={**body, "rule": {"credential": "cmp"}})
    assert [one["text"] for one in saved.json()["roles"]] == ["credential nims-machining-1:cmp"]
    assert (await api.ask("stranger", "GET", "/target-roles")).json() == {"roles": []}
    assert (await api.ask("stranger", "POST", "/target-roles", json=body)).status_code == 404
    refused = await api.ask(
        "employer", "POST", "/target-roles", json={**body, "rule": {"credential": "nope"}}
    )
    assert refused.status_code == 422
    gone = await api.ask("employer", "POST", "/target-roles", json={**body, "rule": None})
    assert gone.json() == {"roles": []}


async def test_from_agreeing_to_an_answer(own_api: Api) -> None:
    api = own_api
    leave = {"employers": [str(api.shop.other_employer)], "shown_as": "initials", "until": "2027-04-01"}
    given = await api.ask("ada", "POST", "/findable", json=leave)
    assert given.status_code == 201
    found = (await api.ask("stranger", "GET", "/hiring", params={"rule": BOTH})).json()
    assert (found["meeting"], found["total"]) == (1, 1)
    (person,) = found["people"]
    assert person["shown"] == "A. T."
    assert "Ada" not in str(found)
    assert str(api.shop.people["ada"]) not in str(found)
    place = f"/hiring/people/{person['findable']}"
    shown = (await api.ask("stranger", "GET", place)).json()
    assert [one["key"] for one in shown["credentials"]] == ["nims-machining-1:mms", "nims-machining-1:jpbl"]
    assert str(api.shop.people["ada"]) not in str(shown)
    asked = await api.ask("stranger", "POST", f"{place}/requests", json={"message": "Talk to us?"})
    assert asked.status_code == 201
    again = await api.ask("stranger", "POST", f"{place}/requests", json={"message": "Talk to us?"})
    assert again.status_code == 409
    own = (await api.ask("ada", "GET", "/findable")).json()
    assert [one["asked"] for one in own["looks"]] == [
        "",
        "credential nims-machining-1:mms and credential nims-machining-1:jpbl",
    ]
    (request,) = own["requests"]
    answer = {"agreed": True, "contact": "ada@example.org"}
    done = await api.ask("ada", "POST", f"/findable/requests/{request['id']}", json=answer)
    assert (done.status_code, done.json()["contact"]) == (201, "ada@example.org")
    (seen,) = (await api.ask("stranger", "GET", "/hiring/requests")).json()["requests"]
    assert (seen["shown"], seen["contact"]) == ("Ada Tran", "ada@example.org")
    ended = await api.ask("ada", "DELETE", f"/findable/{person['findable']}")
    assert ended.status_code == 204
    assert (await api.ask("stranger", "GET", place)).status_code == 404
    assert (await api.ask("stranger", "GET", "/hiring", params={"rule": BOTH})).json()["total"] == 0


async def test_another_employer_than_ones_own_is_not_searched_for(api: Api) -> None:
    params = {"rule": BOTH, "employer_id": str(api.shop.employer)}
    assert (await api.ask("stranger", "GET", "/hiring", params=params)).status_code == 404


async def test_hours_are_not_asked_of_people_found(api: Api) -> None:
    answer = await api.ask("stranger", "GET", "/hiring", params={"rule": "10 hours in ojl"})
    assert answer.status_code == 422
    assert "leave out hours" in answer.text
