"""Whom to train in what, where and when, so that raises and completions come soonest."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.actions import Earn
from graph.capacity.ahead import ahead_of
from graph.capacity.binding import Binding, bindings
from graph.capacity.deadline import Clock, Deadline
from graph.capacity.first_plan import FirstPlan, first_plan
from graph.capacity.improving import improved
from graph.capacity.least_time import LeastMinutes, with_own_time
from graph.capacity.least_use import LeastUse
from graph.capacity.program import CapacityProgram, Solved
from graph.capacity.question import Question, Trainee
from graph.capacity.reasons import Missed, missed, reason_of_nothing
from graph.capacity.room import Booking
from graph.capacity.trainings import Outlook, outlook_of
from graph.capacity.unfolding import NEVER
from graph.capacity.value import finished_by, spared, worth

TIME_BY, USE_BY, BOUND_BY, FIRST_BY, LAST_BY = 0.15, 0.3, 0.35, 0.55, 0.94
"""Shares of the time after which people's own time, what goals take, the bound, the plan to begin with, and everything
but the answer are left as they are."""

WHOLE = 2_500
"""Things, places and months up to which everybody is planned at once, by one program; beyond, a few at a time."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One training of a plan.

    Attributes:
        month: in which it begins, from 0; ``until``: the month in which it is finished.
        minutes: all of it; ``cents`` what it costs.
        assumed: its standard states no hours, and 40 were taken.
    """

    person: str
    earn: Earn
    station: str
    mentor: str | None
    month: int
    until: int
    minutes: int
    cents: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """A raise or a completion that comes within the plan.

    Attributes:
        name: ``step:p:s2`` or ``completion:p``.
        month: by whose end it has come, from 0.
        cents: an hour that it brings; None where none are stated.
        anyway: it comes in the same month without any training.
        soonest: the month were all there is to train with for this person alone.
    """

    person: str
    name: str
    month: int
    cents: int | None
    anyway: bool
    soonest: int


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who is not trained, and why."""

    person: str
    reason: str


@dataclass(frozen=True)
class CapacityPlan:
    """A plan of trainings.

    Attributes:
        worth: for each raise and completion its weight for every month from that in which it comes to the end.
        bound: no plan is worth more.
        proven: none is worth more than this one.
        without: what it would be worth to train nobody.
        missed: raises and completions that do not come within the plan, and why.
        binds: what there was too little of.
        seconds: how long it took.
    """

    trainings: tuple[Scheduled, ...]
    coming: tuple[Coming, ...]
    missed: tuple[Missed, ...]
    left: tuple[Left, ...]
    binds: tuple[Binding, ...]
    worth: int
    bound: int
    without: int
    proven: bool
    seconds: float

    @property
    def gap(self) -> float:
        """How much better a plan might be at most, as a share of what this one is worth; 0 where it is proven best."""
        return 0.0 if self.proven else (self.bound - self.worth) / max(1, self.worth)


def capacity_plan(trainees: Sequence[Trainee], question: Question, clock: Clock) -> CapacityPlan:
    """The plan that is worth most, proven, or the best that was found in the time given, with how far it may be off.

    A training begins at a month's start at the soonest, once what its standard asks for first had come by the end of
    the month before, and is finished by the end of its last month. Hours and waits come by themselves, at the pace;
    nothing that counts at the start expires meanwhile, and a test that several things share is paid with each of them.

    Args:
        trainees: people, each evaluated as of the start of the plan.
        question: what there is to train with.
        clock: seconds that only ever go forward, by which the time to look is measured.
    """
    began = clock()

    def share(part: float) -> Deadline:
        return Deadline(clock, began + part * question.seconds)

    ways = [outlook_of(ahead_of(one, question), question) for one in trainees]
    least = [LeastMinutes(way) for way in ways]
    outlooks = [
        with_own_time(way, question, share(TIME_BY), own) for way, own in zip(ways, least, strict=True)
    ]
    relaxed = LeastUse(outlooks, question, share(USE_BY), least).solve(share(BOUND_BY))
    first = first_plan(
        outlooks, question, relaxed.values, until=share(FIRST_BY), latest=share(LAST_BY), least=least
    )
    solved = _solved(outlooks, first, question, relaxed.bound, share(LAST_BY))
    bookings = spared(outlooks, solved.bookings, question.months)
    answer = _Answer(trainees, outlooks, bookings, question)
    return CapacityPlan(
        answer.trainings(),
        answer.coming(),
        answer.missed(),
        answer.left(),
        bindings(outlooks, bookings, question, relaxed.values),
        solved.worth,
        solved.bound,
        answer.without(),
        solved.proven,
        clock() - began,
    )


def _solved(
    outlooks: Sequence[Outlook], first: FirstPlan, question: Question, bound: int, until: Deadline
) -> Solved:
    """The best plan by one program of everybody; where that is too large, by programs of a few people at a time."""
    places = sum(
        len(able)
        for outlook in outlooks
        for training in outlook.trainings.values()
        for able in (*training.stations.values(), *training.mentors.values())
    )
    if places <= WHOLE:
        return CapacityProgram(outlooks, question).solve(first.bookings, until, bound)
    best = improved(outlooks, first, question, bound=bound, until=until)
    value = worth(outlooks, best, question.months)
    return Solved(best, value, max(bound, value), proven=value >= bound)


class _Answer:
    def __init__(
        self,
        trainees: Sequence[Trainee],
        outlooks: Sequence[Outlook],
        bookings: Sequence[Booking],
        question: Question,
    ) -> None:
        self._trainees, self._outlooks = trainees, outlooks
        self._bookings, self._question = bookings, question
        self._came = [
            outlook.unfolder.with_finished(finished)
            for outlook, finished in zip(outlooks, finished_by(outlooks, bookings), strict=True)
        ]
        self._anyway = [outlook.unfolder.with_finished({}) for outlook in outlooks]

    def trainings(self) -> tuple[Scheduled, ...]:
        question = self._question
        found = []
        for one in sorted(self._bookings, key=lambda one: (one.month, one.station, one.person, one.name)):
            training = self._outlooks[one.person].trainings[one.name]
            thing = training.thing
            found.append(
                Scheduled(
                    self._trainees[one.person].id,
                    thing.earn,
                    question.stations[one.station].id,
                    None if one.mentor is None else question.mentors[one.mentor].id,
                    one.month,
                    one.month + len(training.loads) - 1,
                    thing.minutes,
                    thing.cents,
                    thing.assumed,
                )
            )
        return tuple(found)

    def coming(self) -> tuple[Coming, ...]:
        found = [
            Coming(
                outlook.ahead.id,
                goal.name,
                max(0, came[goal.node]),
                goal.cents,
                anyway[goal.node] == came[goal.node],
                max(0, outlook.soonest[goal.node]),
            )
            for outlook, came, anyway in zip(self._outlooks, self._came, self._anyway, strict=True)
            for goal in outlook.goals
            if came[goal.node] < NEVER
        ]
        return tuple(sorted(found, key=lambda one: (one.month, one.person)))

    def missed(self) -> tuple[Missed, ...]:
        return tuple(
            one
            for outlook, came in zip(self._outlooks, self._came, strict=True)
            for one in missed(outlook, came)
        )

    def left(self) -> tuple[Left, ...]:
        trained = {one.person for one in self._bookings}
        return tuple(
            Left(outlook.ahead.id, reason_of_nothing(outlook, self._came[at], self._question))
            for at, outlook in enumerate(self._outlooks)
            if at not in trained
        )

    def without(self) -> int:
        months = self._question.months
        return sum(
            goal.weight * max(0, months - max(0, anyway[goal.node]))
            for outlook, anyway in zip(self._outlooks, self._anyway, strict=True)
            for goal in outlook.goals
        )
