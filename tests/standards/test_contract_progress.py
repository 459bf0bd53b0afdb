"""Progress, explanations and the smallest fix."""

from typing import Any

import pytest

from tests.standards.asking import answer, explained, framework, program, record

SHOP = framework(
    """
    competencies:
      - {id: a1, title: One}
      - {id: a2, title: Two, prerequisites: {competency: a1}}
      - {id: a3, title: Three, prerequisites: {all: [{competency: a1}, {competency: a2}]}}
      - {id: a4, title: Four, satisfied_by: {credential: c1}}
    credentials:
      - {id: c1, title: C, parts: [performance, theory]}
      - {id: c2, title: D}
      - {id: c3, title: E, valid_for: {years: 1}}
    courses: [{id: mac, title: Theory}]
    scores: [{id: math, title: Math, range: [0, 7]}]
    requirements:
      - {id: two, title: Two of three, when: {at_least: 2, of: [{competency: a1}, {credential: c2}, {credential: c3}]}}
    """
)
ENFORCED = SHOP.replace('version: "1"', 'version: "1", gate: enforce')
A1 = "id: e1, competency: a1, on: 2025-02-01, status: verified"
A2 = "id: e2, competency: a2, on: 2025-03-01, status: verified"
C2 = "id: e3, credential: c2, on: 2025-04-01, status: verified"
C3 = "id: e4, credential: c3, on: 2025-05-01, status: verified"
HOURS = "id: e5, hours: 375, in: milling, on: 2025-06-01, status: verified"


def trade(rule: str) -> str:
    body = "work_processes: [{id: milling, title: M, hours: {max: 900}}]\ncompletion: RULE"
    return program(body.replace("RULE", rule))


def completion(rule: str, *evidence: str, as_of: str = "2025-12-31") -> dict[str, Any]:
    found: dict[str, Any] = answer(SHOP + trade(rule), record(*evidence), as_of)["completion"]
    return found


def fixed(
    rule: str, *evidence: str, world: str = SHOP, as_of: str = "2025-12-31"
) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] | None = explained(
        world + trade(rule), record(*evidence), as_of, "completion"
    )["fix"]
    return found


A, C, D = "{competency: a1}", "{credential: c2}", "{credential: c3}"
HALF = "{hours: 750, in: milling}"


@pytest.mark.parametrize(
    ("rule", "evidence", "fraction", "percent"),
    [
        ("{competency: a1}", [], "0/1", 0.0),
        ("{competency: a1}", [A1], "1/1", 100.0),
        (f"{{all: [{A}, {C}, {HALF}]}}", [A1, HOURS], "1/2", 50.0),
        (f"{{all: [{A}, {C}, {D}]}}", [A1], "1/3", 33.3),
        (f"{{any: [{C}, {HALF}]}}", [HOURS], "1/2", 50.0),
        # the best two of three are 1 and 1/2, over 2
        (f"{{at_least: 2, of: [{A}, {C}, {HALF}]}}", [A1, HOURS], "3/4", 75.0),
        (f"{{at_least: 2, of: [{A}, {C}, {HALF}]}}", [A1, C2], "1/1", 100.0),
        ("{hours: 900, in: milling}", [HOURS], "5/12", 41.6),
        ("{hours: 300, in: milling}", [HOURS], "1/1", 100.0),
        ("{credentials: 3}", [C2], "1/3", 33.3),
        ("{competencies: 7}", [A1, A2], "2/7", 28.5),
        ("{requirement: two}", [C2], "1/2", 50.0),
        ("{all: [{requirement: two}, {competency: a1}]}", [C2], "1/4", 25.0),
        (
            "{score: math, at_least: 5}",
            ["id: s, score: math, value: 4, on: 2025-01-07, status: verified"],
            "0/1",
            0.0,
        ),
        ("{hours: 375.02, in: milling}", [HOURS], "22500/22501", 99.9),
    ],
)
def test_progress_is_an_exact_fraction_and_its_percentage_is_floored(
    rule: str, evidence: list[str], fraction: str, percent: float
) -> None:
    found = completion(rule, *evidence)
    assert found["progress"] == {"fraction": fraction, "percent": percent}
    assert found["holds"] is (percent == 100)


def test_steps_and_programs_are_nought_or_one() -> None:
    other = program("completion: {all: [{credential: c2}, {competency: a1}]}", name="other")
    world = SHOP + other + trade("{program: other}")
    assert answer(world, record(C2), "2025-12-31")["progress"]["fraction"] == "0/1"
    assert answer(world, record(C2, A1), "2025-12-31")["progress"]["fraction"] == "1/1"


def test_complete_means_that_completion_holds() -> None:
    world = SHOP + trade("{credential: c2}")
    before, after = (answer(world, record(C2), day) for day in ("2025-03-31", "2025-04-01"))
    assert (before["complete"], after["complete"]) == (False, True)


def test_an_explanation_mirrors_its_requirement_and_names_every_clause() -> None:
    rule = f"{{all: [{A}, {{at_least: 2, of: [{C}, {D}, {HALF}]}}]}}"
    found = completion(rule, A1, C2, HOURS)
    assert found["requirement"] == {
        "all": [
            {"competency": "a1"},
            {
                "at_least": 2,
                "of": [{"credential": "c2"}, {"credential": "c3"}, {"hours": 750, "in": "milling"}],
            },
        ]
    }
    assert (found["holds"], found["since"], found["because"]) == (False, None, [])
    assert found["missing"] == [{"more": 1, "from": [found["requirement"]["all"][1]]}]
    one, two = found["members"]
    assert (one["holds"], one["since"], one["because"], one["missing"]) == (True, "2025-02-01", ["e1"], [])
    assert one["clause"] == "shop.yaml#program.completion.all[0]"
    assert two["missing"] == [{"more": 1, "from": [{"credential": "c3"}, {"hours": 750, "in": "milling"}]}]
    assert [m["clause"] for m in two["members"]] == [
        f"shop.yaml#program.completion.all[1].of[{index}]" for index in range(3)
    ]
    assert two["members"][2]["missing"] == [{"hours": 375, "in": "milling"}]


def test_because_is_a_smallest_sufficient_evidence() -> None:
    whole = "id: w, credential: c1, on: 2025-05-01, status: verified"
    parts = [
        f"id: {name}, credential: c1, part: {name}, on: 2025-0{month}-01, status: verified"
        for name, month in (("performance", 2), ("theory", 3))
    ]
    assert completion("{credential: c1}", *parts)["because"] == ["performance", "theory"]
    assert completion("{credential: c1}", *parts, whole)["because"] == ["w"]
    assert completion("{requirement: two}", A1, C2, C3)["because"] == ["e1", "e3"]
    assert completion("{any: [{credential: c1}, {competency: a1}]}", *parts, A1)["because"] == ["e1"]


def test_a_count_says_how_many_more_and_from_which() -> None:
    found = completion("{competencies: 3}", A1)
    assert found["missing"] == [{"more": 2, "from": [{"competency": name} for name in ("a2", "a3", "a4")]}]


@pytest.mark.parametrize("world", [SHOP, ENFORCED])
def test_a_fix_includes_prerequisites_under_either_gate(world: str) -> None:
    earn = [{"earn": f"competency:a{number}"} for number in (1, 2, 3)]
    assert fixed("{competency: a3}", world=world) == earn
    assert fixed("{competency: a3}", A1, world=world) == earn[1:]
    assert fixed("{competency: a3}", A1, A2, world=world) == earn[2:]


@pytest.mark.parametrize(
    ("rule", "evidence", "fix"),
    [
        ("{requirement: two}", [], [{"earn": "competency:a1"}, {"earn": "credential:c2"}]),
        ("{requirement: two}", [C3], [{"earn": "competency:a1"}]),
        ("{any: [{competency: a3}, {credential: c2}]}", [], [{"earn": "credential:c2"}]),
        ("{credentials: 2}", [C3], [{"earn": "credential:c1"}]),
        ("{competency: a4}", [], [{"earn": "competency:a4"}]),
        ("{hours: 900, in: milling}", [HOURS], [{"hours": 525, "in": "milling"}]),
        ("{months: 12, since: registered}", [], [{"wait_until": "2026-01-06"}]),
        ("{course: mac, grade: B}", [], [{"earn": "course:mac", "grade": "B"}]),
        ("{score: math, at_least: 5}", [], [{"earn": "score:math", "at_least": 5}]),
        ("{competency: a1, rating: 4}", [A1], [{"earn": "competency:a1", "rating": 4}]),
        ("{credential: c3, current: true}", [], [{"earn": "credential:c3"}]),
        ("{competency: a1}", [A1], []),
    ],
)
def test_a_fix_has_the_fewest_items_and_then_the_first_ids(
    rule: str, evidence: list[str], fix: list[dict[str, Any]]
) -> None:
    assert fixed(rule, *evidence) == fix


def test_an_expired_credential_may_be_earned_again() -> None:
    rule = "{credential: c3, current: true}"
    assert fixed(rule, C3, as_of="2026-04-30") == []
    assert fixed(rule, C3, as_of="2026-05-01") == [{"earn": "credential:c3"}]


def test_where_nothing_can_make_it_hold_fix_is_null_and_says_why() -> None:
    ended = record(enrolments="[{program: trade, registered: 2025-01-06, ended: 2025-06-01}]")
    found = explained(SHOP + trade("{months: 12, since: registered}"), ended, "2025-12-31", "completion")
    assert found["fix"] is None
    assert found["reason"] == "the months no longer run"


@pytest.mark.parametrize(
    "goal", ["completion", "credential:c2", "competency:a3", "requirement:two", "requirement:shop:two"]
)
def test_every_goal_can_be_explained(goal: str) -> None:
    found = explained(SHOP + trade("{competency: a3}"), record(A1), "2025-12-31", goal)
    assert (found["holds"], bool(found["fix"])) == (False, True)
