"""Long lists in parts, so that every page stays small."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from web.forms import Form

T = TypeVar("T")
MOST_DIGITS = 9


@dataclass(frozen=True)
class Part(Generic[T]):
    """One part of a list: the `number`-th of `parts`, counted from 1; `total` is the length of the whole."""

    items: Sequence[T]
    number: int
    parts: int
    total: int


def part_of(items: Sequence[T], number: int, size: int) -> Part[T]:
    """Give a part of `size` items; a number that is too low or too high gives the first or the last."""
    parts = max(1, -(-len(items) // size))
    number = min(max(number, 1), parts)
    return Part(items[size * (number - 1) : size * number], number, parts, len(items))


def part_asked(form: Form) -> int:
    """Give which part an address asks for; what cannot be read asks for the first."""
    text = form.text("part")
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 1
