"""The page that works one answer out by hand: the program, the expected answer and the page agree."""

import json
from pathlib import Path
from typing import Any

import pytest

from web.cli import main

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "docs" / "articulation" / "record.yaml"
AGREEMENT = ROOT / "standards" / "catalog" / "agreement-lakeside-sample.yaml"
ARGUMENTS = ["articulate", "--record", str(RECORD), "--agreement", str(AGREEMENT), "--as-of", "2026-11-21"]


@pytest.fixture
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs/articulation/expected.json").read_text(encoding="utf-8"))
    return found


def test_the_command_answers_what_was_worked_out_by_hand(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ARGUMENTS, "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == expected
    assert printed.err == ""


def test_the_page_and_the_expected_answer_say_the_same(expected: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "articulation.md").read_text(encoding="utf-8")
    assert [award["id"] for award in expected["awards"]] == [
        "mfg-105",
        "mfg-121",
        "mfg-141",
        "mfg-233",
        "mth-105",
        "prod-half",
    ]
    assert (expected["credits"], expected["pieces"], expected["remaining"]["credits"]) == (19, 8, 38)
    assert expected["next_best"]["credits"] == 19
    assert "**19** credits, on 8 pieces of evidence" in page
    assert "60 - 19 - 3 = **38**" in page
    for left_out in expected["left_out"]:
        assert f"| `{left_out['id']}` | `{left_out['reason']}`" in page


def test_the_text_says_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ARGUMENTS) == 0
    said = capsys.readouterr().out
    assert "19 semester hours of credit. An estimate until the college decides." in said
    assert "38 of 60 remain to the degree, 9 of them at the college." in said
    assert "a limit is reached; limit groups.technical" in said
    assert "evidence waits for verification" in said


def test_a_file_without_an_agreement_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["articulate", "--record", str(RECORD), "--agreement", str(RECORD)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "0 agreements; give a file with exactly one" in printed.err


def test_a_pair_that_names_no_award_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "agreement.yaml"
    text = AGREEMENT.read_text(encoding="utf-8").replace("reuse: forbid", "reuse: [[mfg-101, mfg-999]]")
    broken.write_text(text, encoding="utf-8")
    assert main(["articulate", "--record", str(RECORD), "--agreement", str(broken)]) == 2
    assert "the award 'mfg-999' is not in this agreement; expected one of mfg-101" in capsys.readouterr().err
