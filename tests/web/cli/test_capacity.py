"""``journeymark capacity`` answers from files, and says what is wrong with them."""

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from web.cli import main

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "docs" / "worked-example" / "record.yaml"
CAPACITY = """journeymark: 1
capacity:
  months: 4
  budget: {usd: 500}
  training_hours_per_month: 80
stations:
  - id: bench
    title: Bench and tests
    hours: [120, 120, 80, 80]
    trains: [{credential: jpbl}, {credential: mms}, {competency: jpp}, {competency: benchwork}]
  - {id: floor, slots: 1}
mentors:
  - {id: m.ortiz, hours: 100}
things:
  - {credential: jpbl, hours: 60, usd: 90}
"""


def run(tmp_path: Path, text: str, *more: str) -> tuple[int, str, str]:
    file = tmp_path / "capacity.yaml"
    file.write_text(text)
    out, wrong = StringIO(), StringIO()
    arguments = ["capacity", "--record", str(RECORD), "--program", "machinist", "--capacity", str(file)]
    with redirect_stdout(out), redirect_stderr(wrong):
        code = main([*arguments, "--as-of", "2026-11-21", "--time-limit", "10", *more])
    return code, out.getvalue(), wrong.getvalue()


def test_it_says_who_is_trained_where_and_what_comes_of_it(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, CAPACITY, "--format", "json")
    assert code == 0
    data: dict[str, Any] = json.loads(out)
    assert data["optimal"]
    assert data["worth"] == data["bound"] >= data["without_training"]
    assert data["from"] == "2026-11-21"
    assert data["until"] == "2027-03-21"
    assert float(data["cost_usd"]) <= 500
    assert all(one["mentor"] == "m.ortiz" for one in data["trainings"])
    by_month = [0.0] * 4
    for one in data["trainings"]:
        by_month[one["month"] - 1] += one["hours"] if one["until_month"] == one["month"] else 0
    assert max(by_month) <= 80
    code, out, _ = run(tmp_path, CAPACITY)
    assert code == 0
    assert "proven best" in out
    assert "2026-11-21 to 2027-03-21" in out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hours: [120, 120, 80, 80]", "hours: [120, 120]", "stations[0].hours: 2 months, and the plan has 4"),
        ("id: floor", "id: bench", "stations[1].id: bench a second time"),
        ("credential: mms}", "credential: mmx}", "stations[0].trains[1].credential"),
        ("months: 4", "months: 40", "capacity.months"),
        ("hours: 60, usd: 90", "hours: -1", "things[0].hours"),
        (", hours: 60, usd: 90", "", "things[0]"),
        ("budget: {usd: 500}", "budgte: {usd: 500}", "budget"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in CAPACITY
    code, out, wrong = run(tmp_path, CAPACITY.replace(old, new))
    assert (code, out) == (2, "")
    assert said in wrong


def test_the_same_person_twice_is_refused(tmp_path: Path) -> None:
    code, _, wrong = run(tmp_path, CAPACITY, "--record", str(RECORD))
    assert code == 2
    assert "twice" in wrong


def test_its_schema_accepts_what_can_be_read_and_nothing_else() -> None:
    out = StringIO()
    with redirect_stdout(out):
        assert main(["schema", "capacity"]) == 0
    schema = json.loads(out.getvalue())
    assert jsonschema_rs.meta.is_valid(schema)
    valid = jsonschema_rs.validator_for(schema).is_valid
    station = {"id": "bench", "hours": [1, 2.5], "slots": 1}
    assert valid({"journeymark": 1, "capacity": {"months": 2}, "stations": [station]})
    assert not valid({"journeymark": 1, "capacity": {"months": 0}, "stations": [station]})
    assert not valid({"journeymark": 1, "capacity": {"months": 2}, "stations": []})
    assert not valid({"journeymark": 1, "capacity": {"months": 2}, "stations": [{**station, "hours": -1}]})
