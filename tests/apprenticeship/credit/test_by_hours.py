"""A table by hours is the same as its rows written out, with less said about the rows that do not matter; and fees."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.fees import fee_of, fee_text, own_fee
from apprenticeship.credit.model import CreditAnswer, Reason
from standards.compiling import compile_world
from standards.documents.agreement import AwardEntry
from standards.reading import read_data, read_text
from tests.apprenticeship.credit.shown import answer, left_out, why_not
from tests.thoroughness import examples

Tree = dict[str, Any]
(SHOP,) = read_text(
    "shop.yaml",
    'journeymark: 1\nframework: {id: shop, title: Shop, version: "1"}\ncredentials: [{id: a, title: A}]\n',
)
DAY = date(2026, 3, 2)
TABLE: Tree = {
    "id": "t",
    "course": "T 1",
    "title": "Work",
    "when": {"hours": 100, "in": "ojl"},
    "group": "work",
    "per_hours": {"hours": 100, "in": "ojl", "credits": 2, "at_most": 8},
}


def agreement(awards: list[Tree], **head: object) -> Tree:
    heading = {
        "id": "hill",
        "college": "Hill College",
        "program": {"title": "Machining", "credits": 60},
        "effective": {"from": "2000-01-01"},
        **head,
    }
    return {"journeymark": 1, "agreement": heading, "awards": awards}


def written_out(table: Tree) -> list[Tree]:
    """The rows of a table as awards of their own."""
    size = table["per_hours"]
    kept = {key: value for key, value in table.items() if key != "per_hours"}
    return [
        kept
        | {
            "id": f"{table['id']}-{row}",
            "credits": row * size["credits"],
            "when": {"hours": row * size["hours"], "in": "ojl"},
            "one_of": table.get("one_of", "its own"),
        }
        for row in range(1, size["at_most"] // size["credits"] + 1)
    ]


def asked(body: Tree, evidence: list[Tree]) -> CreditAnswer:
    document = read_data("hill.json", body)
    return answer(document, evidence, DAY, (SHOP,), compile_world([SHOP, document]))


def logged(*amounts: int, on: str = "2026-01-05") -> list[Tree]:
    return [{"hours": amount, "in": "ojl", "on": on, "status": "verified"} for amount in amounts]


OTHERS = [
    {"id": "h", "course": "H", "title": "H", "credits": 3, "when": {"hours": 150, "in": "ojl"}},
    {"id": "a", "course": "A", "title": "A", "credits": 3, "group": "work", "when": {"credential": "a"}},
    {"id": "x", "course": "X", "title": "X", "credits": 5, "when": {"credential": "a"}, "one_of": "rows"},
]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Tree], Tree, Tree, list[Tree]]:
    others = draw(st.lists(st.sampled_from(OTHERS), unique_by=lambda one: one["id"]))
    table = dict(TABLE)
    table |= draw(st.sampled_from([{}, {"one_of": "rows"}, {"request_within": {"months": 3}}]))
    table |= draw(st.sampled_from([{}, {"earned_here_first": 3}]))
    head: Tree = {
        "limits": draw(st.sampled_from([{}, {"credits": 7}, {"credits": 3}, {"groups": {"work": 5}}]))
    }
    head |= draw(st.sampled_from([{}, {"stale_after": {"months": 6}}]))
    head |= draw(st.sampled_from([{}, {"reuse": "allow"}]))
    amounts = draw(st.lists(st.sampled_from([30, 50, 100, 120, 150, 250]), max_size=5))
    days = st.sampled_from(["2025-07-01", "2025-11-28", "2026-01-05", "2026-03-02"])
    evidence = [one for amount in amounts for one in logged(amount, on=draw(days))]
    if draw(st.booleans()):
        evidence.append({"credential": "a", "on": draw(days), "status": "verified"})
    return others, table, head, evidence


@given(cases())
@examples(150)
def test_a_table_gives_what_its_rows_written_out_give(
    case: tuple[list[Tree], Tree, Tree, list[Tree]],
) -> None:
    others, table, head, evidence = case
    short = asked(agreement([table, *others], **head), evidence)
    long = asked(agreement([*written_out(table), *others], **head), evidence)
    assert (short.best.ids, short.credits, short.best.pieces) == (
        long.best.ids,
        long.credits,
        long.best.pieces,
    )
    assert short.search.proven
    assert short.limits == long.limits
    rows = {one.award.id: one for one in short.left_out if one.award.id.startswith("t-")}
    given_rows = [one for one in short.best.ids if one.startswith("t-")]
    assert len(rows) + len(given_rows) >= 1
    assert len(rows) <= 2
    assert sum(Reason.NOT_MET in (one.reason, *one.also) for one in rows.values()) <= 1
    written = {one.award.id: one for one in long.left_out}
    for name, one in rows.items():
        assert written[name].reason in (one.reason, Reason.ALTERNATIVE_CHOSEN)


def test_a_row_that_a_limit_has_no_room_for_says_so_beside_the_one_that_is_given() -> None:
    found = asked(agreement([TABLE], limits={"credits": 5}), logged(350))
    assert (found.best.ids, found.credits) == (("t-2",), 400)
    assert [(one.award.id, one.reason) for one in found.left_out] == [
        ("t-3", Reason.CAP_REACHED),
        ("t-4", Reason.NOT_MET),
    ]
    said = "Earned, but no room is left: most credits by prior learning."
    assert why_not(found, "t-3") == said
    assert why_not(found, "t-4") == "Missing: 50 more hours on the job."


def test_a_lower_row_is_given_where_another_award_is_worth_more_on_the_same_hours() -> None:
    other = {**OTHERS[0], "credits": 5}
    found = asked(agreement([TABLE, other]), logged(100, 100, 150))
    assert (found.best.ids, found.credits) == (("h", "t-2"), 900)


def test_hours_of_one_work_process_and_a_condition_beside_them() -> None:
    table = TABLE | {"when": {"credential": "a"}}
    held = [{"credential": "a", "on": "2026-01-05", "status": "verified"}]
    without = asked(agreement([table]), logged(450))
    assert without.credits == 0
    assert [one.award.id for one in without.left_out] == ["t-1"]
    assert why_not(without, "t-1", compile_world([SHOP])) == "Missing: A."
    found = asked(agreement([table]), [*logged(450), *held])
    assert (found.best.ids, found.credits, found.left_out) == (("t-4",), 800, ())


def test_a_pair_that_may_share_evidence_holds_for_every_row() -> None:
    body = agreement([TABLE, OTHERS[0]], reuse=[["t", "h"]])
    assert asked(body, logged(250)).best.ids == ("h", "t-2")
    assert asked(agreement([TABLE, OTHERS[0]]), logged(250)).best.ids == ("t-2",)


def test_out_of_force_a_table_is_one_line() -> None:
    body = agreement([TABLE], effective={"from": "2030-01-01"})
    found = asked(body, [])
    assert [one.award.id for one in found.left_out] == ["t-1"]
    assert left_out(found, "t-1").reason is Reason.NOT_IN_FORCE


# fees


def award(**more: object) -> AwardEntry:
    body = {"id": "m", "course": "M", "title": "M", "credits": 3, "when": {"credential": "a"}, **more}
    return AwardEntry.model_validate(body)


COURSES = [{"course": "A", "title": "A", "credits": 1}, {"course": "B", "title": "B", "credits": 2}]


@pytest.mark.parametrize(
    ("more", "cents", "said"),
    [
        ({}, None, None),
        ({"fee": "25 USD"}, None, "25 USD"),
        ({"fee_usd": {"credit": 10}}, 3000, "$10 a credit, $30 for this"),
        ({"fee_usd": {"credit": 12.5}, "credits": 1.5}, 1875, "$12.50 a credit, $18.75 for this"),
        ({"fee_usd": {"credit": 0.33}, "credits": 1.5}, 50, "$0.33 a credit, $0.50 for this"),
        ({"fee_usd": {"credit": 10}, "credits": 1}, 1000, "$10 a credit"),
        ({"fee_usd": {"course": 40}}, 4000, "$40 a course"),
        ({"fee_usd": {"course": 40}, "courses": COURSES}, 8000, "$40 a course"),
        ({"fee_usd": {"once": 25}}, 2500, "$25 in all"),
        ({"fee_usd": {"transcript": 15}}, 0, "$15 for the transcript"),
        ({"fee_usd": {"once": 25, "transcript": 15}}, 2500, "$15 for the transcript, $25 once"),
        ({"fee_usd": {}}, 0, None),
    ],
)
def test_a_fee_is_whole_cents_and_is_said(more: Tree, cents: int | None, said: str | None) -> None:
    assert own_fee(award(**more)) == cents
    assert fee_text(award(**more)) == said


def test_a_fee_for_credits_of_which_nobody_knows_how_many_is_said_and_not_added_up() -> None:
    body = {"id": "m", "course": "M", "title": "M", "up_to": 45, "when": {"credential": "a"}}
    open_one = AwardEntry.model_validate({**body, "fee_usd": {"credit": 25}})
    assert (own_fee(open_one), fee_text(open_one)) == (None, "$25 a credit")


def test_a_transcript_is_paid_once_and_the_rest_for_each_award() -> None:
    given_ = [
        award(fee_usd={"transcript": 15, "credit": 10}),
        award(fee_usd={"transcript": 20}),
        award(fee="ask the registrar"),
        award(),
    ]
    assert fee_of(given_) == 3000 + 2000
    assert fee_of([]) == 0
