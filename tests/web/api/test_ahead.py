"""What would be, and what to do next: the engine's own answers, to those who may see the standing, and never kept."""

import json
from typing import Any

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.audit.looking import looks_at
from apprenticeship.credit.services import credit_of
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standing_of
from apprenticeship.standing.worlds import catalog_world
from standards.answers import Labels
from standards.comparisons import step_answer, what_if_answer
from standards.suppositions import Asked
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
WAGES = {"step", "usd_per_hour", "next", "next_progress"}


async def standing_now(api: Api) -> Standing:
    ada = api.shop.people["ada"]
    found = await standing_of(await actor_of_person(ada), ada, as_of=NOW.date(), now=NOW)
    assert found is not None
    return found


async def what_if(api: Api, who: str, params: list[tuple[str, str]]) -> Any:
    response = await api.ask(who, "GET", f"{api.learner('ada')}/what-if", params=params)
    assert response.status_code == 200, response.text
    return response.json()


async def test_what_if_is_what_the_engine_says(api: Api) -> None:
    standing = await standing_now(api)
    earn, hours = ["credential:mil1", "competency:drill-press=4"], ["milling=40@2026-11-01"]
    answer = await what_if(
        api, "ada", [*(("earn", one) for one in earn), ("hours", hours[0]), ("on", "2026-12-24")]
    )
    asked = Asked(earn=earn, hours=hours, on=NOW.date().replace(month=12, day=24))
    supposition, difference = standing.supposing(asked, await catalog_world())
    credit = answer.pop("credit")
    assert answer == json.loads(json.dumps(what_if_answer(difference, supposition)))
    assert answer["states"]
    assert credit


async def test_credit_before_is_the_credit_that_is_told_and_after_it_what_the_award_adds(api: Api) -> None:
    ada = api.shop.people["ada"]
    found = await credit_of(await actor_of_person(ada), ada, now=NOW)
    today = {one.answer.agreement: one.answer.credits / 100 for one in found.colleges}
    changes = (await what_if(api, "ada", [("earn", "credential:mil1")]))["credit"]
    assert {one["agreement"]: one["from"] for one in changes} == today
    (lakeside,) = [one for one in changes if one["agreement"] == "lakeside-mfgt"]
    assert lakeside["to"] == lakeside["from"] + 3
    assert (lakeside["gained"], lakeside["lost"]) == (["mfg-121"], [])
    nothing = (await what_if(api, "ada", []))["credit"]
    assert all(one["from"] == one["to"] and not one["gained"] and not one["lost"] for one in nothing)


async def test_what_the_program_does_not_know_may_still_earn_credit(api: Api) -> None:
    modules = ["cpt-safety", "cpt-quality", "cpt-processes", "cpt-maintenance"]
    answer = await what_if(api, "ada", [("earn", f"credential:{one}") for one in modules])
    assert answer["states"] == []
    (lakeside,) = [one for one in answer["credit"] if one["agreement"] == "lakeside-mfgt"]
    assert lakeside["gained"] == ["prod-full"]


@pytest.mark.parametrize(
    ("who", "wages", "credit"),
    [
        ("ada", True, True),
        ("employer", True, False),
        ("admin", True, False),
        ("mentor", False, False),
        ("registrar", False, True),
    ],
)
async def test_wages_and_credit_are_told_to_those_who_may_know_them(
    api: Api, who: str, wages: bool, credit: bool
) -> None:
    answer = await what_if(api, who, [("earn", "credential:mil1")])
    assert (answer.keys() & WAGES == WAGES) is wages
    assert bool(answer.keys() & WAGES) is wages
    assert (answer["credit"] is not None) is credit
    steps = (await api.ask(who, "GET", f"{api.learner('ada')}/next-steps")).json()["steps"]
    assert steps
    assert all(("raise" in step) is wages for step in steps)
    assert any("raise" in step["why"] for step in steps) is wages


async def test_a_college_that_asks_leaves_its_look(own_api: Api) -> None:
    ada = own_api.shop.people["ada"]
    before = await looks_at(ada)
    await what_if(own_api, "registrar", [("earn", "credential:mil1")])
    latest, *others = await looks_at(ada)
    assert latest.actor == own_api.shop.people["registrar"]
    assert tuple(others) == before


async def test_nothing_is_kept(api: Api) -> None:
    path = f"{api.learner('ada')}/standing"
    before = (await api.ask("ada", "GET", path)).json()
    await what_if(api, "ada", [("earn", "credential:mil1"), ("revoke", "e000000001")])
    assert (await api.ask("ada", "GET", path)).json() == before


async def test_as_known_before_anything_was_recorded_credit_is_left_out(api: Api) -> None:
    answer = await what_if(api, "ada", [("known_at", "2025-01-01"), ("earn", "credential:mil1")])
    assert answer["credit"] is None
    assert {"item": "credential:mil1", "from": "locked", "to": "held"} in answer["states"]


@pytest.mark.parametrize(
    ("query", "where", "said"),
    [
        ("earn=credential:mil9", "earn", "is in no published standard; did you mean"),
        ("earn=mil1", "earn", "is nothing to earn; write credential:ID"),
        ("earn=score:ncrc-math=high", "earn", "'high' is no value of"),
        ("hours=milin=4", "hours", "did you mean milling"),
        ("hours=milling=-4", "hours", "is no number of hours"),
        ("revoke=e9", "revoke", "no evidence has the id"),
        ("earn=credential:mil1@2027-01-01", "earn", "would not count yet"),
    ],
)
async def test_what_cannot_be_supposed_is_refused_with_what_would_be_right(
    api: Api, query: str, where: str, said: str
) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/what-if?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"] == where
    assert said in response.json()["detail"]


async def test_more_than_a_hundred_things_are_refused(api: Api) -> None:
    query = "&".join(["earn=credential:mil1"] * 101)
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/what-if?{query}")
    assert response.status_code == 400
    mixed = "&".join(["earn=credential:mil1"] * 60 + ["hours=ojl=1"] * 60)
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/what-if?{mixed}")
    assert response.status_code == 422


async def test_next_steps_are_what_the_engine_says(api: Api) -> None:
    standing = await standing_now(api)
    labels = Labels(standing.world)
    answer = (await api.ask("ada", "GET", f"{api.learner('ada')}/next-steps?limit=3")).json()
    expected = json.loads(json.dumps([step_answer(step, labels) for step in standing.next_steps[:3]]))
    assert [{key: step[key] for key in step if key != "why"} for step in answer["steps"]] == expected
    assert answer["more"] == len(standing.next_steps) - 3


async def test_asked_exactly_no_distance_is_left_open(api: Api) -> None:
    answer = (await api.ask("ada", "GET", f"{api.learner('ada')}/next-steps?limit=500&exact=true")).json()
    gains = [step[goal] for step in answer["steps"] for goal in ("raise", "completion") if step[goal]]
    assert gains
    assert all(gain["nearer"] in (0, 1) for gain in gains if gain["left"] is not None)
    assert answer["more"] == 0
