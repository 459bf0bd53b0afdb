"""Importing a roster by the API: checked first, then decided; nothing of another organisation."""

from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
GOOD = "number,name,program,registered\n1001,Ann Öz,machinist,2026-01-05\n"
BAD = GOOD + "1002,,machinist,2026-01-05\n1003,Bo Li,weaver,2026-01-05\n"


async def check(api: Api, text: str | bytes, who: str = "employer", **query: str) -> Any:
    params = {"organisation_id": str(api.shop.employer), "file_name": "crew.csv", **query}
    content = text if isinstance(text, bytes) else text.encode()
    return await api.ask(who, "POST", "/imports", params=params, content=content)


async def test_a_file_is_checked_then_started_once(own_api: Api) -> None:
    api = own_api
    checked = await check(api, GOOD)
    assert checked.status_code == 201
    answer = checked.json()
    assert (answer["state"], answer["rows_total"], answer["findings"]) == ("planned", 1, [])
    assert answer["summary"] == {"people": 1, "enrolments": 1, "credentials": 0, "hours": 0}
    path = f"/imports/{answer['id']}"
    assert (await api.ask("admin", "GET", path)).json() == answer
    started = await api.ask("employer", "POST", f"{path}/decision", json={"keep": "all"})
    assert (started.status_code, started.json()["state"]) == (202, "running")
    again = await api.ask("employer", "POST", f"{path}/decision", json={"keep": "all"})
    assert again.status_code == 409
    listed = (await api.ask("employer", "GET", "/imports")).json()["imports"]
    assert [(one["id"], one["keep"]) for one in listed] == [(answer["id"], "all")]


async def test_bad_rows_are_named_and_the_person_chooses(own_api: Api) -> None:
    api = own_api
    answer = (await check(api, BAD)).json()
    assert [(one["row"], one["column"]) for one in answer["findings"]] == [(3, "name"), (4, "program")]
    assert all(one["what"] and one["right"] for one in answer["findings"])
    path = f"/imports/{answer['id']}/decision"
    assert (await api.ask("employer", "POST", path, json={"keep": "all"})).status_code == 422
    assert (await api.ask("employer", "POST", path, json={"keep": "some"})).status_code == 400
    assert (await api.ask("employer", "POST", path, json={"keep": "good"})).status_code == 202


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"number,name\n\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b'a,"b', b"a\0b"]
)
async def test_a_file_that_cannot_be_read_is_refused(api: Api, content: bytes) -> None:
    assert (await check(api, content)).status_code == 422


async def test_nothing_is_imported_for_others(api: Api) -> None:
    for who in ("registrar", "stranger"):
        assert (await check(api, GOOD, who)).status_code == 404
    for who in ("ada", "mentor"):
        assert (await check(api, GOOD, who)).status_code == 403
    elsewhere = await check(api, GOOD, organisation_id=str(api.shop.other_employer))
    assert elsewhere.status_code == 404


async def test_an_import_of_another_organisation_is_missing(own_api: Api) -> None:
    api = own_api
    path = f"/imports/{(await check(api, GOOD)).json()['id']}"
    for who in ("registrar", "stranger"):
        assert (await api.ask(who, "GET", path)).status_code == 404
        decision = await api.ask(who, "POST", f"{path}/decision", json={"keep": "all"})
        assert decision.status_code == 404
        assert (await api.ask(who, "GET", "/imports")).json() == {"imports": []}
