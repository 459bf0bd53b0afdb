"""Every answer for many people at once: the gates of one program over planes of people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.evaluating import State
from graph.gates.code import Planes
from graph.gates.coding import ProgramCode, code_of, pending_code_of
from graph.gates.columns import Crowd
from graph.gates.dating import Dating
from graph.gates.packing import WORD, Number, Plane, amounts_of, count, number_of, packed, unpacked, words_of
from graph.gates.program import (
    Amount,
    GateProgram,
    Measure,
    Minutes,
    Months,
    Reached,
    Registered,
    Share,
    Source,
)
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
        for plane, source in self._asked(found):
            self._read(source, plane)
        digits = (digit for share in shares for digit in self._digits(share))
        for plane, digit in zip(found[len(program.inputs) :], digits, strict=True):
            plane[:] = digit
        return found

    def verify(self, planes: Planes) -> None:
        """Turn the planes of the program's inputs into those that they were, had all that waits been verified."""
        hoping = replace(self.reading, submitted=True)
        everything, more = Inputs(hoping), hoping.valid & ~self.reading.valid
        takes_out = bool((self.reading.valid & ~hoping.valid).any())
        for plane, source in self._asked(planes):
            if _is_by_registration(source):
                continue
            if takes_out or isinstance(source, Reached) or hoping.is_replaced(source):
                plane[:] = 0
                everything._read(source, plane)
            else:
                self._prove(source, plane, more)

    def _asked(self, planes: Planes) -> Iterator[tuple[Plane, Source]]:
        """The inputs that the crowd can have shown, with their planes; most are about other trades."""
        return ((planes[at], self.reading.program.inputs[at]) for at in self._shown)

    @cached_property
    def _shown(self) -> list[int]:
        inputs = self.reading.program.inputs
        return [at for at, source in enumerate(inputs) if self.reading.is_shown(source)]

    def _read(self, source: Source, plane: Plane) -> None:
        """Set the bits of those for whom an input is true."""
        if isinstance(source, Reached):
            plane |= packed(self.amount(source.amount) >= source.needed)
        elif isinstance(source, Registered):
            plane |= packed(self.reading.registered(source.program))
        else:
            self._prove(source, plane, self.reading.valid)

    def _prove(self, source: Source, plane: Plane, counted: NDArray[np.bool_]) -> None:
        """Set the bits of those of whom a fact that counts makes an input true."""
        if len(rows := self.reading.proving(source, counted)):
            self._bits[:] = 0
            self._bits[self.reading.person.take(rows)] = 1
            plane |= packed(self._bits)

    @cached_property
    def _bits(self) -> NDArray[np.uint8]:
        return np.empty(words_of(self.size) * WORD, np.uint8)

    def _digits(self, share: Share) -> Number:
        amounts = np.minimum(self.amount(share.amount), share.needed)
        return number_of(amounts, share.needed.bit_length())


def _is_by_registration(source: Source) -> bool:
    """Whether no fact, only registrations decide an input."""
    if isinstance(source, Reached):
        return isinstance(source.amount, Months) and source.amount.step is None
    return isinstance(source, Registered)


@dataclass(frozen=True, eq=False)
class Found:
    """What code gave."""

    code: ProgramCode
    planes: Planes

    def plane(self, node: int) -> Plane:
        """A node of the program."""
        plane: Plane = self.planes[self.code.nodes[node]]
        return plane

    def is_somebody(self, node: int) -> bool:
        """Tell whether a node holds for anybody."""
        return self._somebody[self.code.nodes[node]]

    @cached_property
    def _somebody(self) -> list[bool]:
        return list(map(bool, np.atleast_1d(self.planes.any(axis=1))))


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers for a crowd as of a day, people in their order.

    States and progress are worked out when asked for. Numerators are machine integers, or Python's own where they
    could be too large for those.

    Attributes:
        hoped: the same had all that waits been verified; None where nothing waits.
    """

    program: GateProgram
    size: int
    found: Found
    hoped: Found | None

    def holds(self, node: int) -> NDArray[np.bool_]:
        """For each person whether a node of the program holds."""
        return unpacked(self.found.plane(node), self.size)

    @cached_property
    def everybody(self) -> Plane:
        """The plane of all people."""
        return packed(np.ones(self.size, np.uint8))

    # items

    def states(self, kind: str, key: str) -> Iterator[tuple[State, Plane]]:
        """The states of an item that anybody is in by rule, each with the plane of those who are."""
        left = self.everybody
        for state, node in self._ranked(kind, key):
            found = self.hoped if state is State.PENDING else self.found
            if found is not None and found.is_somebody(node):
                these = left & found.plane(node)
                yield state, these
                left = left ^ these
        yield State.LOCKED, left

    def _ranked(self, kind: str, key: str) -> Iterable[tuple[State, int]]:
        """What decides the state of an item, the first that is true; `graph.evaluating` has the same order."""
        if kind == "competency":
            competency = self.program.competencies[key]
            return (
                (State.MET, competency.met),
                (State.WAIVED, competency.waived),
                (State.LAPSED, competency.lasting),
                (State.PENDING, competency.met),
                (State.READY, competency.ready),
            )
        credential = self.program.credentials[key]
        return (
            (State.HELD, credential.current),
            (State.EXPIRED, credential.held),
            (State.WAIVED, credential.waived),
            (State.PENDING, credential.held),
            (State.IN_PROGRESS, credential.begun),
            (State.READY, credential.ready),
        )

    def state(self, kind: str, key: str) -> NDArray[np.uint8]:
        """For each person the state of an item, as its number in ``STATES``."""
        *told, (rest, _) = self.states(kind, key)
        number = STATES.index(rest)
        found = np.full(self.size, number, np.uint8)
        for state, plane in told:
            found ^= unpacked(plane, self.size).view(np.uint8) * np.uint8(number ^ STATES.index(state))
        return found

    def counts(self, kind: str, key: str) -> dict[State, int]:
        """How many people an item is in each state for; states of nobody are left out."""
        *told, (rest, _) = self.states(kind, key)
        found = {state: count(plane) for state, plane in told}
        found[rest] = self.size - sum(found.values())
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
        digits = [self.found.planes[at] for at in self.found.code.digits[measure]]
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
    code, pending = code_of(program), pending_code_of(program)
    inputs = Inputs(Reading(program, crowd, as_of, known_at))
    planes = inputs.planes(code.shares)
    found, hoped = Found(code, code.code.run(planes)), None
    if crowd.is_waiting:
        inputs.verify(planes)
        hoped = Found(pending, pending.code.run(planes[: len(program.inputs)]))
    return Answers(program, crowd.size, found, hoped)
