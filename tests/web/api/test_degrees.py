"""Degrees and what is worth earning by the API."""

import pytest

from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio


async def test_degrees_fill_up_from_the_certificate(api: Api) -> None:
    answer = (await api.ask("ada", "GET", f"{api.learner('ada')}/degrees")).json()
    stack = [one for one in answer["degrees"] if one["degree"].startswith("lakeside-")]
    assert [one["level"] for one in stack] == [
        "certificate",
        "technical_certificate",
        "associate",
        "bachelor",
    ]
    filled = [one["filled"] for one in stack]
    assert filled == sorted(filled)
    for one in stack:
        assert one["filled"] == sum(group["filled"] for group in one["groups"])
        assert one["remaining"] == one["credits"] - one["filled"]
        counted = [part["course"] for group in one["groups"] for part in group["counted"]]
        assert len(counted) == len(set(counted)), "each counts once within one degree"


@pytest.mark.parametrize("by", ["hours", "usd"])
async def test_what_is_worth_earning(api: Api, by: str) -> None:
    path = f"{api.learner('ada')}/credit/lakeside-mfgt/worth?by={by}"
    answer = (await api.ask("ada", "GET", path)).json()
    credit = (await api.ask("ada", "GET", f"{api.learner('ada')}/credit/lakeside-mfgt")).json()
    assert answer["before"] == credit["credits"]
    rates = [one["rate"] for one in answer["things"] if one["rate"] is not None]
    assert rates == sorted(rates, reverse=True)
    assert all(one["credits"] > 0 for one in (*answer["things"], *answer["pairs"]))
    for_degree = (await api.ask("ada", "GET", f"{path}&degree=lakeside-aas-mfgt")).json()
    assert all(one["credits"] > 0 for one in for_degree["things"])


async def test_what_does_not_exist_is_not_found(api: Api) -> None:
    for path in (
        "nowhere/worth",
        "lakeside-mfgt/worth?degree=nowhere",
        "ccc-manufacturing/worth?degree=lakeside-aas-mfgt",
    ):
        assert (await api.ask("ada", "GET", f"{api.learner('ada')}/credit/{path}")).status_code == 404


@pytest.mark.parametrize("who", ["mentor", "employer", "stranger", "ben"])
async def test_they_are_not_for_others(api: Api, who: str) -> None:
    for path in ("degrees", "credit/lakeside-mfgt/worth"):
        assert (await api.ask(who, "GET", f"{api.learner('ada')}/{path}")).status_code == 404
