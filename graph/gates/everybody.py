"""Every answer for many people at once: the gates of one program over planes of people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.evaluating import State
from graph.gates import planes
from graph.gates.columns import Crowd
from graph.gates.dating import Dating
from graph.gates.planes import EVERYBODY, Number, Plane
from graph.gates.program import (
    FALSE,
    FIRST_INPUT,
    TRUE,
    Amount,
    Best,
    Gate,
    GateProgram,
    Measure,
    Minutes,
    Reached,
    Registered,
    Share,
    Truth,
)
from graph.gates.reading import Amounts, Reading

STATES = tuple(State)
"""States by their number in ``Answers.state``."""

Planes = NDArray[np.uint64]
Shares = Callable[[Share], Number]


def work_out(program: GateProgram, inputs: Planes) -> Planes:
    """All nodes for the people of the inputs.

    Args:
        program: the gates.
        inputs: a plane for each input of the program.

    Returns:
        A plane for each node.
    """
    values = np.empty((program.size, inputs.shape[1]), np.uint64)
    values[FALSE] = 0
    values[TRUE] = EVERYBODY
    values[FIRST_INPUT : program.first_gate] = inputs
    at = program.first_gate
    for start, stop in program.knots:
        _run(program, values, at, start)
        _settle(program, values, start, stop)
        at = stop
    _run(program, values, at, program.size)
    return values


def _settle(program: GateProgram, values: Planes, start: int, stop: int) -> None:
    """Work out gates that refer to one another until nothing changes; each round at least one bit does."""
    values[start:stop] = 0
    before = None
    while before is None or not np.array_equal(before, values[start:stop]):
        before = values[start:stop].copy()
        _run(program, values, start, stop)


def _run(program: GateProgram, values: Planes, start: int, stop: int) -> None:
    first = program.first_gate
    for node in range(start, stop):
        _work_out(program.gates[node - first], values, values[node])


def _work_out(gate: Gate, values: Planes, out: Plane) -> None:
    one, *others = gate.inputs
    if not others:
        out[:] = values[one]
    elif gate.needed in (1, len(gate.inputs)):
        join = np.bitwise_or if gate.needed == 1 else np.bitwise_and
        join(values[one], values[others[0]], out=out)
        for other in others[1:]:
            join(out, values[other], out=out)
    else:
        counted = planes.total((1, [values[node]]) for node in gate.inputs)
        out[:] = planes.at_least(counted, gate.needed, values[one])


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the facts of a crowd decide, read once."""

    reading: Reading

    @property
    def size(self) -> int:
        """How many people."""
        return self.reading.crowd.size

    @cached_property
    def dating(self) -> Dating:
        """The days that months are counted from."""
        return Dating(self.reading)

    @cached_property
    def _amounts(self) -> dict[Amount, Amounts]:
        return {}

    def amount(self, amount: Amount) -> Amounts:
        """An amount for each person."""
        if amount not in self._amounts:
            self._amounts[amount] = self._measured(amount)
        return self._amounts[amount]

    def _measured(self, amount: Amount) -> Amounts:
        if isinstance(amount, Minutes):
            return self.reading.minutes(amount)
        return self.reading.months(amount.program) if amount.step is None else self.dating.months(amount)

    @cached_property
    def planes(self) -> Planes:
        """A plane for each input of the program."""
        sources = self.reading.program.inputs
        bits = np.zeros((len(sources), self.size), np.uint8)
        for row, source in zip(bits, sources, strict=True):
            if isinstance(source, Reached):
                row[:] = self.amount(source.amount) >= source.needed
            elif isinstance(source, Registered):
                row[:] = self.reading.registered(source.program)
            else:
                row[self.reading.person[self.reading.proving(source)]] = 1
        return planes.packed(bits)


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers for a crowd as of a day, people in their order.

    States and progress are worked out when asked for. Numerators are machine integers, or Python's own where they
    could be too large for those.
    """

    program: GateProgram
    inputs: Inputs
    values: Planes
    hoped: "Hoped | None"

    @property
    def size(self) -> int:
        """How many people."""
        return self.inputs.size

    def holds(self, node: int) -> NDArray[np.bool_]:
        """For each person whether a node of the program holds."""
        return planes.unpacked(self.values[node], self.size)

    @cached_property
    def _everybody(self) -> Plane:
        return planes.packed(np.ones(self.size, np.uint8))

    # items

    def states(self, kind: str, key: str) -> Iterator[tuple[State, Plane]]:
        """The states of an item that anybody is in by rule, each with the plane of those who are."""
        left = self._everybody
        for state, plane in self._ranked(kind, key):
            yield state, left & plane
            left = left & ~plane
        yield State.LOCKED, left

    def _ranked(self, kind: str, key: str) -> Iterator[tuple[State, Plane]]:
        """What decides the state of an item, the first that is true; `graph.evaluating` has the same order."""
        values = self.values
        if kind == "competency":
            competency = self.program.competencies[key]
            yield State.MET, values[competency.met]
            yield State.WAIVED, values[competency.waived]
            yield State.LAPSED, values[competency.lasting]
            yield from self._pending(competency.met)
            yield State.READY, values[competency.ready]
        else:
            credential = self.program.credentials[key]
            yield State.HELD, values[credential.current]
            yield State.EXPIRED, values[credential.held]
            yield State.WAIVED, values[credential.waived]
            yield from self._pending(credential.held)
            yield State.IN_PROGRESS, values[credential.begun]
            yield State.READY, values[credential.ready]

    def _pending(self, node: int) -> Iterator[tuple[State, Plane]]:
        if self.hoped is not None:
            yield State.PENDING, self.hoped.plane(node, self.size)

    def state(self, kind: str, key: str) -> NDArray[np.uint8]:
        """For each person the state of an item, as its number in ``STATES``."""
        found = np.zeros(self.size, np.uint8)
        for state, plane in self.states(kind, key):
            found[planes.unpacked(plane, self.size)] = STATES.index(state)
        return found

    def counts(self, kind: str, key: str) -> dict[State, int]:
        """How many people an item is in each state for; states of nobody are left out."""
        found = {state: planes.count(plane) for state, plane in self.states(kind, key)}
        return {state: number for state, number in found.items() if number}

    # the program

    @cached_property
    def complete(self) -> NDArray[np.bool_]:
        """For each person whether the sponsor may certify completion."""
        done = self.program.completion
        return np.zeros(self.size, bool) if done is None else self.holds(done[0])

    @cached_property
    def progress(self) -> tuple[NDArray[Any], int]:
        """For each person the numerator of the progress of completion, and the denominator of all."""
        done = self.program.completion
        return (np.zeros(self.size, np.int64), 1) if done is None else self.measured(done[1])

    @cached_property
    def reached(self) -> NDArray[np.int64]:
        """For each person how many wage steps are reached."""
        found = np.zeros(self.size, np.int64)
        for node, _ in self.program.steps:
            found += self.holds(node)
        return found

    def step_progress(self, position: int) -> tuple[NDArray[Any], int]:
        """For each person the numerator of the progress of a wage step's own rule, and the denominator."""
        node, measure = self.program.steps[position]
        return self.measured(Truth(node) if measure is None else measure)

    def measured(self, measure: Measure) -> tuple[NDArray[Any], int]:
        """The numerator of a measure for each person, and its denominator."""
        number = progress(measure, self.values, self._share)
        return planes.amounts_of(number, self.size), measure.denominator

    def _share(self, share: Share) -> Number:
        amounts = np.minimum(self.inputs.amount(share.amount), share.needed)
        return [plane & self.values[share.gate] for plane in planes.number_of(amounts)]


@dataclass(frozen=True, eq=False)
class Hoped:
    """The nodes of those who wait for a verification, were it given."""

    places: NDArray[np.int64]
    values: Planes

    def plane(self, node: int, size: int) -> Plane:
        """A node, of nobody but those who wait."""
        found = np.zeros(size, np.uint8)
        found[self.places] = planes.unpacked(self.values[node], len(self.places))
        return planes.packed(found)


def progress(measure: Measure, values: Planes, share: Shares) -> Number:
    """The numerators of a measure as planes; ``share`` gives those of an amount."""
    match measure:
        case Truth():
            return [values[measure.node]]
        case Share():
            return share(measure)
        case Best():
            scaled = [
                (measure.common // member.denominator, progress(member, values, share))
                for member in measure.members
            ]
            return _best(measure, scaled, values[TRUE])


def _best(measure: Best, scaled: Sequence[tuple[int, Number]], shape: Plane) -> Number:
    if measure.needed >= len(scaled):
        return planes.total(scaled) if scaled else []
    if all(isinstance(member, Truth) for member in measure.members):
        return planes.capped(planes.total(scaled), measure.needed, shape)
    return planes.best_of(measure.needed, [planes.total([one]) for one in scaled], shape)


def evaluate_crowd(
    program: GateProgram, crowd: Crowd, *, as_of: date, known_at: datetime | None = None
) -> Answers:
    """The answers for a crowd.

    Time and memory grow with the crowd; a larger one is better evaluated ``crowd.part`` by part.

    Args:
        program: compiled for the program version in focus.
        crowd: who is asked about; also people who are not enrolled in it.
        as_of: what was true on this day.
        known_at: what was known at this instant (UTC); None for everything.
    """
    inputs = Inputs(Reading(program, crowd, as_of, known_at))
    return Answers(program, inputs, work_out(program, inputs.planes), _hoped(inputs))


def _hoped(inputs: Inputs) -> Hoped | None:
    reading = inputs.reading
    hoping = Reading(reading.program, reading.crowd, reading.as_of, reading.known_at, submitted=True)
    places = np.unique(reading.person[hoping.seen & ~reading.seen]).astype(np.int64)
    if not len(places):
        return None
    crowd = reading.crowd.only(places)
    waiting = Reading(reading.program, crowd, reading.as_of, reading.known_at, submitted=True)
    return Hoped(places, work_out(reading.program, Inputs(waiting).planes))
