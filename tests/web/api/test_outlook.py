"""The employer's glance by the API: what comes soon, who is stuck, what would move most."""

import pytest

from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio


async def test_who_is_stuck_agrees_with_the_smallest_fix(api: Api) -> None:
    found = (await api.ask("employer", "GET", "/raises/outlook")).json()
    assert (found["as_of"], found["days"]) == (NOW.date().isoformat(), 90)
    assert [one["name"] for one in found["due"]] == ["Ada Tran"]
    people = [one for group in found["stuck"] for one in group["people"]]
    assert {one["learner"]["name"] for one in people} == {"Ben Okafor", "Cho Park"}
    for one in people:
        path = f"/learners/{one['learner']['id']}/explanation?goal=step:{one['step']}"
        explained = (await api.ask("employer", "GET", path)).json()
        assert len(explained["fix"]) == 1
        assert one["action"] in [explained["fix"][0], *one["others"]]


async def test_the_bottleneck_is_what_the_crew_lacks(api: Api) -> None:
    alone = (await api.ask("employer", "GET", "/raises/bottleneck")).json()
    assert alone["by"] == "person"
    assert [one["most"] for one in alone["best"]] == list(range(1, 11))
    first = alone["best"][0]
    assert (first["proven"], first["bound"], len(first["brings"])) == (True, 1, 1)
    assert {one["learner"]["name"] for one in first["signoffs"]} <= {"Ada Tran", "Ben Okafor", "Cho Park"}
    together = (await api.ask("employer", "GET", "/raises/bottleneck?by=session")).json()
    for apart, session in zip(alone["best"], together["best"], strict=True):
        assert session["proven"]
        assert all(one["learner"] is None for one in session["signoffs"])
        assert len(session["brings"]) >= len(apart["brings"])


async def test_another_employer_sees_nobody(api: Api) -> None:
    found = (await api.ask("stranger", "GET", "/raises/outlook")).json()
    assert (found["due"], found["near"], found["stuck"]) == ([], [], [])
    best = (await api.ask("stranger", "GET", "/raises/bottleneck?by=session")).json()["best"]
    assert [one["brings"] for one in best] == [[]] * 10


async def test_what_counts_as_one_is_one_of_two(api: Api) -> None:
    refused = await api.ask("employer", "GET", "/raises/bottleneck?by=team")
    assert refused.status_code == 400
