"""Traps that real systems fell into: each as an agreement small enough to check by eye."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from apprenticeship.credit.answers import credit_answer
from apprenticeship.credit.model import CreditAnswer, Reason
from graph.world import World
from standards.answers import Labels
from standards.compiling import compile_world
from standards.problems import DocumentError
from standards.reading import Document, read_text
from tests.apprenticeship.credit.shown import Tree, answer, course, credential, left_out, why_not

SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1", grades: [A, B, C, D]}
credentials:
  - {id: a, title: Milling}
  - {id: b, title: Turning}
  - {id: c, title: Grinding}
  - {id: card, title: Card, valid_for: {years: 5}}
courses:
  - {id: m-101, title: Machine tool theory}
  - {id: m-201, title: Machine tool theory}
  - {id: m-301, title: Shop mathematics}
"""
HEAD = """
journeymark: 1
agreement:
  id: hill
  college: Hill College
  college_id: hill
  program: {title: Machining, credits: 60}
  effective: {from: 2000-01-01}
"""
DAY = "2026-03-02"


def college(awards: str, more: str = "") -> tuple[Document, tuple[Document, ...], World]:
    """The agreement, everything beside it, and their world."""
    (shop,) = read_text("shop.yaml", SHOP)
    (found,) = read_text("hill.yaml", f"{HEAD}{more}awards:\n{awards}")
    return found, (shop,), compile_world([shop, found])


def asked(awards: str, shown: list[Tree], on: str = DAY, more: str = "") -> CreditAnswer:
    found, documents, world = college(awards, more)
    return answer(found, shown, date.fromisoformat(on), documents, world)


def held(*names: str, on: str = DAY) -> list[Tree]:
    return credential(*(f"shop:{name}" for name in names), on=on)


# the moving denominator

THREE = """
  - {id: m-1, course: M 1, title: Milling, credits: 3, group: technical, when: {credential: a}}
  - {id: m-2, course: M 2, title: Turning, credits: 3, group: technical, when: {credential: b}}
  - {id: m-3, course: M 3, title: Grinding, credits: 3, group: technical, when: {at_least: 2, of: [{credential: a},
     {credential: b}, {credential: c}]}}
"""
ALLOWED = "  limits: {share: 0.25, credits: 12, residency: 45, groups: {technical: 9}}\n  reuse: allow\n"
GROWING = [(), ("a",), ("a", "c"), ("a", "b", "c"), ("a", "b", "c", "card")]


def test_what_a_limit_is_measured_by_does_not_move_with_the_evidence() -> None:
    """Half of a program stays half of the program, however much of it somebody has."""
    answers = [asked(THREE, held(*names), more=ALLOWED) for names in GROWING]
    measures = {tuple((use.name, use.allowed) for use in one.limits) for one in answers}
    assert measures == {(("share", 1500), ("credits", 1200), ("residency", 1500), ("groups.technical", 900))}
    assert {one.remaining.program for one in answers} == {6000}
    assert [one.credits for one in answers] == [0, 300, 600, 900, 900]
    for earlier, later in pairwise(answers):
        shares = zip(earlier.limits, later.limits, strict=True)
        assert all(before.share <= after.share for before, after in shares)


def test_credits_earned_at_the_college_move_what_remains_and_not_the_limits() -> None:
    shown = [*held("a"), *course("shop:m-301", college="hill", credits=9)]
    found = asked(THREE, shown, more=ALLOWED)
    assert [use.allowed for use in found.limits] == [1500, 1200, 1500, 900]
    assert (found.remaining.credits, found.remaining.here) == (6000 - 300 - 900, 4500 - 900)


# the empty group


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("{all: []}", "awards[0].when.all"),
        ("{any: []}", "awards[0].when.any"),
        ("{at_least: 1, of: []}", "awards[0].when.of"),
        ("{at_least: 0, of: [{credential: a}]}", "awards[0].when.at_least"),
        ("{all: [{credential: a}, {any: []}]}", "awards[0].when.all[1].any"),
    ],
)
def test_an_empty_group_is_refused_where_it_stands_and_never_earns_credit(rule: str, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        asked(f"  - {{id: m-1, course: M 1, title: Milling, credits: 3, when: {rule}}}\n", [])
    assert [problem.path for problem in refused.value.problems] == [place]


def test_a_limit_of_nothing_gives_nothing_and_is_used_up() -> None:
    found = asked(THREE, held("a", "b"), more="  limits: {groups: {technical: 0}}\n")
    assert found.credits == 0
    assert {one.reason for one in found.left_out} == {Reason.CAP_REACHED}
    assert found.limits[0].share == Fraction(1)
    assert why_not(found, "m-1") == "Earned, but no room is left: most credits in technical."


def test_an_agreement_without_awards_gives_nothing_and_proves_it() -> None:
    (shop,) = read_text("shop.yaml", SHOP)
    (empty,) = read_text("hill.yaml", HEAD)
    found = answer(empty, held("a"), date.fromisoformat(DAY), (shop,), compile_world([shop, empty]))
    assert (found.credits, found.left_out, found.search.proven) == (0, (), True)


# two courses with one title

THEORY = """
  - {id: m-1, course: M 1, title: Machining, credits: 3, when: {course: m-101}}
  - {id: m-2, course: M 2, title: Machining, credits: 4, when: {course: m-201}}
"""


@pytest.mark.parametrize(
    ("taken", "given"),
    [(["m-101"], ("m-1",)), (["m-201"], ("m-2",)), (["m-101", "m-201"], ("m-1", "m-2")), (["m-301"], ())],
)
def test_two_courses_with_one_title_stay_two(taken: list[str], given: tuple[str, ...]) -> None:
    """Titles are never keys: neither of what was taken nor of what is given."""
    shown = [one for name in taken for one in course(f"shop:{name}")]
    assert asked(THEORY, shown).best.ids == given


def test_a_title_in_place_of_a_key_is_refused() -> None:
    with pytest.raises(DocumentError, match="Machine tool theory"):
        asked("  - {id: m-1, course: M 1, title: T, credits: 3, when: {course: Machine tool theory}}\n", [])


def test_two_courses_with_one_title_taken_here_are_both_earned_here() -> None:
    shown = [
        *course("shop:m-101", college="hill", credits=3),
        *course("shop:m-201", college="hill", credits=4),
        *course("shop:m-201", college="hill", credits=4),
    ]
    assert asked(THEORY, shown).earned_here == 700


# current on the day of the request

CARD = "  - {id: m-1, course: M 1, title: Card, credits: 2, when: {credential: card, current: true}}\n"


@pytest.mark.parametrize(
    ("earned", "last", "over"),
    [
        ("2021-11-22", "2026-11-21", "2026-11-22"),
        ("2020-02-29", "2025-02-27", "2025-02-28"),
        ("2023-03-01", "2028-02-29", "2028-03-01"),
        ("2023-02-28", "2028-02-27", "2028-02-28"),
    ],
)
def test_a_certificate_that_is_current_on_the_day_of_the_request_has_expired_the_next(
    earned: str, last: str, over: str
) -> None:
    """Five years after 29 February of a leap year are the end of February; on that day it is over."""
    shown = held("card", on=earned)
    assert asked(CARD, shown, last).credits == 200
    found = asked(CARD, shown, over)
    assert found.credits == 0
    world = college(CARD)[2]
    assert why_not(found, "m-1", world) == "Missing: Card, not expired. It was earned, and has expired."


def test_a_renewal_on_the_last_day_keeps_it_current() -> None:
    shown = [*held("card", on="2021-11-22"), *held("card", on="2026-11-21")]
    assert asked(CARD, shown, "2026-11-22").credits == 200


# windows, to the day

LEAP = [
    ("{years: 1}", "2024-02-29", "2025-02-27", "2025-02-28"),
    ("{months: 12}", "2024-02-29", "2025-02-27", "2025-02-28"),
    ("{years: 4}", "2024-02-29", "2028-02-28", "2028-02-29"),
    ("{years: 1}", "2023-03-01", "2024-02-29", "2024-03-01"),
    ("{months: 1}", "2024-01-31", "2024-02-28", "2024-02-29"),
    ("{months: 1}", "2023-01-31", "2023-02-27", "2023-02-28"),
    ("{years: 2}", "2024-11-22", "2026-11-21", "2026-11-22"),
]


@pytest.mark.parametrize(("lasts", "earned", "last", "over"), LEAP)
def test_evidence_older_than_the_window_by_a_day(lasts: str, earned: str, last: str, over: str) -> None:
    awards = (
        "  - {id: m-1, course: M 1, title: Milling, credits: 3, when: {credential: a},"
        f" request_within: {lasts}}}\n"
    )
    assert asked(awards, held("a", on=earned), last).credits == 300
    found = asked(awards, held("a", on=earned), over)
    late = left_out(found, "m-1")
    assert (found.credits, late.reason, late.over_on) == (0, Reason.WINDOW_OVER, date.fromisoformat(over))


@pytest.mark.parametrize(("lasts", "earned", "last", "over"), LEAP)
def test_evidence_stale_by_a_day(lasts: str, earned: str, last: str, over: str) -> None:
    more = f"  stale_after: {lasts}\n"
    assert asked(THREE, held("a", on=earned), last, more).credits == 300
    found = asked(THREE, held("a", on=earned), over, more)
    stale = left_out(found, "m-1")
    assert (found.credits, stale.reason, stale.over_on) == (0, Reason.STALE, date.fromisoformat(over))


def test_the_window_runs_from_what_completes_the_rule_and_staleness_from_each_piece() -> None:
    awards = (
        "  - {id: m-1, course: M 1, title: Both, credits: 3, when: {all: [{credential: a}, {credential: b}]},"
        " request_within: {years: 1}}\n"
    )
    shown = [*held("a", on="2022-02-28"), *held("b", on="2024-02-29")]
    assert asked(awards, shown, "2025-02-27").credits == 300
    assert left_out(asked(awards, shown, "2025-02-28"), "m-1").reason is Reason.WINDOW_OVER
    stale = asked(awards, shown, "2025-02-27", "  stale_after: {years: 3}\n")
    assert stale.credits == 300
    later = asked(awards, shown, "2025-02-28", "  stale_after: {years: 3}\n")
    assert left_out(later, "m-1").reason is Reason.STALE


# in force, and approved

M_1 = "  - {id: m-1, course: M 1, title: Milling, credits: 3, when: {credential: a}}\n"


@pytest.mark.parametrize(
    ("approval", "on", "given"),
    [
        ("{state: draft}", DAY, 0),
        ("{state: in_review, by: Curriculum committee, on: 2026-01-05}", DAY, 0),
        ("{state: in_force, by: Faculty senate, on: 2025-05-01}", DAY, 300),
        ("{state: ended, on: 2026-03-03}", "2026-03-02", 300),
        ("{state: ended, on: 2026-03-03}", "2026-03-03", 0),
    ],
)
def test_only_what_the_faculty_has_put_in_force_gives_credit(approval: str, on: str, given: int) -> None:
    found = asked(M_1, held("a"), on, f"  approval: {approval}\n")
    assert (found.credits, found.in_force) == (given, bool(given))
    if not given:
        assert why_not(found, "m-1") == "The agreement is not in force on this day."


# semester to quarter, through a whole agreement

QUARTER = """  unit: quarter
  rounding: {to: %s, by: %s}
  limits: {credits: %s}
"""
SEMESTERS = """
  - {id: m-1, course: M 1, title: Milling, credits: 3, unit: semester, when: {credential: a}}
  - {id: m-2, course: M 2, title: Turning, credits: 4, unit: semester, when: {credential: b}}
  - {id: m-3, course: M 3, title: Grinding, credits: 4.5, when: {credential: c}}
  - {id: m-4, course: M 4-5, title: Theory, unit: semester, when: {course: m-101}, courses: [
     {course: M 4, title: One, credits: 1}, {course: M 5, title: Two, credits: 1}]}
"""


@pytest.mark.parametrize(
    ("to", "by", "counted"),
    [
        ("whole", "down", {"m-1": 400, "m-2": 600, "m-3": 450, "m-4": 200}),
        ("whole", "up", {"m-1": 500, "m-2": 600, "m-3": 450, "m-4": 400}),
        ("whole", "nearest", {"m-1": 500, "m-2": 600, "m-3": 450, "m-4": 400}),
        ("half", "down", {"m-1": 450, "m-2": 600, "m-3": 450, "m-4": 300}),
        ("hundredth", "down", {"m-1": 450, "m-2": 600, "m-3": 450, "m-4": 300}),
    ],
)
def test_semester_hours_are_counted_in_quarter_hours_as_the_college_rounds(
    to: str, by: str, counted: dict[str, int]
) -> None:
    """A published rule: times 1.5 and the fraction dropped, so that 3 are 4 and 4 are 6; each course by itself."""
    shown = [*held("a", "b", "c"), *course("shop:m-101")]
    found = asked(SEMESTERS, shown, more=QUARTER % (to, by, 60))
    assert {one.award.id: one.award.credits for one in found.best.given} == counted
    assert found.credits == sum(counted.values())
    assert found.remaining.credits == 6000 - found.credits
    assert found.limits[0].used == found.credits


def test_a_limit_in_quarter_hours_holds_what_was_rounded_and_not_what_was_stated() -> None:
    """3 and 4 semester hours are 4 and 6 quarter hours: they fit in 10 where 10.5 would not."""
    assert asked(SEMESTERS, held("a", "b"), more=QUARTER % ("whole", "down", 10)).credits == 1000
    exact = asked(SEMESTERS, held("a", "b"), more=QUARTER % ("hundredth", "down", 10))
    assert exact.credits == 600
    assert left_out(exact, "m-1").reason is Reason.CAP_REACHED


def test_the_other_unit_is_rounded_award_by_award_where_the_college_says_how() -> None:
    shown = held("a", "b", "c")
    found = asked(SEMESTERS, shown, more=QUARTER % ("whole", "down", 60))
    said = credit_answer(found, Labels(college(SEMESTERS)[2]))
    assert (said["unit"], said["credits"], said["semester"]) == ("quarter", 14.5, 2 + 4 + 3)
    plain = asked(SEMESTERS, shown, more="  unit: quarter\n")
    assert (plain.credits, plain.elsewhere) == (1500, 1000)


def test_nobody_gains_by_going_there_and_back() -> None:
    for stated in (1, 2, 3, 4.5, 5):
        awards = f"  - {{id: m-1, course: M 1, title: T, credits: {stated}, unit: semester, when: {{credential: a}}}}\n"
        found = asked(awards, held("a"), more=QUARTER % ("whole", "down", 60))
        assert found.elsewhere <= stated * 100


def test_a_table_by_hours_is_rounded_row_by_row() -> None:
    awards = (
        "  - {id: m-1, course: M 1, title: T, unit: semester, when: {hours: 100, in: ojl},"
        " per_hours: {hours: 100, in: ojl, at_most: 3}}\n"
    )
    for worked, given in [(99, 0), (100, 100), (200, 300), (300, 400), (900, 400)]:
        shown: list[Tree] = [{"hours": worked, "in": "ojl", "on": DAY, "status": "verified"}]
        assert asked(awards, shown, more=QUARTER % ("whole", "down", 60)).credits == given
