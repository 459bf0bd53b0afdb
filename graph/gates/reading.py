"""What facts decide, for many people: the inputs of a gate program as of a day and known at an instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.dates import add_months
from graph.facts import Status
from graph.gates.calendar import whole_months
from graph.gates.columns import EPOCH, MICROSECOND, NEVER_ENDS, STATUSES, UNRATED, Crowd, Days, Subject
from graph.gates.program import (
    Excused,
    GateProgram,
    Graded,
    Minutes,
    Rated,
    Reached,
    Registered,
    Scored,
    Source,
    Tested,
)
from graph.requirement import OJL, RTI

Rows = NDArray[np.int64]
Amounts = NDArray[np.int64]
NO_ROWS: Rows = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Reading:
    """The facts of a crowd that count, by subject.

    Attributes:
        known_at: what was known at this instant; None for everything.
        submitted: facts that wait for verification count as well.
        ever: count also what was revoked, has ended, has expired or was replaced.
    """

    program: GateProgram
    crowd: Crowd
    as_of: date
    known_at: datetime | None
    submitted: bool = False
    ever: bool = False

    @property
    def facts(self) -> Mapping[str, NDArray[Any]]:
        """The facts, by subject; rows are numbered as here."""
        return self.crowd.ranked.facts

    @property
    def person(self) -> NDArray[np.intp]:
        """Whose each row is."""
        return self.crowd.ranked.person

    @cached_property
    def day(self) -> int:
        """The as-of date as a day number."""
        return self.as_of.toordinal()

    # which facts count

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """For every fact: it has happened, was known and has the status; revocations are left aside."""
        facts = self.facts
        counted: NDArray[np.bool_] = facts["status"] == STATUSES.index(Status.VERIFIED)
        if self.submitted:
            counted |= facts["status"] == STATUSES.index(Status.SUBMITTED)
        counted &= facts["on"] <= self.day
        if self.known_at is not None:
            counted &= facts["recorded"] <= (self.known_at - EPOCH) // MICROSECOND
        return counted

    @cached_property
    def valid(self) -> NDArray[np.bool_]:
        """For every fact: seen and not taken out by a revocation that itself counts."""
        if self.ever:
            return self.seen
        rows, target, revoked, number = self.crowd.ranked.revocations
        before, now = np.zeros(len(rows), bool), self.seen[rows]
        counted = self.seen
        while not np.array_equal(now, before):
            before = now
            out = np.zeros(len(rows), bool)
            out[target[before]] = True
            counted = self.seen.copy()
            counted[revoked[out[number]]] = False
            now = counted[rows]
        return counted

    def rows(self, subject: Subject) -> Rows:
        """The rows about a subject that count, by person, then by day; waivers that have ended are left out."""
        if subject not in self._rows:
            self._rows[subject] = self._counting(subject)
        return self._rows[subject]

    @cached_property
    def _rows(self) -> dict[Subject, Rows]:
        return {}

    def _counting(self, subject: Subject) -> Rows:
        start, stop = self.crowd.ranked.ranges.get(subject, (0, 0))
        counted = self.valid[start:stop]
        if subject.sort == "waiver" and not self.ever:
            counted = counted & (self.facts["value"][start:stop] > self.day)
        return counted.nonzero()[0] + start

    # truths

    def proving(self, source: Source, counted: NDArray[np.bool_] | None = None) -> Rows:
        """The rows each of which makes an input true; not for amounts and registrations.

        Args:
            source: the input.
            counted: for every fact whether it counts; None for those that are valid.
        """
        ranges, counts = self.crowd.ranked.ranges, self.valid if counted is None else counted
        found = [
            self._proving(source, counts, *ranges[one]) for one in self._subjects(source) if one in ranges
        ]
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else NO_ROWS

    def is_shown(self, source: Source) -> bool:
        """Whether an input may be true of anybody: by registration, or because there are facts about it."""
        if isinstance(source, Reached | Registered):
            return True
        return not self.crowd.ranked.ranges.keys().isdisjoint(self._subjects(source))

    def _subjects(self, source: Source) -> Iterable[Subject]:
        """What the facts that can prove an input are about."""
        match source:
            case Rated():
                return (Subject("rating", source.competency),)
            case Tested():
                return (Subject("pass", *way) for way in self.program.ways[source.test])
            case Excused():
                return (Subject("waiver", source.key, source.kind),)
            case Graded():
                return (Subject("course", source.course),)
            case Scored():
                return (Subject("score", source.score),)
            case _:
                raise TypeError(source)

    def _proving(self, source: Source, counts: NDArray[np.bool_], start: int, stop: int) -> Rows:
        counted, value = counts[start:stop], self.facts["value"][start:stop]
        match source:
            case Rated():
                return self._rated(source, counted, start, stop)
            case Tested() | Excused() if not self.ever:
                if isinstance(source, Excused):
                    counted = counted & (value > self.day)
                if source.months is not None:
                    counted = counted & (self.facts["on"][start:stop] >= self.cutoff(source.months))
            case Graded(accepted=frozenset() as accepted):
                known = self.crowd.vocabulary.grades
                counted = counted & np.isin(value, [known[grade] for grade in accepted if grade in known])
            case Scored():
                counted = counted & (value >= source.at_least)
        return counted.nonzero()[0] + start

    def is_replaced(self, source: Source) -> bool:
        """Whether the last fact alone decides an input."""
        return (
            isinstance(source, Rated) and self.program.world.competencies[source.competency].framework.latest
        )

    def _rated(self, source: Rated, counted: NDArray[np.bool_], start: int, stop: int) -> Rows:
        """A sign-off without a rating is one at competent; under ``latest`` only the last rating decides."""
        framework = self.program.world.competencies[source.competency].framework
        value = self.facts["value"][start:stop]
        enough = value >= source.rating
        if framework.competent >= source.rating:
            enough |= value == UNRATED
        if not framework.latest or self.ever:
            return (counted & enough).nonzero()[0] + start
        rows = counted.nonzero()[0]
        person = self.person[start:stop][rows]
        rows = rows[np.append(person[1:] != person[:-1], True)[: len(rows)]]
        found: Rows = rows[enough[rows]] + start
        return found

    def cutoff(self, months: int) -> int:
        """The first day an award of which still lasts on the as-of date, where awards last so many months."""
        return _cutoff(self.day, months)

    # registrations

    def enrolments(self, program: str) -> Rows:
        """The latest registration of each person in a program by the day, as rows of the crowd's registrations."""
        if program not in self._enrolments:
            self._enrolments[program] = self._enrolled_in(program)
        return self._enrolments[program]

    @cached_property
    def _enrolments(self) -> dict[str, Rows]:
        return {}

    def _enrolled_in(self, program: str) -> Rows:
        ours = self.crowd.enrolments
        number = self.crowd.vocabulary.programs.get(program, -1)
        rows = np.flatnonzero((ours["program"] == number) & (ours["registered"] <= self.day))
        # in order but for who registered more than once: sorted in one go, where pairs of keys take three
        key = self.crowd.enrolled[rows].astype(np.int64) << 32 | ours["registered"][rows]
        rows = rows[np.argsort(key, kind="stable")]
        person = self.crowd.enrolled[rows]
        latest: Rows = rows[np.append(person[1:] != person[:-1], True)[: len(rows)]]
        return latest

    def registered(self, program: str) -> NDArray[np.bool_]:
        """Who is registered in a program by the day."""
        return self.registered_on(program) > 0

    def registered_on(self, program: str) -> Days:
        """The day of each person's latest registration in a program by the day; 0 for who has none."""
        rows = self.enrolments(program)
        found = np.zeros(self.crowd.size, np.int32)
        found[self.crowd.enrolled[rows]] = self.crowd.enrolments["registered"][rows]
        return found

    # amounts

    def minutes(self, amount: Minutes) -> Amounts:
        """Minutes that count for each person, caps applied."""
        if amount.within == RTI:
            return self._logged(RTI)
        if amount.within != OJL:
            return self._in_process(amount.within)
        found = self._logged(OJL)
        for key, program in self.program.world.programs.items():
            if amount.program == key or (amount.program is None and self.crowd.enrolled.size):
                mine = np.ones(self.crowd.size, bool) if amount.program else self.registered(key)
                for process in program.work_processes:
                    found = found + np.where(mine, self._in_process(process.key), 0)
        return found

    def _in_process(self, within: str) -> Amounts:
        logged = self._logged(within.rpartition(":")[2], within)
        most = self.maximum(within)
        return logged if most is None else np.minimum(logged, most)

    def maximum(self, within: str) -> int | None:
        """The minutes above which a work process counts no more."""
        owner = self.program.world.programs[within.rpartition(":")[0]]
        return next(process.maximum for process in owner.work_processes if process.key == within)

    def _logged(self, *names: str) -> Amounts:
        found = np.zeros(self.crowd.size, np.int64)
        for name in names:
            start, stop = self.crowd.ranked.ranges.get(Subject("hours", name), (0, 0))
            if start < stop:
                minutes = self.facts["value"][start:stop] * self.valid[start:stop]
                found += np.bincount(self.person[start:stop], minutes, self.crowd.size).astype(np.int64)
        return found

    def months(self, program: str, since: Days | None = None) -> Amounts:
        """Whole months counted for each person since registration, or since a day of each (0: none)."""
        rows = self.enrolments(program)
        person = self.crowd.enrolled[rows]
        ours = self.crowd.enrolments
        began = ours["registered"][rows] if since is None else since[person]
        until = np.minimum(ours["ended"][rows], self.day).astype(np.int32)
        found = np.zeros(self.crowd.size, np.int64)
        counted = np.flatnonzero(began > 0)
        rows, began, until = rows[counted], began[counted], until[counted]
        found[person[counted]] = whole_months(began, until, self._suspended(rows, began, until))
        return found

    def _suspended(self, rows: Rows, began: Days, until: Days) -> Days:
        """The suspended days between two days, for registrations."""
        place = np.full(len(self.crowd.enrolled), -1, np.int64)
        place[rows] = np.arange(len(rows))
        at = place[self.crowd.pauses["enrolment"]]
        inside = at >= 0
        at = at[inside]
        start = np.maximum(self.crowd.pauses["since"][inside], began[at])
        stop = np.minimum(self.crowd.pauses["until"][inside], until[at])
        found = np.bincount(at, weights=np.maximum(stop - start, 0), minlength=len(rows))
        return found.astype(np.int32)


@cache
def _cutoff(day: int, months: int) -> int:
    low, high = 1, min(day + 1, NEVER_ENDS - 1)
    while low < high:
        middle = (low + high) // 2
        if add_months(date.fromordinal(middle), months).toordinal() > day:
            high = middle
        else:
            low = middle + 1
    return low
