"""A small program of goals and months: a column tells whether a goal has come by the end of a month."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, gcd

import highspy
import numpy as np

from graph.capacity.columns import Columns
from graph.capacity.deadline import Deadline
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.trainings import Outlook

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Total:
    """What there is of a resource until the end of each month."""

    resource: Resource
    until: tuple[int, ...]


class GoalMonths:
    """Goals of some people; by the end of a month no more is taken of anything than there was until then.

    Attributes:
        certain: worth of what comes without any training.
        unit: what a cost of 1 is worth.
        totals: what there is.
    """

    def __init__(self, outlooks: Sequence[Outlook], question: Question) -> None:
        self.certain = 0
        self.unit = gcd(*(goal.weight for outlook in outlooks for goal in outlook.goals)) or 1
        self.totals = list(totals(question))
        self.columns = Columns()
        self._goals: dict[tuple[int, str, int], int] = {}
        self._rows: dict[tuple[int, int], Counter[int]] = {}
        self.limits: dict[int, tuple[int, int]] = {}

    @property
    def free(self) -> int:
        """What all goals are worth, each in its first month."""
        return self.certain + round(sum(self.columns.costs) * self.unit)

    def column(self, person: int, goal: str, month: int) -> int | None:
        """The column of a goal and a month; None where it is not open."""
        return self._goals.get((person, goal, month))

    def add(self, person: int, goal: str, weight: int, month: int, takes: Mapping[int, int]) -> int:
        """A column; no less than that of the month before.

        Args:
            person: number of a person.
            goal: its name.
            weight: what the month is worth.
            month: from 0.
            takes: by number of a total what it takes of it by then.
        """
        column = self._goals[person, goal, month] = self.columns.column(whole=True)
        self.columns.costs[column] = weight / self.unit
        before = self.column(person, goal, month - 1)
        if before is not None:
            self.columns.at_most({before: 1, column: -1}, 0)
        for at, amount in takes.items():
            if amount:
                self._rows.setdefault((at, month), Counter())[column] += amount
        return column

    def needs(self, column: int, other: int | None) -> None:
        """One comes only where another has."""
        self.columns.at_most({column: 1} if other is None else {column: 1, other: -1}, 0)

    def limit(self) -> None:
        """Say what there is, where it could ever be too little; once what is taken of it has been added."""
        for (at, month), row in self._rows.items():
            most = self.totals[at].until[month]
            if sum(row.values()) > most:
                weights = {column: float(weight) for column, weight in row.items()}
                self.limits[self.columns.at_most(weights, most)] = at, month

    def values(self, duals: Sequence[float]) -> dict[Resource, float]:
        """What one more minute of each resource in every month, or one more cent, is worth, by the duals of rows."""
        found = {total.resource: 0.0 for total in self.totals}
        for row, (at, month) in self.limits.items():
            resource = self.totals[at].resource
            times = 1 if resource.unit == "cents" else month + 1
            found[resource] += max(0.0, duals[row]) * self.unit * times
        return found

    def in_part(self, until: Deadline) -> "highspy.Highs | None":
        """Solved as if goals were reached in part; None where that took too long."""
        solver = self.columns.solver()
        columns = len(self.columns.whole)
        kinds = np.full(columns, highspy.HighsVarType.kContinuous)
        solver.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)
        solver.setOptionValue("time_limit", until.left)
        solver.run()
        return solver if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal else None

    def whole(self, until: Deadline) -> "highspy.Highs":
        """Solved as far as it could be until a moment."""
        solver = self.columns.solver()
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("time_limit", until.left)
        solver.run()
        return solver

    def worth(self, cost: float) -> int:
        """What a sum of costs is worth, with what comes anyway."""
        return self.certain + self.unit * floor(cost + TOLERANCE)

    def months(self, values: Sequence[float]) -> dict[tuple[int, str], int]:
        """By person and goal the first month by whose end it has come, of an answer."""
        found: dict[tuple[int, str], int] = {}
        for (person, goal, month), column in self._goals.items():
            if values[column] > 1 / 2:
                found[person, goal] = min(month, found.get((person, goal), month))
        return found


def totals(question: Question) -> Iterator[Total]:
    """Minutes of all stations together, of each station and mentor that has a limit, and money."""
    months = question.months
    limited = [place.minutes for place in question.stations]
    if all(minutes is not None for minutes in limited):
        by_month = [
            sum(minutes[month] for minutes in limited if minutes is not None) for month in range(months)
        ]
        yield Total(Resource("all", 0, "minutes"), _summed(by_month))
    for kind, places in (("station", question.stations), ("mentor", question.mentors)):
        for at, place in enumerate(places):
            if place.minutes is not None:
                yield Total(Resource(kind, at, "minutes"), _summed(place.minutes))
    if question.budget is not None or question.monthly is not None:
        until = (
            _summed(question.monthly) if question.monthly is not None else (question.budget or 0,) * months
        )
        most = until if question.budget is None else tuple(min(question.budget, one) for one in until)
        yield Total(Resource("budget", 0, "cents"), most)


def costs_of(outlook: Outlook, resource: Resource, names: Collection[str] | None = None) -> dict[str, int]:
    """What each thing takes of a resource for sure: of a station only what no other can train."""
    trainings = outlook.trainings
    things = trainings.items() if names is None else [(name, trainings[name]) for name in names]
    if resource.unit == "cents":
        return {name: training.thing.cents for name, training in things}
    if resource.kind == "all":
        return {name: training.thing.minutes for name, training in things}
    by = {
        name: training.stations if resource.kind == "station" else training.mentors
        for name, training in things
    }
    return {
        name: training.thing.minutes if set(by[name]) == {resource.at} else 0 for name, training in things
    }


def _summed(amounts: Sequence[int]) -> tuple[int, ...]:
    found, total = [], 0
    for amount in amounts:
        total += amount
        found.append(total)
    return tuple(found)
