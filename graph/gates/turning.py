"""The next day on which an answer may be another one although nobody writes anything: what time alone does.

Awards and waivers end, months are completed, what is dated ahead comes about. A day too early costs one look for
nothing, a day too late would be wrong: wherever the exact day is dear, an earlier one is given.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.gates.calendar import plus_months
from graph.gates.columns import NEVER_ENDS, Crowd, Days
from graph.gates.everybody import Inputs
from graph.gates.program import Excused, GateProgram, Months, Reached, Tested, shares
from graph.gates.reading import Reading

NEVER = NEVER_ENDS
"""Time alone changes nothing any more."""

Turns = tuple[NDArray[np.int64], Days]


def next_turn(program: GateProgram, crowd: Crowd, as_of: date) -> Days:
    """For each person a day after ``as_of`` before which no answer of the program changes by time alone.

    Everything that has been written down counts as known. ``NEVER`` where time changes nothing any more.
    """
    found = np.full(crowd.size, NEVER, np.int32)
    for submitted in (False, True):
        reading = Reading(program, crowd, as_of, None, submitted=submitted)
        for people, days in _turns(reading):
            later = days > reading.day
            np.minimum.at(found, people[later], days[later])
    return found


def _turns(reading: Reading) -> Iterator[Turns]:
    """People and the days on which something turns for them; days that have passed do no harm."""
    amounts = dict(_most_months(reading.program))
    if not reading.submitted:
        yield from _dated_ahead(reading.crowd)
        yield from _expiries(reading)
        for amount, most in amounts.items():
            if amount.step is None:
                yield _months_since_registration(reading, amount.program, most)
    inputs = Inputs(reading)
    for amount, most in amounts.items():
        if amount.step is not None:
            yield _months_since(reading, amount.program, inputs.dating.since(amount), most)


def _dated_ahead(crowd: Crowd) -> Iterator[Turns]:
    """Evidence and registrations of days to come, and the days on which waivers and registrations end."""
    yield crowd.person.astype(np.int64), crowd.facts["on"]
    waivers = np.array([subject.sort == "waiver" for subject in crowd.vocabulary.subjects], bool)
    ending = waivers[crowd.facts["subject"]] if len(waivers) else np.zeros(len(crowd.person), bool)
    yield crowd.person[ending].astype(np.int64), crowd.facts["value"][ending]
    yield crowd.enrolled.astype(np.int64), crowd.enrolments["registered"]
    yield crowd.enrolled.astype(np.int64), crowd.enrolments["ended"]


def _expiries(reading: Reading) -> Iterator[Turns]:
    """What was passed or excused, so many months later, for all lifetimes of awards that the program asks for."""
    lifetimes = {
        source.months
        for source in reading.program.inputs
        if isinstance(source, Tested | Excused) and source.months is not None
    }
    crowd = reading.crowd
    proving = np.array([subject.sort in ("pass", "waiver") for subject in crowd.vocabulary.subjects], bool)
    if not lifetimes or not len(proving):
        return
    rows = proving[crowd.facts["subject"]]
    for months in sorted(lifetimes):
        yield crowd.person[rows].astype(np.int64), plus_months(crowd.facts["on"][rows], months)


def _most_months(program: GateProgram) -> Iterator[tuple[Months, int]]:
    """The months that anything asks for, with the most that is asked."""
    most: dict[Months, int] = {}
    asked = [(source.amount, source.needed) for source in program.inputs if isinstance(source, Reached)]
    measures = [measure for _, measure in (*program.steps, program.completion or (0, None)) if measure]
    asked += [(share.amount, share.needed) for measure in measures for share in shares(measure)]
    for amount, needed in asked:
        if isinstance(amount, Months):
            most[amount] = max(needed, most.get(amount, 0))
    yield from most.items()


def _months_since_registration(reading: Reading, program: str, most: int) -> Turns:
    return _months_since(reading, program, reading.registered_on(program), most)


def _months_since(reading: Reading, program: str, began: Days, most: int) -> Turns:
    """The day of the next whole month, for who has not enough of them; the next day for who was ever suspended."""
    counted = reading.months(program, began)
    waiting = np.flatnonzero((began > 0) & (counted < most))
    days = plus_months(began[waiting], counted[waiting] + 1)
    crowd = reading.crowd
    suspended = np.zeros(crowd.size, bool)
    suspended[crowd.enrolled[crowd.pauses["enrolment"]]] = True
    return waiting, np.where(suspended[waiting], reading.day + 1, days).astype(np.int32)
