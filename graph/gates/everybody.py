"""Every answer for many people at once: the gates of one program over planes of people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.evaluating import State
from graph.facts import Status
from graph.gates.code import Planes
from graph.gates.coding import code_of, pending_code_of
from graph.gates.columns import STATUSES, Crowd
from graph.gates.dating import Dating
from graph.gates.packing import WORD, Number, Plane, amounts_of, count, number_of, packed, unpacked, words_of
from graph.gates.program import Amount, GateProgram, Measure, Minutes, Reached, Registered, Share, Source
from graph.gates.reading import Amounts, Reading

STATES = tuple(State)
"""States by their number in ``Answers.state``."""


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

    def planes(self, shares: Sequence[Share] = ()) -> Planes:
        """The planes that code of the program asks for: the program's inputs, then the digits of amounts."""
        program = self.reading.program
        width = len(program.inputs) + sum(share.needed.bit_length() for share in shares)
        found = np.zeros((width, words_of(self.size)), np.uint64)
        bits = np.empty(found.shape[1] * WORD, np.uint8)
        for plane, source in zip(found, program.inputs, strict=False):
            self._read(source, plane, bits)
        digits = (digit for share in shares for digit in self._digits(share))
        for plane, digit in zip(found[len(program.inputs) :], digits, strict=True):
            plane[:] = digit
        return found

    def _read(self, source: Source, plane: Plane, bits: NDArray[np.uint8]) -> None:
        """Set the bits of those for whom an input is true."""
        if isinstance(source, Reached):
            plane[:] = packed(self.amount(source.amount) >= source.needed)
        elif isinstance(source, Registered):
            plane[:] = packed(self.reading.registered(source.program))
        elif len(rows := self.reading.proving(source)):
            bits[:] = 0
            bits[self.reading.person[rows]] = 1
            plane[:] = packed(bits)

    def _digits(self, share: Share) -> Number:
        amounts = np.minimum(self.amount(share.amount), share.needed)
        return number_of(amounts, share.needed.bit_length())


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers for a crowd as of a day, people in their order.

    States and progress are worked out when asked for. Numerators are machine integers, or Python's own where they
    could be too large for those.
    """

    program: GateProgram
    size: int
    planes: Planes
    hoped: Planes | None

    def holds(self, node: int) -> NDArray[np.bool_]:
        """For each person whether a node of the program holds."""
        return unpacked(self._plane(node), self.size)

    def _plane(self, node: int) -> Plane:
        plane: Plane = self.planes[code_of(self.program).nodes[node]]
        return plane

    @cached_property
    def _everybody(self) -> Plane:
        return packed(np.ones(self.size, np.uint8))

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
        plane = self._plane
        if kind == "competency":
            competency = self.program.competencies[key]
            yield State.MET, plane(competency.met)
            yield State.WAIVED, plane(competency.waived)
            yield State.LAPSED, plane(competency.lasting)
            yield from self._pending(competency.met)
            yield State.READY, plane(competency.ready)
        else:
            credential = self.program.credentials[key]
            yield State.HELD, plane(credential.current)
            yield State.EXPIRED, plane(credential.held)
            yield State.WAIVED, plane(credential.waived)
            yield from self._pending(credential.held)
            yield State.IN_PROGRESS, plane(credential.begun)
            yield State.READY, plane(credential.ready)

    def _pending(self, node: int) -> Iterator[tuple[State, Plane]]:
        if self.hoped is not None:
            yield State.PENDING, self.hoped[pending_code_of(self.program).nodes[node]]

    def state(self, kind: str, key: str) -> NDArray[np.uint8]:
        """For each person the state of an item, as its number in ``STATES``."""
        found = np.zeros(self.size, np.uint8)
        for state, plane in self.states(kind, key):
            found[unpacked(plane, self.size)] = STATES.index(state)
        return found

    def counts(self, kind: str, key: str) -> dict[State, int]:
        """How many people an item is in each state for; states of nobody are left out."""
        found = {state: count(plane) for state, plane in self.states(kind, key)}
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
        return (np.zeros(self.size, np.int64), 1) if done is None else self._measured(done[1])

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
        return (self.holds(node).astype(np.int64), 1) if measure is None else self._measured(measure)

    def _measured(self, measure: Measure) -> tuple[NDArray[Any], int]:
        """The numerator of a measure for each person, and its denominator."""
        digits = [self.planes[at] for at in code_of(self.program).digits[measure]]
        return amounts_of(digits, self.size), measure.denominator


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
    reading = Reading(program, crowd, as_of, known_at)
    code, pending = code_of(program), pending_code_of(program)
    planes = code.code.run(Inputs(reading).planes(code.shares))
    hoped = None
    if (crowd.facts["status"] == STATUSES.index(Status.SUBMITTED)).any():
        hoped = pending.code.run(Inputs(replace(reading, submitted=True)).planes())
    return Answers(program, crowd.size, planes, hoped)
