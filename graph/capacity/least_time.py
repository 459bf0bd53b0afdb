"""The month before which nobody could reach a goal, for want of the person's own time for training."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from math import ceil, inf

import highspy
import numpy as np

from graph.capacity.deadline import NEVER_OVER, Deadline
from graph.capacity.question import Question
from graph.capacity.trainings import Outlook
from graph.capacity.unfolding import NEVER
from graph.circuit import Choice, Gate

HALF = 0.5
HALF_A_MINUTE = 0.5
DISFAVOURED = 4
TOLERANCE = 1e-4
SMALL: dict[str, bool | int] = {
    "output_flag": False,
    "threads": 1,
    "mip_detect_symmetry": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""For programs that are solved at their root: looking for answers elsewhere takes longer than solving them."""


def with_own_time(
    outlook: Outlook,
    question: Question,
    until: Deadline = NEVER_OVER,
    least: "LeastMinutes | None" = None,
) -> Outlook:
    """The same outlook, with goals no sooner than the fewest minutes of training that they take allow.

    Without this, a relaxation of the plan would give a fraction of a raise for a fraction of what it takes, long before
    anybody could have it.

    Args:
        outlook: of a person.
        question: what there is to train with.
        until: a moment; goals that were not looked at by then stay as soon as they are.
        least: of the same outlook, where it is there already.
    """
    if not outlook.goals:
        return outlook
    least = least or LeastMinutes(outlook)
    soonest = list(outlook.soonest)
    last = question.months - 1
    for goal in outlook.goals:
        if until.over:
            break
        month, fewest = soonest[goal.node], least.minutes(goal.node, last)
        while month < question.months:
            time = _time(outlook, question, month)
            # what the last month asks for is the least of all months, and known already
            if fewest <= time and least.minutes(goal.node, month) <= time:
                break
            month += 1
        soonest[goal.node] = month if month < question.months else NEVER
    goals = tuple(goal for goal in outlook.goals if soonest[goal.node] < NEVER)
    beyond = tuple(goal for goal in outlook.goals if soonest[goal.node] == NEVER)
    return replace(outlook, soonest=tuple(soonest), goals=goals, beyond=outlook.beyond + beyond)


def _time(outlook: Outlook, question: Question, month: int) -> int:
    """The minutes of training that a person can have taken by the end of a month."""
    there = [at for at in range(month + 1) if at not in outlook.ahead.away]
    return question.training * len(there)


class LeastMinutes:
    """The fewest minutes of training that make a node hold, order left aside: never more than it really takes."""

    def __init__(self, outlook: Outlook) -> None:
        self._outlook = outlook
        parts = outlook.ahead.parts
        self._certain = outlook.unfolder.with_finished({})
        self._minutes: dict[tuple[int, int], float] = {}
        self._solver = highspy.Highs()
        for option, value in SMALL.items():
            self._solver.setOptionValue(option, value)
        self._solver.addVars(len(parts), np.zeros(len(parts)), np.zeros(len(parts)))
        for node, part in enumerate(parts):
            if isinstance(part, Gate):
                row = _summed(part)
                if node in row:
                    continue
                self._at_most({node: part.needed, **{read: -times for read, times in row.items()}})
            elif isinstance(part, Choice) and part.name in outlook.trainings:
                thing = outlook.trainings[part.name].thing
                self._at_most({node: 1, thing.requires: -1})
                self._solver.changeColCost(node, thing.minutes)
                self._solver.changeColIntegrality(node, highspy.HighsVarType.kInteger)
        for node, (after, _) in outlook.ahead.delays.items():
            self._at_most({node: 1, after: -1})

    @cached_property
    def _in_part(self) -> "highspy.Highs":
        """A solver for things in part; it goes on from where it last stood, which presolving would forget."""
        model = self._solver.getLp()
        model.integrality_ = []
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("presolve", "off")
        solver.passModel(model)
        return solver

    def minutes(self, goal: int, month: int) -> float:
        """For a goal that holds by the end of a month; infinite where it cannot."""
        if (goal, month) not in self._minutes:
            minutes = {n: training.thing.minutes for n, training in self._outlook.trainings.items()}
            self._cost(minutes, self._solver)
            solved = self._solved(goal, month, self._solver)
            least = float(self._solver.getObjectiveValue()) - HALF_A_MINUTE if solved else inf
            self._minutes[goal, month] = least
        return self._minutes[goal, month]

    def least(self, goal: int, month: int, costs: Mapping[str, float]) -> int:
        """The least that things cost which bring a goal by the end of a month."""
        self._cost(costs, self._solver)
        return (
            ceil(self._solver.getObjectiveValue() - TOLERANCE)
            if self._solved(goal, month, self._solver)
            else 0
        )

    def asks_for(self, goal: int, other: int, month: int) -> bool:
        """Whether a goal cannot hold by the end of a month without another, for sure."""
        if not self._solved(goal, month, self._in_part):
            return False
        return not self._solved(goal, month, self._in_part, without=other)

    def moments(self, months: int) -> list[int]:
        """The last month before each in which something comes by itself, and the last of all."""
        nodes = {
            n
            for n, p in enumerate(self._outlook.ahead.parts)
            if p is None or not isinstance(p, Gate | Choice)
        }
        changes = {self._certain[node] for node in nodes if 0 < self._certain[node] < months}
        return sorted({month - 1 for month in changes} | {months - 1})

    def names(
        self,
        goal: int,
        month: int,
        prices: Mapping[str, float],
        favoured: Collection[str],
        *,
        free: Collection[str] = (),
    ) -> set[str]:
        """Cheapest things that bring a goal by the end of a month, none where none do.

        Those favoured are taken before others, those free anyway.
        """
        times = {
            name: 0 if name in free else 1 if name in favoured else DISFAVOURED
            for name in self._outlook.trainings
        }
        self._cost({name: often * prices[name] for name, often in times.items()}, self._solver)
        if not self._solved(goal, month, self._solver):
            return set()
        values = self._solver.getSolution().col_value
        choices = self._outlook.unfolder.choices
        return {name for name in self._outlook.trainings if values[choices[name]] > HALF}

    def _cost(self, costs: Mapping[str, float], solver: "highspy.Highs") -> None:
        for name in self._outlook.trainings:
            solver.changeColCost(self._outlook.unfolder.choices[name], costs.get(name, 0))

    def _solved(self, goal: int, month: int, solver: "highspy.Highs", *, without: int | None = None) -> bool:
        size = len(self._outlook.ahead.parts)
        able = np.array([soonest <= month for soonest in self._outlook.soonest], float)
        sure = np.array([certain <= month for certain in self._certain], float)
        sure[goal] = 1.0
        able = np.maximum(able, sure)
        if without is not None:
            able[without] = sure[without] = 0.0
        every = np.arange(size, dtype=np.int32)
        solver.changeColsBounds(size, every, sure, able)
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _at_most(self, row: Mapping[int, float]) -> None:
        columns, weights = np.array(list(row), np.int32), np.array(list(row.values()), float)
        self._solver.addRow(-highspy.kHighsInf, 0, len(row), columns, weights)


def _summed(gate: Gate) -> dict[int, float]:
    found: dict[int, float] = {}
    for read in gate.inputs:
        found[read] = found.get(read, 0.0) + 1.0
    return found
