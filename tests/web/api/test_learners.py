"""Whose record one may see, and whether the answers are the engine's own."""

import json
from datetime import UTC, date, datetime

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.standing.services import standing_of
from graph.explaining import explain
from graph.fixing import fix
from graph.requirement import StepLeaf
from standards.answers import Labels, evaluation_answer, explanation_answer, fix_answer
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio
SEEN = {
    "ada": ["Ada Tran"],
    "mentor": ["Ada Tran", "Ben Okafor", "Maria Ortiz"],
    "employer": ["Ada Tran", "Ben Okafor", "Cho Park", "Rosa Novak"],
    "registrar": ["Ada Tran", "Lee Whitfield"],
    "stranger": ["Uma Stone"],
}


@pytest.mark.parametrize("who", SEEN)
async def test_each_role_lists_whom_it_may_see(api: Api, who: str) -> None:
    response = await api.ask(who, "GET", "/learners")
    assert [one["name"] for one in response.json()["learners"]] == SEEN[who]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
async def test_pages_put_together_are_the_whole_list(api: Api, limit: int) -> None:
    names: list[str] = []
    path: str | None = f"/learners?limit={limit}"
    while path is not None:
        answer = (await api.ask("employer", "GET", path)).json()
        assert len(answer["learners"]) <= limit
        names += [one["name"] for one in answer["learners"]]
        path = answer["next"] and answer["next"].removeprefix("/api/v1")
    assert names == SEEN["employer"]


@pytest.mark.parametrize("after", ["x", "W10=", "WzEsIDJd", "%ff", "bnVsbA==", "WyJhXHUwMDAwIiwgIiJd"])
async def test_a_place_that_is_none_is_refused(api: Api, after: str) -> None:
    response = await api.ask("employer", "GET", f"/learners?after={after}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"] == "after"


async def test_the_standing_is_what_the_engine_says(api: Api) -> None:
    ada = api.shop.people["ada"]
    for as_of, known_at in ((NOW.date(), None), (date(2025, 5, 1), None), (NOW.date(), NOW)):
        query = {"as_of": as_of.isoformat(), **({"known_at": known_at.isoformat()} if known_at else {})}
        response = await api.ask("ada", "GET", f"{api.learner('ada')}/standing", params=query)
        actor = await actor_of_person(ada)
        standing = await standing_of(actor, ada, as_of=as_of, known_at=known_at, now=NOW)
        assert standing is not None
        expected = evaluation_answer(standing.evaluation, standing.completion)
        assert response.json() == json.loads(json.dumps(expected))


async def test_what_was_known_before_anything_was_recorded_is_nothing(api: Api) -> None:
    early = datetime(2025, 1, 1, tzinfo=UTC).isoformat()
    answers = [
        (await api.ask("ada", "GET", f"{api.learner('ada')}/standing", params=params)).json()
        for params in ({}, {"known_at": early})
    ]
    assert answers[0]["credentials"]["mms"]["state"] == "held"
    assert answers[1]["credentials"]["mms"]["state"] == "ready"


@pytest.mark.parametrize(
    ("who", "told"),
    [("ada", True), ("employer", True), ("admin", True), ("mentor", False), ("registrar", False)],
)
async def test_wages_are_told_to_those_who_may_know_them(api: Api, who: str, told: bool) -> None:
    answer = (await api.ask(who, "GET", f"{api.learner('ada')}/standing")).json()
    assert ("wage" in answer) is told
    assert (answer.get("wage", {}).get("usd_per_hour") == "19.84") is told
    step = await api.ask(who, "GET", f"{api.learner('ada')}/explanation?goal=step:s3")
    assert step.status_code == (200 if told else 404)


@pytest.mark.parametrize(
    "goal", ["completion", "step:s2", "step:s3", "credential:ctp", "competency:chucking"]
)
async def test_an_explanation_is_what_the_engine_says(api: Api, goal: str) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/explanation?goal={goal}")
    answer = response.json()
    ada = api.shop.people["ada"]
    standing = await standing_of(await actor_of_person(ada), ada, as_of=NOW.date(), now=NOW)
    assert standing is not None
    requirement, scope = standing.goal(goal)
    labels = Labels(standing.world)
    if goal.startswith("step:"):
        key = f"machinist:{goal[5:]}"
        requirement, scope = StepLeaf(key), standing.evaluation.step_scope(key)
    proof = explanation_answer(explain(standing.evaluation, requirement, scope), labels)
    way = fix_answer(fix(standing.evaluation, requirement, scope), labels)
    if goal == "completion":  # the goal is the program; its one member is the rule of completion
        assert answer["requirement"] == {"program": "machinist"}
        assert answer["members"] == [json.loads(json.dumps(proof))]
        assert answer["fix"] == json.loads(json.dumps(way))["fix"]
    else:
        assert answer == json.loads(json.dumps({"goal": goal, **proof, **way}))


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("nothing", "write completion, step:ID"),
        ("step:s99", "no step s99"),
        ("credential:", "no credential"),
        ("competency:mms", "no competency mms"),
    ],
)
async def test_a_goal_that_is_none_is_refused_with_what_would_be_right(
    api: Api, goal: str, said: str
) -> None:
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/explanation?goal={goal}")
    assert response.status_code == 422
    assert said in response.json()["detail"]


async def test_progress_begins_at_registration_and_ends_today(api: Api) -> None:
    points = (await api.ask("employer", "GET", f"{api.learner('ada')}/progress")).json()["points"]
    standing = (await api.ask("employer", "GET", f"{api.learner('ada')}/standing")).json()
    assert points[0] == {
        "on": "2025-01-06",
        "done": {"fraction": "0/1", "percent": 0},
        "planned": {"fraction": "0/1", "percent": 0},
    }
    assert points[-1]["on"] == NOW.date().isoformat()
    assert points[-1]["done"] == standing["progress"]


async def test_somebody_in_no_program_is_said_to_be(api: Api) -> None:
    for path in ("standing", "progress", "raises", "explanation?goal=completion"):
        response = await api.ask("ada", "GET", f"{api.learner('ada')}/{path}", params=None)
        assert response.status_code == 200
        day = "&as_of=2024-01-01" if "?" in path else "?as_of=2024-01-01"
        response = await api.ask("ada", "GET", f"{api.learner('ada')}/{path}{day}")
        assert response.status_code == 422
        assert response.json()["errors"][0]["where"] == "as_of"
    response = await api.ask("ada", "GET", f"{api.learner('ada')}/standing?program=cnc-machinist-hybrid")
    assert response.json()["errors"][0]["where"] == "program"
