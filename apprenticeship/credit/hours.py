"""Which entries of hours reach a number of hours: minimal sets, the largest entries first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from apprenticeship.credit.circuit import Logged, Mask, pieces_of

STEPS = 2_000
STEPS_AN_ENTRY = 4


def hour_sets(logged: Logged, allowed: Mask, most: int) -> tuple[list[Mask], bool]:
    """(minimal sets of entries that reach the hours, whether there may be more than those)."""
    if logged.needed <= 0:
        return [0], False
    book = _book(logged, allowed)
    everything = sum(book.parts)
    if not book.reaches(everything):
        return [], False
    found, complete = _search(book, most)
    if complete:
        return found, False
    extremes = (_thinned(book, everything, pieces) for pieces in _orders(everything))
    return list(dict.fromkeys([*found, *extremes])), True


@dataclass(frozen=True)
class _Book:
    """Entries, the largest first, each with the minutes it has in each pool."""

    needed: int
    rooms: tuple[int | None, ...]
    parts: dict[Mask, tuple[tuple[int, int], ...]]

    def sums(self, evidence: Mask) -> list[int]:
        """Minutes by pool, before the caps."""
        sums = [0] * len(self.rooms)
        for piece in pieces_of(evidence):
            for pool, minutes in self.parts[piece]:
                sums[pool] += minutes
        return sums

    def total(self, sums: Sequence[int]) -> int:
        """Minutes that count."""
        return sum(map(_counted, sums, self.rooms))

    def loss(self, sums: Sequence[int], piece: Mask) -> int:
        """Minutes that no longer count once an entry is left out."""
        return sum(
            _counted(sums[pool], self.rooms[pool]) - _counted(sums[pool] - minutes, self.rooms[pool])
            for pool, minutes in self.parts[piece]
        )

    def reaches(self, evidence: Mask) -> bool:
        """Whether a set of entries is enough."""
        return self.total(self.sums(evidence)) >= self.needed

    def without(self, sums: Sequence[int], piece: Mask) -> list[int]:
        """The sums once an entry is left out."""
        left = list(sums)
        for pool, minutes in self.parts[piece]:
            left[pool] -= minutes
        return left

    def with_(self, sums: Sequence[int], piece: Mask) -> list[int]:
        """The sums once an entry is added."""
        more = list(sums)
        for pool, minutes in self.parts[piece]:
            more[pool] += minutes
        return more


def _counted(minutes: int, room: int | None) -> int:
    return minutes if room is None or minutes < room else room


def _book(logged: Logged, allowed: Mask) -> _Book:
    parts: dict[Mask, Counter[int]] = {}
    for number, pool in enumerate(logged.pools):
        for piece, minutes in pool.minutes:
            if piece & allowed and minutes:
                parts.setdefault(piece, Counter())[number] += minutes
    largest = {piece: max(found.values()) for piece, found in parts.items()}
    ordered = sorted(parts, key=lambda piece: (-largest[piece], -piece))
    rooms = tuple(pool.room for pool in logged.pools)
    return _Book(logged.needed, rooms, {piece: tuple(parts[piece].items()) for piece in ordered})


def _search(book: _Book, most: int) -> tuple[list[Mask], bool]:
    """Take or leave entry after entry; a set is kept when it reaches the hours and needs every entry."""
    entries = list(book.parts)
    rest = _rests(book, entries)
    limit = STEPS + STEPS_AN_ENTRY * len(entries)
    found: list[Mask] = []
    stack: list[tuple[int, Mask, list[int]]] = [(0, 0, [0] * len(book.rooms))]
    for _ in range(limit):
        if not stack:
            return found, True
        if len(found) == most:
            break
        place, chosen, sums = stack.pop()
        spare = book.total(sums) - book.needed
        if spare >= 0:
            if all(book.loss(sums, piece) > spare for piece in pieces_of(chosen)):
                found.append(chosen)
            continue
        possible = [done + left for done, left in zip(sums, rest[place], strict=True)]
        if book.total(possible) >= book.needed:
            piece = entries[place]
            stack.append((place + 1, chosen, sums))
            stack.append((place + 1, chosen | piece, book.with_(sums, piece)))
    return found, False


def _rests(book: _Book, entries: Sequence[Mask]) -> list[list[int]]:
    """For every place the sums of the entries from there on."""
    rest = [[0] * len(book.rooms)]
    for piece in reversed(entries):
        rest.append(book.with_(rest[-1], piece))
    return rest[::-1]


def _orders(evidence: Mask) -> tuple[list[Mask], list[Mask]]:
    late_first = list(pieces_of(evidence))
    return late_first, late_first[::-1]


def _thinned(book: _Book, evidence: Mask, order: Sequence[Mask]) -> Mask:
    """A minimal set: entries are left out in an order, as long as the rest is enough."""
    sums = book.sums(evidence)
    spare = book.total(sums) - book.needed
    for piece in order:
        loss = book.loss(sums, piece)
        if loss <= spare:
            sums, evidence, spare = book.without(sums, piece), evidence & ~piece, spare - loss
    return evidence
