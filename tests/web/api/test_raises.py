"""Raises by the API: who is due, what a step pays, awarding; equal to what the engine says."""

import asyncio
from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.apprenticeship.proposals.working import jpbl, let_object, revoke
from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
S2: dict[str, Any] = {"program": "machinist", "step": "s2", "effective_on": "2026-11-20"}


async def award(api: Api, body: dict[str, Any], who: str = "employer", learner: str = "ada") -> Any:
    return await api.ask(who, "POST", f"{api.learner(learner)}/raises", json=body)


async def test_raises_due_stand_first_and_agree_with_the_standing(api: Api) -> None:
    crew = (await api.ask("employer", "GET", "/raises")).json()["crew"]
    assert [one["due"] for one in crew] == sorted((one["due"] for one in crew), reverse=True)
    assert {one["learner"]["name"] for one in crew} >= {"Ada Tran", "Ben Okafor", "Cho Park"}
    for member in crew:
        path = f"/learners/{member['learner']['id']}/standing"
        wage = (await api.ask("employer", "GET", path)).json()["wage"]
        assert member["reached"]["id"] == wage["step"]
        assert member["reached"]["usd_per_hour"] == wage["usd_per_hour"]
        assert member["next"]["id"] == wage["next"]
        assert member["progress"] == wage["progress"]


async def test_a_step_reached_is_awarded_once(own_api: Api) -> None:
    api = own_api
    given = await award(api, S2)
    assert given.status_code == 201
    assert given.json()["because"] == ["e000000001", "e000000002"]
    assert (await award(api, S2)).status_code == 409
    ladder = (await api.ask("ada", "GET", f"{api.learner('ada')}/raises")).json()
    assert [one["step"] for one in ladder["awarded"]] == ["s2"]
    assert ladder["awarded"][0] == given.json()
    assert [step["usd_per_hour"] for step in ladder["steps"]][:2] == ["17.60", "19.84"]
    crew = (await api.ask("employer", "GET", "/raises")).json()["crew"]
    ada = next(one for one in crew if one["learner"]["name"] == "Ada Tran")
    assert (ada["due"], ada["awarded"]["id"]) == (False, "s2")


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"step": "s3"}, 422, "effective_on"),
        ({"step": "machinist:s3"}, 422, "effective_on"),
        ({"step": "s99"}, 422, "step"),
        ({"effective_on": "2025-05-01"}, 422, "effective_on"),
        ({"effective_on": "2026-11-22"}, 422, "effective_on"),
        ({"effective_on": 0}, 400, "effective_on"),
        ({"program": "cnc-machinist-hybrid"}, 404, None),
        ({"program": "no program"}, 400, "program"),
        ({"cents": 1}, 400, "cents"),
    ],
)
async def test_what_the_rules_do_not_say_is_not_awarded(
    api: Api, change: dict[str, Any], status: int, where: str | None
) -> None:
    response = await award(api, {**S2, **change})
    assert response.status_code == status
    assert where is None or where in [error["where"] for error in response.json()["errors"]]


@pytest.mark.parametrize("who", ["ada", "mentor", "registrar", "admin", "stranger"])
async def test_only_the_employer_awards(api: Api, who: str) -> None:
    assert (await award(api, S2, who)).status_code == 404


async def test_nobody_reads_wages_of_others(api: Api) -> None:
    for who, status in {"mentor": 404, "registrar": 404, "ben": 404, "stranger": 404, "admin": 200}.items():
        assert (await api.ask(who, "GET", f"{api.learner('ada')}/raises")).status_code == status


LATER: dict[str, Any] = {
    "program": "machinist",
    "step": "s2",
    "kind": "postponed",
    "postponed_until": "2026-12-05",
    "reason": "After the stocktaking.",
}


async def test_a_raise_is_put_off_given_and_taken_back_with_its_history(own_api: Api) -> None:
    api, path = own_api, f"{own_api.learner('ada')}/raises"
    off = (await award(api, LATER)).json()
    crew = (await api.ask("employer", "GET", "/raises")).json()["crew"]
    ada = next(one for one in crew if one["learner"]["name"] == "Ada Tran")
    assert (ada["due"], ada["set_aside"]) == (False, off)
    given = (await award(api, S2)).json()
    assert (given["usd_per_hour_before"], given["usd_per_hour_after"]) == ("17.60", "19.84")
    body = {"reason": "The wrong person."}
    for _ in range(2):
        key = {"Idempotency-Key": "once"}
        undone = await api.ask("employer", "POST", f"{path}/{given['id']}/undo", json=body, headers=key)
        assert (undone.status_code, undone.json()["refers_to"]) == (201, given["id"])
    assert (await api.ask("employer", "POST", f"{path}/{given['id']}/undo", json=body)).status_code == 409
    again = await api.ask("employer", "POST", f"{path}/{undone.json()['id']}/undo", json=body)
    assert (again.status_code, again.json()["errors"][0]["where"]) == (422, "decision")
    told = (await api.ask("ada", "GET", path)).json()
    kinds = [(one["kind"], one["in_force"], one["reason"]) for one in told["decisions"]]
    assert kinds == [
        ("postponed", True, "After the stocktaking."),
        ("approved", False, None),
        ("undone", False, "The wrong person."),
    ]
    assert told["awarded"] == []


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"reason": None}, 422, "reason"),
        ({"reason": ""}, 400, "reason"),
        ({"postponed_until": None}, 422, "postponed_until"),
        ({"postponed_until": "2026-11-21"}, 422, "postponed_until"),
        ({"effective_on": "2026-11-20"}, 422, "effective_on"),
        ({"kind": "undone"}, 400, "kind"),
        ({"kind": "denied"}, 422, "postponed_until"),
        ({"kind": "approved"}, 422, "effective_on"),
    ],
)
async def test_a_decision_that_does_not_hold_together_is_refused_at_its_place(
    api: Api, change: dict[str, Any], status: int, where: str
) -> None:
    response = await award(api, {**LATER, **change})
    assert response.status_code == status
    assert where in [error["where"] for error in response.json()["errors"]]


async def test_fifty_who_approve_at_once_make_one_decision_and_49_are_told_who_was_first(
    own_api: Api,
) -> None:
    answers = await asyncio.gather(*(award(own_api, S2) for _ in range(50)))
    assert Counter(one.status_code for one in answers) == {201: 1, 409: 49}
    told = {one.json()["detail"] for one in answers if one.status_code == 409}
    assert told == {"This was given already by Rosa Novak on 21 November 2026; nothing was changed."}
    ladder = (await own_api.ask("ada", "GET", f"{own_api.learner('ada')}/raises")).json()
    assert [one["kind"] for one in ladder["decisions"]] == ["approved"]


async def test_proposals_are_listed_for_those_who_may_know_wages(api: Api) -> None:
    path = f"{api.learner('ada')}/raises/proposals"
    for who, status in {"ada": 200, "employer": 200, "admin": 200, "mentor": 404, "stranger": 404}.items():
        assert (await api.ask(who, "GET", path)).status_code == status
    (proposal,) = (await api.ask("ada", "GET", path)).json()["proposals"]
    assert (proposal["step"], proposal["kind"], proposal["open"]) == ("s2", "raise", True)
    assert proposal["holds_since"] == "2025-06-02"
    assert proposal["because"] == ["e000000001", "e000000002"]


async def test_a_denial_is_appealed_once_and_answered_by_deciding_again(own_api: Api) -> None:
    api, path = own_api, f"{own_api.learner('ada')}/raises"
    denied = (
        await award(api, {"program": "machinist", "step": "s2", "kind": "denied", "reason": "No."})
    ).json()
    body = {"decision_id": denied["id"], "reason": "The log was in on the ninth."}
    for _ in range(2):
        key = {"Idempotency-Key": "once"}
        said = await api.ask("ada", "POST", f"{path}/appeals", json=body, headers=key)
        assert (said.status_code, said.json()["kind"], said.json()["open"]) == (201, "appeal", True)
    assert (await api.ask("ada", "POST", f"{path}/appeals", json=body)).status_code == 409
    assert (await api.ask("employer", "POST", f"{path}/appeals", json=body)).status_code == 404
    both = {**body, "proposal_id": 1}
    refused = await api.ask("ada", "POST", f"{path}/appeals", json=both)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "decision")
    assert (await award(api, S2)).status_code == 201
    (statement,) = (await api.ask("ada", "GET", f"{path}/proposals")).json()["statements"]
    assert (statement["id"], statement["open"]) == (said.json()["id"], False)


async def test_an_appeal_is_answered_by_leaving_things_as_they_are(own_api: Api) -> None:
    api, path = own_api, f"{own_api.learner('ada')}/raises"
    denial = {"program": "machinist", "step": "s2", "kind": "denied", "reason": "No."}
    denied = (await award(api, denial)).json()
    about = {"decision_id": denied["id"], "reason": "The log was in on the ninth."}
    said = (await api.ask("ada", "POST", f"{path}/appeals", json=about)).json()
    address, body = f"{path}/appeals/{said['id']}/answer", {"reason": "It was the log of May."}
    assert (await api.ask("ada", "POST", address, json=body)).status_code == 404
    assert (await api.ask("employer", "POST", address, json={"reason": " "})).status_code == 422
    kept = await api.ask("employer", "POST", address, json=body)
    assert (kept.status_code, kept.json()["kind"], kept.json()["decision_id"]) == (
        201,
        "upheld",
        denied["id"],
    )
    assert (await api.ask("employer", "POST", address, json=body)).status_code == 409
    statements = (await api.ask("ada", "GET", f"{path}/proposals")).json()["statements"]
    assert [(one["kind"], one["open"]) for one in statements] == [("appeal", False), ("upheld", False)]
    assert [one["kind"] for one in (await api.ask("ada", "GET", path)).json()["decisions"]] == ["denied"]


async def test_an_objection_takes_reasons_a_rule_and_no_decision_before(own_api: Api) -> None:
    api, path = own_api, f"{own_api.learner('ada')}/raises/proposals"
    (proposal,) = (await api.ask("employer", "GET", path)).json()["proposals"]
    address, body = f"{path}/{proposal['id']}/objection", {"reason": "Two log books are missing."}
    refused = await api.ask("employer", "POST", address, json=body)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "proposal")
    await let_object(api.shop)
    assert (await api.ask("employer", "POST", address, json={"reason": ""})).status_code == 400
    said = await api.ask("employer", "POST", address, json=body)
    assert (said.status_code, said.json()["proposal_id"]) == (201, proposal["id"])
    assert (await api.ask("employer", "POST", address, json=body)).status_code == 409
    about = {"proposal_id": proposal["id"], "reason": "They are on the shelf."}
    assert (
        await api.ask("ada", "POST", f"{api.learner('ada')}/raises/appeals", json=about)
    ).status_code == 201


async def test_a_correction_is_accepted_with_a_reason_and_takes_the_raise_back(own_api: Api) -> None:
    api, path = own_api, f"{own_api.learner('ada')}/raises"
    given = (await award(api, S2)).json()
    await revoke(api.shop, await jpbl(api.shop), day=date(2026, 11, 18))
    flow = (await api.ask("ada", "GET", f"{path}/proposals")).json()
    correction = flow["proposals"][-1]
    assert (correction["kind"], correction["refers_to"], correction["open"]) == (
        "correction",
        given["id"],
        True,
    )
    assert (correction["holds_since"], correction["lost_on"]) == (None, "2026-11-18")
    address = f"{path}/proposals/{correction['id']}/answer"
    assert (await api.ask("employer", "POST", address, json={"accept": 1, "reason": "x"})).status_code == 400
    body = {"accept": True, "reason": "The test was withdrawn."}
    assert (await api.ask("employer", "POST", address, json=body)).json()["kind"] == "accepted"
    assert (await api.ask("employer", "POST", address, json=body)).status_code == 409
    kinds = [one["kind"] for one in (await api.ask("ada", "GET", path)).json()["decisions"]]
    assert kinds == ["approved", "undone"]
