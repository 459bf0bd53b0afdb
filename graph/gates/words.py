"""Word operations: what is done to planes of people, written down once and then run over block after block.

A value is one bit of everybody. Numbers are lists of values, the least significant first; sums are exact however large
they grow. Equal operations are written once, and what only constants decide is not written at all.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, TypeAlias

from graph.gates.program import FALSE, TRUE

Value: TypeAlias = int
Number: TypeAlias = list[Value]

FULL = 3
"""Inputs of a full adder."""


class Kind(IntEnum):
    """What an operation does with its two values; ``CELL`` does nothing, ``SET`` puts the second into the first."""

    BOTH = 0
    EITHER = 1
    DIFFER = 2
    CELL = 3
    SET = 4


class Operation(NamedTuple):
    """One operation on two values."""

    kind: Kind
    one: Value
    two: Value


@dataclass
class Writer:
    """Writes operations; values are numbered: the two constants, the inputs, then each operation's result.

    Attributes:
        first: the number of the first operation's result.
        knots: half-open ranges of operations that are repeated until no cell among them changes.
    """

    first: int
    operations: list[Operation] = field(default_factory=list)
    knots: list[tuple[int, int]] = field(default_factory=list)
    _known: dict[Operation, Value] = field(default_factory=dict)

    def both(self, one: Value, two: Value) -> Value:
        """True where both are."""
        if FALSE in (one, two):
            return FALSE
        if TRUE in (one, two):
            return one if two == TRUE else two
        return one if one == two else self._write(Kind.BOTH, one, two)

    def either(self, one: Value, two: Value) -> Value:
        """True where at least one is."""
        if TRUE in (one, two):
            return TRUE
        if FALSE in (one, two):
            return one if two == FALSE else two
        return one if one == two else self._write(Kind.EITHER, one, two)

    def differ(self, one: Value, two: Value) -> Value:
        """True where exactly one is."""
        if FALSE in (one, two):
            return one if two == FALSE else two
        return FALSE if one == two else self._write(Kind.DIFFER, one, two)

    def opposite(self, one: Value) -> Value:
        """True where the value is not."""
        return TRUE if one == FALSE else self.differ(one, TRUE)

    def cell(self) -> Value:
        """A value that is set later; it is false when its knot begins."""
        return self._append(Operation(Kind.CELL, FALSE, FALSE))

    def put(self, cell: Value, value: Value) -> None:
        """Set a cell."""
        self._append(Operation(Kind.SET, cell, value))

    def _write(self, kind: Kind, one: Value, two: Value) -> Value:
        operation = Operation(kind, min(one, two), max(one, two))
        if operation not in self._known:
            self._known[operation] = self._append(operation)
        return self._known[operation]

    def _append(self, operation: Operation) -> Value:
        self.operations.append(operation)
        return self.first + len(self.operations) - 1

    # gates and sums

    def gate(self, needed: int, inputs: Sequence[Value]) -> Value:
        """True where ``needed`` or more of the inputs are."""
        if needed == 1:
            return self._joined(inputs, self.either)
        if needed == len(inputs):
            return self._joined(inputs, self.both)
        return self.at_least(self.total((1, [value]) for value in inputs), needed)

    def _joined(self, inputs: Sequence[Value], join: Callable[[Value, Value], Value]) -> Value:
        found, *others = inputs
        for value in others:
            found = join(found, value)
        return found

    def total(self, terms: Iterable[tuple[int, Number]]) -> Number:
        """The sum of ``weight`` times ``number`` over all terms, carries saved until the end."""
        columns: dict[int, deque[Value]] = {}
        for weight, number in terms:
            for shift in range(weight.bit_length()):
                if weight >> shift & 1:
                    for place, value in enumerate(number, shift):
                        if value != FALSE:
                            columns.setdefault(place, deque()).append(value)
        found: Number = []
        while columns:
            column = columns.pop(len(found), deque())
            carries = [carry for carry in self._compress(column) if carry != FALSE]
            if carries:
                columns.setdefault(len(found) + 1, deque()).extend(carries)
            found.append(column[0] if column else FALSE)
        return found

    def _compress(self, column: deque[Value]) -> list[Value]:
        """Add up what stands in one column until one value is left; give what is carried to the next."""
        carries = []
        while len(column) >= FULL:
            one, two, three = column.popleft(), column.popleft(), column.popleft()
            half = self.differ(one, two)
            carries.append(self.either(self.both(one, two), self.both(half, three)))
            column.append(self.differ(half, three))
        if len(column) > 1:
            one, two = column.popleft(), column.popleft()
            carries.append(self.both(one, two))
            column.append(self.differ(one, two))
        return carries

    def at_least(self, number: Number, needed: int) -> Value:
        """Where a number is ``needed`` or more."""
        if needed.bit_length() > len(number):
            return FALSE if needed > 0 else TRUE
        found = TRUE
        for place, value in enumerate(number):
            found = self.both(found, value) if needed >> place & 1 else self.either(found, value)
        return found

    def capped(self, number: Number, most: int) -> Number:
        """The number, or ``most`` where it is more."""
        over = self.at_least(number, most)
        under = self.opposite(over)
        return [
            self.either(self.both(value, under), over) if most >> place & 1 else self.both(value, under)
            for place, value in enumerate(number[: most.bit_length()])
        ]

    def best_of(self, needed: int, members: Sequence[Number]) -> Number:
        """The sum of the largest ``needed`` of the members."""
        left = list(members)
        largest = left if needed >= len(left) else []
        while len(largest) < min(needed, len(members)):
            top = left.pop()
            for place, other in enumerate(left):
                top, left[place] = self._sorted(top, other)
            largest.append(top)
        return self.total((1, number) for number in largest)

    def _sorted(self, one: Number, two: Number) -> tuple[Number, Number]:
        """The larger and the smaller of two numbers."""
        width = max(len(one), len(two))
        pairs = list(zip(*([*n, *[FALSE] * (width - len(n))] for n in (one, two)), strict=True))
        larger = TRUE
        for a, b in pairs:  # the most significant difference decides last
            same = self.opposite(self.differ(a, b))
            larger = self.either(self.both(larger, same), self.both(a, self.opposite(b)))
        smaller = self.opposite(larger)
        return (
            [self.either(self.both(a, larger), self.both(b, smaller)) for a, b in pairs],
            [self.either(self.both(a, smaller), self.both(b, larger)) for a, b in pairs],
        )
