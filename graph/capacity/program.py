"""The capacity plan as a mixed-integer program, solved by HiGHS on one thread.

Columns tell by when things are begun, not when: what follows from one month holds on into the next, which keeps the
program's relaxation tight. Circles of items that prove each other could hold by themselves in it, so each answer is
worked through from the ground; where it does not stand, the program learns that something else must be taken by then.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, gcd, isfinite

import highspy
import numpy as np

from graph.capacity.columns import Columns
from graph.capacity.deadline import Deadline
from graph.capacity.one_person import ALWAYS, NO, OnePerson
from graph.capacity.question import Place, Question
from graph.capacity.room import Booking
from graph.capacity.trainings import Outlook
from graph.capacity.value import finished_by, worth
from graph.circuit import Choice

HALF = 0.5
TOLERANCE = 1e-6
LEAST_GAP = 0.99
"""Worth is in whole numbers: what lies less than one below a bound is the best."""


@dataclass(frozen=True)
class Solved:
    """A plan, what it is worth, and what nothing is worth more than."""

    bookings: tuple[Booking, ...]
    worth: int
    bound: int
    proven: bool


class CapacityProgram:
    """The program of some people."""

    def __init__(self, outlooks: Sequence[Outlook], question: Question) -> None:
        self._outlooks = outlooks
        self._question = question
        self._columns = Columns()
        self._people = [OnePerson(outlook, self._columns, question.months) for outlook in outlooks]
        self._certain = 0
        self._unit = gcd(*(goal.weight for outlook in outlooks for goal in outlook.goals)) or 1
        self._aim()
        self._limit_places("station", question.stations)
        self._limit_places("mentor", question.mentors)
        self._limit_money()
        self._limit_time()
        for person in self._people:
            person.finish()

    # what there is

    def _aim(self) -> None:
        """Each goal brings its weight for every month by whose end it has come."""
        for person in self._people:
            for goal in person.outlook.goals:
                for month in range(self._question.months):
                    column = person.node(goal.node, month)
                    if column == ALWAYS:
                        self._certain += goal.weight
                    elif column != NO:
                        self._columns.costs[column] += goal.weight / self._unit
            person.finish()

    def _limit_places(self, kind: str, places: Sequence[Place]) -> None:
        for at, place in enumerate(places):
            for month in range(self._question.months):
                if place.minutes is not None:
                    self._limit(self._load(kind, at, month, ones=False), place.minutes[month])
                if place.slots is not None:
                    self._limit(self._load(kind, at, month, ones=True), place.slots[month])

    def _load(self, kind: str, at: int, month: int, *, ones: bool) -> Counter[int]:
        """What is taken of a place in a month, as a row."""
        row: Counter[int] = Counter()
        for person in self._people:
            places = person.stations if kind == "station" else person.mentors
            for name, training in person.outlook.trainings.items():
                if (name, at) in places:
                    by = places[name, at]
                    for later, load in enumerate(training.loads):
                        _begins(row, by, month - later, 1 if ones else load)
        return row

    def _limit_money(self) -> None:
        question = self._question
        if question.budget is not None:
            row: Counter[int] = Counter()
            for person in self._people:
                for (name, _), by in person.stations.items():
                    if by[-1] != NO:
                        row[by[-1]] += person.outlook.trainings[name].thing.cents
            self._limit(row, question.budget)
        for month, cents in enumerate(question.monthly or ()):
            row = Counter()
            for person in self._people:
                for (name, _), by in person.stations.items():
                    _begins(row, by, month, person.outlook.trainings[name].thing.cents)
            self._limit(row, cents)

    def _limit_time(self) -> None:
        for person in self._people:
            for month in range(self._question.months):
                row: Counter[int] = Counter()
                for (name, _), by in person.stations.items():
                    for later, load in enumerate(person.outlook.trainings[name].loads):
                        _begins(row, by, month - later, load)
                self._limit(row, self._question.training)

    def _limit(self, row: Counter[int], most: int) -> None:
        """What there is, where it could ever be too little; scaled, so that the solver's tolerance is small."""
        weights = {column: float(weight) for column, weight in row.items() if weight}
        if sum(weight for weight in weights.values() if weight > 0) > most:
            whole = gcd(*(abs(int(weight)) for weight in weights.values()))
            scaled = {column: weight / whole for column, weight in weights.items()}
            self._columns.at_most(scaled, most // whole)

    # solving

    def solve(self, start: Sequence[Booking], until: Deadline, known: int | None = None) -> Solved:
        """The best plan, or the best that was found until a moment.

        Args:
            start: a plan to begin with.
            until: when to stop.
            known: what is known that no plan is worth more than.
        """
        best, value = tuple(start), worth(self._outlooks, start, self._question.months)
        bound = self._certain + sum(max(0, round(cost * self._unit)) for cost in self._columns.costs)
        bound = bound if known is None else min(bound, known)
        solver = self._columns.solver()
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", LEAST_GAP)
        while (left := until.left) > 0 and value < bound:
            self._begin_with(solver, best)
            solver.setOptionValue("time_limit", solver.getRunTime() + left)
            solver.run()
            info = solver.getInfo()
            if isfinite(info.mip_dual_bound):
                bound = min(bound, self._worth(info.mip_dual_bound))
            if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
                break
            values = np.array(solver.getSolution().col_value)
            found, stands = self._read(values)
            found_value = worth(self._outlooks, found, self._question.months)
            if found_value > value:
                best, value = found, found_value
            if stands or solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            if not self._learn(solver, values):
                break
        bound = max(value, bound)
        return Solved(best, value, bound, proven=value == bound)

    def _worth(self, cost: float) -> int:
        return self._certain + self._unit * floor(cost + TOLERANCE)

    def _begin_with(self, solver: "highspy.Highs", bookings: Sequence[Booking]) -> None:
        values = np.zeros(len(self._columns.whole))
        finished = finished_by(self._outlooks, bookings)
        for booking in bookings:
            person = self._people[booking.person]
            places = [person.stations[booking.name, booking.station]]
            if booking.mentor is not None:
                places.append(person.mentors[booking.name, booking.mentor])
            for by in places:
                values[by[booking.month :]] = 1
        for person, months in zip(self._people, finished, strict=True):
            came = person.outlook.unfolder.with_finished(months)
            for (node, month), column in person.nodes.items():
                if column >= 0 and came[node] <= month:
                    values[column] = 1
        solution = highspy.HighsSolution()
        solution.col_value = list(values)
        solver.setSolution(solution)

    def _read(
        self, values: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    ) -> tuple[tuple[Booking, ...], bool]:
        """The bookings of an answer that stand from the ground up, and whether the whole answer does."""
        found: list[Booking] = []
        stands = True
        for at, person in enumerate(self._people):
            own = [
                Booking(at, name, month, station, self._mentor(person, name, values))
                for (name, station), by in person.stations.items()
                if (month := _first(values, by)) is not None
            ]
            kept = _grounded(person.outlook, own)
            stands = stands and len(kept) == len(own)
            finished = {
                one.name: one.month + len(person.outlook.trainings[one.name].loads) - 1 for one in kept
            }
            came = person.outlook.unfolder.with_finished(finished)
            stands = stands and not any(
                (column := person.node(goal.node, month)) >= 0
                and values[column] > HALF
                and came[goal.node] > month
                for goal in person.outlook.goals
                for month in range(self._question.months)
            )
            found += kept
        return tuple(sorted(found)), stands

    @staticmethod
    def _mentor(
        person: OnePerson, name: str, values: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    ) -> int | None:
        able = person.outlook.trainings[name].mentors
        return next((at for at in able if _first(values, person.mentors[name, at]) is not None), None)

    def _learn(self, solver: "highspy.Highs", values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> bool:
        """What was claimed and does not stand holds only where something open at that point is finished too."""
        learned = False
        for person in self._people:
            outlook = person.outlook
            finished = {
                name: month + len(outlook.trainings[name].loads) - 1
                for (name, _), by in person.stations.items()
                if (month := _first(values, by)) is not None
            }
            came = outlook.unfolder.with_finished(finished)
            for (node, month), column in list(person.nodes.items()):
                if column < 0 or values[column] <= HALF or came[node] <= month:
                    continue
                if isinstance(outlook.ahead.parts[node], Choice):
                    continue
                row: dict[int, float] = {column: 1.0}
                for name, training in outlook.trainings.items():
                    if (
                        came[outlook.unfolder.choices[name]] > month
                        and came[training.thing.requires] <= month
                    ):
                        row.update(dict.fromkeys(person.done(name, month), -1.0))
                for delay in outlook.ahead.delays:
                    if came[delay] > month and (read := person.nodes.get((delay, month), NO)) >= 0:
                        row[read] = -1.0
                self._add(solver, row)
                learned = True
        return learned

    @staticmethod
    def _add(solver: "highspy.Highs", row: Mapping[int, float]) -> None:
        columns, weights = np.array(list(row), np.int32), np.array(list(row.values()), float)
        solver.addRow(-highspy.kHighsInf, 0, len(row), columns, weights)


def _begins(row: Counter[int], by: Sequence[int], month: int, weight: int) -> None:
    """Add what begins in a month to a row."""
    if month >= 0 and by[month] != NO:
        before = by[month - 1] if month else NO
        if before != by[month]:
            row[by[month]] += weight
            if before != NO:
                row[before] -= weight


def _first(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", by: Sequence[int]) -> int | None:
    return next((month for month, column in enumerate(by) if column != NO and values[column] > HALF), None)


def _grounded(outlook: Outlook, bookings: Sequence[Booking]) -> list[Booking]:
    """Those that begin after what they ask for first has come, by those that do."""
    kept = list(bookings)
    while True:
        finished = {one.name: one.month + len(outlook.trainings[one.name].loads) - 1 for one in kept}
        came = outlook.unfolder.with_finished(finished)
        able = [one for one in kept if came[outlook.trainings[one.name].thing.requires] < one.month]
        if len(able) == len(kept):
            return kept
        kept = able
