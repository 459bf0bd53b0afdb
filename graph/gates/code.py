"""Code for planes: the operations that the wanted values need, each with the rows it reads and writes.

Rows are given again once nobody reads them any more, so that a block of people stays in the cache.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.gates.program import FALSE, FIRST_INPUT, TRUE
from graph.gates.words import Kind, Operation, Value, Writer

Planes = NDArray[np.uint64]

BLOCK = 8192
"""Words worked on at once: 524,288 people."""

EVERYBODY = np.uint64(2**64 - 1)
UFUNCS: dict[Kind, Any] = {
    Kind.BOTH: np.bitwise_and,
    Kind.EITHER: np.bitwise_or,
    Kind.DIFFER: np.bitwise_xor,
    Kind.SET: np.bitwise_or,
}


class Instruction(NamedTuple):
    """What to do with two rows, and the row for the result."""

    work: Any
    one: int
    two: int
    result: int


class Stretch(NamedTuple):
    """Instructions in order; with ``cells``, repeated until none of those rows changes."""

    instructions: tuple[Instruction, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Code:
    """Code from input planes to wanted planes.

    Attributes:
        inputs: how many input planes there are; rows 0 and 1 hold the constants, theirs come next.
        rows: how many rows there are.
        wanted: the row of each wanted plane, in order. Those that are worked out have a row of their own, so that
            they are written where they belong.
    """

    inputs: int
    rows: int
    stretches: tuple[Stretch, ...]
    wanted: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many instructions there are."""
        return sum(len(stretch.instructions) for stretch in self.stretches)

    def run(self, inputs: Planes, block: int = BLOCK) -> Planes:
        """The wanted planes of the people of the inputs."""
        words = inputs.shape[1]
        found = np.empty((len(self.wanted), words), np.uint64)
        first = FIRST_INPUT + self.inputs
        places = {row: at for at, row in enumerate(self.wanted) if row >= first}
        scratch = [row for row in (FALSE, TRUE, *range(first, self.rows)) if row not in places]
        work = dict(zip(scratch, np.empty((len(scratch), min(block, words)), np.uint64), strict=True))
        work[FALSE][:] = 0
        work[TRUE][:] = EVERYBODY
        for start in range(0, words, block):
            part = slice(start, min(start + block, words))
            rows: list[Any] = [None] * self.rows
            rows[FIRST_INPUT:first] = inputs[:, part]
            for row, whole in work.items():
                rows[row] = whole[: part.stop - start]
            for row, at in places.items():
                rows[row] = found[at, part]
            self._run(rows)
            for at, row in enumerate(self.wanted):
                if places.get(row) != at:
                    found[at, part] = rows[row]
        return found

    def _run(self, rows: list[Any]) -> None:
        for stretch in self.stretches:
            if stretch.cells:
                _repeat(stretch, rows)
            else:
                _do(stretch.instructions, rows)


def _do(instructions: Sequence[Instruction], rows: list[Any]) -> None:
    for work, one, two, result in instructions:
        work(rows[one], rows[two], rows[result])


def _repeat(stretch: Stretch, rows: list[Any]) -> None:
    """Each round at least one bit changes, from false to true."""
    for cell in stretch.cells:
        rows[cell][:] = 0
    changed = True
    while changed:
        before = [rows[cell].copy() for cell in stretch.cells]
        _do(stretch.instructions, rows)
        after = (rows[cell] for cell in stretch.cells)
        changed = not all(map(np.array_equal, before, after))


def assemble(writer: Writer, wanted: Sequence[Value]) -> Code:
    """The code for the wanted values of what was written."""
    return _Assembler(writer, wanted).code()


class _Assembler:
    """Drops what nobody wants, and gives every result a row until its last reader has run."""

    def __init__(self, writer: Writer, wanted: Sequence[Value]) -> None:
        self._writer = writer
        self._wanted = wanted
        self._used = self._needed()
        self._last = self._last_reads()
        self._row = {value: value for value in range(writer.first)}
        self._free: list[int] = []
        self._rows = writer.first

    def code(self) -> Code:
        stretches = []
        for start, stop, knot in self._ranges():
            cells = [self._place(at) for at in range(start, stop) if self._is(at, Kind.CELL)]
            found = tuple(self._instructions(start, stop))
            stretches.append(Stretch(found, tuple(cells) if knot else ()))
        return Code(
            self._writer.first - FIRST_INPUT,
            self._rows,
            tuple(stretches),
            tuple(self._row[value] for value in self._wanted),
        )

    def _ranges(self) -> Iterator[tuple[int, int, bool]]:
        at = 0
        for start, stop in self._writer.knots:
            yield at, start, False
            yield start, stop, True
            at = stop
        yield at, len(self._writer.operations), False

    def _instructions(self, start: int, stop: int) -> Iterator[Instruction]:
        for at in range(start, stop):
            operation = self._writer.operations[at]
            if at not in self._used or operation.kind is Kind.CELL:
                continue
            one, two = self._row[operation.one], self._row[operation.two]
            for value in {operation.one, operation.two}:
                self._release(value, at)
            if operation.kind is Kind.SET:
                yield Instruction(UFUNCS[Kind.SET], two, two, one)
            else:
                yield Instruction(UFUNCS[operation.kind], one, two, self._place(at))

    def _place(self, at: int) -> int:
        value = self._writer.first + at
        if self._free:
            self._row[value] = self._free.pop()
        else:
            self._row[value] = self._rows
            self._rows += 1
        return self._row[value]

    def _release(self, value: Value, at: int) -> None:
        if value >= self._writer.first and self._last.get(value) == at:
            self._free.append(self._row[value])

    def _is(self, at: int, kind: Kind) -> bool:
        return at in self._used and self._writer.operations[at].kind is kind

    def _needed(self) -> set[int]:
        """The operations that the wanted values rest on; a cell needs what it is set to."""
        first, operations = self._writer.first, self._writer.operations
        setting = {op.one: at for at, op in enumerate(operations) if op.kind is Kind.SET}
        stack = [value - first for value in self._wanted if value >= first]
        found = set(stack)
        while stack:
            at = stack.pop()
            reads = [value - first for value in _reads(operations[at]) if value >= first]
            if operations[at].kind is Kind.CELL:
                reads.append(setting[first + at])
            fresh = [read for read in reads if read not in found]
            found.update(fresh)
            stack += fresh
        return found

    def _last_reads(self) -> dict[Value, int]:
        """The place of each value's last reader; cells, and what a knot reads from before it, are kept for good."""
        begins = {at: start for start, stop in self._writer.knots for at in range(start, stop)}
        last: dict[Value, int] = {}
        for at in sorted(self._used):
            for value in _reads(self._writer.operations[at]):
                repeated = value - self._writer.first < begins.get(at, 0)
                last[value] = max(last.get(value, -1), _NEVER if repeated else at)
        cells = [self._writer.first + at for at in self._used if self._is(at, Kind.CELL)]
        return last | dict.fromkeys([*self._wanted, *cells], _NEVER)


_NEVER = 1 << 60
"""Later than every place: the row is not given again."""


def _reads(operation: Operation) -> tuple[Value, ...]:
    return () if operation.kind is Kind.CELL else (operation.one, operation.two)
