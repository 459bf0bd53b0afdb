"""Numbers of many people at once, a bit of 64 people in each word.

A plane holds one bit of everybody; a number is a list of planes, the least significant first. Sums are exact however
large they grow, and cost a few word operations for each plane.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.uint64]
Number: TypeAlias = list[Plane]

WORD = 64
EVERYBODY = np.uint64(2**WORD - 1)
FULL = 3
"""Inputs of a full adder."""

WIDEST = 62
"""Bits that a signed machine word holds with room to add."""


def total(terms: Iterable[tuple[int, Number]]) -> Number:
    """The sum of ``weight`` times ``number`` over all terms, carries saved until the end; an empty list is 0."""
    columns: dict[int, deque[Plane]] = {}
    for weight, number in terms:
        for shift in _bits(weight):
            for place, plane in enumerate(number, shift):
                columns.setdefault(place, deque()).append(plane)
    found: Number = []
    place = 0
    while columns:
        column = columns.pop(place, deque())
        carries = _compress(column)
        if carries:
            columns.setdefault(place + 1, deque()).extend(carries)
        found.append(column[0] if column else np.zeros_like(found[0] if found else _any(columns)))
        place += 1
    return found


def _bits(weight: int) -> Iterable[int]:
    return (shift for shift in range(weight.bit_length()) if weight >> shift & 1)


def _any(columns: dict[int, deque[Plane]]) -> Plane:
    return next(iter(columns.values()))[0]


def _compress(column: deque[Plane]) -> list[Plane]:
    """Add up what stands in one column until one plane is left; give what is carried to the next."""
    carries = []
    while len(column) >= FULL:
        one, two, three = column.popleft(), column.popleft(), column.popleft()
        half = one ^ two
        carry = one & two
        carry |= half & three
        half ^= three
        column.append(half)
        carries.append(carry)
    if len(column) > 1:
        one, two = column.popleft(), column.popleft()
        column.append(one ^ two)
        carries.append(one & two)
    return carries


def at_least(number: Number, needed: int, shape: Plane) -> Plane:
    """Where a number is ``needed`` or more; ``shape`` is any plane of the same people."""
    if needed <= 0:
        return np.full_like(shape, EVERYBODY)
    if needed.bit_length() > len(number):
        return np.zeros_like(shape)
    found: Plane = np.full_like(shape, EVERYBODY)
    for place, plane in enumerate(number):
        found = found & plane if needed >> place & 1 else found | plane
    return found


def capped(number: Number, most: int, shape: Plane) -> Number:
    """The number, or ``most`` where it is more."""
    if not number:
        return []
    over = at_least(number, most, shape)
    under = ~over
    width = max(most.bit_length(), 1)
    return [
        (plane & under) | over if most >> place & 1 else plane & under
        for place, plane in enumerate(number[:width])
    ]


def best_of(needed: int, members: Sequence[Number], shape: Plane) -> Number:
    """The sum of the largest ``needed`` of the members."""
    if needed >= len(members):
        return total((1, member) for member in members)
    left = list(members)
    largest = []
    for _ in range(needed):
        top = left.pop()
        for place, other in enumerate(left):
            top, left[place] = _sorted(top, other, shape)
        largest.append(top)
    return total((1, number) for number in largest)


def _sorted(one: Number, two: Number, shape: Plane) -> tuple[Number, Number]:
    """The larger and the smaller of two numbers, for each person."""
    width = max(len(one), len(two))
    pairs = list(zip(_widened(one, width, shape), _widened(two, width, shape), strict=True))
    larger: Plane = np.full_like(shape, EVERYBODY)
    for a, b in pairs:  # the most significant difference decides last
        larger = (larger & ~(a ^ b)) | (a & ~b)
    smaller: Plane = ~larger
    return (
        [(a & larger) | (b & smaller) for a, b in pairs],
        [(a & smaller) | (b & larger) for a, b in pairs],
    )


def _widened(number: Number, width: int, shape: Plane) -> Number:
    return [*number, *(np.zeros_like(shape) for _ in range(width - len(number)))]


def words_of(size: int) -> int:
    """How many words hold a bit of so many people."""
    return -(-size // WORD)


def packed(bits: NDArray[Any]) -> Plane:
    """The planes of truth values or bytes 0 and 1, people along the last axis."""
    width = words_of(bits.shape[-1]) * 8
    octets = np.packbits(bits, axis=-1, bitorder="little")
    if octets.shape[-1] < width:
        room = [(0, 0)] * (octets.ndim - 1) + [(0, width - octets.shape[-1])]
        octets = np.pad(octets, room)
    return octets.view("<u8")


def unpacked(plane: Plane, size: int) -> NDArray[np.bool_]:
    """The truth values of the first ``size`` people."""
    bits: NDArray[Any] = np.unpackbits(plane.view(np.uint8), axis=-1, count=size, bitorder="little")
    return bits.view(np.bool_)


def number_of(amounts: NDArray[np.int64]) -> Number:
    """The number of each person's amount, none of them below 0."""
    width = int(amounts.max(initial=0)).bit_length()
    return [packed(((amounts >> place) & 1).astype(np.uint8)) for place in range(width)]


def amounts_of(number: Number, size: int) -> NDArray[Any]:
    """Each person's amount: machine integers, or Python's own where they are too wide for those."""
    if len(number) > WIDEST:
        low, high = amounts_of(number[:WIDEST], size), amounts_of(number[WIDEST:], size)
        wide: NDArray[Any] = low.astype(object) + high.astype(object) * (1 << WIDEST)
        return wide
    found = np.zeros(size, np.int64)
    for place, plane in enumerate(number):
        found += unpacked(plane, size).astype(np.int64) << place
    return found


def count(plane: Plane) -> int:
    """How many people's bits are set; those beyond the last person must not be."""
    return int(np.bitwise_count(plane).sum())
