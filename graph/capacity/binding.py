"""What there was too little of: where somebody was ready to be trained, and there was no room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.room import Booking, Room
from graph.capacity.trainings import Outlook, Training
from graph.capacity.value import finished_by


@dataclass(frozen=True, slots=True)
class Binding:
    """One thing that there was too little of.

    Attributes:
        kind: station, mentor, budget or time (of people).
        id: of the station or mentor; empty else.
        months: in which it was too little, from 0; none in it: over all of the plan.
        worth: what one hour more of it in each month, or 100 dollars more, would add to what the plan is worth, by a
            relaxation in which goals are reached in part: an estimate. None where it was not worked out.
        unit: hours, slots or usd: what there is too little of.
        waiting: how many trainings waited for it.
    """

    kind: str
    id: str
    months: tuple[int, ...]
    worth: float | None
    unit: str
    waiting: int


def bindings(
    outlooks: Sequence[Outlook],
    bookings: Sequence[Booking],
    question: Question,
    values: Mapping[Resource, float],
) -> tuple[Binding, ...]:
    """What binds in a plan, by station, mentor, budget and people's own time; what is worth most first."""
    found = _Bound(outlooks, bookings, question).found()
    told = []
    for (kind, at, unit), (months, waiting) in found.items():
        places = {"station": question.stations, "mentor": question.mentors}.get(kind)
        told.append(
            Binding(
                kind,
                "" if places is None else places[at].id,
                tuple(sorted(months)),
                _worth(kind, at, unit, values),
                {"minutes": "hours", "slots": "slots", "cents": "usd"}[unit],
                len(waiting),
            )
        )
    return tuple(sorted(told, key=lambda one: (-(one.worth or 0), -one.waiting, one.kind, one.id)))


def _worth(kind: str, at: int, unit: str, values: Mapping[Resource, float]) -> float | None:
    """Of an hour in every month, or of 100 dollars; an hour at a station is also one of all of them."""
    if Resource(kind, at, unit) not in values:
        return None
    each = values[Resource(kind, at, unit)]
    if kind == "station":
        each += values.get(Resource("all", 0, unit), 0.0)
    return round(each * {"minutes": 60, "cents": 10_000}[unit], 1)


class _Bound:
    def __init__(self, outlooks: Sequence[Outlook], bookings: Sequence[Booking], question: Question) -> None:
        self._outlooks = outlooks
        self._question = question
        self._room = Room(question, len(outlooks))
        self._booked = {(one.person, one.name): one for one in bookings}
        for one in bookings:
            self._room.book(one, outlooks[one.person].trainings[one.name])
        self._finished = finished_by(outlooks, bookings)

    def found(self) -> dict[tuple[str, int, str], tuple[set[int], set[tuple[int, str]]]]:
        """(kind, number, unit) -> months and the trainings that waited for it."""
        found: dict[tuple[str, int, str], tuple[set[int], set[tuple[int, str]]]] = {}
        for person, name, training, month in self._ready():
            for kind, at, unit, whole in self._short(person, name, training, month):
                months, waiting = found.setdefault((kind, at, unit), (set(), set()))
                waiting.add((person, name))
                if not whole:
                    months.add(month)
        return found

    def _ready(self) -> Iterator[tuple[int, str, Training, int]]:
        """What could have begun in a month as the plan goes, and did not by then."""
        for person, outlook in enumerate(self._outlooks):
            came = outlook.unfolder.with_finished(self._finished[person])
            last = max(
                [came[g.node] for g in outlook.goals if came[g.node] < self._question.months], default=-1
            )
            open_goals = any(came[goal.node] >= self._question.months for goal in outlook.goals)
            for name, training in outlook.trainings.items():
                booked = self._booked.get((person, name))
                if booked is None and not open_goals:
                    continue  # a spare way to what has come
                for month in sorted(training.months):
                    if booked is not None and month >= min(booked.month, last + 1):
                        break
                    if came[training.thing.requires] < month:
                        yield person, name, training, month

    def _short(
        self, person: int, name: str, training: Training, month: int
    ) -> Iterator[tuple[str, int, str, bool]]:
        room, cents = self._room, training.thing.cents
        booked = self._booked.get((person, name))
        if booked is None and room.budget is not None and cents > room.budget:
            yield "budget", 0, "cents", True
        if room.monthly is not None and cents > room.monthly[month]:
            yield "budget", 0, "cents", False
        for kind, places, able in (
            ("station", room.stations, training.stations),
            ("mentor", room.mentors, training.mentors),
        ):
            there = [at for at, months in able.items() if month in months]
            for at in there:
                free = places[at]
                if any(free.fits(training.loads, month) for free in (places[other] for other in there)):
                    break
                short = free.minutes is not None and any(
                    load > free.minutes[month + later] for later, load in enumerate(training.loads)
                )
                yield kind, at, "minutes" if short else "slots", False
        if any(load > room.time[person][month + later] for later, load in enumerate(training.loads)):
            yield "time", 0, "minutes", False
