"""Consent by the API: the college sees the record from that moment, and no longer after it is taken back."""

from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio


async def give(api: Api, who: str = "ben", **change: Any) -> Any:
    body = {"college_id": str(api.shop.college), "since": "2026-11-01", **change}
    return await api.ask(who, "POST", "/consents", json=body)


async def test_a_consent_opens_the_record_until_it_is_taken_back(own_api: Api) -> None:
    api = own_api
    path = f"{api.learner('ben')}/standing"
    assert (await api.ask("registrar", "GET", path)).status_code == 404
    given = await give(api)
    assert given.status_code == 201
    assert given.json()["college"]["name"] == "Lakeside College"
    assert (await api.ask("registrar", "GET", path)).status_code == 200
    assert (await api.ask("ben", "GET", "/consents")).json()["consents"] == [given.json()]
    taken = await api.ask("ben", "DELETE", f"/consents/{given.json()['id']}")
    assert (taken.status_code, taken.content) == (204, b"")
    assert (await api.ask("registrar", "GET", path)).status_code == 404
    assert (await api.ask("ben", "DELETE", f"/consents/{given.json()['id']}")).status_code == 404
    listed = (await api.ask("ben", "GET", "/consents")).json()["consents"]
    assert listed[0]["revoked_at"] is not None


async def test_the_same_consent_twice_is_refused(own_api: Api) -> None:
    assert (await give(own_api)).status_code == 201
    assert (await give(own_api)).status_code == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"until": "2026-10-01"}, 422),
        ({"until": "2026-11-01"}, 422),
        ({"since": None}, 400),
        ({"since": "tomorrow"}, 400),
        ({"college_id": "not-a-college"}, 400),
        ({"college_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"purpose": "marketing"}, 400),
    ],
)
async def test_a_consent_that_cannot_be_is_refused(api: Api, change: dict[str, Any], status: int) -> None:
    assert (await give(api, **change)).status_code == status


async def test_consent_is_given_to_colleges_only(api: Api) -> None:
    assert (await give(api, college_id=str(api.shop.employer))).status_code == 404


async def test_nobody_takes_back_the_consent_of_another(api: Api) -> None:
    consent = (await api.ask("ada", "GET", "/consents")).json()["consents"][0]["id"]
    for who in ("ben", "registrar", "admin", "stranger"):
        assert (await api.ask(who, "DELETE", f"/consents/{consent}")).status_code == 404


async def test_the_colleges_are_listed(api: Api) -> None:
    listed = (await api.ask("ada", "GET", "/colleges")).json()["colleges"]
    assert listed == [{"id": str(api.shop.college), "name": "Lakeside College"}]
