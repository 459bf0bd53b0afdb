"""``journeymark lint``, ``evaluate``, ``explain`` and ``schema`` as a person or a program meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CATALOG = [str(path) for path in sorted((ROOT / "standards" / "catalog").glob("*.yaml"))]
RECORD = str(ROOT / "docs" / "worked-example" / "record.yaml")
SAM = ["--record", RECORD, "--program", "machinist", "--as-of", "2026-11-21"]
BROKEN = ROOT / "tests" / "standards" / "broken"
SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
competencies: [{id: turn, title: Turning, prerequisites: {credential: mms}}]
credentials: [{id: mms, title: Measuring}]
---
journeymark: 1
program: {id: trade, title: Trade, approach: competency, completion: RULE}
---
journeymark: 1
record:
  person: {id: p1}
  enrolments: [{program: trade, registered: 2025-01-06}]
  evidence: [{id: e1, credential: mms, on: 2025-02-10, status: verified}]
"""


RULE = "{all: [{competency: turn}, {months: 12, since: registered}]}"
SHOP = SHOP.replace("RULE", RULE)


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    return str(path)


def test_lint_of_the_catalog_finds_nothing(run: Any) -> None:
    for arguments in ([], CATALOG):
        said = run("lint", *arguments)
        assert (said.code, said.out, said.err) == (0, "no findings\n", "")
        assert run("lint", "--format", "json", *arguments).json == []


def test_lint_ends_with_1_for_an_error_and_with_0_for_a_warning(run: Any) -> None:
    error = run("lint", str(BROKEN / "unknown-credential.yaml"))
    assert (error.code, error.err) == (1, "")
    assert error.out.splitlines()[0].endswith(
        "unknown-credential.yaml:4:60: credentials[0].prerequisites.credential: error unknown-name: "
        "the credential 'msm' is in no document given; did you mean mms?"
    )
    assert error.out.splitlines()[-1] == "1 finding"
    warning = run("lint", "--format", "json", str(BROKEN / "orphan.yaml"))
    assert (warning.code, [finding["severity"] for finding in warning.json]) == (0, ["warning"])
    assert warning.json[0].keys() == {"code", "severity", "where", "message"}


def test_lint_ends_with_2_only_for_what_cannot_be_read(run: Any) -> None:
    path = BROKEN / "misspelt-key.yaml"
    said = run("lint", "--format", "json", str(path))
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"{path}:4:47: competencies[0].prerequsites: unknown key 'prerequsites'; "
        "the nearest known key is 'prerequisites'\n"
    )
    circle = run("lint", str(BROKEN / "cycle-of-prerequisites.yaml"))
    assert circle.code == 1
    assert "shop:a -> shop:b -> shop:c -> shop:a" in circle.out


def test_every_file_that_cannot_be_read_is_named(run: Any, tmp_path: Path) -> None:
    names = ["misspelt-key.yaml", "empty-any.yaml"]
    said = run("lint", *(str(BROKEN / name) for name in names))
    assert [line.rsplit("/", 1)[1].split(":")[0] for line in said.err.splitlines()] == names
    absent = run("lint", str(tmp_path / "absent.yaml"))
    assert (absent.code, absent.out) == (2, "")
    assert absent.err == f"{tmp_path}/absent.yaml: No such file or directory; name a file that can be read\n"
    folder = run("lint", str(tmp_path))
    assert (folder.code, folder.err.count("\n")) == (2, 1)


ADA = ["--record", "-", "--program", "trade", "--as-of", "2025-12-31"]


@pytest.mark.parametrize("command", [["lint"], ["evaluate", *ADA], ["explain", *ADA, "--goal", "completion"]])
def test_the_formats_are_never_mixed(run: Any, shop: str, command: list[str]) -> None:
    command = [command[0], shop, *command[1:]]
    as_json = run(*command, "--format", "json", given=SHOP)
    assert (as_json.code, as_json.err) == (0, "")
    assert isinstance(as_json.json, dict | list)
    as_text = run(*command, "--format", "text", given=SHOP)
    assert (as_text.code, as_text.err) == (0, "")
    assert run(*command, given=SHOP).out == as_text.out
    with pytest.raises(json.JSONDecodeError):
        _ = as_text.json


def test_evaluate_prints_the_answer_of_the_worked_example(run: Any) -> None:
    expected = json.loads((ROOT / "docs" / "worked-example" / "expected.json").read_text())
    found = run("evaluate", *SAM, "--format", "json").json
    assert found.keys() == expected.keys()
    parts = found.keys() - {"completion"}
    assert {part: found[part] for part in parts} == {part: expected[part] for part in parts}
    assert run("evaluate", *CATALOG, *SAM, "--format", "json").json["wage"] == expected["wage"]


def test_evaluate_says_the_three_answers_first_in_text(run: Any) -> None:
    assert run("evaluate", *SAM).out.splitlines()[:4] == [
        "Sam Okafor, Machinist, as of 2026-11-21",
        "58.7 % to journeyworker (1411/2400)",
        "Wage step s2, $19.84 an hour",
        "Next raise: s3 ($22.40 an hour), 87.5 % of the way",
    ]


def test_a_dash_is_standard_input_for_documents_and_for_the_record(run: Any, shop: str) -> None:
    asked = ["--program", "trade", "--as-of", "2025-12-31", "--format", "json"]
    from_file = run("evaluate", shop, "--record", shop, *asked)
    assert from_file.json["credentials"]["mms"]["state"] == "held"
    assert (
        run("evaluate", "-", "--record", shop, *asked, given=SHOP).json["progress"]
        == from_file.json["progress"]
    )
    assert run("evaluate", shop, "--record", "-", *asked, given=SHOP).json == from_file.json
    assert run("lint", "-", given=SHOP).code == 0
    broken = run("lint", "-", given="journeymark: 1\n")
    assert (broken.code, broken.err) == (
        2,
        "-:1:1: found none of them; expected exactly one of framework, program, record, agreement, degree\n",
    )


def test_json_documents_are_read_too(run: Any) -> None:
    text = '[{"journeymark": 1, "framework": {"id": "shop", "title": "Shop", "version": "1"}}]'
    assert run("lint", "-", given=text).code == 0
    wrong = run("lint", "-", given=text.replace('"1"}', "1}"))
    assert wrong.err == '-:1:77: framework.version: the number 1 where text belongs; quote it: "1"\n'


def test_explain_gives_the_tree_and_the_fix(run: Any) -> None:
    said = run("explain", *SAM, "--goal", "step:s3", "--format", "json")
    assert said.code == 0
    assert said.json["fix"] == [{"earn": "credential:cto"}]
    assert {
        "goal",
        "requirement",
        "clause",
        "holds",
        "progress",
        "since",
        "because",
        "missing",
    } <= said.json.keys()
    text = run("explain", *SAM, "--goal", "step:s3").out.splitlines()
    assert text[0] == "step:s3"
    assert text[-2:] == ["A smallest way:", "  earn credential:cto"]


def test_a_goal_that_holds_has_nothing_missing(run: Any) -> None:
    said = run("explain", *SAM, "--goal", "credential:mms")
    assert (said.code, said.out.splitlines()[-1]) == (0, "Nothing is missing.")
    assert run("explain", *SAM, "--goal", "credential:mms", "--format", "json").json["fix"] == []


def test_a_goal_that_cannot_be_reached_ends_with_1_and_the_reason(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "ended.yaml"
    months = SHOP.replace(RULE, "{months: 12, since: registered}")
    path.write_text(months.replace("registered: 2025-01-06", "registered: 2025-01-06, ended: 2025-02-01"))
    asked = [
        str(path),
        "--record",
        str(path),
        "--program",
        "trade",
        "--as-of",
        "2025-12-31",
        "--goal",
        "completion",
    ]
    said = run("explain", *asked, "--format", "json")
    assert (said.code, said.json["fix"], said.json["reason"]) == (1, None, "the months no longer run")
    text = run("explain", *asked)
    assert (text.code, text.out.splitlines()[-1]) == (1, "Nothing can make it hold: the months no longer run")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--program", "machinst"], "--program machinst: no such program in the documents given; they have"),
        (
            ["--program", "machinist", "--goal", "moon"],
            "--goal: 'moon' is no goal; write completion, step:ID,",
        ),
        (["--program", "machinist", "--goal", "credential:mns"], "did you mean mms, cms2?"),
        (["--program", "machinist", "--as-of", "21.11.2026"], "'21.11.2026' is no date; write 2026-01-31"),
        (["--program", "machinist", "--known-at", "noon"], "'noon' is no time; write 2026-01-31T14:30:00Z"),
        (
            ["--program", "machinist", "--known-at", "9999-12-31T23:59:59-12:00"],
            "is no time; write 2026-01-31T14:30:00Z",
        ),
    ],
)
def test_a_wrong_question_ends_with_2_and_says_what_would_be_right(
    run: Any, more: list[str], said: str
) -> None:
    goal = [] if "--goal" in more else ["--goal", "completion"]
    found = run("explain", "--record", RECORD, *goal, *more)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_a_file_without_a_record_or_with_two_ends_with_2(run: Any, shop: str) -> None:
    asked = ["--program", "trade"]
    without = run("evaluate", shop, "--record", CATALOG[0], *asked)
    assert (without.code, without.err) == (2, f"{CATALOG[0]}: 0 records; give a file with exactly one\n")
    two = run("evaluate", shop, "--record", "-", *asked, given=SHOP + "---" + SHOP.split("---")[2])
    assert (two.code, two.err) == (2, "-: 2 records; give a file with exactly one\n")


def test_an_unknown_name_in_a_record_ends_with_2_and_its_place(run: Any, shop: str) -> None:
    found = run(
        "evaluate",
        shop,
        "--record",
        "-",
        "--program",
        "trade",
        given=SHOP.replace("credential: mms, on", "credential: mns, on"),
    )
    assert (found.code, found.out) == (2, "")
    assert found.err == (
        "-:14:35: record.evidence[0].credential: the credential 'mns' is in no document given; did you mean mms?\n"
    )


def test_known_at_and_as_of_are_two_dates(run: Any, shop: str) -> None:
    late = SHOP.replace("status: verified}", 'status: verified, recorded: "2025-03-01T12:00:00+02:00"}')
    asked = ["evaluate", "-", "--record", shop, "--program", "trade", "--format", "json"]
    asked[3] = "-"
    states = {}
    for known in ("2025-03-01T09:59:59Z", "2025-03-01T10:00:00Z", "2025-03-02"):
        found = run("evaluate", shop, *asked[2:], "--as-of", "2025-12-31", "--known-at", known, given=late)
        states[known] = (found.json["credentials"]["mms"]["state"], found.json["known_at"])
    assert states == {
        "2025-03-01T09:59:59Z": ("ready", "2025-03-01T09:59:59+00:00"),
        "2025-03-01T10:00:00Z": ("held", "2025-03-01T10:00:00+00:00"),
        "2025-03-02": ("held", "2025-03-02T00:00:00+00:00"),
    }
