"""A small relaxation of a plan: what every goal takes of each station and of money at least, whatever is chosen.

Steps are climbed one after the other, so who has the third has the least that it takes, of each station for itself.
By the end of a month no more can have been taken than there was until then. What this allows nothing can beat; it has
a column for each goal and month only, so that it is proven soon where the whole program is not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, gcd, isfinite

import highspy
import numpy as np

from graph.capacity.ahead import Goal
from graph.capacity.columns import Columns
from graph.capacity.deadline import NEVER_OVER, Deadline
from graph.capacity.least_time import LeastMinutes
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.trainings import Outlook

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Relaxed:
    """What no plan is worth more than, and what one more of each resource would be worth; an estimate.

    Attributes:
        values: worth for one more minute in every month, or one more cent in all.
    """

    bound: int
    values: dict[Resource, float]


@dataclass(frozen=True)
class _Total:
    """What there is of a resource until the end of each month."""

    resource: Resource
    until: tuple[int, ...]


class LeastUse:
    """The relaxation of some people's plan.

    Args:
        outlooks: of the people.
        question: what there is to train with.
        until: a moment; what the people left by then take is not worked out, and so allowed.
    """

    def __init__(self, outlooks: Sequence[Outlook], question: Question, until: Deadline = NEVER_OVER) -> None:
        self._question = question
        self._columns = Columns()
        self._certain = 0
        self._unit = gcd(*(goal.weight for outlook in outlooks for goal in outlook.goals)) or 1
        self._totals = list(_totals(question))
        self._rows: dict[tuple[int, int], Counter[int]] = {}
        self._limits: dict[int, tuple[int, int]] = {}
        for outlook in outlooks:
            self._add(outlook, known=not until.over)
        for (at, month), row in self._rows.items():
            most = self._totals[at].until[month]
            if sum(row.values()) > most:
                weights = {column: float(weight) for column, weight in row.items() if weight}
                self._limits[self._columns.at_most(weights, most)] = at, month

    def solve(self, until: Deadline) -> Relaxed:
        """The bound, as good as it can be proven until a moment."""
        free = self._certain + round(sum(self._columns.costs) * self._unit)
        if not self._columns.whole:
            return Relaxed(free, {})
        best, values = self._relaxed(free)
        solver = self._columns.solver()
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("time_limit", until.left)
        solver.run()
        bound = solver.getInfo().mip_dual_bound
        return Relaxed(min(best, self._worth(bound)) if isfinite(bound) else best, values)

    def _relaxed(self, free: int) -> tuple[int, dict[Resource, float]]:
        """The bound, and the dual values, were goals reached in part; at once."""
        solver = self._columns.solver()
        columns = len(self._columns.whole)
        kinds = np.full(columns, highspy.HighsVarType.kContinuous)
        solver.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return free, {}
        duals = solver.getSolution().row_dual
        found: dict[Resource, float] = {total.resource: 0.0 for total in self._totals}
        for row, (at, month) in self._limits.items():
            resource = self._totals[at].resource
            times = 1 if resource.unit == "cents" else month + 1
            found[resource] += max(0.0, duals[row]) * self._unit * times
        return min(free, self._worth(solver.getObjectiveValue())), found

    def _worth(self, cost: float) -> int:
        return self._certain + self._unit * floor(cost + TOLERANCE)

    def _add(self, outlook: Outlook, *, known: bool) -> None:
        """One person: a column for each goal and month in which it is open whether it has come."""
        if not outlook.goals:
            return
        certain = outlook.unfolder.with_finished({})
        least = LeastMinutes(outlook)
        moments = least.moments(self._question.months)
        use = {month: self._use(outlook, least, month) if known else [] for month in moments}
        before: dict[str, int] = {}
        for month in range(self._question.months):
            moment = next(one for one in moments if one >= month)
            lower: int | None = None
            for place, goal in enumerate(outlook.goals):
                if certain[goal.node] <= month:
                    self._certain += goal.weight
                elif outlook.soonest[goal.node] <= month:
                    lower = self._goal(goal, lower, before)
                    for at, amounts in enumerate(use[moment]):
                        if amounts[place]:
                            self._rows.setdefault((at, month), Counter())[before[goal.name]] += amounts[place]

    def _goal(self, goal: Goal, lower: int | None, before: dict[str, int]) -> int | None:
        """A column: no less than the month before, and a step no more than the step below it."""
        column = self._columns.column(whole=True)
        self._columns.costs[column] = goal.weight / self._unit
        if goal.name in before:
            self._columns.at_most({before[goal.name]: 1, column: -1}, 0)
        before[goal.name] = column
        if not goal.name.startswith("step:"):
            return lower
        if lower is not None:
            self._columns.at_most({column: 1, lower: -1}, 0)
        return column

    def _use(self, outlook: Outlook, least: LeastMinutes, month: int) -> list[list[int]]:
        """Of each resource what each goal takes more than the steps below it, by the end of a month.

        A completion that does not ask for the steps may share all that it takes with them: it counts only beyond the
        most that they take.
        """
        found = []
        for total in self._totals:
            costs = _costs(outlook, total.resource)
            amounts, sofar = [], 0
            for goal in outlook.goals:
                takes = 0
                if any(costs.values()):
                    takes = least.least(goal.node, month, costs, whole=total.resource.kind == "all")
                step = goal.name.startswith("step:")
                amounts.append(max(0, takes - sofar) if step else 0)
                sofar = max(sofar, takes) if step else sofar
            found.append(amounts)
        return found


def _totals(question: Question) -> Iterator[_Total]:
    """Minutes of all stations together, of each station and mentor that has a limit, and money."""
    months = question.months
    limited = [place.minutes for place in question.stations]
    if all(minutes is not None for minutes in limited):
        by_month = [
            sum(minutes[month] for minutes in limited if minutes is not None) for month in range(months)
        ]
        yield _Total(Resource("all", 0, "minutes"), _summed(by_month))
    for kind, places in (("station", question.stations), ("mentor", question.mentors)):
        for at, place in enumerate(places):
            if place.minutes is not None:
                yield _Total(Resource(kind, at, "minutes"), _summed(place.minutes))
    if question.budget is not None or question.monthly is not None:
        until = (
            _summed(question.monthly) if question.monthly is not None else (question.budget or 0,) * months
        )
        most = until if question.budget is None else tuple(min(question.budget, one) for one in until)
        yield _Total(Resource("budget", 0, "cents"), most)


def _summed(amounts: Sequence[int]) -> tuple[int, ...]:
    found, total = [], 0
    for amount in amounts:
        total += amount
        found.append(total)
    return tuple(found)


def _costs(outlook: Outlook, resource: Resource) -> dict[str, int]:
    """What each thing takes of a resource for sure: of a station only what no other can train."""
    things = outlook.trainings.items()
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
