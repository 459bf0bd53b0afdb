"""Reading evidence, handing it in, and signing it off: what one does the others see at once."""

import asyncio
from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
HOURS = {"hours": 7.5, "in": "milling", "on": "2026-11-20", "note": "Zweite Vorrichtung ☃"}


async def hand_in(api: Api, body: dict[str, Any], who: str = "ada", **headers: str) -> Any:
    return await api.ask(who, "POST", f"{api.learner('ada')}/evidence", json=body, headers=headers)


async def test_evidence_is_written_as_the_contract_writes_it(api: Api) -> None:
    rows = (await api.ask("mentor", "GET", f"{api.learner('ada')}/evidence")).json()["evidence"]
    said = [
        {key: row[key] for key in row if key not in ("row", "recorded", "recorded_by", "id")} for row in rows
    ]
    assert {
        "credential": "nims-machining-1:tcs1",
        "part": "theory",
        "on": "2025-09-01",
        "status": "verified",
        "by": "NIMS",
    } in said
    assert {"hours": 8, "in": "milling", "on": "2025-05-09", "status": "verified"} in said
    assert {"competency": "nims-machining-1:chucking", "on": "2026-11-17", "status": "submitted"} in said


async def test_evidence_of_another_person_is_missing_from_this_record(api: Api) -> None:
    rows = (await api.ask("ben", "GET", f"{api.learner('ben')}/evidence")).json()["evidence"]
    own = await api.ask("ben", "GET", f"{api.learner('ben')}/evidence/{rows[0]['id']}")
    assert own.status_code == 200
    elsewhere = await api.ask("mentor", "GET", f"{api.learner('ada')}/evidence/{rows[0]['id']}")
    assert elsewhere.status_code == 404


@pytest.mark.parametrize("key", ["e0", "e1", "x", "e-00000001", "e000000999", "e" + "9" * 40, "e%00", "%ff"])
async def test_an_id_that_names_nothing_is_missing(api: Api, key: str) -> None:
    response = await api.client.get(
        f"/api/v1{api.learner('ada')}/evidence/{key}", headers=api.keys.header("ada")
    )
    assert response.status_code == 404


async def test_hours_handed_in_are_signed_off_and_count_at_once(own_api: Api) -> None:
    api = own_api
    before = (await api.ask("employer", "GET", f"{api.learner('ada')}/standing")).json()["hours"]["milling"]
    added = await hand_in(api, HOURS)
    assert added.status_code == 201
    assert added.json()["status"] == "submitted"
    assert added.json()["note"] == HOURS["note"]
    waiting = (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"]
    mine = [one["evidence"]["row"] for one in waiting if one["learner"]["name"] == "Ada Tran"]
    assert len(mine) == 2
    body = {"verdict": "sign_off", "rows": [{"row": row} for row in mine], "note": "Seen."}
    decided = (await api.ask("mentor", "POST", "/sign-offs", json=body)).json()["decided"]
    assert [one["status"] for one in decided] == ["verified", "verified"]
    standing = (await api.ask("employer", "GET", f"{api.learner('ada')}/standing")).json()
    assert standing["hours"]["milling"]["counted"] == before["counted"] + 7.5
    assert standing["competencies"]["chucking"]["state"] == "met"
    history = await api.ask("ada", "GET", f"{api.learner('ada')}/evidence/{added.json()['id']}")
    assert [row["status"] for row in history.json()["evidence"]] == ["submitted", "verified"]
    again = await api.ask("mentor", "POST", "/sign-offs", json=body)
    assert again.status_code == 409


async def test_what_is_sent_back_needs_a_reason_and_no_rating(own_api: Api) -> None:
    api = own_api
    waiting = (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"]
    row = {"row": waiting[0]["evidence"]["row"]}
    bare: dict[str, Any] = {"verdict": "send_back", "rows": [row]}
    assert (await api.ask("mentor", "POST", "/sign-offs", json=bare)).json()["errors"][0]["where"] == "note"
    rated = {"verdict": "send_back", "rows": [{**row, "rating": 2}], "note": "No."}
    told = (await api.ask("mentor", "POST", "/sign-offs", json=rated)).json()
    assert told["errors"][0]["where"] == "rows[0].rating"
    sent = await api.ask("mentor", "POST", "/sign-offs", json={**bare, "note": "Measure it again."})
    assert sent.json()["decided"][0]["status"] == "rejected"
    assert sent.json()["decided"][0]["note"] == "Measure it again."


async def test_several_are_decided_together_or_not_at_all(own_api: Api) -> None:
    api = own_api
    waiting = (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"]
    rows = [{"row": one["evidence"]["row"]} for one in waiting]
    body = {"verdict": "sign_off", "rows": [*rows, {"row": 2**63 - 1}]}
    assert (await api.ask("mentor", "POST", "/sign-offs", json=body)).status_code == 404
    assert (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"] == waiting


async def test_a_rating_is_of_the_scale(own_api: Api) -> None:
    api = own_api
    waiting = (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"]
    row = waiting[0]["evidence"]["row"]
    wrong = await api.ask(
        "mentor", "POST", "/sign-offs", json={"verdict": "sign_off", "rows": [{"row": row, "rating": 9}]}
    )
    assert wrong.status_code == 422
    right = await api.ask(
        "mentor", "POST", "/sign-offs", json={"verdict": "sign_off", "rows": [{"row": row, "rating": 4}]}
    )
    assert right.json()["decided"][0]["rating"] == 4


CLAIMS: list[dict[str, Any]] = [
    {"competency": "layout", "on": "2026-11-01"},
    {"competency": "nims-machining-1:layout", "on": "2026-11-01", "rating": 3, "draft": True},
    {"credential": "cmp", "part": "theory", "on": "2026-11-01", "by": "NIMS"},
    {"credential": "cmp", "on": "2026-11-01", "result": "fail"},
    {"hours": 4, "in": "ojl", "on": "2026-11-01"},
    {"hours": 4, "in": "rti", "on": "2026-11-01"},
]


@pytest.mark.parametrize("claim", CLAIMS)
async def test_every_kind_of_evidence_can_be_handed_in(own_api: Api, claim: dict[str, Any]) -> None:
    response = await hand_in(own_api, claim)
    assert response.status_code == 201
    said = response.json()
    for key in claim.keys() - {"draft", "competency", "credential"}:
        assert said[key] == claim[key]
    assert said["status"] == ("claimed" if claim.get("draft") else "submitted")


REFUSED: list[tuple[Any, int, str]] = [
    ({"hours": "7", "in": "milling", "on": "2026-11-20"}, 400, "hours"),
    ({"hours": True, "in": "milling", "on": "2026-11-20"}, 400, "hours"),
    ({"hours": 7, "in": "milling", "on": 0}, 400, "on"),
    ({"hours": 7, "in": "milling", "on": "1763596800"}, 400, "on"),
    ({"hours": 7, "in": "milling", "on": "2026-11-20T00:00:00"}, 400, "on"),
    ({"hours": 7, "in": "milling"}, 400, "on"),
    ({"hours": 7, "in": "mill\0ing", "on": "2026-11-20"}, 400, "in"),
    ({**HOURS, "note": "a\0b"}, 400, "note"),
    ({**HOURS, "note": "x" * 5000}, 400, "note"),
    ({**HOURS, "nota": "x"}, 400, "nota"),
    ({**HOURS, "hours": 10**400}, 400, "hours"),
    ({"competency": "layout", "on": "2026-11-20", "rating": 3.0}, 400, "rating"),
    ({"competency": "layout", "on": "2026-11-20", "rating": 10**30}, 400, "rating"),
    ({"waiver": {"competency": "layout"}, "reason": "no", "on": "2026-11-20"}, 400, ""),
    ([], 400, ""),
    (None, 400, ""),
    ({**HOURS, "in": "weaving"}, 422, "in"),
    ({**HOURS, "hours": 25}, 422, "hours"),
    ({**HOURS, "on": "2026-11-22"}, 422, "on"),
    ({"competency": "layout", "on": "2026-11-20", "rating": 99}, 422, "rating"),
    ({"competency": "flying", "on": "2026-11-20"}, 422, "competency"),
    ({"credential": "mms", "part": "flying", "on": "2026-11-20"}, 422, "part"),
]


@pytest.mark.parametrize(("body", "status", "where"), REFUSED)
async def test_what_cannot_be_is_refused_at_its_place(api: Api, body: Any, status: int, where: str) -> None:
    response = await hand_in(api, body)
    assert response.status_code == status
    assert where in [error["where"] for error in response.json()["errors"]]


async def test_the_same_command_is_carried_out_once(own_api: Api) -> None:
    api = own_api
    key = {"Idempotency-Key": "a-word-of-mine"}
    answers = [await hand_in(api, HOURS, **key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None, "true", "true"]
    rows = (await api.ask("ada", "GET", f"{api.learner('ada')}/evidence")).json()["evidence"]
    assert [row.get("hours") for row in rows].count(7.5) == 1
    other = await hand_in(api, {**HOURS, "hours": 8}, **key)
    assert other.status_code == 422
    assert other.json()["errors"][0]["where"] == "Idempotency-Key"


async def test_a_refused_command_leaves_its_key_free(own_api: Api) -> None:
    key = {"Idempotency-Key": "k"}
    assert (await hand_in(own_api, {**HOURS, "hours": 25}, **key)).status_code == 422
    assert (await hand_in(own_api, HOURS, **key)).status_code == 201


async def test_sent_ten_times_at_once_it_is_carried_out_once(own_api: Api) -> None:
    api = own_api
    answers = await asyncio.gather(
        *(hand_in(api, HOURS, **{"Idempotency-Key": "at-once"}) for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b"])
async def test_a_key_that_is_no_word_is_refused(api: Api, key: str) -> None:
    response = await hand_in(api, HOURS, **{"Idempotency-Key": key})
    assert response.status_code == 400
    assert response.json()["errors"][0]["where"] == "Idempotency-Key"


async def test_fifty_sign_offs_at_once_make_one(own_api: Api) -> None:
    api = own_api
    waiting = (await api.ask("mentor", "GET", "/sign-offs")).json()["waiting"]
    body = {"verdict": "sign_off", "rows": [{"row": waiting[0]["evidence"]["row"]}]}
    answers = await asyncio.gather(*(api.ask("mentor", "POST", "/sign-offs", json=body) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 49
