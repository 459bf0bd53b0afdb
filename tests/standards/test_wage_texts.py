"""A wage schedule as a text: read as the contract writes it, and refused in words."""

import pytest

from standards.compiling import compile_world
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.wage_texts import compiled, wages_text, with_rate, with_wages

TEXT = """
journeymark: 1
program:
  id: p
  title: P
  approach: time
  wages:
    journey_rate: {usd_per_hour: 30.00, from: 2026-01-01}
    steps:
      - {id: start, percent: 50}
      - {id: s2, percent: 60.5, when: {months: 6, since: registered}}
"""


def program(text: str = TEXT) -> Document:
    return read_text("p.yaml", text)[0]


def test_a_schedule_written_and_read_again_is_the_same() -> None:
    again = with_wages(program(), wages_text(program()))
    assert again.model == program().model


def test_a_step_and_the_schedule_can_be_other_ones() -> None:
    text = wages_text(program()).replace("60.5", "65").replace("months: 6", "months: 4")
    found = compiled([program()], with_wages(program(), text)).programs["p"]
    assert [step.percent for step in found.steps] == [5000, 6500]


def test_one_more_rate_takes_the_place_of_one_of_the_same_day() -> None:
    once = with_rate(program(), 3300, "2027-01-01")
    twice = with_rate(once, 3350, "2027-01-01")
    rates = compile_world([twice]).programs["p"].rates
    assert [(rate.cents, rate.since.isoformat()) for rate in rates] == [
        (3000, "2026-01-01"),
        (3350, "2027-01-01"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no wage schedule; write journey_rate: and steps:"),
        ("- 1", "this is no wage schedule"),
        ("steps: [{id: a, percent: fifty}]", "percent"),
        ("steps: [{id: a, percnt: 50}]", "percnt"),
        ("steps: [", "not YAML"),
        ("steps: &a []", "anchor"),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(DocumentError) as refused:
        with_wages(program(), text)
    assert said in str(refused.value)


def test_a_program_without_wages_has_no_text_and_takes_no_rate() -> None:
    bare = program("{journeymark: 1, program: {id: p, title: P, approach: time}}")
    assert wages_text(bare) == ""
    with pytest.raises(DocumentError, match="no wage schedule"):
        with_rate(bare, 3000, "2026-01-01")
