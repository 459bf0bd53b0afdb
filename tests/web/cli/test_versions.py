"""``evaluate --as-of``: of several versions given the one in force on the day answers, and the answer says which."""

import json
from pathlib import Path
from typing import Any

import pytest

SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
credentials: [{id: mms, title: Measuring}, {id: cnc, title: Turning on CNC}]
---
journeymark: 1
program: {id: trade, title: Trade, version: "2020", approach: competency,
  effective: {from: 2020-01-01, until: 2025-07-01}, completion: {credential: mms}}
---
journeymark: 1
program: {id: trade, title: Trade, version: "2025", approach: competency, effective: {from: 2025-07-01},
  completion: {all: [{credential: mms}, {credential: cnc}]}}
---
journeymark: 1
record:
  person: {id: p1}
  enrolments: [{program: trade, registered: 2019-01-06}]
  evidence: [{id: e1, credential: mms, on: 2021-02-10, status: verified}]
"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    return str(path)


def asked(run: Any, shop: str, day: str, *more: str) -> Any:
    return run("evaluate", shop, "--record", shop, "--program", "trade", "--as-of", day, *more)


@pytest.mark.parametrize(
    ("day", "version", "complete"),
    [("2025-06-30", "2020", True), ("2025-07-01", "2025", False), ("2020-01-01", "2020", False)],
)
def test_the_version_in_force_on_the_day_answers(
    run: Any, shop: str, day: str, version: str, *, complete: bool
) -> None:
    answer = json.loads(asked(run, shop, day, "--format", "json").out)
    assert (answer["versions"], answer["complete"]) == ({"program trade": version}, complete)
    assert f"Under version {version} of program trade" in asked(run, shop, day).out


def test_a_day_without_a_version_in_force_is_refused_with_its_place(run: Any, shop: str) -> None:
    answer = asked(run, shop, "2019-12-31")
    assert answer.code == 2
    assert "no version given of the program 'trade' is in force on 2019-12-31" in answer.err


def test_two_versions_in_force_at_once_are_refused(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "both.yaml"
    path.write_text(SHOP.replace("until: 2025-07-01", "until: 2025-07-02"))
    answer = asked(run, str(path), "2025-07-01")
    assert answer.code == 2
    assert "the program 'trade' is given twice" in answer.err
