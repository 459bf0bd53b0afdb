"""Columns keep everything that decides: people come back out of them as they went in."""

from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph import dates
from graph.dates import add_months
from graph.evaluating import evaluate
from graph.facts import CourseResult, Fact, Person, Revocation
from graph.gates.adding import added, grown
from graph.gates.calendar import plus_months, whole_months
from graph.gates.columns import EPOCH, Crowd, Vocabulary, crowd_of, person_at, rows_of
from tests.graph.asking import Asked
from tests.graph.gates.test_everybody import crew_of, crowd
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds
from tests.thoroughness import examples

DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))


def told(person: Person) -> list[Fact]:
    """The facts that decide, evidence by the place of its id among all, in the order of the columns."""
    place = {name: f"{at:010d}" for at, name in enumerate(sorted({fact.id for fact in person.facts}))}
    found: list[Fact] = []
    for fact in sorted(person.facts, key=lambda f: (f.on, f.recorded, f.id)):
        named = replace(fact, id=place[fact.id])
        if isinstance(named, CourseResult):
            if named.passed:
                found.append(replace(named, college=None, credits=0))
        elif not isinstance(named, Revocation):
            found.append(named)
        elif named.revokes in place:
            found.append(replace(named, revokes=place[named.revokes]))
    return found


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(40)
def test_people_come_back_as_they_went_in(world: RandomWorld, seed: int) -> None:
    asked = Asked(world)
    people = crew_of(asked.person, Random(seed))
    columns = crowd(people)
    for place, person in enumerate(people):
        back = person_at(columns, place)
        assert list(back.facts) == told(person)
        for again, registered in zip(back.enrolments, person.enrolments, strict=True):
            spans = tuple(
                (since, None if until == date.max else until)
                for since, until in dates.merge_spans(registered.suspended)
            )
            assert again == replace(registered, suspended=spans)
        one, other = (evaluate(asked.world, p, program=PROGRAM, as_of=world.as_of) for p in (person, back))
        assert {k: a.state for k, a in one.credentials.items()} == {
            k: a.state for k, a in other.credentials.items()
        }


def numbered_on(person: Person) -> list[Fact]:
    """The facts with their evidence numbered without gaps."""
    place = {name: str(at) for at, name in enumerate(sorted({fact.id for fact in person.facts}))}
    found = [replace(fact, id=place[fact.id]) for fact in person.facts]
    return [
        replace(fact, revokes=place.get(fact.revokes, "")) if isinstance(fact, Revocation) else fact
        for fact in found
    ]


@given(world=worlds(), seed=st.integers(0, 10**6))
@examples(40)
def test_what_is_added_is_as_if_it_had_been_there(world: RandomWorld, seed: int) -> None:
    dice = Random(seed)
    people = crew_of(Asked(world).person, dice)
    late = max((fact.recorded for one in people for fact in one.facts), default=EPOCH)
    told_of = [
        replace(fact, id=f"zz{at:03}", recorded=late)
        for at, fact in enumerate(people[0].facts)
        if not isinstance(fact, Revocation)
    ]
    more = {place: dice.sample(told_of, dice.randint(0, len(told_of))) for place in range(len(people))}
    whole = [replace(one, facts=(*one.facts, *more[place])) for place, one in enumerate(people)]
    there = people[:-1]
    columns = crowd(there)
    vocabulary = grown(columns.vocabulary)
    bare = [Person("", "", (), tuple(more[place])) for place in range(len(there))]
    rows = [rows_of(one, vocabulary) for one in (*bare, whole[-1])]
    found = added(columns, crowd_of(rows, vocabulary), np.arange(len(people)))
    other = crowd(whole)
    for place in range(len(people)):
        one, right = person_at(found, place), person_at(other, place)
        assert numbered_on(one) == numbered_on(right)
        assert one.enrolments == right.enrolments


def same(one: Crowd, other: Crowd) -> None:
    assert one.size == other.size
    pairs = [(one.person, other.person), (one.enrolled, other.enrolled)]
    for mine, theirs in (
        (one.facts, other.facts),
        (one.enrolments, other.enrolments),
        (one.pauses, other.pauses),
    ):
        pairs += [(mine[name], theirs[name]) for name in mine]
    for left, right in pairs:
        np.testing.assert_array_equal(left, right)


@given(world=worlds(), seed=st.integers(0, 10**6), start=st.integers(0, 5), size=st.integers(0, 5))
@examples(30)
def test_a_part_is_the_columns_of_its_people(world: RandomWorld, seed: int, start: int, size: int) -> None:
    people = crew_of(Asked(world).person, Random(seed))
    start = min(start, len(people))
    stop = min(start + size, len(people))
    vocabulary = Vocabulary()
    rows = [rows_of(person, vocabulary) for person in people]
    columns = crowd_of(rows, vocabulary)
    same(columns.part(start, stop), crowd_of(rows[start:stop], vocabulary))
    places = np.array(sorted(Random(seed).sample(range(len(people)), size)), np.int64)
    same(columns.only(places), crowd_of([rows[place] for place in places], vocabulary))


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1), st.integers(0, 90))
@examples(60)
def test_months_of_many_are_the_months_of_each(spans: list[tuple[date, date]], months: int) -> None:
    since = np.array([one.toordinal() for one, _ in spans], np.int32)
    until = np.array([other.toordinal() for _, other in spans], np.int32)
    later = plus_months(since, months)
    assert later.tolist() == [add_months(one, months).toordinal() for one, _ in spans]
    assert whole_months(since, until, np.zeros_like(since)).tolist() == [
        dates.whole_months(one, other) for one, other in spans
    ]
