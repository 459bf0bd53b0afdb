"""Timelines against an array with one truth value a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.timeline import (
    ALWAYS,
    NEVER,
    Timeline,
    all_of,
    any_of,
    at_least,
    between,
    from_day,
    invert,
    is_true,
    next_true,
    reaches,
    since,
)

LAST = 30
DAYS = range(LAST + 1)
LINES = st.lists(st.integers(0, LAST), unique=True, max_size=8).map(lambda days: tuple(sorted(days)))


def array(line: Timeline) -> list[bool]:
    """The truth value of each day, counted by toggling."""
    values, value = [], False
    for day in DAYS:
        value ^= day in line
        values.append(value)
    return values


@given(LINES)
def test_a_line_is_true_on_the_days_between_its_toggles(line: Timeline) -> None:
    assert [is_true(line, day) for day in DAYS] == array(line)


@given(LINES)
def test_the_inverse_is_true_on_the_other_days(line: Timeline) -> None:
    assert array(invert(line)) == [not value for value in array(line)]
    assert invert(invert(line)) == line


@given(st.lists(LINES, min_size=1, max_size=5), st.integers(1, 5))
def test_at_least_counts_the_lines_that_are_true(lines: list[Timeline], needed: int) -> None:
    columns = zip(*map(array, lines), strict=True)
    assert array(at_least(needed, lines)) == [sum(column) >= needed for column in columns]


@given(st.lists(LINES, max_size=5))
def test_any_is_true_where_one_line_is(lines: list[Timeline]) -> None:
    assert array(any_of(lines)) == [any(is_true(line, day) for line in lines) for day in DAYS]


@given(st.lists(LINES, min_size=1, max_size=5))
def test_all_is_true_where_every_line_is(lines: list[Timeline]) -> None:
    assert array(all_of(*lines)) == [all(is_true(line, day) for line in lines) for day in DAYS]


@given(st.lists(LINES, max_size=4))
def test_a_result_toggles_in_rising_order_and_only_once_a_day(lines: list[Timeline]) -> None:
    line = any_of(lines)
    assert list(line) == sorted(set(line))


@given(st.integers(1, 20), st.lists(st.tuples(st.integers(1, LAST), st.integers(-5, 10)), max_size=8))
def test_a_sum_reaches_what_is_needed_when_its_changes_add_up(
    needed: int, changes: list[tuple[int, int]]
) -> None:
    sums = [sum(change for at, change in changes if at <= day) for day in DAYS]
    assert array(reaches(needed, changes)) == [total >= needed for total in sums]


@given(LINES, st.integers(0, LAST))
def test_since_is_the_first_day_of_the_unbroken_stretch(line: Timeline, day: int) -> None:
    values = array(line)
    first = day
    while first and values[first - 1] == values[day]:
        first -= 1
    assert since(line, day) == (first or None)


@given(LINES, st.integers(0, LAST))
def test_the_next_true_day_is_the_first_after_a_false_one(line: Timeline, day: int) -> None:
    values = array(line)
    later = [at for at in range(day + 1, LAST + 1) if values[at]]
    assert next_true(line, day) == (later[0] if later and not values[day] else None)


def test_a_span_holds_its_first_day_and_not_its_last() -> None:
    start, end = date(2026, 1, 5), date(2026, 1, 8)
    line = between(start, end)
    assert [is_true(line, start.toordinal() + n) for n in range(-1, 4)] == [False, True, True, True, False]
    assert between(start, None) == from_day(start)
    assert between(start, start) == between(end, start) == NEVER


def test_always_has_no_first_day() -> None:
    assert is_true(ALWAYS, 0)
    assert since(ALWAYS, 700_000) is None
    assert not is_true(NEVER, 700_000)
    assert since(NEVER, 700_000) is None
    assert invert(ALWAYS) == NEVER
