"""How text becomes documents: YAML 1.2 and JSON, several in a file, plain data only, limits, exact numbers."""

import json

import jsonschema_rs
import pytest

from standards.reading import LARGEST_BYTES, read_bytes
from standards.schemas import schema
from tests.standards.asking import framework, program, read, record, refused

HEAD = 'journeymark: 1\nframework: {id: shop, title: Shop, version: "1"}\n'


def item(text: str) -> str:
    """A competency whose ``text`` begins on line 4 in column 13."""
    return f"{HEAD}competencies:\n  - {{id: x, {text}}}\n"


def code(written: str) -> str:
    return f"{HEAD}competencies: [{{id: x, title: X, code: {written}}}]\n"


@pytest.mark.parametrize(
    "written", ["0296", "1.10", "2001", "1e3", "0x1F", "0o17", "+7", ".5", ".inf", "true", "False", "-.INF"]
)
def test_a_number_or_truth_value_where_text_belongs_says_to_quote_what_was_written(written: str) -> None:
    (said,) = refused(code(written))
    assert said.startswith("shop.yaml:3:40: competencies[0].code: ")
    assert said.endswith(f'{written} where text belongs; quote it: "{written}"')
    assert not refused(code(f'"{written}"'))


@pytest.mark.parametrize(
    "written",
    ["0296CB", "51-4041.00", "on", "off", "yes", "no", "y", "12:30", "1_000", "2025-01-06", "2.7a", "1.2.3"],
)
def test_what_only_looks_like_a_number_in_older_yaml_is_text(written: str) -> None:
    assert read(code(written))[0].raw["competencies"][0]["code"] == written


def test_on_is_a_plain_key() -> None:
    (document,) = read(record("id: e, competency: x, on: 2025-02-01, status: verified"))
    assert document.raw["record"]["evidence"][0]["on"] == "2025-02-01"


@pytest.mark.parametrize("path", ["framework.version", "agreement.grades[0]"])
def test_versions_and_grades_are_text_too(path: str) -> None:
    texts = {
        "framework.version": "journeymark: 1\nframework: {id: a, title: A, version: 2001}\n",
        "agreement.grades[0]": (
            "journeymark: 1\nagreement: {id: a, college: C, program: {title: T}, effective: {from: 2017-01-15},"
            " grades: [1]}\n"
        ),
    }
    (said,) = refused(texts[path])
    assert f"{path}: the number" in said
    assert "quote it" in said


def test_json_has_the_same_structure_and_its_own_places() -> None:
    text = '{"journeymark": 1,\n\t"framework": {"id": "shop", "title": "A\\/B", "version": "1"}}'
    assert read(text)[0].raw["framework"]["title"] == "A/B"
    (said,) = refused(text.replace('"1"}', "1}"))
    assert said == 'shop.yaml:2:58: framework.version: the number 1 where text belongs; quote it: "1"'


def test_a_json_array_or_dashes_hold_several_documents() -> None:
    one, two = ({"journeymark": 1, "framework": {"id": n, "title": n, "version": "1"}} for n in ("a", "b"))
    assert [d.model.id for d in read(json.dumps([one, two]))] == ["a", "b"]
    assert [d.model.id for d in read(f"---\n{json.dumps(one)}\n---\n{json.dumps(two)}\n")] == ["a", "b"]
    assert [d.model.id for d in read(framework("", name="a") + framework("", name="b"))] == ["a", "b"]


def test_a_complaint_about_the_second_document_names_its_place() -> None:
    (said,) = refused(framework("") + "---\njourneymark: 1\nprogram: {id: p, title: P, approach: slow}\n")
    assert said.startswith("shop.yaml:7:38: program.approach: the text 'slow' is not one of the choices")
    listed = (
        '[{"journeymark": 1, "framework": {"id": "a", "title": "A", "version": "1"}},\n {"journeymark": 2}]'
    )
    (said,) = refused(listed)
    assert said == "shop.yaml:2:18: journeymark: format version 2; write journeymark: 1"


def test_every_complaint_about_a_file_is_made_at_once() -> None:
    said = refused(HEAD + "competencies:\n  - {id: X, title: X}\n  - {id: y, title: Y, level: 3}\n")
    assert [line.split(": ")[0] for line in said] == ["shop.yaml:4:10", "shop.yaml:5:30"]


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("prerequsites: {competency: x}", "prerequisites"),
        ("satisfied-by: {competency: x}", "satisfied_by"),
        ("Title: y", "title"),
        ("efort: {hours: 2}", "effort"),
    ],
)
def test_an_unknown_key_names_itself_and_the_nearest_known_one(key: str, nearest: str) -> None:
    (said,) = refused(item(f"title: X, {key}"))
    name = key.partition(":")[0]
    assert said == (
        f"shop.yaml:4:{23 + len(name) + 2}: competencies[0].{name}: unknown key '{name}'; "
        f"the nearest known key is '{nearest}'"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: &t X", "20: an anchor or alias; write the value out; documents are plain data"),
        ("title: *t", "20: an anchor or alias; write the value out; documents are plain data"),
        (
            "title: !!str X",
            "20: a tag (tag:yaml.org,2002:str); leave it out; documents are plain data",
        ),
        ("title: !own X", "20: a tag (!own); leave it out; documents are plain data"),
        ("&t title: X", "13: a key that is not text; keys are plain words"),
        ("!!str title: X", "13: a key that is not text; keys are plain words"),
        ("? [a]\n : X", "15: a key that is not text; keys are plain words"),
        ("title: X, title: Y", "23: the key 'title' twice; keep one of them"),
    ],
)
def test_only_plain_data_is_read(text: str, said: str) -> None:
    assert refused(item(text)) == [f"shop.yaml:4:{said}"]


def nested(levels: int) -> str:
    """A rule of so many levels, the leaf included."""
    return "{any: [" * (levels - 1) + "{credential: c}" + "]}" * (levels - 1)


def test_a_hundred_levels_of_requirements_are_the_limit() -> None:
    items = "credentials: [{id: c, title: C}]\nrequirements: [{id: r, title: R, when: RULE}]"
    assert not refused(framework(items.replace("RULE", nested(100))))
    for levels in (101, 300, 5000):
        (said,) = refused(framework(items.replace("RULE", nested(levels))))
        assert "nested too deeply; 100 levels of requirements are the limit" in said


def test_five_megabytes_are_the_limit() -> None:
    text = (HEAD + "# ").encode()
    assert read_bytes("a.yaml", text + b"x" * (LARGEST_BYTES - len(text)))
    with pytest.raises(Exception, match=r"a\.yaml:1:1: 5,000,001 bytes; 5,000,000 are the limit"):
        read_bytes("a.yaml", text + b"x" * (LARGEST_BYTES - len(text) + 1))


def test_fifty_thousand_items_are_the_limit() -> None:
    items = [{"id": f"c{number}", "title": "C"} for number in range(50_001)]
    header = {"id": "shop", "title": "Shop", "version": "1"}
    text = json.dumps({"journeymark": 1, "framework": header, "courses": items})
    (said,) = refused(text)
    assert said == "shop.yaml:1:1: 50,001 items; 50,000 are the limit; split the document"


def test_many_mistakes_are_said_in_a_moment() -> None:
    """Each once took the time to read the whole file again."""
    lines = "".join(f"  - {{id: x{n}, title: X, code: 0{n}, prerequsites: 1}}\n" for n in range(1000))
    assert len(refused(f"{HEAD}competencies:\n{lines}")) == 2000


def test_text_that_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(
        Exception, match=r"a\.yaml:3:1: bytes that are not UTF-8; save the file as UTF-8 text"
    ):
        read_bytes("a.yaml", HEAD.encode() + b"# caf\xe9\n")
    assert read_bytes("a.yaml", b"\xef\xbb\xbf" + HEAD.encode())[0].model.id == "shop"


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "[]"])
def test_a_file_without_a_document_is_refused(text: str) -> None:
    assert refused(text) == ["shop.yaml:1:1: no document; begin with journeymark: 1"]


def test_intervals_are_half_open_and_dates_are_iso() -> None:
    (said,) = refused(record(enrolments="[{program: trade, registered: 6.1.2025}]"))
    assert said.endswith(
        "enrolments[0].registered: the text '6.1.2025' does not fit; expected a date such as 2025-01-06"
    )


def test_money_and_credits_are_exact_and_halves_round_up() -> None:
    wages = "wages: {steps: [{id: a, usd_per_hour: 10.005}, {id: b, usd_per_hour: 10.0049, when: {credential: c}}]}"
    (document,) = read(program(wages))
    assert [step.usd_per_hour for step in document.model.program.wages.steps] == [1001, 1000]  # type: ignore[union-attr]
    text = (
        "journeymark: 1\nagreement: {id: a, college: C, program: {title: T, credits: 60.005}, "
        "effective: {from: 2017-01-15}, limits: {share: 0.33335}}\n"
    )
    header = read(text)[0].model.agreement  # type: ignore[union-attr]
    assert (header.program.credits, header.limits.share) == (6001, 3334)


@pytest.mark.parametrize("time", ["{}", "{years: 0}", "{years: 0, months: 0}"])
def test_nothing_expires_on_the_day_it_was_issued(time: str) -> None:
    (said,) = refused(f"{HEAD}credentials: [{{id: c, title: C, valid_for: {time}}}]\n")
    assert said.endswith("credentials[0].valid_for: a mapping does not fit; expected years, months or both")


def test_competent_is_a_rating_of_the_scale() -> None:
    (said,) = refused(framework("", ", ratings: {scale: [1, 2, 3], competent: 4}"))
    assert said.endswith(
        "framework.ratings: a mapping does not fit; expected competent to be one of the scale"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            record(enrolments="[{program: trade, registered: 2025-01-06, ended: 2025-01-05}]"),
            "record.enrolments[0]: a mapping does not fit; expected ended to be no earlier than registered",
        ),
        (
            record(
                enrolments="[{program: t, registered: 2025-01-06, suspended: [{from: 2025-09-01, until: 2025-07-01}]}]"
            ),
            "enrolments[0].suspended[0]: a mapping does not fit; expected until to be no earlier than from",
        ),
        (
            record("id: w, waiver: {competency: x}, reason: none, on: 2025-02-01, until: 2024-02-01"),
            "record.evidence[0].waiver: a mapping does not fit; expected until to be no earlier than on",
        ),
    ],
)
def test_no_interval_runs_backwards(text: str, said: str) -> None:
    (found,) = refused(text)
    assert found.endswith(said)


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udfff\\ud800"])
@pytest.mark.parametrize("place", ["title", "groups"])
def test_what_can_be_neither_stored_nor_printed_is_refused(escape: str, place: str) -> None:
    title, group = (escape, "technical") if place == "title" else ("Machining", escape)
    text = (
        '{"journeymark": 1, "agreement": {"id": "a", "college": "C", "program": {"title": "P%s"}, '
        '"effective": {"from": "2024-08-01"}, "limits": {"groups": {"%s": 3}}}}'
    )
    (said,) = refused(text % (title, group))
    assert said.endswith("a character that no text may hold; leave it out")
    assert not refused(text % ("\\u00e9 \\ud83d\\ude00", "technical"))


@pytest.mark.parametrize("day", ["2026-W04-6", "2026-1-24", "2026-02-30", "24.1.2026", "2026-01-24T00:00"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    (said,) = refused(record(f"id: e, credential: c, on: {day}, status: verified"))
    assert said.endswith(f"the text '{day}' does not fit; expected a date such as 2025-01-06")


@pytest.mark.parametrize(
    ("time", "fits"),
    [
        ("2026-01-24", True),
        ("2026-01-24T14:30", True),
        ("2026-01-24T14:30:00.5", True),
        ("2026-01-24T14:30:00-05:00", True),
        ("2026-01-24T14:30:00Z", True),
        ("2026-W04-6", False),
        ("20260124T143000", False),
        ("2026-01-24T25:00", False),
        ("14:30", False),
        ("9999-12-31T23:59:59-12:00", False),
    ],
)
def test_a_time_is_a_day_or_a_day_with_an_hour_and_perhaps_a_zone(time: str, fits: bool) -> None:
    said = refused(record(f'id: e, credential: c, on: 2026-01-24, status: verified, recorded: "{time}"'))
    assert (said == []) is fits
    assert jsonschema_rs.is_valid(schema("record"), recorded(time)) is (fits or time in BEYOND_A_PATTERN)


BEYOND_A_PATTERN = {"2026-01-24T25:00", "9999-12-31T23:59:59-12:00"}


def recorded(time: str) -> dict[str, object]:
    evidence = {"id": "e", "credential": "c", "on": "2026-01-24", "status": "verified", "recorded": time}
    return {"journeymark": 1, "record": {"person": {"id": "p"}, "evidence": [evidence]}}
