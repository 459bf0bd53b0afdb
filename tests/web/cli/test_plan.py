"""``journeymark plan`` and the ties of ``explain`` as a person or a program meets them."""

from pathlib import Path
from typing import Any

import pytest

SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
competencies:
  - {id: turn, title: Turning, prerequisites: {any: [{credential: mms}, {credential: mill}]}}
credentials:
  - {id: mms, title: Measuring, effort: {hours: 40}}
  - {id: mill, title: Milling, effort: {hours: 60}}
---
journeymark: 1
program: {id: trade, title: Trade, approach: competency, completion: {competency: turn}}
---
journeymark: 1
record:
  person: {id: p1}
  enrolments: [{program: trade, registered: 2025-01-06}]
"""


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    person = ["--record", str(path), "--program", "trade", "--as-of", "2026-11-21"]
    return [str(path), *person, "--goal", "completion"]


def test_ties_of_a_smallest_way_are_listed_where_they_are_asked_for(run: Any, asked: list[str]) -> None:
    assert "ties" not in run("explain", *asked, "--format", "json").json
    found = run("explain", *asked, "--ties", "5", "--format", "json").json
    assert found["fix"] == [{"earn": "competency:turn"}, {"earn": "credential:mill"}]
    assert found["ties"] == [[{"earn": "competency:turn"}, {"earn": "credential:mms"}]]
    said = run("explain", *asked, "--ties", "1").out
    assert said.endswith("As small: earn competency:turn, earn credential:mms\n")
    assert "As small" not in run("explain", *asked).out


def test_the_ties_have_a_number(run: Any, asked: list[str]) -> None:
    for word in ("-1", "many", "10001", "²"):
        said = run("explain", *asked, "--ties", word)
        assert said.code == 2
        assert (
            "is no whole number from 0 to 10000; write 10" in said.err or "expected one argument" in said.err
        )


def test_a_plan_heeds_what_is_refused_waived_and_due(run: Any, asked: list[str]) -> None:
    plan = ["plan", *asked, "--minimise", "hours", "--format", "json"]
    assert [step["earn"] for step in run(*plan).json["steps"]] == ["credential:mms", "competency:turn"]
    refused = run(*plan, "--refuse", "credential:mms").json
    assert [step["earn"] for step in refused["steps"]] == ["credential:mill", "competency:turn"]
    waived = run(*plan, "--waive", "credential:mill").json
    assert [step["earn"] for step in waived["steps"]] == ["competency:turn"]
    late = run(*plan, "--by", "competency:turn=2026-11-22")
    assert (late.code, late.json["steps"]) == (1, None)
    assert "in time for competency:shop:turn by 2026-11-22 at 40 hours a week" in late.json["reason"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--refuse", "mms"], "--refuse mms: no such item; write credential:ID, competency:ID, course:ID or"),
        (["--refuse", "credential:msm"], "--refuse credential:msm: the credential 'msm' is in no document"),
        (["--waive", "course:x"], "--waive course:x: no such item; write credential:ID or competency:ID"),
        (["--by", "credential:mms=soon"], "--by credential:mms=soon: 'soon' is no date; write 2026-01-31"),
        (["--by", "credential:mms"], "--by credential:mms: no such item; write"),
    ],
)
def test_what_cannot_be_wished_is_said_with_what_would_be_right(
    run: Any, asked: list[str], options: list[str], said: str
) -> None:
    found = run("plan", *asked, *options)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(said)


def test_hours_without_end_reach_the_end_of_the_calendar(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(SHOP.replace("{competency: turn}}", "{hours: 100000, in: ojl}}"))
    arguments = ["--record", str(path), "--program", "trade", "--goal", "completion", "--format", "json"]
    arguments += ["--as-of", "9000-01-01"]
    (step,) = run("plan", str(path), *arguments, "--hours-per-week", "1").json["steps"]
    assert step["done_by"] == "9999-12-31"
