"""Calendar arithmetic: clamped months, suspended days, and the two ways to count that must agree."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.dates import Span, add_months, merge_spans, months_reached, suspended_days, whole_months

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
SPANS = st.lists(
    st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[0] <= span[1]), max_size=4
)
CLOSED_SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 400)).map(lambda span: (span[0], span[0] + timedelta(days=span[1]))),
    max_size=4,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2028, 2, 29), 60, date(2033, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(9990, 6, 1), 2400, date.max),
    ],
)
def test_months_are_clamped_to_the_end_of_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2025, 1, 5), 0),
        (date(2025, 1, 6), 0),
        (date(2025, 2, 5), 0),
        (date(2025, 2, 6), 1),
        (date(2026, 1, 5), 11),
        (date(2026, 1, 6), 12),
    ],
)
def test_a_month_is_whole_on_the_same_day_of_the_next(until: date, expected: int) -> None:
    assert whole_months(date(2025, 1, 6), until) == expected


def test_an_open_suspension_stops_the_months_for_good() -> None:
    suspended: list[Span] = [(date(2025, 7, 1), None)]
    assert whole_months(date(2025, 1, 6), date(2030, 1, 1), suspended) == 5
    assert months_reached(date(2025, 1, 6), 5, suspended) == date(2025, 6, 6)
    assert months_reached(date(2025, 1, 6), 6, suspended) is None


def test_overlapping_suspensions_count_once() -> None:
    once: list[Span] = [(date(2025, 7, 1), date(2025, 9, 1))]
    twice: list[Span] = [(date(2025, 7, 1), date(2025, 8, 15)), (date(2025, 8, 1), date(2025, 9, 1))]
    assert suspended_days(twice, date(2025, 1, 1), date(2026, 1, 1)) == 62
    assert whole_months(date(2025, 1, 6), date(2026, 1, 6), twice) == 9
    assert whole_months(date(2025, 1, 6), date(2026, 1, 6), once) == 9


def test_touching_spans_are_joined_and_empty_ones_dropped() -> None:
    spans: list[Span] = [
        (date(2025, 3, 1), date(2025, 4, 1)),
        (date(2025, 1, 1), date(2025, 3, 1)),
        (date(2025, 6, 1), date(2025, 6, 1)),
        (date(2025, 9, 1), None),
    ]
    assert merge_spans(spans) == [(date(2025, 1, 1), date(2025, 4, 1)), (date(2025, 9, 1), date.max)]


@given(SPANS, DAYS, DAYS)
def test_suspended_days_are_those_that_some_span_covers(spans: list[Span], since: date, until: date) -> None:
    assume(since <= until)
    days = (since + timedelta(days=n) for n in range(min(900, (until - since).days)))
    covered = sum(any(start <= day < (end or date.max) for start, end in spans) for day in days)
    end = since + timedelta(days=min(900, (until - since).days))
    assert suspended_days(spans, since, end) == covered


@given(DAYS, DAYS, SPANS)
def test_whole_months_are_the_largest_number_that_fits(since: date, until: date, spans: list[Span]) -> None:
    assume(since <= until)
    months = whole_months(since, until, spans)
    last = until - timedelta(days=suspended_days(spans, since, until))
    assert add_months(since, months) <= last
    assert add_months(since, months + 1) > last


@given(DAYS, st.integers(1, 60), CLOSED_SPANS)
def test_the_day_reached_is_the_first_with_so_many_months(
    since: date, months: int, spans: list[Span]
) -> None:
    day = months_reached(since, months, spans)
    assert day is not None
    assert whole_months(since, day, spans) >= months
    assert whole_months(since, day - timedelta(days=1), spans) < months


@given(DAYS, DAYS, DAYS, SPANS)
def test_months_never_become_fewer_with_time(
    since: date, first: date, second: date, spans: list[Span]
) -> None:
    earlier, later = sorted((first, second))
    assert whole_months(since, earlier, spans) <= whole_months(since, later, spans)
