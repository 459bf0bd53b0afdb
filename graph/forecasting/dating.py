"""The days of steps and completion in every future: the rules of the program, run through with days for truths.

While nothing is taken away a rule comes to hold on the day of the last of its ``needed`` earliest parts. Awards that
are current today are taken to be renewed in time.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.dates import Span, months_reached
from graph.forecasting.arriving import NEVER, month_ends, reached
from graph.forecasting.drawing import BLOCK, Urn
from graph.forecasting.needs import Kind, Needs, Rules
from graph.forecasting.routing import Route
from graph.gates.calendar import plus_months
from graph.gates.columns import NEVER_ENDS, Days
from graph.gates.dating import Dating
from graph.gates.program import FALSE, TRUE, Months, Reached, Source

Spans: TypeAlias = dict[int, list[Span]]


@dataclass(frozen=True, eq=False)
class Ahead:
    """Everything that the days to come rest on.

    Attributes:
        planned: things by people: the day on which a thing is known to come; ``NEVER`` where none is.
        start: of each person the day from which months to come count: the as-of date, or the end of a suspension;
            ``NEVER`` for one without an end.
        horizon: how many months to look ahead.
        futures: how many.
    """

    needs: Needs
    route: Route
    urn: Urn
    planned: Days
    start: Days
    horizon: int
    futures: int

    @property
    def day(self) -> int:
        """The as-of date."""
        return self.route.inputs.reading.day

    @cached_property
    def dating(self) -> Dating:
        """The days of what holds already."""
        return self.route.inputs.dating

    @cached_property
    def pauses(self) -> dict[str, Spans]:
        """By program and person the suspended spans of their registration."""
        return {}

    def pauses_in(self, program: str) -> Spans:
        """By person the suspended spans of their registration in a program."""
        if program not in self.pauses:
            self.pauses[program] = self._pauses(program)
        return self.pauses[program]

    def _pauses(self, program: str) -> Spans:
        reading = self.route.inputs.reading
        crowd, found = reading.crowd, dict[int, list[Span]]()
        ours = np.zeros(len(crowd.enrolled), bool)
        ours[reading.enrolments(program)] = True
        for row in np.flatnonzero(ours[crowd.pauses["enrolment"]]):
            person = int(crowd.enrolled[crowd.pauses["enrolment"][row]])
            since, until = int(crowd.pauses["since"][row]), int(crowd.pauses["until"][row])
            end = None if until >= NEVER_ENDS else date.fromordinal(until)
            found.setdefault(person, []).append((date.fromordinal(since), end))
        return found


@dataclass(frozen=True, eq=False)
class Part:
    """Some people of a crowd with their futures: arrays are people by futures, or people by one."""

    ahead: Ahead
    people: range

    @property
    def _own(self) -> slice:
        return slice(self.people.start, self.people.stop)

    @cached_property
    def _ends(self) -> Days:
        start = np.minimum(self.ahead.start[self._own], NEVER - 40 * (self.ahead.horizon + 1))
        return month_ends(start.astype(np.int32), self._length * BLOCK)

    @property
    def _length(self) -> int:
        return -(-self.ahead.horizon // BLOCK)

    @cached_property
    def _picks(self) -> NDArray[np.int64]:
        return self.ahead.urn.picks(self.people, self.ahead.futures, self._length)

    def goals(self) -> Days:
        """Goals by people by futures: the day of each; the as-of date for what is reached."""
        days = self._days()
        shape = (len(self.people), self.ahead.futures)
        return np.stack([np.broadcast_to(days[node], shape) for node in self.ahead.needs.rules.goals])

    def _days(self) -> dict[int, Days]:
        size, rules = len(self.people), self.ahead.needs.rules
        never = np.full((size, 1), NEVER, np.int32)
        days = {FALSE: never, TRUE: np.full((size, 1), self.ahead.day, np.int32)}
        again = True
        while again:
            again = False
            for node in rules.nodes:
                found = self._day(node, days, never)
                if rules.knotted:
                    known = days.get(node)
                    again = again or known is None or bool((found != known).any())
                days[node] = found
        return days

    def _day(self, node: int, days: dict[int, Days], never: Days) -> Days:
        program = self.ahead.needs.program
        if node < program.first_gate:
            return self._input(self.ahead.needs.rules.sources[node], days, never)
        inputs = [days.get(read, never) for read in program.reads(node)]
        needed = program.needed[node]
        if needed == 1:
            return reduce(np.minimum, inputs)
        if needed == len(inputs):
            return reduce(np.maximum, inputs)
        stacked = np.stack(np.broadcast_arrays(*inputs))
        found: Days = np.partition(stacked, needed - 1, axis=0)[needed - 1]
        return found

    # inputs

    def _input(self, source: Source, days: dict[int, Days], never: Days) -> Days:
        held = self.ahead.route.held(source)[self._own][:, None]
        if held.all():
            return np.full_like(never, self.ahead.day)
        found = np.where(held, np.int32(self.ahead.day), self._coming(source, days, never))
        return found.astype(np.int32)

    def _coming(self, source: Source, days: dict[int, Days], never: Days) -> Days:
        thing = self.ahead.needs.thing(source)
        if thing is not None:
            return self._shown(thing, never)
        if not isinstance(source, Reached):
            return never
        if isinstance(source.amount, Months):
            return self._passed(source, source.amount, days, never)
        if source not in self.ahead.needs.hours:
            return never
        needed = self.ahead.route.minutes[source][self._own]
        return reached(self._minutes(self.ahead.needs.hours[source]), needed, self._ends)

    def _shown(self, thing: int, never: Days) -> Days:
        planned: Days = self.ahead.planned[thing][self._own][:, None]
        efforts = self.ahead.route.efforts[thing][self._own]
        if not efforts.any():
            return planned
        found = reached(self._minutes(Kind.LEARNING), efforts, self._ends)
        days: Days = np.minimum(planned, np.where(efforts[:, None] > 0, found, never))
        return days

    @cached_property
    def _summed(self) -> dict[Kind, NDArray[np.int32]]:
        return {}

    def _minutes(self, kind: Kind) -> NDArray[np.int32]:
        if kind not in self._summed:
            self._summed[kind] = self.ahead.urn.sums(self._picks, kind)
        return self._summed[kind]

    def _passed(self, source: Reached, amount: Months, days: dict[int, Days], never: Days) -> Days:
        """The day on which so many months have passed since registration or a step, suspended time not counted."""
        if amount.step is None:
            began = self.ahead.route.inputs.reading.registered_on(amount.program)[self._own][:, None]
        else:
            known = self.ahead.dating.since(amount)[self._own][:, None]
            began = np.where(known > 0, known, days.get(amount.step, never))
        found = np.where((began > 0) & (began < NEVER), plus_months(began, source.needed), NEVER)
        self._put_off(found, began, amount.program, source.needed)
        return np.where(found > self.ahead.day, found, self.ahead.day + 1).astype(np.int32)

    def _put_off(self, found: Days, began: Days, program: str, months: int) -> None:
        """Count again for those who were or will be suspended."""
        spans = self.ahead.pauses_in(program)
        for at, person in enumerate(self.people):
            if person in spans:
                days, back = np.unique(began[at], return_inverse=True)
                later = [_with_spans(day, months, spans[person]) for day in days.tolist()]
                found[at] = np.array(later, np.int32)[back.reshape(began[at].shape)]


def _with_spans(began: int, months: int, spans: list[Span]) -> int:
    if not 0 < began < NEVER:
        return NEVER
    found = months_reached(date.fromordinal(began), months, spans)
    return NEVER if found is None else found.toordinal()


class GoalDays(Dating):
    """The days on which goals were reached. Where something was taken away in between, the latest possible ones."""

    def of(self, rules: Rules) -> Days:
        """Goals by people: the day of each; ``NEVER`` for what is not reached."""
        return np.stack([self.days[goal] for goal in rules.goals])

    @cached_property
    def _nodes(self) -> list[int]:
        program = self.reading.program
        goals = [node for node, _ in program.steps] + ([program.completion[0]] if program.completion else [])
        below = program.below(goals)
        return [node for node in program.sequence if node in below]
