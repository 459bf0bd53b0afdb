"""The published JSON Schemas and the reader say the same of documents that are a little wrong."""

import copy
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.canonical import canonical_json
from standards.documents import KINDS
from standards.documents.assumptions import AssumptionsDocument
from standards.problems import DocumentError
from standards.reading import read_data, read_form
from standards.schemas import schema
from standards.yaml12 import load_all

ROOT = Path(__file__).parents[3]
FILES = [
    *sorted((ROOT / "standards" / "catalog").glob("*.yaml")),
    ROOT / "docs" / "worked-example" / "record.yaml",
]
DOCUMENTS = [
    json.loads(canonical_json(raw))
    for path in FILES
    if len(path.read_text()) < 9000  # small ones are changed as well as large ones, and sooner
    for raw in load_all(path.read_text())
]
VALIDATORS = {kind: jsonschema_rs.validator_for(schema(kind), validate_formats=True) for kind in KINDS}
ASSUMED: list[dict[str, Any]] = [
    {
        "journeymark": 1,
        "assumptions": {
            "hours_per_week": 38.5,
            "weeks_per_year": 48,
            "learning_share": 0.5,
            "source": "Ours",
        },
        "things": [
            {"credential": "mms", "pass_rate": 0.5, "hours": 0},
            {"course": "theory", "attrition": 0.1},
        ],
    },
    {
        "journeymark": 1,
        "assumptions": {"pass_rate": 1, "retry_share": 0, "spread": 0.5, "attrition": 0, "default_hours": 8},
        "things": [
            {"competency": "shop:layout", "attrition": 0},
            {"score": "math", "hours": 1.5, "note": "x"},
        ],
    },
]
UNSAID = ("to be no earlier than", "the sum of the credits", "times the credits of a row", "more than 0")
"""What a schema cannot say: that one date comes before another, that numbers add up, how many rows a table has."""

Path_ = tuple[str | int, ...]
VALUES: list[Any] = [
    *(None, True, 0, -1, 1.5, 1001, 10**10, "", "x", "X", "a:b"),
    *("2025-02-30", "2025-02-28", "2025-01-01T00:00:00Z", [], {}, ["x"], {"credential": "x"}, {"years": 0}),
]
KEYS = ["source", "note", "current", "part", "in", "until", "prerequsites"]


def places(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield (*at, key)
        yield from places(member, (*at, key))


@st.composite
def changed(draw: st.DrawFn, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One of the documents with one value put in, one taken out, or one key added."""
    document: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(documents)))
    path = draw(st.sampled_from(list(places(document))))
    owner: Any = document
    for step in path[:-1]:
        owner = owner[step]
    way = draw(st.sampled_from(["put", "take", "add"]))
    if way == "take":
        del owner[path[-1]]
    elif way == "add" and isinstance(owner[path[-1]], dict):
        owner[path[-1]][draw(st.sampled_from(KEYS))] = draw(st.sampled_from(VALUES))
    else:
        owner[path[-1]] = draw(st.sampled_from(VALUES))
    return document


def complaint(read: Callable[[dict[str, Any]], object], document: dict[str, Any]) -> str:
    try:
        read(document)
    except DocumentError as error:
        return str(error)
    return ""


@settings(max_examples=300, deadline=None)
@given(changed(DOCUMENTS))
def test_a_schema_accepts_what_the_reader_accepts_and_nothing_else(document: dict[str, Any]) -> None:
    accepted = any(validator.is_valid(document) for validator in VALIDATORS.values())
    said = complaint(partial(read_data, "changed.json"), document)
    if not any(words in said for words in UNSAID):
        assert accepted is (said == ""), said


def read_assumed(document: dict[str, Any]) -> object:
    return read_form("changed.json", json.dumps(document).encode(), "assumptions", AssumptionsDocument)


@settings(max_examples=300, deadline=None)
@given(changed(ASSUMED))
def test_the_schema_of_assumptions_accepts_what_the_reader_accepts(document: dict[str, Any]) -> None:
    validator = jsonschema_rs.validator_for(schema("assumptions"), validate_formats=True)
    said = complaint(read_assumed, document)
    assert validator.is_valid(document) is (said == ""), said
