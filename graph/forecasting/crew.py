"""When the people of a crew reach their next steps and completion: in every future, and as a range of days."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.dates import add_months
from graph.facts import Status
from graph.forecasting.arriving import NEVER
from graph.forecasting.dating import Ahead, GoalDays, Part
from graph.forecasting.drawing import Urn
from graph.forecasting.history import History, history_of
from graph.forecasting.needs import Flags, Kind, Needs, needs_of
from graph.forecasting.routing import Route
from graph.gates.columns import STATUSES, Crowd, Days
from graph.gates.everybody import Inputs
from graph.gates.program import GateProgram
from graph.gates.reading import Reading

FUTURES = 100
HORIZON = 60
"""Months looked ahead at, where nothing is said."""

AT_ONCE = 50
EARLIEST, EXPECTED, LATEST = 10, 50, 90
"""Of a hundred futures so many have come about by the day."""


class Unforeseen(StrEnum):
    """Why no day is foreseen."""

    NOT_ENROLLED = "not_enrolled"
    ENDED = "ended"
    SUSPENDED = "suspended"
    QUIET = "quiet"
    NO_WAY = "no_way"
    UNPACED = "unpaced"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """When a goal is reached: by ``earliest`` in one future of ten, ``expected`` in five, ``latest`` in nine.

    Attributes:
        latest: None where it lies beyond the months looked ahead at.
    """

    earliest: date
    expected: date
    latest: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One goal of one person.

    Attributes:
        goal: the key of a wage step, or of the program for its completion.
        reached: whether it is reached today; then nothing is foreseen.
        since: the day on which it was reached.
        foreseen: the days, or None.
        why_not: why no day is foreseen; None where one is, or it is reached.
        unpaced: of what nobody in the program showed any lately, where that is why.
    """

    goal: str
    reached: bool
    since: date | None = None
    foreseen: Foreseen | None = None
    why_not: Unforeseen | None = None
    unpaced: tuple[Kind, ...] = ()


@dataclass(frozen=True, eq=False)
class CrewForecast:
    """The days of everybody's goals in every future.

    Attributes:
        needs: of the program; ``needs.goals`` are the goals, in order.
        names: of the people, as given.
        days: goals by people by futures, day numbers: the as-of date for what is reached, ``NEVER`` for what does not
            come within the horizon, or is not foreseen of the person at all.
        reached: goals by people: what is reached today.
        history: what everybody showed lately.
        weights: how far each goes by their own months.
        route: what each is to do, in which turn.
        stays: the registrations.
    """

    needs: Needs
    names: tuple[str, ...]
    days: Days
    reached: Flags
    history: History
    weights: NDArray[np.float64]
    route: Route
    stays: "Stays"

    @property
    def goals(self) -> tuple[str, ...]:
        """The keys of the wage steps in order, and the program's own for completion."""
        return self.needs.goals

    @property
    def futures(self) -> int:
        """How many there are of each person."""
        return int(self.days.shape[2])

    @cached_property
    def _sorted(self) -> Days:
        return np.sort(self.days, axis=2)

    def by(self, percent: int) -> Days:
        """Goals by people: the first day by which so many of a hundred futures have come about."""
        place = max(0, -(-self.futures * percent // 100) - 1)
        found: Days = self._sorted[:, :, place]
        return found

    @cached_property
    def _since(self) -> Days:
        """Goals by people: the day on which each was reached."""
        return GoalDays(self.route.inputs.reading).of(self.needs.rules)

    def outlook(self, place: int) -> Iterator[Outlook]:
        """What is foreseen of the person at a place, goal by goal."""
        days = [self.by(percent)[:, place].tolist() for percent in (EARLIEST, EXPECTED, LATEST)]
        for number, goal in enumerate(self.goals):
            if self.reached[number, place]:
                since = int(self._since[number, place])
                yield Outlook(goal, reached=True, since=date.fromordinal(since) if since < NEVER else None)
                continue
            early, expected, late = (column[number] for column in days)
            if expected < NEVER:
                last = None if late >= NEVER else date.fromordinal(late)
                found = Foreseen(date.fromordinal(early), date.fromordinal(expected), last)
                yield Outlook(goal, reached=False, foreseen=found)
            else:
                yield self._unforeseen(number, place)

    def _unforeseen(self, number: int, place: int) -> Outlook:
        unpaced = self._unpaced(number, place)
        why = self._why_not(number, place, is_paced=not unpaced)
        told = unpaced if why is Unforeseen.UNPACED else ()
        return Outlook(self.goals[number], reached=False, why_not=why, unpaced=told)

    def _why_not(self, number: int, place: int, *, is_paced: bool) -> Unforeseen:
        """Why no day is foreseen: the first that applies."""
        ended = self.stays.ended[place]
        causes = {
            Unforeseen.NOT_ENROLLED: ended == 0,
            Unforeseen.ENDED: ended < NEVER,
            Unforeseen.SUSPENDED: self.stays.start[place] >= NEVER,
            Unforeseen.NO_WAY: not self.route.open[number, place],
            Unforeseen.QUIET: self.history.quiet[place],
            Unforeseen.UNPACED: not is_paced,
        }
        return next((why for why, applies in causes.items() if applies), Unforeseen.TOO_FAR)

    def _unpaced(self, number: int, place: int) -> tuple[Kind, ...]:
        """What the goal still needs and nobody in the program did lately."""
        needs, route = self.needs, self.route
        wanted = route.lacking[:, place] & (route.stages[:, place] <= number)
        kinds = {Kind.LEARNING} if wanted.any() else set()
        for source, stages in route.hour_stages.items():
            if stages[place] <= number and not route.held(source)[place]:
                kinds.add(needs.hours[source])
        return tuple(sorted(kind for kind in kinds if not self.history.pace[kind]))


def forecast_crew(
    program: GateProgram,
    crowd: Crowd,
    names: Sequence[str],
    *,
    as_of: date,
    known_at: datetime | None = None,
    horizon_months: int = HORIZON,
    futures: int = FUTURES,
    seed: int = 0,
    places: Collection[int] | None = None,
    otherwise: CrewForecast | None = None,
) -> CrewForecast:
    """Foresee a crew: what each person lacks, at a pace drawn from their own months and from those of the crew.

    Verified facts dated after the as-of date are taken as certain to come on their day: what somebody plans. They make
    nothing later: of the way with them and the way without, each goal in each future has the earlier. Everybody goes
    on as before and stays; nothing new is begun that the rules do not need.

    Args:
        program: the compiled program that everybody is asked about.
        crowd: who; their months are those of the program that others are drawn toward.
        names: of the people in their order. With the day and the seed they decide all chance, so that the same people
            have the same luck whatever else is changed.
        as_of: from which day.
        known_at: by what was known at this instant; None for everything.
        horizon_months: how far to look.
        futures: how many of each person.
        seed: another number, another luck.
        places: of whom a forecast is wanted; the others are only measured. None for everybody.
        otherwise: what was foreseen by the same rules, day and luck of the same people, of whom nothing differs but
            what is planned; others may come after them. It spares foreseeing that again.

    Raises:
        ValueError: there is not one name for each person, or nothing to look ahead at.
        KeyError: the program has no focus.
    """
    if len(names) != crowd.size or horizon_months < 1 or futures < 1:
        raise ValueError("One name for each person, one month and one future at least.")
    needs = needs_of(program)
    reading = Reading(program, crowd, as_of, known_at)
    history = history_of(needs, reading)
    planned = _planned(needs, reading)
    route = Route(needs, Inputs(reading), history.pace, planned < NEVER)
    urn = Urn(history, names, as_of, seed)
    stays = _registered(needs, reading)
    ahead = Ahead(needs, route, urn, planned, stays.start, horizon_months, futures)
    wanted = set(range(crowd.size) if places is None else places)
    planning = wanted.intersection(np.flatnonzero((planned < NEVER).any(axis=0)).tolist())
    # what is planned only adds a way: whoever is there sooner without turning to it goes on as before
    if otherwise is not None and history.goes_on(otherwise.history):
        known = len(otherwise.names)
        days = _goal_days(ahead, planning | {place for place in wanted if place >= known})
        np.minimum(days[:, :known], otherwise.days, out=days[:, :known])
    else:
        days = _goal_days(ahead, wanted)
        as_before = Route(needs, route.inputs, history.pace, np.zeros_like(route.planned))
        np.minimum(days, _goal_days(replace(ahead, route=as_before), planning), out=days)
    reached = (days == reading.day).all(axis=2)
    last = add_months(as_of, horizon_months).toordinal()
    out = (days > last) | (days >= stays.ended[None, :, None])
    days[out & ~reached[:, :, None]] = NEVER
    return CrewForecast(needs, tuple(names), days, reached, history, urn.weights, route, stays)


def _goal_days(ahead: Ahead, places: Iterable[int]) -> Days:
    """Goals by people by futures; ``NEVER`` of who is at no place."""
    days = np.full((len(ahead.needs.goals), ahead.route.people, ahead.futures), NEVER, np.int32)
    for people in _runs(places):
        days[:, people.start : people.stop] = Part(ahead, people).goals()
    return days


def _runs(places: Iterable[int]) -> list[range]:
    """Places as ranges of neighbours, each of so many at most."""
    found: list[range] = []
    for place in sorted(places):
        if found and place == found[-1].stop and len(found[-1]) < AT_ONCE:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found


@dataclass(frozen=True, eq=False)
class Stays:
    """The registrations of a crew in the program.

    Attributes:
        ended: of each person the day on which theirs ends; 0 for who has none.
        start: the day from which months to come count; ``NEVER`` for who is suspended without an end.
    """

    ended: Days
    start: Days


def _registered(needs: Needs, reading: Reading) -> Stays:
    crowd = reading.crowd
    rows = reading.enrolments(needs.own.key)
    ended = np.zeros(crowd.size, np.int32)
    ended[crowd.enrolled[rows]] = crowd.enrolments["ended"][rows]
    start = np.full(crowd.size, reading.day, np.int32)
    ours = np.zeros(len(crowd.enrolled), bool)
    ours[rows] = True
    for row in np.flatnonzero(ours[crowd.pauses["enrolment"]]):
        since, until = crowd.pauses["since"][row], crowd.pauses["until"][row]
        if since <= reading.day < until:
            start[crowd.enrolled[crowd.pauses["enrolment"][row]]] = min(until, NEVER)
    return Stays(ended, start)


def _planned(needs: Needs, reading: Reading) -> Days:
    """Things by people: the day of the first verified fact after the as-of date that shows a thing."""
    found = np.full((len(needs.things), reading.crowd.size), NEVER, np.int32)
    coming = (reading.facts["status"] == STATUSES.index(Status.VERIFIED)) & (
        reading.facts["on"] > reading.day
    )
    if coming.any():
        for number, proof in enumerate(needs.proofs):
            rows = reading.proving(proof, coming)
            np.minimum.at(found[number], reading.person[rows], reading.facts["on"][rows])
    return found
