"""Errands that were given up, over HTTP and on the administrator's page."""

import pytest

from apprenticeship.outbox.services import ask, hand_out
from apprenticeship.proposals import asking
from apprenticeship.store import transaction
from tests.apprenticeship.acting import rows, value
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio


async def give_up_one() -> int:
    async with transaction():
        await ask(asking.LOOK, "Ada Tran", {"people": ["Ada Tran"]}, now=NOW)
    (errand,) = await hand_out(now=NOW)
    await rows(
        "UPDATE outbox SET state = 'dead', leased_until = NULL, attempts = 9, finished_at = $1, "
        "last_error = 'KeyError: Ada Tran' WHERE id = $2 RETURNING id",
        NOW,
        errand.id,
    )
    return errand.id


async def test_an_administrator_reads_and_retries_what_was_given_up(own_api: Api) -> None:
    number = await give_up_one()
    listed = await own_api.ask("admin:read", "GET", "/errands/given-up")
    assert listed.status_code == 200
    assert "Ada" not in listed.text
    (told,) = listed.json()["errands"]
    assert (told["errand"], told["attempts"], told["reason"]) == (number, 9, "KeyError")
    assert told["purpose"] == "See whether wage steps are reached"
    assert told["instead"] is None
    seen = {"attempts": 9}
    for wrong in ({}, {"attempts": "9"}, {"attempts": -1}, {"attempts": 9, "id": 1}):
        assert (await own_api.ask("admin", "POST", f"/errands/{number}/retry", json=wrong)).status_code == 400
    missed = await own_api.ask("admin", "POST", f"/errands/{number}/retry", json={"attempts": 8})
    assert missed.status_code == 409
    key = {"headers": {"Idempotency-Key": "again"}}
    assert (await own_api.ask("admin:read", "POST", f"/errands/{number}/retry", json=seen)).status_code == 403
    first = await own_api.ask("admin", "POST", f"/errands/{number}/retry", json=seen, **key)
    again = await own_api.ask("admin", "POST", f"/errands/{number}/retry", json=seen, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"errand": number, "topic": asking.LOOK}
    assert again.headers["idempotent-replayed"] == "true"
    assert (await own_api.ask("admin", "POST", f"/errands/{number}/retry", json=seen)).status_code == 404
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'errand.retry'") == 1
    assert (await own_api.ask("admin", "GET", "/errands/given-up")).json() == {"errands": []}


async def test_a_number_beyond_all_errands_is_none(own_api: Api) -> None:
    seen = {"attempts": 9}
    for number in (0, -1, 2**31, 2**63, 10**40):
        found = await own_api.ask("admin", "POST", f"/errands/{number}/retry", json=seen)
        assert found.status_code == 404, number
