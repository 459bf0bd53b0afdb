"""The published JSON Schemas accept what ships and refuse what is misshapen."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from standards.canonical import canonical_json
from standards.documents import KINDS
from standards.reading import read_data
from standards.yaml12 import YamlError, load_all
from tests.standards.test_broken_documents import FINDINGS, UNREADABLE
from web.cli import main

ROOT = Path(__file__).parents[3]
BROKEN = ROOT / "tests" / "standards" / "broken"
SHIPPED = [
    *sorted((ROOT / "standards" / "catalog").glob("*.yaml")),
    ROOT / "docs" / "worked-example" / "record.yaml",
]
BEYOND_SHAPE = {
    "hundred-and-one-levels.yaml",  # depth is a limit of reading
    "courses-that-do-not-add-up.yaml",  # a sum
    "table-of-no-rows.yaml",  # a quotient
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    found = {}
    for kind in KINDS:
        with redirect_stdout(out := StringIO()):
            assert main(["schema", kind]) == 0
        found[kind] = json.loads(out.getvalue())
    return found


def plain(path: Path) -> list[Any]:
    """The documents of a file as JSON has them."""
    return [json.loads(canonical_json(raw)) for raw in load_all(path.read_text())]


def accepts(schema: dict[str, Any], document: Any) -> bool:
    return jsonschema_rs.validator_for(schema, validate_formats=True).is_valid(document)


def readable(name: str) -> bool:
    try:
        load_all((BROKEN / name).read_text())
    except YamlError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema(schemas: dict[str, Any], kind: str) -> None:
    assert schemas[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert jsonschema_rs.meta.is_valid(schemas[kind])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_is_accepted_by_its_own_schema_and_no_other(schemas: dict[str, Any], path: Path) -> None:
    for document in plain(path):
        assert [kind for kind in KINDS if accepts(schemas[kind], document)] == [
            k for k in KINDS if k in document
        ]


@pytest.mark.parametrize("name", [name for name in UNREADABLE if readable(name) and name not in BEYOND_SHAPE])
def test_what_is_misshapen_is_refused(schemas: dict[str, Any], name: str) -> None:
    (document,) = plain(BROKEN / name)
    assert not any(accepts(schemas[kind], document) for kind in KINDS)


@pytest.mark.parametrize("name", FINDINGS)
def test_what_is_only_wrong_in_meaning_is_accepted(schemas: dict[str, Any], name: str) -> None:
    for document in plain(BROKEN / name):
        (kind,) = (kind for kind in KINDS if kind in document)
        assert accepts(schemas[kind], document)


MISSHAPEN: list[dict[str, Any]] = [
    {"course": "mac-101", "hours": 48},
    {"course": "mac-101", "in": "rti"},
    {"waiver": {}, "reason": "none"},
    {"waiver": {"competency": "a", "credential": "b"}, "reason": "both"},
    {"hours": -1, "in": "ojl"},
    {"credential": "a", "competency": "b"},
    {"credential": "Capital"},
    {"credential": "a", "status": "approved"},
]


@pytest.mark.parametrize("entry", MISSHAPEN, ids=str)
def test_misshapen_evidence_is_refused(schemas: dict[str, Any], entry: dict[str, Any]) -> None:
    status = {} if "waiver" in entry else {"status": "verified"}
    evidence = {"id": "e", "on": "2025-02-10", **status, **entry}
    document = {"journeymark": 1, "record": {"person": {"id": "p"}, "evidence": [evidence]}}
    assert not accepts(schemas["record"], document)


@pytest.mark.parametrize(
    "entry",
    [
        {"course": "mac-101", "hours": 48, "in": "rti", "status": "verified"},
        {"course": "mac-101", "hours": None, "in": None, "status": "verified"},
        {"waiver": {"competency": "a", "credential": None}, "reason": "years at the bench", "until": None},
        {"hours": 38.5, "in": "ojl", "status": "claimed"},
    ],
    ids=str,
)
def test_well_shaped_evidence_is_accepted_by_schema_and_reader(
    schemas: dict[str, Any], entry: dict[str, Any]
) -> None:
    evidence = {"id": "e", "on": "2025-02-10", **entry}
    document = {"journeymark": 1, "record": {"person": {"id": "p"}, "evidence": [evidence]}}
    assert accepts(schemas["record"], document)
    assert read_data("record.json", document).kind == "record"
