"""``journeymark cohort``: what it refuses, and what it says. With real workers it runs among the stacks."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apprenticeship.cohort.answers import METHOD, cohort_answer
from apprenticeship.cohort.looks.seeing import Seen
from web.cli import cohort_text

TODAY = Counter(
    {
        ("people",): 1200,
        ("complete",): 100,
        ("stuck",): 7,
        ("band", "3"): 1100,
        ("band", "9"): 100,
        ("step", ""): 200,
        ("step", "shop:two"): 1000,
        ("state", "credential", "shop:mms", "held"): 300,
        ("state", "credential", "shop:mms", "ready"): 900,
        ("held_up", "credential", "shop:mms"): 900,
        ("alone", "completion", '{"credential": "mms"}'): 12,
        ("alone", "shop:two", '{"hours": 40, "in": "ojl"}'): 5,
        ("pace", "2025-11", "50"): 30,
        ("pace", "2026-11", "1"): 8,
    }
)
MOVES = Counter(
    {
        ("complete", "gained"): 4,
        ("complete", "lost"): 1,
        ("further",): 9,
        ("stuck",): 2,
        ("same",): 1180,
        ("step", "", "shop:two"): 3,
        ("item", "credential", "shop:mms", "gained"): 6,
    }
)
TITLES = {"step:shop:one": "Step 1", "step:shop:two": "Second year", "credential:shop:mms": "Measurement"}
SEEN = Seen(TODAY, TODAY, MOVES, TITLES)


def said(*, compared: bool = False) -> list[str]:
    answer = cohort_answer("shop", date(2026, 11, 21), SEEN, compared=compared)
    return [" ".join(line.split()) for line in cohort_text.programs([answer])]


def test_everybody_in_words() -> None:
    assert said() == [
        "shop, as of 2026-11-21: 1,200 people, 100 complete, 7 stuck",
        "How far to journeyworker",
        "1,100 30 to 40 %",
        "100 90 to 100 %",
        "Wage steps reached",
        "200 before the first step",
        "1,000 Second year",
        "One thing away",
        "12 credential mms, for completion",
        "5 the rest of 40 hours in ojl, for step:two",
        "What holds people up",
        "900 Measurement (credential shop:mms)",
        "Expected to complete",
        "30 2027-11",
        "8 too early to say",
        METHOD,
    ]


def test_what_other_standards_would_do_in_words() -> None:
    assert said(compared=True)[-8:] == [
        "By the other standards",
        "1,200 people, 100 complete, 7 stuck",
        "4 would be complete, 1 no longer",
        "0 would be nearer to completion, 9 further from it",
        "2 would be stuck, 0 no longer",
        "1,180 the same",
        "3 from step none to two",
        "6 would have Measurement (credential shop:mms), 0 no longer",
    ]


def test_nobody_and_no_program() -> None:
    answer = cohort_answer("shop", date(2026, 11, 21), Seen(), compared=False)
    assert cohort_text.programs([answer]) == ["shop, as of 2026-11-21: 0 people, 0 complete, 0 stuck"]
    assert cohort_text.programs([]) == ["No program is published."]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["--by", "newest"], "--by without --program"),
        (["--program", "machinist", "--by", "newest", "--keep"], "--keep with --by"),
        (["--program", "machinist", "--keep", "--as-of", "2030-01-01"], "--keep with --as-of"),
        (["--program", "machinist", "--by", "/nowhere.yaml"], "/nowhere.yaml: No such file"),
        (["--as-of", "soon"], "soon"),
        (["--program", "machinist"], "No stack runs on the data folder"),
    ],
)
def test_what_cannot_be_looked_at_is_said(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], right: str
) -> None:
    monkeypatch.setenv("JOURNEYMARK_DATA", str(tmp_path))
    for name in ("DATABASE_URL", "BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    answer = run("cohort", *words)
    assert answer.code == 2
    assert right in answer.err
    assert answer.out == ""


def test_a_draft_that_cannot_be_read_is_said_at_its_place(run: Any) -> None:
    answer = run("cohort", "--program", "machinist", "--by", "-", given="journeymark: 1\nprogram: {id: X}\n")
    assert answer.code == 2
    assert answer.err.startswith("-:2:")
