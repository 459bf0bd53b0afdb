"""The month before which nobody could reach a goal, for want of the person's own time for training."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from math import ceil

import highspy
import numpy as np

from graph.capacity.question import Question
from graph.capacity.trainings import Outlook
from graph.capacity.unfolding import NEVER
from graph.circuit import Choice, Gate

HALF = 0.5
HALF_A_MINUTE = 0.5
DISFAVOURED = 4
TOLERANCE = 1e-4


def with_own_time(outlook: Outlook, question: Question) -> Outlook:
    """The same outlook, with goals no sooner than the fewest minutes of training that they take allow.

    Without this, a relaxation of the plan would give a fraction of a raise for a fraction of what it takes, long before
    anybody could have it.
    """
    if not outlook.goals:
        return outlook
    least = LeastMinutes(outlook)
    soonest = list(outlook.soonest)
    for goal in outlook.goals:
        month = soonest[goal.node]
        while month < question.months and least.minutes(goal.node, month) > _time(outlook, question, month):
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
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        self._solver.setOptionValue("threads", 1)
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
        return (
            float(self._solver.getObjectiveValue()) - HALF_A_MINUTE
            if self._solved(goal, month, self._solver)
            else float("inf")
        )

    def least(self, goal: int, month: int, costs: Mapping[str, int], *, whole: bool) -> int:
        """The least that things cost which bring a goal by the end of a month; in part, where not whole."""
        choices = self._outlook.unfolder.choices
        solver = self._solver if whole else self._in_part
        for name in self._outlook.trainings:
            solver.changeColCost(choices[name], costs.get(name, 0))
        return ceil(solver.getObjectiveValue() - TOLERANCE) if self._solved(goal, month, solver) else 0

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
        for name in self._outlook.trainings:
            times = 0 if name in free else 1 if name in favoured else DISFAVOURED
            self._solver.changeColCost(self._outlook.unfolder.choices[name], times * prices[name])
        if not self._solved(goal, month, self._solver):
            return set()
        values = self._solver.getSolution().col_value
        choices = self._outlook.unfolder.choices
        return {name for name in self._outlook.trainings if values[choices[name]] > HALF}

    def _solved(self, goal: int, month: int, solver: "highspy.Highs") -> bool:
        size = len(self._outlook.ahead.parts)
        able = np.array([soonest <= month for soonest in self._outlook.soonest], float)
        sure = np.array([certain <= month for certain in self._certain], float)
        sure[goal] = 1.0
        every = np.arange(size, dtype=np.int32)
        solver.changeColsBounds(size, every, sure, np.maximum(able, sure))
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
