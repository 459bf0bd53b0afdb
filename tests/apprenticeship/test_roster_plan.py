"""The dry run of a roster: every mistake at its row and column, with what would be right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.apprenticeship.rosters import HEADING, KNOWN, csv_file, plan, row, said, xlsx_file

HOURS = {"hours": "7.5", "work_process": "milling", "date": "2026-05-12"}
PASS = {"credential": "nims:mms", "date": "2026-05-12"}

BAD_CELLS = {
    "bad date": (
        {**PASS, "date": "12.05.2026"},
        ("date", "'12.05.2026' is no date", "a date like 2026-05-12"),
    ),
    "no such day": (
        {**PASS, "date": "2026-02-30"},
        ("date", "'2026-02-30' is no date", "a date like 2026-05-12"),
    ),
    "a day ahead": (
        {**PASS, "date": "2026-11-22"},
        ("date", "2026-11-22 is out of range", "1950-01-01 to today (2026-11-21)"),
    ),
    "a day before anybody worked": (
        {**PASS, "date": "1905-01-01"},
        ("date", "1905-01-01 is out of range", "1950-01-01 to today (2026-11-21)"),
    ),
    "evidence without a day": ({"credential": "mms"}, ("date", "empty", "a date like 2026-05-12")),
    "a day without evidence": (
        {"date": "2026-05-12"},
        ("date", "a date without a credential or hours", "both or neither"),
    ),
    "unknown credential": (
        {**PASS, "credential": "Measurement Materials & Safty"},
        ("credential", "no credential 'measurement materials & safty'", "perhaps nims:mms"),
    ),
    "credential like nothing": (
        {**PASS, "credential": "xyzzy"},
        (
            "credential",
            "no credential 'xyzzy'",
            "its id or title as in the standards, for instance nims-machining-1:mms",
        ),
    ),
    "credential of several meanings": (
        {**PASS, "credential": "Turning"},
        ("credential", "'turning' may mean several", "one of nims:tcs1, nims:tcs2"),
    ),
    "unknown part": (
        {**PASS, "part": "essay"},
        ("part", "nims:mms has no part 'essay'", "one of performance"),
    ),
    "part of nothing": ({"part": "theory"}, ("part", "a part without a credential", "both or neither")),
    "negative hours": (
        {**HOURS, "hours": "-3"},
        ("hours", "-3 hours on one day", "more than 0 and at most 24"),
    ),
    "too many hours": (
        {**HOURS, "hours": "25"},
        ("hours", "25 hours on one day", "more than 0 and at most 24"),
    ),
    "hours below a minute": (
        {**HOURS, "hours": "0.001"},
        ("hours", "0.001 hours are no minute", "more than 0 and at most 24"),
    ),
    "hours without end": (
        {**HOURS, "hours": "Infinity"},
        ("hours", "Infinity hours on one day", "more than 0 and at most 24"),
    ),
    "hours in words": ({**HOURS, "hours": "eight"}, ("hours", "'eight' is no number", "hours like 7.5")),
    "hours nowhere": (
        {**HOURS, "work_process": ""},
        ("work process", "empty", "one of milling, ojl, rti, turning"),
    ),
    "unknown work process": (
        {**HOURS, "work_process": "welding"},
        ("work process", "no work process 'welding'", "one of milling, ojl, rti, turning"),
    ),
    "work process of another program": (
        {**HOURS, "program": "operator", "registered": "2026-01-05"},
        ("work process", "no work process 'milling'", "one of ojl, rti, turning"),
    ),
    "unknown program": (
        {"program": "welder", "registered": "2026-01-05"},
        ("program", "no program 'welder'", "one of machinist, operator"),
    ),
    "program without a day": ({"program": "machinist"}, ("registered", "empty", "a date like 2026-05-12")),
    "no name": ({"name": ""}, ("name", "empty", "write the person's name")),
    "no number": ({"number": ""}, ("number", "empty", "write the person's number")),
    "long number": ({"number": "7" * 65}, ("number", "65 characters", "at most 64")),
    "very long cell": ({"name": "a" * 1_001}, ("name", "1,001 characters", "at most 1,000")),
    "formula": (
        {**HOURS, "hours": "=4+4"},
        ("hours", "'=4+4' is a formula", "what it comes to, pasted as a value"),
    ),
    "formula for a name": (
        {"name": "=HYPERLINK(1)"},
        ("name", "'=HYPERLINK(1)' is a formula", "what it comes to, pasted as a value"),
    ),
    "formula in disguise": ({"name": "@SUM(1)"}, ("name", "'@SUM(1)' is a formula", "plain text")),
    "name on two lines": (
        {"name": "Ada\nTran"},
        ("name", "a character that cannot be printed", "plain text"),
    ),
    "two facts in one row": (
        {**PASS, **HOURS},
        ("hours", "a credential and hours in one row", "a row for each"),
    ),
}


@pytest.mark.parametrize("write", [csv_file, xlsx_file], ids=["csv", "xlsx"])
@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_named_by_row_and_column(case: str, write: Callable[..., bytes]) -> None:
    cells, expected = BAD_CELLS[case]
    planned = plan(
        write([row(number="16", name="Ben Okafor"), row(**cells), row(number="18", name="Cho Park")])
    )
    assert said(planned) == [(3, *expected)]
    assert [(one.row, one.number) for one in planned.rows] == [(2, "16"), (4, "18")]


def test_good_rows_say_what_they_say() -> None:
    planned = plan(
        csv_file(
            [
                row(program="Machinist", registered="2026-01-05"),
                row(credential="MMS", date="2026-05-12"),
                row(credential="tcs1", part="Theory", date="2026-05-13"),
                row(**HOURS),
            ]
        )
    )
    assert said(planned) == []
    enrolled, passed, part, worked = planned.rows
    assert (enrolled.program, enrolled.registered, enrolled.fact) == ("machinist", date(2026, 1, 5), None)
    assert (passed.credential, passed.part, passed.result, passed.on) == (
        "nims:mms",
        None,
        "pass",
        date(2026, 5, 12),
    )
    assert (part.credential, part.part) == ("nims:tcs1", "theory")
    assert (worked.minutes, worked.work_process) == (450, "milling")


def test_cells_of_a_workbook_are_read_as_what_they_are() -> None:
    planned = plan(
        xlsx_file(
            [
                row(number=17, program="machinist", registered=datetime(2026, 1, 5)),  # noqa: DTZ001 - a cell has no zone
                row(number=17.0, hours=7.5, work_process="milling", date=date(2026, 5, 12)),
                row(number=17, hours=8, work_process="milling", date=datetime(2026, 5, 13, 16, 30)),  # noqa: DTZ001 - as above
            ]
        )
    )
    assert said(planned) == []
    assert {one.number for one in planned.rows} == {"17"}
    assert [one.minutes for one in planned.rows] == [None, 450, 480]
    assert [one.registered or one.on for one in planned.rows] == [
        date(2026, 1, 5),
        date(2026, 5, 12),
        date(2026, 5, 13),
    ]


REPEATS: dict[str, tuple[list[list[Any]], tuple[str, str, str]]] = {
    "two names for one number": (
        [row(), row(name="Ben Okafor", **HOURS)],
        ("name", "17 is 'Ada Tran' in row 2", "one name for each number"),
    ),
    "the same row": ([row(**HOURS), row(**HOURS)], ("", "the same as row 2", "each fact once")),
    "the same day's hours, other": (
        [row(**HOURS), row(**{**HOURS, "hours": "6"})],
        ("", "row 2 says something else of the same thing on the same day", "one row for it; add hours up"),
    ),
    "more hours than the day": (
        [row(**{**HOURS, "hours": "13"}), row(**{**HOURS, "hours": "12", "work_process": "turning"})],
        ("hours", "25 hours on 2026-05-12 with the rows above", "at most 24 a day"),
    ),
}


@pytest.mark.parametrize("case", REPEATS)
def test_a_row_that_repeats_or_contradicts_another_is_named(case: str) -> None:
    rows, expected = REPEATS[case]
    planned = plan(csv_file(rows))
    assert said(planned) == [(3, *expected)]
    assert len(planned.rows) == 1


HEADINGS: dict[str, tuple[tuple[str, ...], tuple[str, str]]] = {
    "missing": (("number", "date"), ("name", "no column 'name'")),
    "twice": (("number", "name", "Name"), ("name", "the column 'name' stands twice")),
    "unknown": (("number", "name", "shoe size"), ("shoe size", "unknown column 'shoe size'")),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_a_bad_heading_is_named_and_no_row_is_read(case: str) -> None:
    heading, expected = HEADINGS[case]
    planned = plan(csv_file([["17", "Ada Tran"]], heading))
    assert [(one.row, one.column, one.what) for one in planned.findings] == [(1, *expected)]
    assert planned.rows == ()


def test_headings_may_be_in_any_case_order_and_with_underscores() -> None:
    planned = plan(
        csv_file(
            [["Ada Tran", "milling", "2026-05-12", "17", "8"]],
            ["NAME", "Work_Process", " Date", "Number", "hours"],
        )
    )
    assert said(planned) == []
    assert planned.rows[0].minutes == 480


def test_a_comma_that_shifts_a_row_is_noticed() -> None:
    planned = plan(b"number,name\n17,Tran, Ada\n18,Ben Okafor\n")
    assert said(planned) == [(2, "", "'Ada' stands below no heading", "quote cells that have commas")]


def test_a_college_enrols_nobody() -> None:
    planned = plan(
        csv_file([row(program="machinist", registered="2026-01-05")]), replace(KNOWN, enrols=False)
    )
    assert [(one.column, one.what) for one in planned.findings] == [
        ("program", "a college enrols nobody in a program")
    ]


def test_every_mistake_of_a_row_is_named_at_once() -> None:
    planned = plan(csv_file([row(number="", **{**HOURS, "hours": "99", "date": "soon"})]))
    assert {one.column for one in planned.findings} == {"number", "hours", "date"}


def test_heading_of_the_tests_is_the_heading_of_the_product() -> None:
    assert plan(csv_file([], HEADING)).findings == ()


def test_a_college_teaches_and_puts_nobody_to_work() -> None:
    planned = plan(csv_file([row(**HOURS)]), replace(KNOWN, enrols=False))
    assert said(planned) == [(2, "work process", "a college teaches related instruction", "rti")]
