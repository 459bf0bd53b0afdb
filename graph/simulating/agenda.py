"""What each simulated person still has to do, in the order of their plan."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.gates.code import Planes
from graph.simulating.inputs import Flags
from graph.simulating.intentions import Numbers, Plans

People: TypeAlias = NDArray[np.intp]

BITS = 6
"""A word of a plane has 2**6 people."""


class Agenda:
    """Where everybody stands in their plan.

    Attributes:
        todo: a row for each thing, a column for each person: whether it is still to be done, or to be done again.
    """

    def __init__(self, plans: Plans, people: People) -> None:
        """The plans of some people, by their numbers; who comes after the last plan has the first again."""
        self._plans = plans
        self._plan = people % plans.size
        self._at = np.zeros(len(people), np.intp)
        self.todo: Flags = (plans.place >= 0).take(self._plan, axis=1)

    def finish(self, things: Numbers, people: People) -> None:
        """One thing is done by each of these people."""
        self.todo[things, people] = False

    def reopen(self, thing: int, people: Flags) -> None:
        """A thing is to be done again."""
        self.todo[thing] |= people
        self._at[people] = np.minimum(self._at[people], self._plans.place[thing, self._plan[people]])

    def first(self, people: People) -> Numbers:
        """For each of these people the first thing that is to be done, ready or not; -1 for none."""
        left = people
        while len(left):
            things = self._things(self._at[left], left)
            left, things = left[things >= 0], things[things >= 0]
            left = left[~self._is_to_do(things, left)]
            self._at[left] += 1
        return self._things(self._at[people], people)

    def next(self, people: People, ready: Planes, columns: People) -> Numbers:
        """For each of these people the first thing that is to be done and that they may begin; -1 for nothing.

        Args:
            people: their numbers.
            ready: a plane for each thing: who may begin it.
            columns: for each of them the word of the planes that has their bit.
        """
        chosen = np.full(len(people), -1, np.intp)
        left, at = np.arange(len(people)), self._at[people]
        while len(left):
            things = self._things(at[left], people[left])
            on = things >= 0
            left, things = left[on], things[on]
            fits = self._is_to_do(things, people[left]) & bits(ready, things, people[left], columns[left])
            chosen[left[fits]] = things[fits]
            left = left[~fits]
            at[left] += 1
        return chosen

    def _is_to_do(self, things: Numbers, people: People) -> Flags:
        found: Flags = self.todo.take(things * self.todo.shape[1] + people)
        return found

    def _things(self, at: Numbers, people: People) -> Numbers:
        return self._plans.order.take(at * self._plans.size + self._plan.take(people))


def bits(planes: Planes, rows: Numbers, people: People, columns: People) -> Flags:
    """Each person's bit of the plane of their own row, found in the word of their own column."""
    places = (people & ((1 << BITS) - 1)).astype(np.uint64)
    words = planes.take(rows * planes.shape[1] + columns)
    found: Flags = ((words >> places) & np.uint64(1)).astype(bool)
    return found
