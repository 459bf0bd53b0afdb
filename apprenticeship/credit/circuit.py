"""A rule as a monotone circuit over pieces of evidence, on one day.

A set of evidence is an integer with one bit for each piece; the piece whose id comes first has the highest bit, so
among sets of one size the larger number is the one whose sorted ids come first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

Mask = int


@dataclass(frozen=True, slots=True)
class Shown:
    """True where the set has any of these pieces."""

    pieces: Mask


@dataclass(frozen=True, slots=True)
class Gate:
    """True where ``needed`` or more inputs are."""

    needed: int
    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Pool:
    """Minutes by piece of one work process; ``room``: what counts of them at most."""

    room: int | None
    minutes: tuple[tuple[Mask, int], ...]

    def total(self, evidence: Mask) -> int:
        """The minutes that count of a set."""
        logged = sum(minutes * (pieces & evidence).bit_count() for minutes, pieces in self._by_length)
        return logged if self.room is None else min(logged, self.room)

    @cached_property
    def _by_length(self) -> tuple[tuple[int, Mask], ...]:
        """The pieces of each length together: years of days have few different ones."""
        found: dict[int, Mask] = defaultdict(int)
        for piece, minutes in self.minutes:
            found[minutes] |= piece
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class Logged:
    """True where the minutes that count add up to ``needed``."""

    needed: int
    pools: tuple[Pool, ...]

    def total(self, evidence: Mask) -> int:
        """The minutes that count of a set."""
        return sum(pool.total(evidence) for pool in self.pools)


Part = Shown | Gate | Logged
ALWAYS = Gate(0, ())


@dataclass
class Circuit:
    """Nodes by number; a node is reserved before it is defined, so that circles can be written down.

    ``timed``: nodes whose truth also depends on when the evidence came; here they are true at least where they hold.
    """

    ids: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    timed: set[int] = field(default_factory=set)
    _orders: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def bit(self, piece: str) -> Mask:
        """The bit of a piece."""
        return 1 << (len(self.ids) - 1 - self._place[piece])

    def __post_init__(self) -> None:
        self._place = {piece: place for place, piece in enumerate(self.ids)}

    def named(self, evidence: Mask) -> tuple[str, ...]:
        """The ids of a set, in order."""
        last = len(self.ids) - 1
        return tuple(piece for place, piece in enumerate(self.ids) if evidence >> (last - place) & 1)

    def reserve(self) -> int:
        """A number for a node still to be defined; until then it never holds."""
        self.parts.append(Shown(0))
        return len(self.parts) - 1

    def add(self, part: Part) -> int:
        """A new node."""
        self.parts.append(part)
        return len(self.parts) - 1

    def gate(self, needed: int, inputs: Iterable[int]) -> int:
        """A node for ``needed`` of the inputs."""
        return self.add(Gate(needed, tuple(inputs)))

    def below(self, root: int) -> tuple[int, ...]:
        """Every node that the root rests on, each after its inputs but for circles; the root last.

        Asked for once all of them are defined.
        """
        if root not in self._orders:
            self._orders[root] = self._order(root)
        return self._orders[root]

    def evidence_below(self, root: int) -> Mask:
        """Every piece that the root looks at."""
        found = 0
        for node in self.below(root):
            part = self.parts[node]
            if isinstance(part, Shown):
                found |= part.pieces
            elif isinstance(part, Logged):
                for pool in part.pools:
                    found = reduce(or_, (piece for piece, _ in pool.minutes), found)
        return found

    def _order(self, root: int) -> tuple[int, ...]:
        found: list[int] = []
        entered: set[int] = set()
        stack = [(root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                found.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))
                stack.extend((at, False) for at in inputs_of(self.parts[node]) if at not in entered)
        return tuple(found)

    def holds(self, order: Sequence[int], evidence: Mask) -> bool:
        """Whether the last node of an order (see ``below``) is true on a set of evidence: the least fixed point."""
        true: set[int] = set()
        changed = True
        while changed:
            changed = False
            for node in order:
                if node not in true and self._holds(node, evidence, true):
                    true.add(node)
                    changed = True
        return order[-1] in true

    def _holds(self, node: int, evidence: Mask, true: set[int]) -> bool:
        part = self.parts[node]
        if isinstance(part, Shown):
            return bool(part.pieces & evidence)
        if isinstance(part, Gate):
            return sum(at in true for at in part.inputs) >= part.needed
        return part.total(evidence) >= part.needed


def inputs_of(part: Part) -> tuple[int, ...]:
    """The nodes that a node reads."""
    return part.inputs if isinstance(part, Gate) else ()


def pieces_of(evidence: Mask) -> Iterator[Mask]:
    """The single pieces of a set, the last id first."""
    while evidence:
        piece = evidence & -evidence
        yield piece
        evidence ^= piece
