"""``journeymark simulate`` as a person or a program meets it."""

from pathlib import Path
from typing import Any

import pytest

SHOP = """journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
competencies:
  - {id: layout, title: Layout, effort: {hours: 10}}
  - {id: filing, title: Filing, effort: {hours: 20}, prerequisites: {competency: layout}}
  - {id: welding, title: Welding}
credentials:
  - {id: mms, title: Measurement}
---
journeymark: 1
program:
  id: filer
  title: Filer
  uses: [shop]
  approach: competency
  completion:
    all: [{competency: filing}, {credential: mms}, {months: 6, since: registered}]
  wages:
    journey_rate: {usd_per_hour: 30, from: 2025-01-01}
    steps: [{id: start, percent: 60}, {id: second, percent: 80, when: {competency: layout}}]
---
journeymark: 1
program: {id: hobby, title: Hobby, uses: [shop], approach: competency}
---
journeymark: 1
program:
  id: raises-only
  title: Raises only
  uses: [shop]
  approach: competency
  wages:
    journey_rate: {usd_per_hour: 30, from: 2025-01-01}
    steps: [{id: start, percent: 60}, {id: second, percent: 80, when: {competency: layout}}]
"""
NO_CHANCE = """journeymark: 1
assumptions: {pass_rate: 1, attrition: 0, spread: 0}
"""
CAREFUL = """journeymark: 1
assumptions: {attrition: 0.03, pass_rate: 0.6}
things:
  - {credential: mms, pass_rate: 0.9, source: our own tests}
  - {competency: layout, hours: 12.5}
  - {competency: welding, hours: 30}
"""


@pytest.fixture
def simulate(run: Any, tmp_path: Path) -> Any:
    (tmp_path / "shop.yaml").write_text(SHOP)

    def ask(*words: str, assumptions: str = "", program: str = "filer") -> Any:
        given = []
        if assumptions:
            (tmp_path / "own.yaml").write_text(assumptions)
            given = ["--assumptions", str(tmp_path / "own.yaml")]
        many = () if "--apprentices" in words else ("--apprentices", "400")
        return run("simulate", str(tmp_path / "shop.yaml"), "--program", program, *given, *many, *words)

    return ask


def test_without_chance_every_number_is_as_worked_out_by_hand(simulate: Any, tmp_path: Path) -> None:
    """A quarter of a month has 625 minutes of learning: layout takes 600, filing 1,200, measurement 2,400.

    Layout is done in the first quarter, everything in the seventh; then everybody waits for the sixth month, with
    10,800 of 15,000 minutes left.
    """
    said = simulate("--years", "1", "--registered", "2026-01-31", assumptions=NO_CHANCE)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Filer: 400 simulated apprentices over 1 year, seed 1",
        "",
        "Completed:    400  100.0 %",
        "Left:           0  0.0 %",
        "Still at it:    0  0.0 %",
        "",
        "Months from registration until so many would be there if all stayed; how many got there before leaving",
        "                        1 in 10               half            9 in 10  got there",
        "  start          0 (2026-01-31)     0 (2026-01-31)     0 (2026-01-31)        400",
        "  second      0.25 (2026-02-07)  0.25 (2026-02-07)  0.25 (2026-02-07)        400",
        "  completion     6 (2026-07-31)     6 (2026-07-31)     6 (2026-07-31)        400",
        "",
        "What completion waits for last",
        "  6 months since registration: for 100.0 %",
        "",
        "What takes most of the time, repetitions included",
        "  credential mms: 1.0 months each; 100.0 % take it",
        "  competency filing: 0.5 months each; 100.0 % take it",
        "  competency layout: 0.2 months each; 100.0 % take it",
        "With nothing to begin, waiting for hours or months: 4.3 months each",
        "",
        (
            "All of this follows from the assumptions and the rules of the program. "
            "It says nothing about any person, and is no better than the numbers put in."
        ),
        (
            "Defaults, guessed and without a source; put your own numbers into --assumptions: hours per week 40, "
            "weeks per year 50, learning share 0.25, related hours per month 12, default hours 40, retry share 0.5"
        ),
        f"From {tmp_path / 'own.yaml'}, without a source: pass rate 1, spread 0, attrition 0",
        "No effort stated, default hours taken: credential mms",
    ]


def test_the_answer_in_words_says_what_was_given_what_has_a_source_and_what_is_not_asked_for(
    simulate: Any, tmp_path: Path
) -> None:
    lines = simulate(assumptions=CAREFUL).out.splitlines()
    own = tmp_path / "own.yaml"
    assert (
        lines[-3:]
        == [
            (
                f"From {own}, without a source: pass rate 0.6, attrition 0.03, competency layout (hours 12.5), "
                "competency welding (hours 30)"
            ),
            f"From {own}, by our own tests: credential mms (pass rate 0.9)",
            "No effort stated, default hours taken: credential mms",
        ]
        or lines[-1] == "Not asked for by this program: competency welding"
    )
    assert "Not asked for by this program: competency welding" in lines


def test_as_json_everybody_is_somewhere_and_every_number_has_its_origin(simulate: Any) -> None:
    data = simulate("--format", "json", assumptions=CAREFUL).json
    assert (data["program"], data["apprentices"], data["years"], data["seed"]) == ("filer", 400, 5, 1)
    assert [moment["month"] for moment in data["moments"]] == list(range(0, 61, 6))
    for moment in (data, *data["moments"]):
        assert moment["completed"] + moment["left"] + moment["active"] == 400
    assert data["moments"][0] == {"month": 0, "completed": 0, "left": 0, "active": 400}
    assert [goal["goal"] for goal in data["goals"]] == ["step:start", "step:second", "completion"]
    assert data["goals"][-1]["reached"] == data["completed"]
    assert all("days" not in goal for goal in data["goals"])
    for goal in data["goals"]:
        assert goal["months"]["p10"] <= goal["months"]["p50"] <= goal["months"]["p90"]
    assert {one["item"] for one in data["items"]} == {
        "competency:layout",
        "competency:filing",
        "credential:mms",
    }
    origins = {key: one["from"] for key, one in data["assumptions"].items()}
    assert {key for key, origin in origins.items() if origin == "given"} == {"attrition", "pass_rate"}
    assert data["things"] == [
        {"item": "credential:mms", "pass_rate": 0.9, "from": "sourced", "source": "our own tests"},
        {"item": "competency:layout", "hours": 12.5, "from": "given", "source": None},
        {"item": "competency:welding", "hours": 30, "from": "given", "source": None},
    ]
    assert data["not_asked_for"] == ["competency:welding"]
    assert data["effort_assumed"] == ["credential:mms"]
    assert "follows from the assumptions" in data["basis"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(simulate: Any, form: str) -> None:
    one, two, other = (simulate("--format", form, "--seed", seed).out for seed in ("4", "4", "5"))
    assert one == two
    assert one.replace('"seed": 4', '"seed": 5').replace("seed 4", "seed 5") != other


def test_passing_more_often_lets_more_complete_and_none_later(simulate: Any) -> None:
    rates = (0.2, 0.5, 0.9)
    told = [
        simulate("--format", "json", assumptions=f"journeymark: 1\nassumptions: {{pass_rate: {rate}}}\n").json
        for rate in rates
    ]
    completed = [data["completed"] for data in told]
    assert completed == sorted(completed)
    assert completed[0] < completed[-1]
    for quantile in ("p10", "p50", "p90"):
        months = [data["goals"][-1]["months"][quantile] for data in told]
        assert months == sorted(months, reverse=True)


def test_what_is_not_reached_within_the_time_is_later(simulate: Any) -> None:
    hopeless = "journeymark: 1\nassumptions: {}\nthings: [{credential: mms, pass_rate: 0}]\n"
    data = simulate("--format", "json", "--years", "1", assumptions=hopeless).json
    assert data["completed"] == 0
    assert data["goals"][-1] == {
        "goal": "completion",
        "reached": 0,
        "months": {"p10": None, "p50": None, "p90": None},
        "last": [],
    }
    said = simulate("--years", "1", assumptions=hopeless).out
    assert "  completion    later    later    later          0" in said
    assert "waits for last" not in said


def test_without_a_completion_rule_nobody_completes_and_some_leave(simulate: Any) -> None:
    data = simulate("--format", "json", program="raises-only").json
    assert data["completed"] == 0
    assert data["left"] > 100
    said = simulate(program="raises-only").out
    assert "The program has no completion rule, so nobody completes it." in said


def test_without_anything_to_reach_the_answer_says_so(simulate: Any) -> None:
    said = simulate("--apprentices", "3", "--years", "1", program="hobby")
    assert said.code == 0
    assert "The program has neither wage steps nor a completion rule: there is nothing to reach." in said.out


def test_programs_of_the_catalog_are_simulated_without_a_file(run: Any) -> None:
    said = run("simulate", "--program", "machinist", "--apprentices", "50", "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert said.json["assumptions"]["related_hours_per_month"] == {"value": 12, "from": "program"}
    assert any(one.get("in") == "rti" for one in said.json["goals"][-1]["last"])


def test_assumptions_may_come_from_standard_input(run: Any, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SHOP)
    words = ("simulate", str(tmp_path / "shop.yaml"), "--program", "filer", "--apprentices", "9")
    said = run(*words, "--assumptions", "-", given=NO_CHANCE)
    assert "From -, without a source: pass rate 1, spread 0, attrition 0" in said.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--apprentices", "0"), "'0' is no whole number from 1 to 1000000; write 1000"),
        (("--apprentices", "1e3"), "'1e3' is no whole number"),
        (("--apprentices", "2000000"), "no whole number from 1 to 1000000"),
        (("--years", "41"), "'41' is no whole number from 1 to 40; write 5"),
        (("--seed", "-1"), "'-1' is no whole number"),
        (("--registered", "2026-02-30"), "'2026-02-30' is no date; write 2026-01-31"),
        (("--registered", "9996-01-01"), "--registered 9996-01-01: 5 years later the calendar has ended"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(
    simulate: Any, words: tuple[str, ...], complaint: str
) -> None:
    said = simulate(*words)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.err


def test_an_unknown_program_is_refused_with_those_there_are(simulate: Any) -> None:
    said = simulate(program="filler")
    assert said.code == 2
    assert said.err == (
        "--program filler: no such program in the documents given; they have filer, hobby, raises-only\n"
    )


def test_a_wrong_assumption_is_refused_with_its_place(simulate: Any, tmp_path: Path) -> None:
    said = simulate(assumptions="journeymark: 1\nassumptions: {}\nthings: [{credential: msm, hours: 3}]\n")
    assert (said.code, said.out) == (2, "")
    what = "things[0].credential: the credential 'msm' is in no document given; did you mean mms?"
    assert said.err == f"{tmp_path / 'own.yaml'}:3:23: {what}\n"


def test_a_file_that_is_not_there_is_refused(run: Any) -> None:
    said = run("simulate", "--program", "machinist", "--assumptions", "nowhere.yaml")
    assert (said.code, said.err) == (
        2,
        "nowhere.yaml: No such file or directory; name a file that can be read\n",
    )
