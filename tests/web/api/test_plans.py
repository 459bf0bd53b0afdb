"""The cheapest way by the API: the engine's own answer, to those who may see the standing, and never kept."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standing_of
from graph.planning import Plan, Wishes, plan
from graph.pricing import Minimise
from standards.answers import Labels
from standards.plan_answers import plan_answer
from tests.web.api.conftest import Api
from tests.web.shop import NOW
from web.api.goals import requirement_of

pytestmark = pytest.mark.anyio
MIL1 = "nims-machining-1:mil1"


async def standing_now(api: Api) -> Standing:
    ada = api.shop.people["ada"]
    found = await standing_of(await actor_of_person(ada), ada, as_of=NOW.date(), now=NOW)
    assert found is not None
    return found


async def answer(api: Api, query: str, who: str = "ada") -> Any:
    response = await api.ask(who, "GET", f"{api.learner('ada')}/plan?{query}")
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("minimise", list(Minimise))
@pytest.mark.parametrize("goal", ["completion", "step:s4", "credential:mil1"])
async def test_a_plan_is_what_the_engine_says(api: Api, goal: str, minimise: Minimise) -> None:
    standing = await standing_now(api)
    requirement, scope = requirement_of(standing, goal)
    found = plan(standing.evaluation, requirement, scope, minimise=minimise, wishes=Wishes(ties=2))
    assert isinstance(found, Plan)
    expected = json.loads(json.dumps(plan_answer(goal, found, Labels(standing.world))))
    assert await answer(api, f"goal={goal}&minimise={minimise.value}&ties=2") == expected
    assert expected["steps"]


async def test_what_is_refused_waived_and_due_is_heeded(api: Api) -> None:
    standing = await standing_now(api)
    requirement, scope = requirement_of(standing, "completion")
    free = await answer(api, "goal=completion")
    first = next(step["earn"] for step in free["steps"] if "earn" in step)
    wishes = Wishes(
        refused=frozenset({"credential:nims-machining-1:grn1"}),
        waived=frozenset({("credential", MIL1)}),
        deadlines={"credential:nims-machining-1:tcs1": date(2027, 6, 1)},
        weekly=20 * 60,
    )
    found = plan(standing.evaluation, requirement, scope, wishes=replace(wishes, ties=10))
    assert isinstance(found, Plan)
    query = "refuse=credential:grn1&waive=credential:mil1&by=credential:tcs1=2027-06-01&hours_per_week=20"
    asked = await answer(api, f"goal=completion&{query}")
    assert asked == json.loads(json.dumps(plan_answer("completion", found, Labels(standing.world))))
    without = await answer(api, f"goal=completion&refuse={first}")
    assert first not in {step.get("earn") for step in without["steps"]}
    assert without["total"] >= free["total"]


async def test_where_there_is_no_way_the_reason_is_said(api: Api) -> None:
    found = await answer(api, "goal=credential:mil1&refuse=credential:mil1")
    assert found["steps"] is None
    assert "credential:nims-machining-1:mil1 is refused" in found["reason"]
    late = await answer(api, "goal=credential:mil1&by=credential:mil1=2026-11-01")
    assert late["steps"] is None
    assert "no plan was found that is in time" in late["reason"]


async def test_wage_steps_are_planned_for_those_who_may_know_wages(api: Api) -> None:
    path = f"{api.learner('ada')}/plan"
    for who, status in [
        ("ada", 200),
        ("employer", 200),
        ("mentor", 404),
        ("registrar", 404),
        ("stranger", 404),
    ]:
        assert (await api.ask(who, "GET", f"{path}?goal=step:s4")).status_code == status, who
    for who, status in [("mentor", 200), ("registrar", 200), ("stranger", 404)]:
        assert (await api.ask(who, "GET", f"{path}?goal=completion")).status_code == status, who


async def test_the_pace_never_leaves_the_calendar(api: Api) -> None:
    found = await answer(api, "goal=completion&hours_per_week=1&as_of=9990-01-01")
    assert found["steps"] is None or max(step["done_by"] for step in found["steps"]) <= "9999-12-31"


@pytest.mark.parametrize(
    ("query", "status", "where", "said"),
    [
        ("goal=nothing", 422, "goal", "is no goal; write completion"),
        ("goal=credential:mil9", 422, "goal", "have no credential mil9"),
        ("goal=completion&refuse=mil1", 422, "refuse", "no such item; write credential:ID"),
        ("goal=completion&refuse=credential:mil9", 422, "refuse", "did you mean mil"),
        ("goal=completion&waive=course:x", 422, "waive", "no such item; write credential:ID or competency:ID"),
        ("goal=completion&by=credential:mil1=soon", 422, "by", "'soon' is no date; write 2026-01-31"),
        ("goal=completion&by=credential:mil1", 422, "by", "no such item"),
        ("", 400, None, ""),
        ("goal=completion&minimise=luck", 400, None, ""),
        ("goal=completion&hours_per_week=0", 400, None, ""),
        ("goal=completion&time_limit=11", 400, None, ""),
        ("goal=completion&ties=21", 400, None, ""),
        ("goal=completion&" + "&".join(["refuse=credential:mil1"] * 101), 400, None, ""),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_is_refused_with_what_would_be_right(
    api: Api, query: str, status: int, where: str | None, said: str
) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/plan?{query}")
    assert response.status_code == status
    assert said in response.json()["detail"]
    if where is not None:
        assert response.json()["errors"][0]["where"] == where
