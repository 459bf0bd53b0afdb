"""The worked example of the documentation: what was worked out by hand is what the engine answers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.actions import Earn
from graph.evaluating import Evaluation, evaluate
from graph.explaining import explain
from graph.fixing import Fix, fix
from standards.answers import evaluation_answer
from standards.compiling import compile_world
from standards.reading import read_files
from standards.recording import person_of

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "worked-example"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    documents = read_files(sorted((ROOT / "standards" / "catalog").glob("*.yaml")))
    (record,) = read_files([EXAMPLE / "record.yaml"])
    world = compile_world(documents)
    person = person_of(record, documents, world)
    return evaluate(world, person, program="machinist", as_of=date(2026, 11, 21))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))
    return answer


@pytest.fixture(scope="module")
def answer(evaluation: Evaluation) -> dict[str, Any]:
    assert evaluation.program is not None
    assert evaluation.program.completion is not None
    completion = explain(evaluation, evaluation.program.completion)
    found: dict[str, Any] = json.loads(json.dumps(evaluation_answer(evaluation, completion)))
    return found


def shape(explanation: dict[str, Any]) -> dict[str, Any]:
    return {key: explanation[key] for key in ("holds", "progress", "since")}


@pytest.mark.parametrize("part", ["competencies", "credentials", "hours"])
def test_every_item_is_as_worked_out_by_hand(
    answer: dict[str, Any], expected: dict[str, Any], part: str
) -> None:
    assert answer[part] == expected[part]


def test_progress_wage_and_dates_are_as_worked_out_by_hand(
    answer: dict[str, Any], expected: dict[str, Any]
) -> None:
    parts = ("as_of", "known_at", "program", "person", "complete", "progress", "wage")
    assert {part: answer[part] for part in parts} == {part: expected[part] for part in parts}


def test_each_part_of_completion_is_as_worked_out_by_hand(
    answer: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = answer["completion"]
    members = [shape(member) for member in found["members"]]
    assert {**shape(found), "members": members} == expected["completion"]


def test_the_smallest_way_to_the_next_raise_is_one_credential(evaluation: Evaluation) -> None:
    assert evaluation.program is not None
    step = evaluation.program.steps[2]
    assert step.when is not None
    found = fix(evaluation, step.when, evaluation.step_scope(step.key))
    assert found == Fix((Earn("credential", "nims-machining-1:cto"),))


def test_the_page_shows_the_numbers_of_the_answer(expected: dict[str, Any]) -> None:
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"**{expected['progress']['fraction']}**" in page
    assert f"**{expected['progress']['percent']}**" in page
    assert f"**{expected['wage']['progress']['fraction']}**" in page
    for item, answer in (expected["competencies"] | expected["credentials"]).items():
        if answer["by"]:
            assert f"`{item}`" in page
