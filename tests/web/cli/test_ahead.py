"""``journeymark what-if`` and ``next`` as a person or a program meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.cli.test_files import RECORD, ROOT

SAM = ["--record", RECORD, "--program", "machinist", "--as-of", "2026-11-21"]
LAKESIDE = str(ROOT / "standards" / "catalog" / "agreement-lakeside-sample.yaml")


def asked(run: Any, *arguments: str) -> Any:
    said = run("what-if", *SAM, "--format", "json", *arguments)
    assert (said.code, said.err) == (0, "")
    return said.json


def test_a_credential_more_changes_states_step_progress_and_credit(run: Any) -> None:
    found = asked(run, "--earn", "credential:mil1", "--agreement", LAKESIDE)
    assert found["supposed"] == {"as_of": "2026-11-21", "things": [{"earn": "credential:mil1"}]}
    assert {"item": "credential:mil1", "from": "ready", "to": "held"} in found["states"]
    assert {"item": "competency:vertical-milling", "from": "locked", "to": "met"} in found["states"]
    assert found["step"] == {"from": "s2", "to": "s3"}
    assert found["usd_per_hour"] == {"from": "19.84", "to": "22.40"}
    assert found["progress"]["from"]["fraction"] == "1411/2400"
    assert found["complete"] == {"from": False, "to": False}
    assert "competency:process-control" in found["opened"]
    (credit,) = found["credit"]
    assert (credit["agreement"], credit["from"], credit["to"]) == ("lakeside-mfgt", 12, 15) or credit[
        "to"
    ] > credit["from"]
    assert credit["gained"] == ["mfg-121"]
    assert credit["lost"] == []


def test_what_is_supposed_is_what_a_record_with_it_says(run: Any, tmp_path: Path) -> None:
    longer = tmp_path / "longer.yaml"
    added = "    - {id: more, credential: mil1, on: 2026-11-21, status: verified, by: NIMS}\n"
    longer.write_text(Path(RECORD).read_text().rstrip("\n") + "\n" + added)
    really = run("evaluate", "--record", str(longer), *SAM[2:], "--format", "json").json
    today = run("evaluate", *SAM, "--format", "json").json
    found = asked(run, "--earn", "credential:mil1")
    turned = {
        f"{kind}:{key}": now["state"]
        for kind, section in (("competency", "competencies"), ("credential", "credentials"))
        for key, now in really[section].items()
        if now["state"] != today[section][key]["state"]
    }
    assert {turn["item"]: turn["to"] for turn in found["states"]} == turned
    assert found["progress"] == {"from": today["progress"], "to": really["progress"]}
    assert found["next_progress"]["to"] == really["wage"]["progress"]


def test_hours_a_revocation_and_another_day(run: Any) -> None:
    hours = asked(run, "--hours", "milling=40", "--hours", "rti=8@2026-11-01")
    assert hours["hours"]["milling"]["to"]["counted"] == hours["hours"]["milling"]["from"]["counted"] + 40
    assert hours["supposed"]["things"] == [
        {"hours": 40, "in": "milling"},
        {"hours": 8, "in": "rti", "on": "2026-11-01"},
    ]
    revoked = asked(run, "--revoke", "e19", "--on", "2027-06-01")
    assert revoked["supposed"] == {"as_of": "2027-06-01", "things": [{"revoke": "e19"}]}
    assert revoked["as_of"] == "2026-11-21"


def test_nothing_supposed_changes_nothing(run: Any) -> None:
    found = asked(run)
    assert (found["states"], found["opened"], found["hours"], found["credit"]) == ([], [], {}, [])
    assert found["progress"]["from"] == found["progress"]["to"]
    said = run("what-if", *SAM)
    assert "Nothing changes." in said.out


def test_in_words_only_what_changes_is_said(run: Any) -> None:
    said = run("what-if", *SAM, "--earn", "credential:mil1").out
    assert "Wage step: s2, $19.84 an hour -> s3, $22.40 an hour" in said
    assert "Hours in" not in said
    assert said.endswith("Nothing is stored.\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--earn", "credential:mil9"], "--earn credential:mil9: the credential 'mil9' is in no document given; did"),
        (["--earn", "mil1"], "--earn mil1: 'mil1' is nothing to earn; write credential:ID or credential:ID#PART,"),
        (["--earn", "credential:mil1#practice"], "'practice' is no part of nims-machining-1:mil1; expected one of "),
        (["--earn", "credential:mil1=3"], "a credential is not earned so; write credential:ID or credential:ID#PART"),
        (["--earn", "competency:square-block=9"], "no rating of nims-machining-1:square-block; expected one of 0, 1"),
        (["--earn", "score:ncrc-math"], "'' is no value of act-ncrc:ncrc-math; write score:ID=VALUE with "),
        (["--earn", "credential:mil1@2027-01-01"], "2027-01-01 is after 2026-11-21, the day asked about,"),
        (["--earn", "credential:mil1@soon"], "'soon' is no date; write it as 2026-01-31"),
        (["--hours", "milin=40"], "the work process 'milin' is in no document given; did you mean milling"),
        (["--hours", "milling=many"], "'many' is no number of hours; write a work process, ojl or rti and the hours"),
        (["--hours", "milling"], "'' is no number of hours;"),
        (["--revoke", "e99"], "--revoke e99: no evidence has the id 'e99'; did you mean"),
        (["--earn", "credential:mil1"] * 101, "101 things are supposed at once; ask about 100 at most"),
    ],
)  # fmt: skip
def test_what_cannot_be_supposed_is_said_with_what_would_be_right(
    run: Any, arguments: list[str], complaint: str
) -> None:
    said = run("what-if", *SAM, *arguments)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.err


def test_next_ranks_what_can_be_started_and_says_why(run: Any) -> None:
    said = run("next", *SAM, "--limit", "3", "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert [step["item"] for step in said.json["steps"]] == [
        "credential:mil1",
        "credential:grn1",
        "credential:drl1",
    ]
    first = said.json["steps"][0]
    assert first["raise"] == {
        "left": 1,
        "nearer": 1,
        "progress": {"fraction": "1/8", "percent": 12.5},
        "reached": True,
    }
    assert first["completion"]["nearer"] == 1
    assert first["hours"] == 120
    assert "competency:process-control" in first["opens"]
    assert first["why"].startswith(
        "Brings the next raise: nothing else is missing. One of seven things missing"
    )
    assert said.json["more"] > 0
    text = run("next", *SAM, "--limit", "3").out
    assert text.splitlines()[1] == "1. credential:mil1 (ready)"
    assert text.splitlines()[-1] == f"{said.json['more']} more."


def test_asked_exactly_every_distance_is_a_number(run: Any, tmp_path: Path) -> None:
    shop = tmp_path / "shop.json"
    framework = {
        "journeymark": 1,
        "framework": {"id": "f", "title": "F", "version": "1"},
        "competencies": [{"id": name, "title": name} for name in ("a", "b", "c")],
    }
    program = {
        "journeymark": 1,
        "program": {
            "id": "p",
            "title": "P",
            "approach": "competency",
            "completion": {"at_least": 2, "of": [{"competency": name} for name in ("a", "b", "c")]},
        },
    }
    record = {"journeymark": 1, "record": {"person": {"id": "x"}}}
    shop.write_text(json.dumps([framework, program, record]))
    arguments = [
        "next",
        str(shop),
        "--record",
        str(shop),
        "--program",
        "p",
        "--as-of",
        "2026-01-01",
        "--format",
        "json",
    ]
    quick, exact = run(*arguments).json, run(*arguments, "--exact").json
    assert [step["completion"]["nearer"] for step in quick["steps"]] == [1, 1, None]
    assert [step["completion"]["nearer"] for step in exact["steps"]] == [1, 1, 1]
    assert "One of two things missing to journeyworker." in exact["steps"][2]["why"]


def test_a_number_of_steps_is_a_number(run: Any) -> None:
    said = run("next", *SAM, "--limit", "0")
    assert said.code == 2
    assert "'0' is no number of steps; write 5" in said.err
