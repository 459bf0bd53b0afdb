"""Written assumptions: what they come to, and what is said of broken ones and where."""

from pathlib import Path
from typing import Any

import pytest

from graph.simulating.assumptions import Assumptions, Thing, ThingAssumption
from standards.assuming import Assumed, Origin, read_assumptions
from standards.naming import Names
from standards.problems import DocumentError
from standards.reading import read_bytes

BROKEN = Path(__file__).parent / "broken_assumptions"
SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
competencies:
  - {id: layout, title: Layout}
credentials:
  - {id: mms, title: Measurement}
courses: [{id: theory, title: Theory}]
"""
BROKEN_SAY: dict[str, list[tuple[str, str]]] = {
    "a-framework": [("1:1: ", "found none of them; expected assumptions")],
    "a-thing-twice": [("5:18: things[1].credential", "the credential shop:mms a second time")],
    "broken-yaml": [("3:1: ", "not YAML")],
    "empty": [("1:1: ", "0 documents; give a file with exactly one document of assumptions")],
    "everybody-leaves": [("3:14: assumptions.attrition", "a share from 0 to below 1")],
    "misspelt-number": [("2:25: assumptions.atrition", "the nearest known key is 'attrition'")],
    "more-hours-than-a-week-has": [("2:31: assumptions.hours_per_week", "above 0, up to 168")],
    "no-format-version": [("1:1: journeymark", "write journeymark: 1")],
    "no-weeks": [("2:31: assumptions.weeks_per_year", "at least 1")],
    "nothing-is-learned": [("2:31: assumptions.learning_share", "a share above 0, up to 1")],
    "nothing-of-a-thing": [("4:5: things[0]", "at least one of hours, pass_rate, attrition")],
    "number-as-text": [("2:23: assumptions.spread", "expected a share as a number")],
    "share-in-percent": [("2:26: assumptions.pass_rate", "a share as a number from 0 to 1")],
    "things-as-a-mapping": [("3:9: things", "write a list")],
    "two-documents": [("1:1: ", "2 documents; give a file with exactly one document of assumptions")],
    "two-things-in-one": [
        ("4:5: things[0]", "exactly one of competency, credential, course, score"),
    ],
    "unknown-thing": [
        ("5:18: things[1].credential", "did you mean mms?"),
        ("6:18: things[2].competency", "give a document that defines the competency"),
    ],
}


def read(text: bytes, name: str = "own.yaml") -> Assumed:
    return read_assumptions(name, text, Names(read_bytes("shop.yaml", SHOP.encode())), "lathe-hand")


def test_the_table_has_every_broken_file() -> None:
    assert BROKEN_SAY.keys() == {path.stem for path in BROKEN.iterdir()}


@pytest.mark.parametrize("name", BROKEN_SAY)
def test_a_broken_file_is_refused_where_it_is_broken(name: str) -> None:
    path = BROKEN / f"{name}.yaml"
    with pytest.raises(DocumentError) as refusal:
        read(path.read_bytes(), str(path))
    problems = refusal.value.problems
    assert [f"{p.line}:{p.column}: {p.path}" for p in problems] == [place for place, _ in BROKEN_SAY[name]]
    assert {p.file for p in problems} == {str(path)}
    for problem, (_, words) in zip(problems, BROKEN_SAY[name], strict=True):
        assert words in f"{problem.what}; {problem.right}"


def test_what_is_left_out_stays_as_it_is() -> None:
    assumed = read(b"journeymark: 1\nassumptions: {}\n")
    assert assumed.numbers == Assumptions()
    assert {assumed.origin(key) for key in ("pass_rate", "attrition")} == {Origin.DEFAULT}


def test_every_number_is_read_as_it_is_written() -> None:
    numbers: dict[str, Any] = {
        "hours_per_week": 37.5,
        "weeks_per_year": 46,
        "learning_share": 0.125,
        "related_hours_per_month": 12.5,
        "default_hours": 30,
        "pass_rate": 0.6667,
        "retry_share": 0.4,
        "spread": 0.3,
        "attrition": 0.015,
    }
    written = ", ".join(f"{key}: {value}" for key, value in numbers.items())
    assumed = read(f"journeymark: 1\nassumptions: {{{written}}}\n".encode())
    assert assumed.numbers == Assumptions(**numbers)
    assert {assumed.origin(key) for key in numbers} == {Origin.GIVEN}


def test_json_is_read_as_yaml_is() -> None:
    text = b'{"journeymark": 1, "assumptions": {"pass_rate": 0.9}, "things": [{"course": "theory", "hours": 1.5}]}'
    numbers = read(text).numbers
    assert numbers == Assumptions(pass_rate=0.9, things={Thing("course", "shop:theory"): ThingAssumption(90)})


def test_a_source_of_the_file_holds_for_all_that_names_none() -> None:
    assumed = read(
        b"""
journeymark: 1
assumptions: {attrition: 0.02, source: Our records}
things:
  - {credential: mms, pass_rate: 0.5, source: NIMS, note: first attempts}
  - {competency: layout, hours: 12, attrition: 0}
"""
    )
    mms, layout = Thing("credential", "shop:mms"), Thing("competency", "shop:layout")
    assert assumed.numbers.of(mms) == ThingAssumption(None, 0.5, None)
    assert assumed.numbers.of(layout) == ThingAssumption(720, None, 0.0)
    assert dict(assumed.sources) == {mms: "NIMS", layout: "Our records"}
    assert (assumed.origin("attrition"), assumed.origin("pass_rate")) == (Origin.SOURCED, Origin.DEFAULT)


def test_without_a_source_a_number_is_only_given() -> None:
    assumed = read(b"journeymark: 1\nassumptions: {}\nthings: [{credential: mms, hours: 0}]\n")
    assert assumed.origin_of(Thing("credential", "shop:mms")) is Origin.GIVEN
