"""Planes of people: one bit of everybody, 64 people in each word.

A number is a list of planes, the least significant first.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.uint64]
Number: TypeAlias = Sequence[Plane]

WORD = 64
WIDEST = 62
"""Bits that a signed machine word holds with room to add."""


def words_of(size: int) -> int:
    """How many words hold a bit of so many people."""
    return -(-size // WORD)


def packed(bits: NDArray[Any]) -> Plane:
    """The planes of truth values or bytes 0 and 1, people along the last axis."""
    width = words_of(bits.shape[-1]) * 8
    octets = np.packbits(bits, axis=-1, bitorder="little")
    if octets.shape[-1] < width:
        whole = np.zeros((*octets.shape[:-1], width), np.uint8)
        whole[..., : octets.shape[-1]] = octets
        octets = whole
    return octets.view("<u8")


def unpacked(plane: Plane, size: int) -> NDArray[np.bool_]:
    """The truth values of the first ``size`` people."""
    bits: NDArray[Any] = np.unpackbits(plane.view(np.uint8), axis=-1, count=size, bitorder="little")
    return bits.view(np.bool_)


def number_of(amounts: NDArray[np.int64], width: int) -> Number:
    """The number of each person's amount, none of them below 0 or of more than ``width`` bits."""
    octets = amounts.astype("<i8").view(np.uint8).reshape(-1, 8)[:, : (width + 7) // 8].T.copy()
    return [packed(octets[place >> 3] & np.uint8(1 << (place & 7))) for place in range(width)]


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
