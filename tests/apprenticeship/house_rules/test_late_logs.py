"""Late logs: the three published rules as tables, and the laws that every rule keeps.

The texts of the rules, as their publishers put them:

- Memphis Electrical JATC, Statement of Policy, section III (OJT Work Reports), part B, from 1 March 2018: a report that
  comes after the tenth is late; nobody advances before all late or missing reports are turned in; one month's delay for
  each late report.
- Electrical Training Alliance of Jacksonville, monthly work reports: received after the fifteenth is late; in any
  twelve months one late report: no action, the second: one month's delay for each late report, three or more: before
  the committee.
- BAC District Council of Wisconsin, Policy for Reporting Hours: hours of September are due by October 10th; every day
  late delays the next wage increase by a day; no retroactive pay.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.house_rules.late_logs import Effect, effect_of
from apprenticeship.house_rules.model import DayPerDay, LateLogs, MonthPerReport, MonthsAfterGrace
from apprenticeship.house_rules.reports import Report, due_on
from apprenticeship.house_rules.telling import effect_words, rule_words
from graph.dates import add_months
from tests.thoroughness import examples

MEMPHIS, JACKSONVILLE, WISCONSIN = MonthPerReport(), MonthsAfterGrace(), DayPerDay()
REGISTERED = date(2025, 1, 1)
TODAY = date(2026, 11, 21)
REACHED = date(2026, 10, 12)


def report(month: date, late: int | None, rule: LateLogs, *, excused: bool = False) -> Report:
    """Hours of a month that came so many days late (0 and below: on time); None never came."""
    due = due_on(month, rule.due_day)
    handed_in = None if late is None else due + timedelta(days=late)
    return Report(month=month, due=due, handed_in=handed_in, excused=excused)


def effect(
    rule: LateLogs | None, reports: Sequence[Report], *, reached: date = REACHED, since: date = REGISTERED
) -> Effect:
    return effect_of(rule, reports, reached=reached, since=since, as_of=TODAY)


@pytest.mark.parametrize(
    ("rule", "late", "raise_on", "held", "committee"),
    [
        # Memphis: a month for each late report, nothing while one is missing
        (MEMPHIS, {"2026-08-01": 0}, "2026-10-12", False, False),
        (MEMPHIS, {"2026-08-01": 1}, "2026-11-12", False, False),
        (MEMPHIS, {"2026-07-01": 20, "2026-08-01": 1}, "2026-12-12", False, False),
        (MEMPHIS, {"2026-08-01": None}, "2026-11-12", True, False),
        # a report that came late after the raise was reached but while it waited moves it again
        (MEMPHIS, {"2026-08-01": 1, "2026-09-01": 3}, "2026-12-12", False, False),
        # Jacksonville: the first in twelve months costs nothing, two cost a month each, three are for the committee
        (JACKSONVILLE, {"2026-08-01": 5}, "2026-10-12", False, False),
        (JACKSONVILLE, {"2026-07-01": 5, "2026-08-01": 5}, "2026-12-12", False, False),
        (JACKSONVILLE, {"2025-07-01": 5, "2026-07-01": 5}, "2026-10-12", False, False),
        (JACKSONVILLE, {"2025-08-01": 5, "2026-07-01": 5}, "2026-12-12", False, False),
        (JACKSONVILLE, {"2026-06-01": 1, "2026-07-01": 1, "2026-08-01": 1}, "2027-01-12", False, True),
        # Wisconsin: September's hours are due by October 10th, each day costs a day
        (WISCONSIN, {"2026-08-01": 2}, "2026-10-14", False, False),
        (WISCONSIN, {"2026-07-01": 2, "2026-08-01": 5}, "2026-10-19", False, False),
        (WISCONSIN, {"2026-09-01": 2}, "2026-10-14", False, False),
    ],
)
def test_what_each_published_rule_says(
    rule: LateLogs, late: dict[str, int | None], raise_on: str, *, held: bool, committee: bool
) -> None:
    reports = [report(date.fromisoformat(month), days, rule) for month, days in late.items()]
    found = effect(rule, reports)
    assert (found.raise_on.isoformat(), found.held, found.needs_committee) == (raise_on, held, committee)
    assert found.no_back_pay == isinstance(rule, DayPerDay)


def test_september_is_due_on_the_tenth_of_october_and_late_from_the_eleventh() -> None:
    september = report(date(2026, 9, 1), None, WISCONSIN)
    assert september.due == date(2026, 10, 10)
    assert not september.days_late(date(2026, 10, 10))
    assert september.days_late(date(2026, 10, 12)) == 2
    assert due_on(date(2026, 12, 31), 15) == date(2027, 1, 15)


def test_a_missing_log_costs_a_day_each_day_until_it_is_there() -> None:
    reports = [report(date(2026, 9, 1), None, WISCONSIN)]
    for today in (date(2026, 10, 12), date(2026, 10, 20), TODAY):
        found = effect_of(WISCONSIN, reports, reached=date(2026, 10, 11), since=REGISTERED, as_of=today)
        assert found.raise_on > today, "no day ever comes on which it could be paid"


def test_a_log_counts_for_one_raise_only() -> None:
    reports = [report(date(2026, 5, 1), 9, MEMPHIS)]
    assert effect(MEMPHIS, reports, since=date(2026, 6, 10)).charges
    assert not effect(MEMPHIS, reports, since=date(2026, 6, 11)).charges, "it moved the raise before"
    assert not effect(MEMPHIS, reports, reached=date(2026, 6, 10)).charges, "it was not late yet"


@pytest.mark.parametrize(
    ("rule", "late", "words"),
    [
        (
            WISCONSIN,
            {"2026-08-01": 2},
            (
                "The log of August 2026 was late and costs two days, so the raise moves from 12 October 2026 to "
                "14 October 2026; the days between are not paid later."
            ),
        ),
        (
            MEMPHIS,
            {"2026-07-01": 2, "2026-08-01": None},
            (
                "The log of July 2026 was late and costs one month and the log of August 2026 is missing, so the raise "
                "moves from 12 October 2026 to 12 December 2026. No raise before the log of August 2026 is handed in "
                "or excused."
            ),
        ),
        (
            JACKSONVILLE,
            {"2026-06-01": 1, "2026-07-01": 1, "2026-08-01": 1},
            "Three late logs in 12 months: the committee decides.",
        ),
        (JACKSONVILLE, {"2026-08-01": 1}, ""),
    ],
)
def test_the_sentence_says_what_happened(rule: LateLogs, late: dict[str, int | None], words: str) -> None:
    reports = [report(date.fromisoformat(month), days, rule) for month, days in late.items()]
    said = effect_words(effect(rule, reports))
    assert said.endswith(words) if words else not said


def test_each_rule_says_itself_with_its_own_day() -> None:
    for rule in (MEMPHIS, JACKSONVILLE, WISCONSIN):
        assert "due by the 22nd" in rule_words(replace(rule, due_day=22))


KNOWN: tuple[LateLogs, ...] = (MEMPHIS, JACKSONVILLE, WISCONSIN)
RULES = st.sampled_from(KNOWN)
MONTHS = st.integers(0, 21).map(lambda number: add_months(REGISTERED, number))
LATENESS = st.one_of(st.none(), st.integers(-5, 70))


@st.composite
def cases(draw: st.DrawFn) -> tuple[LateLogs, list[Report], date, date]:
    rule = draw(RULES)
    late = draw(st.dictionaries(MONTHS, LATENESS, max_size=12))
    reports = [report(month, days, rule) for month, days in late.items()]
    known = [one for one in reports if one.due <= TODAY]
    since = draw(st.dates(REGISTERED, TODAY))
    return rule, known, since, draw(st.dates(since, TODAY))


def no_sooner(later: Effect, sooner: Effect) -> bool:
    return (
        later.held >= sooner.held
        and later.needs_committee >= sooner.needs_committee
        and later.raise_on >= sooner.raise_on
    )


@given(cases(), st.data())
@examples(300)
def test_another_late_report_never_brings_a_raise_sooner(
    case: tuple[LateLogs, list[Report], date, date], data: st.DataObject
) -> None:
    rule, reports, since, reached = case
    taken = {one.month for one in reports}
    free = [month for month in (add_months(REGISTERED, number) for number in range(22)) if month not in taken]
    month = data.draw(st.sampled_from(free))
    more = [*reports, report(month, data.draw(st.integers(1, 70)), rule)]
    before = effect(rule, reports, reached=reached, since=since)
    assert no_sooner(effect(rule, more, reached=reached, since=since), before)


@given(cases(), st.data())
@examples(300)
def test_excusing_a_report_never_delays_and_recalculates_all(
    case: tuple[LateLogs, list[Report], date, date], data: st.DataObject
) -> None:
    rule, reports, since, reached = case
    chosen = data.draw(st.sets(st.sampled_from(reports))) if reports else set()
    excused = [replace(one, excused=one in chosen) for one in reports]
    without = [one for one in reports if one not in chosen]
    before = effect(rule, reports, reached=reached, since=since)
    after = effect(rule, excused, reached=reached, since=since)
    assert no_sooner(before, after)
    assert after == effect(rule, without, reached=reached, since=since), "as if it had been on time"


@given(cases())
@examples(200)
def test_a_raise_is_never_paid_before_it_was_reached_and_off_changes_nothing(
    case: tuple[LateLogs, list[Report], date, date],
) -> None:
    rule, reports, since, reached = case
    found = effect(rule, reports, reached=reached, since=since)
    assert found.raise_on >= reached
    assert (found.raise_on > reached) == bool(found.charges)
    assert bool(effect_words(found)) == bool(found.charges or found.held or found.needs_committee)
    assert effect(None, reports, reached=reached, since=since) == Effect(reached=reached, raise_on=reached)


@given(cases(), st.randoms(use_true_random=False))
@examples(100)
def test_the_order_of_reports_says_nothing(
    case: tuple[LateLogs, list[Report], date, date], randomness: object
) -> None:
    rule, reports, since, reached = case
    shuffled = sorted(reports, key=lambda _: randomness.random())  # type: ignore[attr-defined]
    again = effect(rule, shuffled, reached=reached, since=since)
    assert again == effect(rule, reports, reached=reached, since=since)
