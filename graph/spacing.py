"""Columns for an ordered drawing: as straight as possible, nothing overlapping."""

from collections.abc import Callable, Mapping, Sequence

from graph.layering import Cell, Ordering

ROUNDS = 6


def space_layers(ordering: Ordering, width: Callable[[Cell], int], beside: int) -> dict[Cell, int]:
    """Give every cell the x of its middle, in pixels from 0.

    Cells keep their order and stand at least `beside` apart; within that, each layer is the least-squares
    fit to the middles of its neighbours, alternately those above and those below. No layer grows wider than
    the widest one needs to be.

    Args:
        ordering: the layers from left to right.
        width: the width of a cell in pixels.
        beside: the least space between two cells in pixels.
    """
    offsets = [_offsets(layer, width, beside) for layer in ordering.layers]
    room = max((ends[-1] for _, ends in offsets), default=0)
    middle: dict[Cell, float] = {}
    for layer, (starts, ends) in zip(ordering.layers, offsets, strict=True):
        inset = (room - ends[-1]) / 2
        middle.update(zip(layer, (start + inset for start in starts), strict=True))
    levels = range(len(ordering.layers))
    for turn in range(ROUNDS):
        neighbours: Mapping[Cell, tuple[Cell, ...]] = ordering.below if turn % 2 else ordering.above
        for level in reversed(levels) if turn % 2 else levels:
            starts, ends = offsets[level]
            _settle(ordering.layers[level], starts, room - ends[-1], neighbours, middle)
    return _whole(ordering, middle, offsets)


def _offsets(
    layer: Sequence[Cell], width: Callable[[Cell], int], beside: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts, ends, right = [], [], 0
    for cell in layer:
        starts.append(right + width(cell) // 2)
        ends.append(right + width(cell))
        right = ends[-1] + beside
    return tuple(starts), tuple(ends)


def _settle(
    layer: Sequence[Cell],
    starts: Sequence[int],
    slack: float,
    neighbours: Mapping[Cell, tuple[Cell, ...]],
    middle: dict[Cell, float],
) -> None:
    wanted = []
    for cell, start in zip(layer, starts, strict=True):
        near = neighbours.get(cell)
        target = sum(map(middle.__getitem__, near)) / len(near) if near else middle[cell]
        wanted.append(target - start)
    for cell, start, shift in zip(layer, starts, rising(wanted), strict=True):
        middle[cell] = start + min(max(shift, 0.0), slack)


def rising(values: Sequence[float]) -> list[float]:
    """Fit a never falling sequence to `values` by least squares (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before, size = pools.pop()
            total, count = total + before, count + size
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _whole(
    ordering: Ordering,
    middle: Mapping[Cell, float],
    offsets: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
) -> dict[Cell, int]:
    """Round to whole pixels without moving two cells closer, and start at 0."""
    shifts = {
        cell: int(middle[cell] - start + 0.5)
        for layer, (starts, _) in zip(ordering.layers, offsets, strict=True)
        for cell, start in zip(layer, starts, strict=True)
    }
    least = min(shifts.values(), default=0)
    return {
        cell: start + shifts[cell] - least
        for layer, (starts, _) in zip(ordering.layers, offsets, strict=True)
        for cell, start in zip(layer, starts, strict=True)
    }
