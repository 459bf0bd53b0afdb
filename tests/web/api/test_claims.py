"""Credit for previous experience by the API."""

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.enrolments.services import enrol
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
CLAIM = {"applied_on": "2026-11-20", "hours_by_process": {"milling": 120.5}, "documents": ["Letter"]}


async def registered_today(api: Api) -> None:
    boss = await actor_of_person(api.shop.people["admin"])
    person, sponsor = api.shop.people["ada"], api.shop.employer
    await enrol(boss, person, sponsor=sponsor, program="machinist", registered=NOW.date(), now=NOW)


async def test_a_claim_is_made_decided_and_told(own_api: Api) -> None:
    api = own_api
    await registered_today(api)
    path = f"{api.learner('ada')}/standing-claims"
    made = await api.ask("ada", "POST", path, json=CLAIM)
    assert (made.status_code, made.json()["outcome"], made.json()["decision"]) == (201, "waiting", None)
    assert (await api.ask("ada", "POST", path, json=CLAIM)).status_code == 409
    number = made.json()["id"]
    decision = {"hours_by_process": {"milling": 100}, "reason": "Seen at the machine."}
    over = {**decision, "hours_by_process": {"milling": 121}}
    refused = await api.ask("employer", "POST", f"{path}/{number}/decision", json=over)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "hours-milling")
    decided = await api.ask("employer", "POST", f"{path}/{number}/decision", json=decision)
    assert (decided.status_code, decided.json()["outcome"]) == (201, "granted in part")
    assert decided.json()["decision"]["granted"] == {"milling": 100}
    assert decided.json()["decision"]["tell_by"] == "2027-01-05"
    assert (await api.ask("employer", "POST", f"{path}/{number}/decision", json=decision)).status_code == 409
    told = await api.ask("employer", "POST", f"{path}/{number}/told", json={"told_on": "2026-11-21"})
    assert told.json()["decision"]["told_on"] == "2026-11-21"
    assert (await api.ask("ada", "GET", path)).json() == {"claims": [told.json()]}
    standing = (await api.ask("ada", "GET", f"{api.learner('ada')}/standing")).json()
    assert standing["hours"]["milling"]["approved"] == 108


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"applied_on": "2026-11-22"}, 422),
        ({"documents": []}, 422),
        ({"hours_by_process": {}}, 422),
        ({"hours_by_process": {"milling": -1}}, 400),
        ({"hours_by_process": {"milling": "9"}}, 400),
        ({"hours_by_process": {"milling": 100_001}}, 400),
        ({"hours_by_process": {"welding": 9}}, 422),
        ({"hours": 9}, 400),
    ],
)
async def test_what_is_no_claim_is_refused(own_api: Api, change: dict[str, object], status: int) -> None:
    api = own_api
    await registered_today(api)
    path = f"{api.learner('ada')}/standing-claims"
    assert (await api.ask("ada", "POST", path, json={**CLAIM, **change})).status_code == status
