"""What the catalog says is what was published, and what was not published says that it is sample data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standards.linting import lint
from standards.reading import Document, read_files

CATALOG = Path(__file__).parents[2] / "standards" / "catalog"
SAMPLE = "sample data"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.model.id: document for document in read_files(sorted(CATALOG.glob("*.yaml")))}


def items(document: Document) -> Iterator[dict[str, Any]]:
    for part in ("competencies", "credentials", "courses", "scores", "requirements", "awards"):
        yield from document.raw.get(part, ())


def header(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = document.raw[document.kind]
    return found


def ids(document: Document, part: str) -> set[str]:
    return {item["id"] for item in document.raw[part]}


def test_level_one_has_the_eleven_credentials(documents: dict[str, Document]) -> None:
    credentials = documents["nims-machining-1"].raw["credentials"]
    assert {c["id"] for c in credentials} == {
        *("mms", "jpbl", "mil1", "tbc1", "tcs1", "grn1", "drl1", "ctp", "cmp", "cto", "cmo"),
    }
    assert {c["id"] for c in credentials if c["parts"] == ["theory"]} == {"mms"}
    assert {c["id"]: c["shares"] for c in credentials if "shares" in c} == {
        "tbc1": {"theory": "tcs1"},
        "tcs1": {"theory": "tbc1"},
    }
    assert not [c["id"] for c in credentials if "valid_for" in c]


def test_level_two_has_nine_credentials_and_the_old_name_of_one(documents: dict[str, Document]) -> None:
    credentials = documents["nims-machining-2"].raw["credentials"]
    assert [c["level"] for c in credentials] == [2] * 9
    assert {c["id"]: c["aliases"] for c in credentials if "aliases" in c} == {"cts2": ["CNC Lathe II"]}


def test_the_duties_run_from_1_1_to_5_2(documents: dict[str, Document]) -> None:
    competencies = documents["nims-machining-1"].raw["competencies"]
    codes = [c["code"] for c in competencies if c["kind"] == "duty"]
    assert codes == (
        "1.1 2.1 2.2 2.3 2.4 2.5 2.6 2.7a 2.7b 2.8 2.9 3.1 3.2 4.1 4.2 5.1 5.2".split()  # noqa: SIM905
    )
    areas = {c["id"]: c["code"] for c in competencies if c["kind"] == "area"}
    for duty in competencies:
        if duty["kind"] == "duty":
            assert duty["code"].split(".")[0] == areas[duty["part_of"]]


def test_every_area_is_met_by_exactly_its_own_members(documents: dict[str, Document]) -> None:
    for framework in ("nims-machining-1", "nims-cnc-turning-basic"):
        competencies = documents[framework].raw["competencies"]
        for area in (c for c in competencies if c["kind"] == "area"):
            proof = area["satisfied_by"]
            named = {member["competency"] for member in proof.get("all", [proof])}
            assert named == {c["id"] for c in competencies if c.get("part_of") == area["id"]}


@pytest.mark.parametrize(
    ("name", "of_all", "of_part"), [("pa-basic", 2, 1), ("pa-competent", 3, 2), ("pa-advanced", 4, 3)]
)
def test_a_pennsylvania_certificate_asks_for_a_part_of_a_number(
    documents: dict[str, Document], name: str, of_all: int, of_part: int
) -> None:
    document = documents["nims-machining-1"]
    eleven = ids(document, "credentials")
    rule = next(r["when"] for r in document.raw["requirements"] if r["id"] == name)
    whole, part = rule["all"]
    assert (whole["at_least"], part["at_least"]) == (of_all, of_part)
    assert {leaf["credential"] for leaf in whole["of"]} == eleven
    assert {leaf["credential"] for leaf in part["of"]} == eleven - {"mms", "jpbl"}


def test_four_modules_make_the_production_technician_and_only_the_whole_runs_out(
    documents: dict[str, Document],
) -> None:
    credentials = {c["id"]: c for c in documents["mssc"].raw["credentials"]}
    modules = {leaf["credential"] for leaf in credentials["cpt"]["composed_of"]["all"]}
    assert modules == {"cpt-safety", "cpt-quality", "cpt-processes", "cpt-maintenance"}
    assert {c for c in credentials if "valid_for" in credentials[c]} == {"cpt", "clt"}
    assert credentials["clt"]["prerequisites"] == {"credential": "cla"}


@pytest.mark.parametrize(("level", "score"), [("bronze", 3), ("silver", 4), ("gold", 5), ("platinum", 6)])
def test_a_readiness_level_asks_all_three_scores(
    documents: dict[str, Document], level: str, score: int
) -> None:
    document = documents["act-ncrc"]
    rule = next(r["when"] for r in document.raw["requirements"] if r["id"] == f"ncrc-{level}")
    assert {leaf["score"]: leaf["at_least"] for leaf in rule["all"]} == dict.fromkeys(
        ids(document, "scores"), score
    )


def test_the_published_task_groups_are_all_there(documents: dict[str, Document]) -> None:
    tasks = [c for c in documents["nims-cnc-turning-basic"].raw["competencies"] if c["kind"] == "task"]
    assert [c["code"] for c in tasks] == (
        "A1 A5 A13 A15 A19 A20 B13 B14 C1 C2 C3 C4 C5 C6 C7 C9 C10 C11 C12 C13 C15 E16 E17".split()  # noqa: SIM905
    )
    assert all(c["id"] == c["code"].lower() for c in tasks)


def test_registered_hours_add_up_and_instruction_is_144_hours_a_year(documents: dict[str, Document]) -> None:
    for document in documents.values():
        if document.kind != "program":
            continue
        body = header(document)
        years = body["term"]["months"] / 12
        assert body["related_instruction"]["hours"] == 144 * years
        if hours := body["term"].get("hours"):
            sums = {end: sum(p["hours"][end] for p in body["work_processes"]) for end in ("min", "max")}
            assert sums == hours
            assert body["probation"]["hours"] <= hours["min"] / 4


def test_every_header_names_its_source_and_no_address(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert header(document)["source"]
        assert "://" not in document.source.text


def test_what_no_publisher_states_is_marked_on_the_item(documents: dict[str, Document]) -> None:
    """Prerequisites, proofs and efforts are ours wherever a document is not sample data as a whole."""
    unmarked = [
        f"{name}:{item['id']}"
        for name, document in documents.items()
        if document.kind == "framework" and not header(document).get("sample")
        for item in items(document)
        if ({"prerequisites", "effort"} & set(item) and SAMPLE not in item.get("note", "").lower())
    ]
    assert unmarked == []
    for name, document in documents.items():
        if document.kind == "program":
            for step in header(document)["wages"]["steps"]:
                assert SAMPLE in step["note"].lower(), (name, step["id"])


def test_an_agreement_is_published_and_no_promise_or_a_sample(documents: dict[str, Document]) -> None:
    agreements = [header(d) for d in documents.values() if d.kind == "agreement"]
    samples = [a for a in agreements if a.get("sample")]
    assert len(agreements) - len(samples) == 21
    assert {a["college"] for a in samples} == {
        "Lakeside College (sample)",
        "Riverbend Technical College (sample)",
    }
    for agreement in agreements:
        if agreement not in samples:
            assert "Published numbers, not a promise" in agreement["note"]


def test_the_catalog_lints_clean(documents: dict[str, Document]) -> None:
    assert lint(tuple(documents.values())) == []
