"""The stack of credit toward a degree: the drawing, the table and the finding say the same."""

import json

import pytest

from web.figures.credit import Stack, credit_figure

LAKESIDE = Stack("Lakeside College", "AAS Manufacturing", "semester", 1200, 600, 300, 6000)
RIVERBEND = Stack("River & <b>bend", "Machining", "quarter", 0, 0, 450, 9000)


def test_the_finding_names_the_degree_that_is_nearest() -> None:
    figure = credit_figure([RIVERBEND, LAKESIDE])
    assert (
        figure.title == "18 of 60 credits toward AAS Manufacturing at Lakeside College; 3 more within reach."
    )


def test_the_drawing_and_the_table_have_the_same_numbers() -> None:
    figure = credit_figure([LAKESIDE, RIVERBEND])
    drawn = json.loads(figure.json)["data"]
    assert [trace["customdata"] for trace in drawn] == [["12", "0"], ["6", "0"], ["3", "4.5"], ["39", "85.5"]]
    assert figure.rows[0] == (
        "Lakeside College: AAS Manufacturing (semester hours)",
        *("12", "6", "3", "39"),
        "60",
    )
    for place in (0, 1):
        assert sum(trace["x"][place] for trace in drawn) == pytest.approx(100, abs=0.3)


def test_names_are_drawn_as_text() -> None:
    drawn = credit_figure([LAKESIDE, RIVERBEND]).json
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_more_credit_than_the_degree_has_does_not_leave_the_drawing() -> None:
    figure = credit_figure([Stack("Lakeside", "AAS", "semester", 7000, 0, 0, 6000)])
    drawn = json.loads(figure.json)["data"]
    assert [trace["x"] for trace in drawn] == [[100], [0], [0], [0]]


def test_nothing_earned_is_said() -> None:
    assert credit_figure([RIVERBEND]).title == "Nothing counts toward a degree yet."
    assert credit_figure([]).title == "No agreement says how large its degree is."
