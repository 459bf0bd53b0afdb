"""What paths through a graph without circles come to, worked out from place to place and never path by path.

Places are numbered so that each comes after those before it; sets of places are whole numbers with a bit for each.
Counts of paths are exact and may have thousands of digits. Everything takes time in proportion to the edges, times the
size of these numbers.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from graph.edges import Edges, Place, in_order


class CircleError(ValueError):
    """A place comes before itself.

    Attributes:
        circle: the places of one circle, each before the next, the first repeated at the end.
    """

    def __init__(self, circle: Sequence[Place]) -> None:
        super().__init__(" -> ".join(key for _, key in circle))
        self.circle = tuple(circle)


class Paths:
    """A graph by numbers: ``places`` and the ``number`` of each, and for each those ``before`` and ``after`` it.

    Args:
        edges: for every place the places before it, each of them a key as well.
        ordered: the places, each after those before it, where somebody has put them in order already.

    Raises:
        CircleError: a place comes before itself.
    """

    def __init__(self, edges: Edges, ordered: Sequence[Place] | None = None) -> None:
        self.places = in_order(edges) if ordered is None else ordered
        if len(self.places) < len(edges):
            raise CircleError(_circle(edges))
        self._given = list(edges)
        self.number = {place: at for at, place in enumerate(self.places)}
        self.before: list[list[int]] = [[self.number[b] for b in edges[place]] for place in self.places]
        self.after: list[list[int]] = [[] for _ in self.places]
        for at, before in enumerate(self.before):
            for earlier in before:
                self.after[earlier].append(at)

    def blocking(self) -> list[int]:
        """How many places can be reached from each."""
        last = len(self.places) - 1
        found = [0] * len(self.places)
        reached = [0] * len(self.places)  # itself included; counted from the end, so that numbers stay short
        for at in range(last, -1, -1):
            mask = 0
            for later in self.after[at]:
                mask |= reached[later]
            found[at] = mask.bit_count()
            reached[at] = mask | 1 << last - at
        return found

    def delay(self) -> list[int]:
        """Places on the longest path through each, itself included."""
        so_far = _furthest(self.before, range(len(self.places)))
        return [up + down - 1 for up, down in zip(so_far, self._remaining, strict=True)]

    def longest(self) -> tuple[Place, ...]:
        """A longest path; among equals the one whose places come first in the order given, from the start on."""
        remaining = self._remaining
        rank = {self.number[place]: at for at, place in enumerate(self._given)}
        starts = [at for at, before in enumerate(self.before) if not before]
        found: list[int] = []
        while starts:
            longest = max(remaining[at] for at in starts)
            found.append(min((at for at in starts if remaining[at] == longest), key=rank.__getitem__))
            starts = self.after[found[-1]]
        return tuple(self.places[at] for at in found)

    def centrality(self) -> list[int]:
        """The lengths, in places, of all paths from a first to a last place through each; 0 for first and last ones.

        With n paths of l places together that lead to a place (itself included), and m of k that lead on from it, each
        of the n goes with each of the m: l m + k n - n m.
        """
        numbers = range(len(self.places))
        to, on = _counted(self.before, numbers), _counted(self.after, reversed(numbers))
        found = []
        for at in numbers:
            (ways, length), (ways_on, length_on) = to[at], on[at]
            inside = self.before[at] and self.after[at]
            found.append(length * ways_on + (length_on - ways_on) * ways if inside else 0)
        return found

    def gateways(self) -> tuple[list[Place | None], list[int]]:
        """The last place before each through which every path from a first place leads; how many lie behind each.

        These are the immediate dominators of the graph with a root before its first places, and the sizes of the
        subtrees below each.
        """
        masks: list[int] = []
        gateways: list[int] = []
        for at, before in enumerate(self.before):
            common = masks[before[0]] if before else 0
            for earlier in before[1:]:
                common &= masks[earlier]
            gateways.append(common.bit_length() - 1)
            masks.append(common | 1 << at)
        behind = [0] * len(masks)
        for at in range(len(masks) - 1, -1, -1):
            if gateways[at] >= 0:
                behind[gateways[at]] += behind[at] + 1
        return [self.places[gate] if gate >= 0 else None for gate in gateways], behind

    @cached_property
    def _remaining(self) -> list[int]:
        """Places on the longest path from each, itself included."""
        return _furthest(self.after, reversed(range(len(self.places))))


def _furthest(neighbours: Sequence[Sequence[int]], order: Iterable[int]) -> list[int]:
    """Places on the longest path from a place without neighbours to each, both included."""
    found = [1] * len(neighbours)
    for at in order:
        if neighbours[at]:
            found[at] = 1 + max([found[near] for near in neighbours[at]])
    return found


def _counted(neighbours: Sequence[Sequence[int]], order: Iterable[int]) -> list[tuple[int, int]]:
    """(paths, places on them together) from the places without neighbours to each, both included."""
    found = [(1, 1)] * len(neighbours)
    for at in order:
        if neighbours[at]:
            ways, length = 0, 0
            for near in neighbours[at]:
                more, longer = found[near]
                ways += more
                length += longer
            found[at] = ways, ways + length
    return found


def _circle(edges: Edges) -> list[Place]:
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
