"""The day on which a wage step was reached, for many people: what months since a step are counted from.

While nothing is ever taken away, the day a gate turns true is the day of the last of its ``needed`` earliest inputs,
so days run through the same gates as truths do. Of people of whose evidence something was revoked, ended, expired or
replaced that day is the latest possible one, and the day by all that was ever there the earliest possible one. Only
where these two differ is the one-person engine asked.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph import timeline
from graph.facts import Fact, Pass, Person
from graph.gates.calendar import plus_months
from graph.gates.columns import NEVER_ENDS, Days, Subject, person_at
from graph.gates.program import (
    FALSE,
    FIRST_INPUT,
    TRUE,
    Minutes,
    Months,
    Reached,
    Registered,
    Source,
)
from graph.gates.reading import Amounts, Reading, Rows
from graph.ledger import open_ledger
from graph.order import Node, order
from graph.reckoning import Reckoning
from graph.requirement import OJL, RTI
from graph.timeline import Timeline
from graph.world import World

People = NDArray[np.intp]
"""Places of people in a crowd."""

LATER = NEVER_ENDS
"""Not by the as-of date."""


@dataclass(frozen=True, eq=False)
class Dating:
    """The days on which nodes turned true, by the as-of date of a reading."""

    reading: Reading

    def months(self, amount: Months) -> Amounts:
        """Whole months since the wage step of an amount was reached; 0 for who has not."""
        return self.reading.months(amount.program, self.since(amount))

    def since(self, amount: Months) -> Days:
        """The day on which the wage step of an amount was reached; 0 for who has not."""
        since = self.days[amount.step or FALSE].copy()
        for person, day in self._exceptions(amount).items():
            since[person] = day
        return np.where(since > self.reading.day, 0, since).astype(np.int32)

    @cached_property
    def days(self) -> dict[int, Days]:
        """For every node below a step that months are counted from, the day it turned true for each person."""
        size = self.reading.crowd.size
        days = {
            FALSE: np.full(size, LATER, np.int32),
            TRUE: np.ones(size, np.int32),
        }
        days |= dict.fromkeys(self._nodes, days[FALSE])
        again = True
        while again:
            again = False
            for node in self._nodes:
                found = self._day(node, days)
                if node in self._knotted and not (found == days[node]).all():
                    again = True
                days[node] = found
        return days

    @cached_property
    def _nodes(self) -> list[int]:
        program = self.reading.program
        below = program.below(program.days_asked)
        return [node for node in program.sequence if node in below]

    @cached_property
    def _knotted(self) -> frozenset[int]:
        """Nodes of which some are worked out before what they read."""
        place = {node: at for at, node in enumerate(self._nodes)}
        program = self.reading.program
        late = any(place.get(read, -1) >= place[node] for node in self._nodes for read in program.reads(node))
        return frozenset(self._nodes) if late else frozenset()

    def _day(self, node: int, days: dict[int, Days]) -> Days:
        program = self.reading.program
        if node < program.first_gate:
            return self._input(program.inputs[node - FIRST_INPUT], days)
        gate = program.gates[node - program.first_gate]
        inputs = [days[read] for read in gate.inputs]
        found: Days
        if gate.needed == 1:
            found = np.minimum.reduce(inputs)
        elif gate.needed == len(inputs):
            found = np.maximum.reduce(inputs)
        else:
            found = np.partition(np.stack(inputs), gate.needed - 1, axis=0)[gate.needed - 1]
        return found

    # inputs

    def _input(self, source: Source, days: dict[int, Days]) -> Days:
        match source:
            case Reached(amount=Months() as amount):
                since = None if amount.step is None else days[amount.step]
                return self._months_reached(amount.program, source.needed, since)
            case Reached(amount=Minutes() as amount):
                return self._minutes_reached(amount, source.needed)
            case Registered():
                return self._registered(source.program)
            case _:
                return self._first(self.reading.proving(source))

    def _first(self, rows: Rows) -> Days:
        crowd = self.reading.crowd
        found = np.full(crowd.size, LATER, np.int32)
        np.minimum.at(found, self.reading.person[rows], self.reading.facts["on"][rows])
        return found

    def _registered(self, program: str) -> Days:
        found = self.reading.registered_on(program)
        return np.where(found > 0, found, np.int32(LATER))

    def _months_reached(self, program: str, months: int, since: Days | None) -> Days:
        """The day on which so many months are reached, where that is before the registration ends."""
        crowd = self.reading.crowd
        rows = self.reading.enrolments(program)
        person = crowd.enrolled[rows]
        began = crowd.enrolments["registered"][rows] if since is None else since[person]
        counted = began <= self.reading.day
        rows, person, began = rows[counted], person[counted], began[counted]
        reached = self._months_later(rows, began, months)
        in_time = (reached <= crowd.enrolments["ended"][rows]) & (reached <= self.reading.day)
        found = np.full(crowd.size, LATER, np.int32)
        found[person[in_time]] = reached[in_time]
        return found

    def _months_later(self, rows: Rows, began: Days, months: int) -> Days:
        """So many months after a day, suspended days not counted: `graph.dates.months_reached`, by column."""
        day, left = began.copy(), plus_months(began, months) - began
        place = np.full(len(self.reading.crowd.enrolled), -1, np.int64)
        place[rows] = np.arange(len(rows))
        for enrolment, since, until in self._pauses:
            at = place[enrolment]
            known = at >= 0
            at, since_, until_ = at[known], since[known], until[known]
            worked = np.maximum(since_ - day[at], 0)
            hit = (until_ > day[at]) & (worked < left[at])
            at, worked, until_ = at[hit], worked[hit], until_[hit]
            left[at] -= worked
            day[at] = until_
        return day + left

    @cached_property
    def _pauses(self) -> list[tuple[Rows, Days, Days]]:
        """The first suspended span of every registration, then every second one, and so on."""
        pauses = self.reading.crowd.pauses
        enrolment = pauses["enrolment"]
        first = np.flatnonzero(np.append(True, enrolment[1:] != enrolment[:-1])[: len(enrolment)])
        number = np.arange(len(enrolment)) - np.repeat(first, np.diff(np.append(first, len(enrolment))))
        turns = [np.flatnonzero(number == turn) for turn in range(int(number.max(initial=-1)) + 1)]
        return [(enrolment[rows], pauses["since"][rows], pauses["until"][rows]) for rows in turns]

    def _minutes_reached(self, amount: Minutes, needed: int) -> Days:
        person, on, running = self._logged(amount)
        found = np.full(self.reading.crowd.size, LATER, np.int32)
        enough = running >= needed
        np.minimum.at(found, person[enough], on[enough])
        return found

    @cached_property
    def _logs(self) -> dict[Minutes, tuple[People, Days, Amounts]]:
        return {}

    def _logged(self, amount: Minutes) -> tuple[People, Days, Amounts]:
        """Person, day and minutes that count so far, by person and then by day."""
        if amount not in self._logs:
            person, on, minutes = self._counted(amount)
            self._logs[amount] = person, on, _running(person, minutes) if len(person) else minutes
        return self._logs[amount]

    def _counted(self, amount: Minutes) -> tuple[People, Days, Amounts]:
        if amount.within == RTI:
            return self._rows(RTI)
        if amount.within != OJL:
            return self._in_process(amount.within)
        parts = [self._rows(OJL)]
        for key, program in self.reading.program.world.programs.items():
            if amount.program in (None, key):
                mine = self.reading.registered(key)
                for process in program.work_processes:
                    person, on, minutes = self._in_process(process.key)
                    kept = mine[person] if amount.program is None else np.ones(len(person), bool)
                    parts.append((person[kept], on[kept], minutes[kept]))
        return _ordered(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def _in_process(self, within: str) -> tuple[People, Days, Amounts]:
        person, on, minutes = self._rows(within.rpartition(":")[2], within)
        most = self.reading.maximum(within)
        if most is None or not len(person):
            return person, on, minutes
        running = _running(person, minutes)
        return person, on, np.minimum(running, most) - np.minimum(running - minutes, most)

    def _rows(self, *names: str) -> tuple[People, Days, Amounts]:
        reading = self.reading
        found = [reading.rows(Subject("hours", name)) for name in names]
        rows = np.concatenate(found)
        columns = (
            reading.person[rows],
            reading.facts["on"][rows],
            reading.facts["value"][rows].astype(np.int64),
        )
        several = sum(len(part) > 0 for part in found) > 1
        return _ordered(*columns) if several else columns

    # people for whom something was taken away

    def _exceptions(self, amount: Months) -> dict[int, int]:
        """The day that months count from, for each person to whom the days above do not apply."""
        step = amount.step or FALSE
        earliest = self._ever.days[step]
        open_ = (earliest < self.days[step]) & (earliest <= self.reading.day)
        asked = np.flatnonzero(open_ | self._restless)
        return {int(person): self._slowly(int(person), amount) for person in asked}

    @cached_property
    def _ever(self) -> "Dating":
        """The days by all that was ever there: a step that months are counted from was reached on none before."""
        return Dating(replace(self.reading, ever=True))

    @cached_property
    def _restless(self) -> NDArray[np.bool_]:
        """Of whom something counts today that did not at some time since its own day.

        Then a step need not have lasted since the latest possible day: what was revoked is back, a later rating
        decided until it was revoked, or another registration did.
        """
        found = np.zeros(self.reading.crowd.size, bool)
        found[self._registered_again()] = True
        sorts = [subject.sort for subject in self.reading.crowd.vocabulary.subjects]
        _, _, revoked, _ = self.reading.crowd.ranked.revocations
        subjects = self.reading.facts["subject"][revoked]
        back = np.array([sort in ("revocation", "rating") for sort in sorts], bool)
        found[self.reading.person[revoked[back[subjects]]]] = True
        return found

    def _slowly(self, place: int, amount: Months) -> int:
        """Ask the one-person engine, once for as long as the crowd is there; who does not wait has one answer."""
        reading = self.reading
        submitted = reading.submitted and bool(reading.crowd.waiting[place])
        key = (reading.program, amount.lasting, reading.as_of, reading.known_at, submitted, place)
        kept = reading.crowd.asked_alone
        if key not in kept:
            kept[key] = self._alone(place, submitted=submitted, lasting=amount.lasting)
        return kept[key][amount.key]

    def _alone(self, place: int, *, submitted: bool, lasting: bool) -> dict[str, int]:
        """The days that months count from for one person, by wage step."""
        reading, program = self.reading, self.reading.program
        person = _as_known(person_at(reading.crowd, place), program.world)
        ledger = open_ledger(person, reading.known_at, as_of=reading.as_of, submitted=submitted)
        keys = sorted({amount.key for amount in program.months_since_steps if amount.lasting is lasting})
        nodes = order(program.world, program.focus).below([Node("step", key) for key in keys])
        reckoning = Reckoning(program.world, ledger, program.focus, undying=lasting, nodes=nodes)
        return {key: self._since(reckoning.step(key)) for key in keys}

    def _since(self, line: Timeline) -> int:
        if not timeline.is_true(line, self.reading.day):
            return LATER
        return timeline.since(line, self.reading.day) or 1

    def _registered_again(self) -> People:
        """Who registered more than once in one program."""
        crowd = self.reading.crowd
        rows = np.flatnonzero(crowd.enrolments["registered"] <= self.reading.day)
        whose = crowd.enrolled[rows].astype(np.int64) << 32 | crowd.enrolments["program"][rows]
        found, times = np.unique(whose, return_counts=True)
        return (found[times > 1] >> 32).astype(np.intp)


def _as_known(person: Person, world: World) -> Person:
    """The person without what the world does not know; in columns such rows are simply not read."""

    def known(fact: Fact) -> bool:
        if not isinstance(fact, Pass):
            return True
        credential = world.credentials.get(fact.credential)
        return credential is not None and (fact.part is None or fact.part in credential.tests)

    enrolments = tuple(one for one in person.enrolments if one.program in world.programs)
    return replace(person, facts=tuple(filter(known, person.facts)), enrolments=enrolments)


def _ordered(person: People, on: Days, minutes: Amounts) -> tuple[People, Days, Amounts]:
    order_ = np.lexsort((on, person))
    return person[order_], on[order_], minutes[order_]


def _running(person: People, minutes: Amounts) -> Amounts:
    """The sum of each person's minutes so far."""
    sums = np.cumsum(minutes)
    starts = np.flatnonzero(np.append(True, person[1:] != person[:-1]))
    before = sums[starts] - minutes[starts]
    lengths = np.diff(np.append(starts, len(person)))
    return sums - np.repeat(before, lengths)
