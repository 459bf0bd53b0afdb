"""What is still free of stations, mentors, the budget and people's time, as trainings are booked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.capacity.question import Place, Question
from graph.capacity.trainings import Training


@dataclass(frozen=True, slots=True, order=True)
class Booking:
    """One training: who, by number, in what, from which month on, at which station and by which mentor, by number."""

    person: int
    name: str
    month: int
    station: int
    mentor: int | None = None


class Room:
    """What is free by now.

    Attributes:
        budget: cents left; None: no limit.
        monthly: cents left of each month; None: no limit.
    """

    def __init__(self, question: Question, people: int) -> None:
        self.budget = question.budget
        self.monthly = None if question.monthly is None else list(question.monthly)
        self.stations = [Free(place) for place in question.stations]
        self.mentors = [Free(place) for place in question.mentors]
        self.time = [[question.training] * question.months for _ in range(people)]

    def places(self, person: int, training: Training, month: int) -> Booking | None:
        """A booking that fits in a month; the roomiest station and mentor by number; None where none does."""
        cents, loads = training.thing.cents, training.loads
        if self.budget is not None and cents > self.budget:
            return None
        if self.monthly is not None and cents > self.monthly[month]:
            return None
        time = self.time[person]
        if any(load > time[month + at] for at, load in enumerate(loads)):
            return None
        station = _roomiest(self.stations, training.stations.items(), loads, month)
        if station is None:
            return None
        if not self.mentors:
            return Booking(person, training.name, month, station)
        mentor = _roomiest(self.mentors, training.mentors.items(), loads, month)
        return None if mentor is None else Booking(person, training.name, month, station, mentor)

    def book(self, booking: Booking, training: Training, sign: int = 1) -> None:
        """Take what a booking takes; with -1 give it back."""
        cents = sign * training.thing.cents
        if self.budget is not None:
            self.budget -= cents
        if self.monthly is not None:
            self.monthly[booking.month] -= cents
        for at, load in enumerate(training.loads):
            month = booking.month + at
            self.time[booking.person][month] -= sign * load
            for free in self._of(booking):
                free.take(month, load, sign)

    def over(self) -> bool:
        """Whether more is booked than there is."""
        money = [amount for amount in (self.budget, *(self.monthly or ())) if amount is not None]
        times = [minutes for months in self.time for minutes in months]
        places = [left for free in (*self.stations, *self.mentors) for left in free.left()]
        return any(left < 0 for left in (*money, *times, *places))

    def _of(self, booking: Booking) -> Iterator["Free"]:
        yield self.stations[booking.station]
        if booking.mentor is not None:
            yield self.mentors[booking.mentor]


class Free:
    """What is free of one place by month."""

    def __init__(self, place: Place) -> None:
        self.minutes = None if place.minutes is None else list(place.minutes)
        self.slots = None if place.slots is None else list(place.slots)

    def fits(self, loads: tuple[int, ...], month: int) -> bool:
        """Whether minutes, month by month from one on, fit into what is left."""
        return all(
            (self.minutes is None or load <= self.minutes[month + at])
            and (self.slots is None or self.slots[month + at] > 0)
            for at, load in enumerate(loads)
        )

    def take(self, month: int, load: int, sign: int) -> None:
        """Take minutes and a place of a month; with -1 give them back."""
        if self.minutes is not None:
            self.minutes[month] -= sign * load
        if self.slots is not None:
            self.slots[month] -= sign

    def left(self) -> Iterator[int]:
        """Minutes and places left, of every month."""
        yield from self.minutes or ()
        yield from self.slots or ()

    def free(self, month: int) -> float:
        """How much of a month is free, to compare places by."""
        minutes = float("inf") if self.minutes is None else self.minutes[month]
        return minutes if self.slots is None else min(minutes, self.slots[month] * 60)


def _roomiest(
    places: list[Free], able: Iterable[tuple[int, frozenset[int]]], loads: tuple[int, ...], month: int
) -> int | None:
    fit = [at for at, months in able if month in months and places[at].fits(loads, month)]
    return max(fit, key=lambda at: (places[at].free(month), -at), default=None)
