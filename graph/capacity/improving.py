"""A better plan from a good one: a few people at a time are planned anew, best, in the room that the others leave."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from graph.capacity.deadline import Deadline
from graph.capacity.first_plan import FirstPlan
from graph.capacity.program import CapacityProgram
from graph.capacity.question import Place, Question
from graph.capacity.room import Booking, Free, Room
from graph.capacity.trainings import Outlook, narrowed
from graph.capacity.value import finished_by, spared, worth, worth_of

TOGETHER = 3
"""People who are planned anew at a time, to begin with."""

MANY = 4
"""People who are planned anew at a time where few things are thought of for each."""

NARROW = 6
"""How often that is done with other people together."""

LONGEST = 2.0
"""Seconds for one group."""


def improved(
    outlooks: Sequence[Outlook],
    start: FirstPlan,
    question: Question,
    *,
    bound: int,
    until: Deadline,
) -> tuple[Booking, ...]:
    """The best plan that was found until a moment, or until nothing is worth more.

    Many people at a time are planned anew with the things that were thought of for the plan to begin with, then few
    with everything.
    """
    best = start.bookings
    value = worth(outlooks, best, question.months)
    for turn in range(NARROW):
        narrow = [
            narrowed(outlook, names | {one.name for one in best if one.person == at})
            for at, (outlook, names) in enumerate(zip(outlooks, start.names, strict=True))
        ]
        groups = _groups(outlooks, best, question, MANY + turn)
        for group in groups if len(groups) > 1 else ():
            if value >= bound or until.over:
                return best
            found = _anew(narrow, best, group, question, until.within(LONGEST))
            found_value = worth(outlooks, found, question.months)
            if found_value > value:
                best, value = spared(outlooks, found, question.months), found_value
    for turn in count():
        groups = _groups(outlooks, best, question, TOGETHER + turn)
        for group in groups:
            if value >= bound or until.over:
                return best
            found = _anew(outlooks, best, group, question, until.within(LONGEST))
            found_value = worth(outlooks, found, question.months)
            if found_value > value:
                best, value = spared(outlooks, found, question.months), found_value
        if len(groups) <= 1:
            return best
    return best


def _groups(
    outlooks: Sequence[Outlook], best: Sequence[Booking], question: Question, size: int
) -> list[list[int]]:
    """Who is planned anew together: whoever lacks much beside whoever has much, for the one may take from the other."""
    finished = finished_by(outlooks, best)
    people = [at for at, outlook in enumerate(outlooks) if outlook.trainings]
    lost = {
        at: _most(outlooks[at], question) - worth_of(outlooks[at], finished[at], question.months)
        for at in people
    }
    order = sorted(people, key=lambda at: (-lost[at], at))
    groups = -(-len(order) // size)
    return [[order[at] for at in range(first, len(order), groups)] for first in range(groups)]


def _most(outlook: Outlook, question: Question) -> int:
    return sum(goal.weight * (question.months - max(0, outlook.soonest[goal.node])) for goal in outlook.goals)


def _anew(
    outlooks: Sequence[Outlook],
    plan: Sequence[Booking],
    group: Sequence[int],
    question: Question,
    until: Deadline,
) -> tuple[Booking, ...]:
    """The plan with some people planned anew."""
    places = {person: at for at, person in enumerate(group)}
    others = [one for one in plan if one.person not in places]
    room = Room(question, len(outlooks))
    for one in others:
        room.book(one, outlooks[one.person].trainings[one.name])
    own = [replace(one, person=places[one.person]) for one in plan if one.person in places]
    program = CapacityProgram([outlooks[at] for at in group], _left(question, room))
    found = program.solve(own, until)
    return tuple(sorted([*others, *(replace(one, person=group[one.person]) for one in found.bookings)]))


def _left(question: Question, room: Room) -> Question:
    return replace(
        question,
        stations=_places(question.stations, room.stations),
        mentors=_places(question.mentors, room.mentors),
        budget=room.budget,
        monthly=None if room.monthly is None else tuple(room.monthly),
    )


def _places(places: Sequence[Place], free: Sequence[Free]) -> tuple[Place, ...]:
    return tuple(
        replace(
            place,
            minutes=None if left.minutes is None else tuple(left.minutes),
            slots=None if left.slots is None else tuple(left.slots),
        )
        for place, left in zip(places, free, strict=True)
    )
