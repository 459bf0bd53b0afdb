"""The ratio at a site as a step function: laws, and a slow, obvious look at every single day."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.ratio.counting import breaches_of, level_on, levels_of, share_of
from apprenticeship.ratio.model import Breach, Presence, Ratio, Side

FIRST = date(2026, 3, 1)
SPAN = 40
DAYS = [FIRST + timedelta(days=number) for number in range(-2, SPAN + 3)]


@st.composite
def presences(draw: st.DrawFn) -> list[Presence]:
    """Draw a few people at a site, with ends, open ends, empty stretches and mixed ratios."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        begins = draw(st.integers(0, SPAN - 1))
        ends = draw(st.none() | st.integers(begins, SPAN))
        side = draw(st.sampled_from(Side))
        apprentice = side is Side.APPRENTICE
        ratio = draw(st.sampled_from([(1, 1), (2, 1), (3, 2), (1, 2), None])) if apprentice else None
        expected = draw(st.none() | st.integers(0, SPAN)) if apprentice else None
        found.append(
            Presence(
                since=FIRST + timedelta(days=begins),
                until=None if ends is None else FIRST + timedelta(days=ends),
                key=f"{number}",
                who=f"P{number}",
                side=side,
                number=1 if apprentice else draw(st.integers(1, 3)),
                share=share_of(ratio),
                expected=None if expected is None else FIRST + timedelta(days=expected),
            )
        )
    return found


def there(people: list[Presence], side: Side, day: date) -> list[Presence]:
    return [
        one
        for one in people
        if one.side is side and one.since <= day and (one.until is None or day < one.until)
    ]


def needed(people: list[Presence], day: date) -> int:
    return ceil(sum((one.share * one.number for one in there(people, Side.APPRENTICE, day)), Fraction(0)))


def present(people: list[Presence], day: date) -> int:
    return sum(one.number for one in there(people, Side.JOURNEYWORKER, day))


@given(presences())
def test_every_day_counts_as_when_each_is_counted_by_itself(people: list[Presence]) -> None:
    levels = levels_of(people)
    broken = breaches_of(people)
    for day in DAYS:
        level = level_on(levels, day)
        assert level.number == len(there(people, Side.APPRENTICE, day))
        assert level.journeyworkers == present(people, day)
        assert level.needed == needed(people, day)
        assert level.holds == (needed(people, day) <= present(people, day))
        assert level.short == max(0, needed(people, day) - present(people, day))
        assert any(one.covers(day) for one in broken) == (not level.holds)


@given(presences())
def test_levels_follow_each_other_without_a_gap_and_differ(people: list[Presence]) -> None:
    levels = levels_of(people)
    for one, following in pairwise(levels):
        assert one.until == following.since
        assert one.since < following.since
        assert (one.apprentices, one.journeyworkers) != (following.apprentices, following.journeyworkers)
    assert not levels or levels[-1].until is None


def with_journeyworkers(people: list[Presence], one: Breach, number: int) -> list[Presence]:
    if not number:
        return people
    more = Presence(
        since=one.since, until=one.until, key="+", who="+", side=Side.JOURNEYWORKER, number=number
    )
    return [*people, more]


@given(presences())
def test_the_mending_is_enough_and_one_less_is_not(people: list[Presence]) -> None:
    for one in breaches_of(people):
        assert one.journeyworkers > 0
        mended = breaches_of(with_journeyworkers(people, one, one.journeyworkers))
        assert not any(meets(other, one) for other in mended)
        less = breaches_of(with_journeyworkers(people, one, one.journeyworkers - 1))
        assert any(meets(other, one) for other in less)


def meets(one: Breach, other: Breach) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


@given(presences())
def test_so_many_apprentices_elsewhere_mend_every_day_and_fewer_do_not_mend_the_worst(
    people: list[Presence],
) -> None:
    for one in breaches_of(people):
        enough = []
        for day in DAYS:
            if not one.covers(day):
                continue
            shares = sorted((a.share for a in there(people, Side.APPRENTICE, day)), reverse=True)
            away = 0
            while ceil(sum(shares[away:], Fraction(0))) > present(people, day):
                away += 1
            enough.append(away)
        assert one.apprentices == max(enough)


@given(presences())
def test_a_breach_begins_with_somebody_who_made_it_harder(people: list[Presence]) -> None:
    for one in breaches_of(people):
        assert one.causes
        for cause in one.causes:
            begins, who = cause.begins, cause.presence
            assert begins == (who.side is Side.APPRENTICE)
            assert (who.since if begins else who.until) == one.since


@given(presences())
def test_expected_completions_ease_and_are_not_counted_on(people: list[Presence]) -> None:
    plain = [replace(one, expected=None) for one in people]
    assert levels_of(plain) == levels_of(people)
    finished = [
        replace(one, until=max(one.since, min(one.expected, one.until or date.max)))
        if one.expected is not None
        else one
        for one in people
    ]
    for one in breaches_of(people):
        holding = [day for day in DAYS if one.covers(day) and needed(finished, day) <= present(finished, day)]
        assert one.eased == min(holding, default=None)


@given(presences(), st.integers(0, 7))
def test_one_journeyworker_more_never_breaks_anything(people: list[Presence], begins: int) -> None:
    more = Presence(since=FIRST + timedelta(days=begins), key="+", who="+", side=Side.JOURNEYWORKER)
    for day in DAYS:
        if level_on(levels_of(people), day).holds:
            assert level_on(levels_of([*people, more]), day).holds


@pytest.mark.parametrize(
    ("ratio", "apprentices", "needs"),
    [((1, 1), 3, 3), ((2, 1), 3, 2), ((3, 1), 3, 1), ((1, 2), 3, 6), ((3, 2), 4, 3), (None, 3, 0)],
)
def test_how_many_journeyworkers_a_registered_ratio_asks_for(
    ratio: Ratio | None, apprentices: int, needs: int
) -> None:
    people = [
        Presence(since=FIRST, key=f"{n}", who="A", side=Side.APPRENTICE, share=share_of(ratio))
        for n in range(apprentices)
    ]
    (level,) = levels_of(people)
    assert level.needed == needs


def test_a_breach_says_who_when_and_what_mends_it() -> None:
    def person(key: str, who: str, since: date, expected: date | None = None) -> Presence:
        return Presence(
            since=since,
            key=key,
            who=who,
            expected=expected,
            share=share_of((1, 1)),
            side=Side.APPRENTICE,
        )

    tenth = FIRST + timedelta(days=10)
    people = [
        person("1", "Ada", FIRST, FIRST + timedelta(days=20)),
        person("2", "Ben", FIRST + timedelta(days=5)),
        Presence(since=FIRST, until=tenth, key="3", who="M", side=Side.JOURNEYWORKER, number=2),
        Presence(since=tenth, key="4", who="N", side=Side.JOURNEYWORKER),
    ]
    (found,) = breaches_of(people)
    assert (found.since, found.until) == (FIRST + timedelta(days=10), None)
    assert [(cause.presence.who, cause.begins) for cause in found.causes] == [("M", False)]
    assert (found.journeyworkers, found.apprentices) == (1, 1)
    assert found.eased == FIRST + timedelta(days=20)
