"""House rules and late logs by the API: set in versions, felt where a raise is decided, excused."""

from typing import Any

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
EVERYTHING: dict[str, Any] = {
    "since": "2026-11-01",
    "late_logs": {"kind": "month_per_report", "due_day": 10},
    "objection_days": 21,
    "second_approval_above_usd": "5.00",
    "paid_from": "next_period",
    "pay_period": {"every": "fortnight", "anchor": "2025-06-02"},
    "minimum_wages": [{"since": "2026-01-01", "usd_per_hour": "16.94"}],
}
S2 = {"program": "machinist", "step": "s2", "effective_on": "2025-06-02"}


async def setting(api: Api, who: str = "employer", **change: Any) -> Any:
    body = {"organisation_id": str(api.shop.employer), **EVERYTHING, **change}
    return await api.ask(who, "POST", "/house-rules", json=body)


async def test_rules_are_entered_in_versions_and_read_back(own_api: Api) -> None:
    api = own_api
    (before,) = (await api.ask("employer", "GET", "/house-rules")).json()["organisations"]
    assert before["in_force"]["late_logs"] is None
    assert before["versions"] == []
    entered = await setting(api)
    assert entered.status_code == 201
    rules = {key: value for key, value in EVERYTHING.items() if key != "since"}
    assert entered.json()["rules"] == rules
    assert (await setting(api)).json() == entered.json(), "the same again is the version that is there"
    assert (await setting(api, since="2027-01-01", late_logs=None)).status_code == 201
    (after,) = (await api.ask("admin", "GET", "/house-rules")).json()["organisations"]
    assert after["in_force"] == rules
    assert [one["since"] for one in after["versions"]] == ["2026-11-01", "2027-01-01"]


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"late_logs": {"kind": "x", "due_day": 10}}, 400, "late_logs.kind"),
        ({"late_logs": {"kind": "day_per_day", "due_day": 29}}, 400, "late_logs.due_day"),
        ({"objection_days": "21"}, 400, "objection_days"),
        ({"second_approval_above_usd": 5}, 400, "second_approval_above_usd"),
        ({"second_approval_above_usd": "5000.00"}, 422, "second_approval_above_usd"),
        ({"pay_period": None}, 422, "pay_period"),
        ({"pay_period": {"every": "month", "anchor": "2026-01-31"}}, 422, "pay_period.anchor"),
        ({"minimum_wages": [{"since": "2026-01-01", "usd_per_hour": "0.00"}]}, 422, "minimum_wages"),
        ({"since": "1066-01-01"}, 422, "since"),
        ({"since": "2099-01-01"}, 422, "since"),
    ],
)
async def test_what_does_not_hold_together_is_refused_at_its_place(
    api: Api, change: dict[str, Any], status: int, where: str
) -> None:
    refused = await setting(api, **change)
    assert refused.status_code == status, refused.text
    assert where in [one["where"] for one in refused.json()["errors"]]


async def test_only_those_of_the_organisation_set_its_rules(api: Api) -> None:
    assert (await setting(api, "stranger")).status_code == 404
    assert (await setting(api, organisation_id=str(api.shop.college))).status_code == 404
    for who in ("ada", "mentor", "registrar", "agency"):
        assert (await setting(api, who)).status_code == 403


async def test_a_late_log_is_read_appealed_and_excused(own_api: Api) -> None:
    api = own_api
    path = api.learner("ada")
    await setting(api, second_approval_above_usd=None, paid_from="reached")
    held = (await api.ask("ada", "GET", f"{path}/late-logs")).json()
    assert held["logs"] == [
        {"month": "2026-10-01", "due": "2026-11-10", "handed_in": None, "days_late": 11, "excused": False}
    ]
    assert held["why"] == "No raise before the log of October 2026 is handed in or excused."
    assert (await api.ask("employer", "POST", f"{path}/raises", json=S2)).status_code == 422
    appeal = {"program": "machinist", "month": "2026-10-05", "reason": "I was ill."}
    key = {"Idempotency-Key": "appeal"}
    for _ in range(2):
        asked = await api.ask("ada", "POST", f"{path}/late-logs/appeals", json=appeal, headers=key)
        assert (asked.status_code, asked.json()["kind"]) == (201, "asked")
    excuse = appeal | {"excused": True, "reason": "Seen the note."}
    excused = await api.ask("employer", "POST", f"{path}/late-logs/excuses", json=excuse)
    assert (excused.status_code, excused.json()["month"]) == (201, "2026-10-01")
    assert (await api.ask("employer", "POST", f"{path}/late-logs/excuses", json=excuse)).status_code == 409
    freed = (await api.ask("employer", "GET", f"{path}/late-logs")).json()
    assert (freed["paid_from"], freed["why"]) == ("2025-06-02", None)
    assert [one["kind"] for one in freed["said"]] == ["asked", "excused"]
    assert (await api.ask("employer", "POST", f"{path}/raises", json=S2)).status_code == 201


async def test_a_first_approval_is_answered_as_one(own_api: Api) -> None:
    api = own_api
    await setting(api, second_approval_above_usd="1.00", late_logs=None)
    path = f"{api.learner('ada')}/raises"
    first = (await api.ask("employer", "POST", path, json=S2)).json()
    assert (first["kind"], first["step"], first["completed_by"]) == ("first_approval", "s2", None)
    assert (await api.ask("employer", "POST", path, json=S2)).status_code == 409
    ladder = (await api.ask("ada", "GET", path)).json()
    assert ladder["decisions"] == []
    assert ladder["first_approvals"] == [first]
