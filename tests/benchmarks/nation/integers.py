"""A peer without any library: whole numbers of plain Python, a bit a person."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.nation.bits import Bits, Flags
from tests.benchmarks.nation.gates import Gate, Rules
from tests.benchmarks.nation.peers import Results


@dataclass(frozen=True)
class Rows:
    """A whole number for every leaf: bit p is person p."""

    rules: Rules
    people: int
    leaves: list[int]


@dataclass(frozen=True)
class Planes:
    """A whole number for every output, and for each progress one for every binary digit, the lowest first."""

    outputs: list[int]
    progress: list[list[int]]


class Integers:
    """Bits in whole numbers; counts are added up digit by digit for everybody at once."""

    name = "Python, whole numbers as bits"

    def load(self, rules: Rules, columns: Bits) -> Rows:
        leaves = [int.from_bytes(row.tobytes(), "little") for row in columns.words]
        return Rows(rules, columns.people, leaves)

    def evaluate(self, loaded: Rows) -> Planes:
        everybody = (1 << loaded.people) - 1
        values = list(loaded.leaves)
        for gate in loaded.rules.gates:
            values.append(_work_out(gate, values, everybody))
        progress = [
            digits((weight, values[signal]) for signal, weight in one.members)
            for one in loaded.rules.progress.values()
        ]
        return Planes([values[signal] for signal in loaded.rules.outputs], progress)

    def results(self, loaded: Rows, answer: Planes) -> Results:
        flags = np.array([_flags(row, loaded.people) for row in answer.outputs])
        progress = np.zeros((len(answer.progress), loaded.people), np.int64)
        for row, planes in zip(progress, answer.progress, strict=True):
            for digit, plane in enumerate(planes):
                np.add(row, _flags(plane, loaded.people).astype(np.int64) << digit, out=row)
        return Results(flags, progress)


def _work_out(gate: Gate, values: list[int], everybody: int) -> int:
    first, *others = (values[read] for read in gate.inputs)
    if gate.needed == 1:
        for other in others:
            first |= other
        return first
    if gate.needed == len(gate.inputs):
        for other in others:
            first &= other
        return first
    return reaches(gate.needed, digits((1, values[read]) for read in gate.inputs), everybody)


def digits(weighted: Iterable[tuple[int, int]]) -> list[int]:
    """The binary digits of everybody's sum of weights, the lowest first."""
    waiting: list[deque[int]] = []
    for weight, row in weighted:
        for digit in range(weight.bit_length()):
            while len(waiting) <= digit:
                waiting.append(deque())
            if weight >> digit & 1:
                waiting[digit].append(row)
    found = []
    for digit, rows in enumerate(waiting):
        while len(rows) > 1:
            a, b = rows.popleft(), rows.popleft()
            c = rows.popleft() if rows else 0
            either = a ^ b
            rows.append(either ^ c)
            carry = (a & b) | (either & c)
            if carry:
                if len(waiting) == digit + 1:
                    waiting.append(deque())
                waiting[digit + 1].append(carry)
        found.append(rows[0] if rows else 0)
    return found


def reaches(needed: int, planes: list[int], everybody: int) -> int:
    """Who has a sum of ``needed`` or more."""
    if needed >> len(planes):
        return 0
    found = everybody
    for digit, plane in enumerate(planes):
        found = plane & found if needed >> digit & 1 else plane | found
    return found


def _flags(row: int, people: int) -> Flags:
    plain = np.frombuffer(row.to_bytes(-(-people // 8), "little"), np.uint8)
    return np.unpackbits(plain, count=people, bitorder="little").view(np.bool_)
