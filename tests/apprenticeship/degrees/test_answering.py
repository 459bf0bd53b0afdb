"""A stack of degrees: what fills what, what counts once, what remains, and the one thing that is missing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.degrees.model import Thing, Why
from graph.requirement import CredentialLeaf
from tests.apprenticeship.degrees.lakeside import DEGREES, answer, filled, held, took
from tests.thoroughness import examples

EVERYTHING = [
    held("e1", "mill"),
    held("e2", "turn"),
    held("e3", "cpt"),
    took("e4", "math", grade="C"),
    took("e5", "print"),
    took("e6", "welding", 2),
    took("e7", "safety", 1.5),
    took("e8", "welding", college="elsewhere"),
]


def test_nobody_has_anything() -> None:
    found = answer("aas")
    assert (found.filled, found.remaining, found.here, found.here_short) == (0, 1800, 0, 450)
    assert [one.holds for one in found.required] == [False]
    assert not found.complete
    assert found.one_thing is None


def test_awards_and_courses_fill_the_groups_each_once() -> None:
    found = answer("cert", *EVERYTHING)
    # three courses are enough, the first by their numbers where they are listed; turning counts 3 of its 4
    assert filled(found) == {"cert:machines": {"MAC 101": 3, "MAC 102": 3}, "cert:electives": {"MAC 103": 3}}
    assert found.remaining == 0
    assert found.complete


def test_a_degree_that_contains_another_counts_the_same_courses_again() -> None:
    cert, aas = answer("cert", *EVERYTHING), answer("aas", *EVERYTHING)
    assert [one.group.key for one in aas.groups][:2] == [one.group.key for one in cert.groups]
    assert aas.filled == 1800
    assert aas.complete
    assert filled(aas)["aas:production"] == {"block": 6}
    # 4.5 of 18 are a quarter; 3 + 3 + 2 + 1.5 were earned here, the course elsewhere was not
    assert (aas.here_needed, aas.here) == (450, 950)


def test_a_course_counts_once_whether_taken_or_given() -> None:
    found = answer("aas", took("e1", "math", grade="B"))
    assert filled(found)["aas:general"] == {"MTH 101": 3}
    assert found.filled == 300, "the award rests on the course, which is not counted beside it"
    assert [(one.source.name, one.why) for one in found.spare] == [("MTH 101", Why.COUNTED_ALREADY)]


def test_what_counts_nowhere_has_its_reason() -> None:
    found = answer("cert", *EVERYTHING)
    assert {one.why for one in found.spare} == {Why.NO_ROOM}
    without = DEGREES.replace("electives: {credits: 3, free: true}", "").replace(
        "credits: 9\n", "credits: 6\n"
    )
    spare = {one.source.name: one.why for one in answer("cert", took("e1", "welding"), degrees=without).spare}
    assert spare == {"shop:welding": Why.NOT_ASKED}


@pytest.mark.parametrize(
    ("left_out", "thing", "credits_"),
    [("e3", None, 0), ("e4", Thing.COURSE, 300)],
)
def test_the_one_thing_that_is_missing(left_out: str, thing: Thing | None, credits_: int) -> None:
    rest = [one for one in EVERYTHING if f"id: {left_out}," not in one]
    found = answer("aas", *rest).one_thing
    assert (found and found.thing, found.credits if found else 0) == (thing, credits_)


def test_a_required_credential_may_be_the_one_thing() -> None:
    quality = took("e9", "safety", 6)
    degrees = DEGREES.replace("title: Quality, credits: 6", "title: Quality, credits: 6, taken_as: [safety]")
    rest = [one for one in EVERYTHING if "cpt" not in one and "e7" not in one]
    found = answer("aas", *rest, quality, degrees=degrees)
    assert found.remaining == 0
    assert found.one_thing is not None
    assert found.one_thing.thing is Thing.REQUIRED
    assert found.one_thing.missing == CredentialLeaf("shop:cpt")


def test_a_credential_that_expires_the_next_day() -> None:
    cpt = held("e1", "cpt", on="2021-06-30")
    assert filled(answer("aas", cpt, as_of=date(2026, 6, 29)))["aas:production"] == {"block": 6}
    after = answer("aas", cpt, as_of=date(2026, 6, 30))
    assert filled(after)["aas:production"] == {}
    assert [one.holds for one in after.required] == [True], "held stays true after expiry"


def test_a_waiver_counts_in_programs_only() -> None:
    waiver = "{id: e1, waiver: {credential: cpt}, reason: known, on: 2026-01-01, by: sponsor, until: null}"
    assert [one.holds for one in answer("aas", waiver).required] == [False]


def test_a_degree_of_unknown_size_remains_unknown() -> None:
    found = answer("aas", *EVERYTHING, degrees=DEGREES.replace("  credits: 18\n", ""))
    assert (found.size, found.remaining, found.complete) == (None, None, False)
    assert found.filled == 1800


@given(st.permutations(EVERYTHING), st.integers(0, len(EVERYTHING)))
@examples(40)
def test_more_evidence_never_fills_less_and_order_is_nothing(evidence: list[str], kept: int) -> None:
    for degree in ("cert", "aas"):
        everything = answer(degree, *EVERYTHING)
        fewer = answer(degree, *evidence[:kept])
        assert fewer.filled <= everything.filled
        shuffled = answer(degree, *evidence)
        assert filled(shuffled) == filled(everything)
        assert shuffled.spare == everything.spare
