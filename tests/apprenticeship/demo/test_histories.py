"""The stories before they are stored: the same seed and day tell the same, on any day of the calendar."""

from collections import defaultdict
from datetime import UTC, date, datetime, time
from random import Random
from uuid import UUID

import pytest

from apprenticeship.demo.apprentices import APPRENTICES
from apprenticeship.demo.cast import Cast, cast
from apprenticeship.demo.histories import History, in_order
from apprenticeship.demo.model import Line
from apprenticeship.demo.places import STAFF
from apprenticeship.evidence.model import EvidenceKind, Status

DAYS = [
    date(2026, 11, 21),
    date(2026, 11, 23),  # a Monday
    date(2028, 2, 29),
    date(2027, 1, 1),
    date(2026, 3, 31),
    date(2026, 11, 1),  # clocks are set back in the shops of the demo
]


def told(day: date, seed: int = 1) -> tuple[Cast, list[Line]]:
    now = datetime.combine(day, time(0, 1), UTC)
    randomness = Random(seed)
    crew = cast(now, randomness)
    lines = [line for one in APPRENTICES for line in History(one, crew.people, day, randomness).lines()]
    return crew, in_order(lines)


def test_the_same_seed_and_day_tell_the_same_and_another_seed_does_not() -> None:
    assert told(DAYS[0]) == told(DAYS[0])
    assert told(DAYS[0])[1] != told(DAYS[0], seed=2)[1]


@pytest.mark.parametrize("day", DAYS)
def test_nothing_happens_in_the_future_and_nothing_follows_what_comes_later(day: date) -> None:
    _, lines = told(day)
    now = datetime.combine(day, time(0, 1), UTC)
    known: dict[str, Line] = {}
    for line in lines:
        assert line.addition.fact.happened_on < day
        assert line.addition.recorded < now
        for name in (line.follows, line.revokes):
            assert name is None or name in known
        known[line.name] = line
    assert len(known) == len(lines)


@pytest.mark.parametrize("day", DAYS)
def test_everybody_works_at_most_a_shift_a_day_from_their_registration_on(day: date) -> None:
    crew, lines = told(day)
    minutes: dict[tuple[UUID, date], int] = defaultdict(int)
    since = {job.person: job for job in crew.employments}
    for line in lines:
        addition = line.addition
        if addition.fact.kind is EvidenceKind.HOURS and line.follows is None:
            minutes[addition.person, addition.fact.happened_on] += addition.fact.minutes or 0
            assert since[addition.person].covers(addition.fact.happened_on)
    assert max(minutes.values()) <= 11 * 60


def test_nobody_decides_about_themselves_and_only_their_own_mentor_signs_off() -> None:
    crew, lines = told(DAYS[0])
    mentor_of = {crew.people[one.login]: crew.people[one.mentor] for one in APPRENTICES}
    decided = [line for line in lines if line.follows is not None]
    assert len(decided) > 500
    assert all(line.addition.recorded_by == mentor_of[line.addition.person] for line in decided)
    own = [line for line in lines if line.addition.recorded_by == line.addition.person]
    assert {line.addition.status for line in own} == {Status.SUBMITTED}


def test_names_and_logins_are_nobodys_twice() -> None:
    everybody = [(one.login, one.name) for one in (*APPRENTICES, *STAFF)]
    assert len({login for login, _ in everybody}) == len({name for _, name in everybody}) == len(everybody)
    assert all(login.isascii() and login.islower() for login, _ in everybody)
