"""Whatever cannot be done is a problem document, never a page and never a 500."""

from typing import Any

import pytest

from tests.web.api.conftest import Api
from tests.web.shop import PASSWORD
from web.sessions import COOKIE

pytestmark = pytest.mark.anyio
PROBLEM = "application/problem+json"


async def raw(api: Api, method: str, path: str, who: str | None = "ada", **more: Any) -> Any:
    headers = {**(api.keys.header(who) if who else {}), **more.pop("headers", {})}
    return await api.client.request(method, path, headers=headers, **more)


def check_problem(response: Any, status: int) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    told = response.json()
    assert told["status"] == status
    assert told["type"] == "about:blank"
    assert told["title"]
    assert told["detail"].endswith(".")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/nothing",
        "/api/v2/account",
        "/api/v1/learners/not-a-uuid/standing",
        "/api/v1/learners/%00/standing",
        "/api/v1/learners/00000000-0000-4000-8000-000000000000/standing",
        "/api/v1/imports/00000000-0000-4000-8000-00000000000",
        "/api/v1/frameworks/%00",
        "/api/v1/frameworks/%ff%fe",
        "/api/v1/account/../../etc/passwd",
        "/api/v1/" + "x/" * 2000,
    ],
)
async def test_an_address_that_is_none_is_a_problem(api: Api, path: str) -> None:
    check_problem(await raw(api, "GET", path), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
async def test_a_method_that_is_none_says_which_there_are(api: Api, method: str) -> None:
    response = await raw(api, method, "/api/v1/account")
    check_problem(response, 405)
    assert "GET" in response.headers["allow"]


async def test_head_is_get_without_a_body(api: Api) -> None:
    for path in ("/api/v1/account", "/api/v1/programs/machinist", "/api/v1/openapi.json", "/api"):
        got, head = await raw(api, "GET", path), await raw(api, "HEAD", path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "etag", "content-security-policy"):
            assert head.headers.get(name) == got.headers.get(name)


async def test_options_says_which_methods_there_are_and_nothing_else(api: Api) -> None:
    response = await raw(api, "OPTIONS", f"/api/v1{api.learner('ada')}/evidence", None)
    assert (response.status_code, response.content) == (204, b"")
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))
    assert not [name for name in response.headers if name.startswith("access-control")]


BODIES = {
    "nothing": b"",
    "half": b'{"hours": 1',
    "no JSON": b"hours=1",
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "not UTF-8": b'{"note": "\xff\xfe"}',
    "half a character": b'{"note": "\\ud800"}',
    "UTF-16": '{"hours": 1}'.encode("utf-16"),
    "not a number": b'{"hours": NaN}',
    "infinite": b'{"hours": 1e999, "in": "ojl", "on": "2026-01-01"}',
    "five thousand digits": b'{"hours": 1' + b"0" * 5000 + b"}",
    "NUL": b"\0" * 100,
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_body_that_cannot_be_read_is_a_problem(api: Api, name: str) -> None:
    path = f"/api/v1{api.learner('ada')}/evidence"
    check_problem(await raw(api, "POST", path, content=BODIES[name]), 400)


async def test_a_body_that_is_too_large_is_a_problem(api: Api) -> None:
    path = f"/api/v1{api.learner('ada')}/evidence"
    check_problem(await raw(api, "POST", path, content=b" " * 8_000_001), 413)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("as_of=yesterday", "as_of"),
        ("as_of=0", "as_of"),
        ("as_of=2025-02-30", "as_of"),
        ("known_at=0", "known_at"),
        ("known_at=2025-01-01%2012:00", "known_at"),
        ("program=%00", "program"),
        ("program=" + "x" * 300, "program"),
    ],
)
async def test_a_question_that_cannot_be_read_is_a_problem(api: Api, query: str, where: str) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/standing?{query}")
    check_problem(response, 400)
    assert [error["where"] for error in response.json()["errors"]] == [where]
    assert "regex" not in response.text


@pytest.mark.parametrize("moment", ["2025-13-01", "2025-02-30T10:00Z", "9999-12-31T23:59:59-14:00"])
async def test_a_moment_that_never_comes_is_a_problem(api: Api, moment: str) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/standing", params={"known_at": moment})
    check_problem(response, 422)


@pytest.mark.parametrize(
    "authorization",
    ["Bearer nothing", "Bearer", "Bearer ", "Basic YTpi", "bearer \xff", "Bearer " + "x" * 5000, "\x01"],
)
async def test_a_key_that_opens_nothing_opens_nothing(api: Api, authorization: str) -> None:
    for path in ("/api/v1/account", "/api/v1/health"):
        response = await raw(
            api, "GET", path, None, headers={"Authorization": authorization.encode("latin-1")}
        )
        check_problem(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("cookie", ["x", "\xff", "a" * 5000, ""])
async def test_a_session_that_is_none_is_nobody(api: Api, cookie: str) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}".encode("latin-1")}
    check_problem(await raw(api, "GET", "/api/v1/account", None, headers=headers), 401)


async def test_a_key_for_reading_writes_nothing(api: Api) -> None:
    body = {"hours": 1, "in": "ojl", "on": "2026-11-20"}
    for method, path in (("POST", f"{api.learner('ada')}/evidence"), ("POST", "/consents")):
        response = await api.ask("ada:read", method, path, json=body)
        check_problem(response, 403)
        assert response.json()["detail"] == "This key is not for writing."
    assert (await api.ask("ada:read", "GET", "/account")).json()["scopes"] == ["read"]
    assert (await api.ask("ada", "GET", "/account")).json()["scopes"] == ["read", "write"]


async def test_a_session_works_too_from_our_own_pages_only(own_api: Api) -> None:
    api = own_api
    form = {"login": "ada", "password": PASSWORD}
    signed = await raw(api, "POST", "/sign-in", None, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert signed.status_code == 303
    assert (await raw(api, "GET", "/api/v1/account", None)).json()["person"]["name"] == "Ada Tran"
    path, body = f"/api/v1{api.learner('ada')}/evidence", {"hours": 1, "in": "ojl", "on": "2026-11-20"}
    for headers in (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "["},
    ):
        check_problem(await raw(api, "POST", path, None, json=body, headers=headers), 403)
    ours = await raw(api, "POST", path, None, json=body, headers={"Sec-Fetch-Site": "same-origin"})
    assert ours.status_code == 201


async def test_who_asks_is_told_who_they_are(api: Api) -> None:
    answer = (await api.ask("mentor", "GET", "/account")).json()
    assert answer["person"] == {"id": str(api.shop.people["mentor"]), "name": "Maria Ortiz"}
    assert [(one["role"], one["organisation"]["name"]) for one in answer["roles"]] == [
        ("mentor", "Keystone Precision")
    ]


async def test_health_is_open_and_says_little(api: Api) -> None:
    response = await api.ask(None, "GET", "/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
