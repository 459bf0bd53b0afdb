"""``journeymark forecast`` as a person or a program meets it."""

from pathlib import Path
from typing import Any

import pytest

SHOP = """journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
competencies:
  - {id: layout, title: Layout, effort: {hours: 10}}
  - {id: filing, title: Filing, effort: {hours: 20}, prerequisites: {competency: layout}}
---
journeymark: 1
program:
  id: filer
  title: Filer
  uses: [shop]
  approach: competency
  completion: {all: [{competency: filing}, {months: 24, since: registered}]}
  wages:
    journey_rate: {usd_per_hour: 30, from: 2025-01-01}
    steps: [{id: start, percent: 60}, {id: second, percent: 80, when: {competency: layout}}]
"""
RECORD = """journeymark: 1
record:
  person: {id: ada, name: Ada Tran}
  enrolments: [{program: filer, registered: 2025-01-06}]
  evidence:
    - {id: e1, competency: layout, rating: 3, on: 2025-09-01, status: verified}
"""
AS_OF = "2026-01-06"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(SHOP)
    (tmp_path / "record.yaml").write_text(RECORD)
    return tmp_path


def asked(folder: Path, *more: str) -> list[str]:
    files = [str(folder / "shop.yaml"), "--record", str(folder / "record.yaml")]
    return ["forecast", *files, "--program", "filer", "--as-of", AS_OF, *more]


def test_as_json_every_goal_has_its_days(folder: Path, run: Any) -> None:
    said = run(*asked(folder, "--format", "json"))
    assert (said.code, said.err) == (0, "")
    found = said.json
    start, second, completion = found["goals"]
    assert (start["goal"], start["reached"], start["reached_on"]) == ("step:start", True, "2025-01-06")
    assert (second["reached"], second["reached_on"]) == (True, "2025-09-01")
    assert completion["goal"] == "completion"
    assert "2027-01-06" <= completion["earliest"] <= completion["expected"]
    assert found["months_measured"] == 12


def test_as_text_it_says_days_and_how(folder: Path, run: Any) -> None:
    said = run(*asked(folder))
    assert said.code == 0
    assert "step:second  reached on 2025-09-01" in said.out
    assert "In one future of ten" in said.out


def test_the_same_question_has_the_same_answer(folder: Path, run: Any) -> None:
    assert run(*asked(folder)).out == run(*asked(folder)).out


def test_a_program_that_is_not_there_is_refused(folder: Path, run: Any) -> None:
    said = run(*[word if word != "filer" else "welder" for word in asked(folder)])
    assert said.code == 2
    assert "no such program" in said.err
