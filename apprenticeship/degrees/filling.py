"""Which course or award counts in which group, so that the most credits are filled. Credits in hundredths.

Each counts whole, in one group at most; what goes beyond the group is lost. Of all placings that fill the most, the
one with the fewest courses and awards is taken, and of those the first in the order of groups. It is found exactly, by
going through the courses once and keeping, for every way the groups can stand, the best placing; a group that no
later course can enter is closed and need not be told apart any more. Where the ways become too many (``MOST``), the
integer program is solved instead, and the answer says whether it is proven.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from apprenticeship.credit.solver import Solver

MOST = 20_000
NEARLY = 1e-6
State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may count once. ``options``: by the place of a group, its credits there."""

    key: str
    options: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Filling:
    """``places``: by key of what counts, the place of its group. ``at_most``: what no placing exceeds."""

    places: Mapping[str, int]
    filled: tuple[int, ...]
    at_most: int

    @property
    def credits(self) -> int:
        """Hundredths filled in all."""
        return sum(self.filled)

    @property
    def proven(self) -> bool:
        """Whether no placing fills more."""
        return self.at_most == self.credits


def fill(room: Sequence[int], items: Sequence[Item], most: int = MOST) -> Filling:
    """The placing that fills the most.

    Args:
        room: what each group asks for.
        items: in any order; keys are distinct.
        most: from how many ways on the integer program is asked.
    """
    able = [item for item in items if item.options]
    ordered = sorted(able, key=lambda item: (sorted(item.options), item.key))
    places = _by_stages(room, ordered, most)
    if places is not None:
        filled = _filled(room, ordered, places)
        return Filling(places, filled, sum(filled))
    return _by_program(room, ordered)


@dataclass(frozen=True, slots=True, order=True)
class _Way:
    """The best way to one standing of the groups; the least is the best."""

    lost: int  # credits filled, negative
    pieces: int
    chosen: tuple[int, ...]


def _by_stages(room: Sequence[int], items: Sequence[Item], most: int) -> dict[str, int] | None:
    """None where there are too many ways."""
    last = {group: place for place, item in enumerate(items) for group in item.options}
    unused = len(room)
    ways: dict[State, _Way] = {(0,) * len(room): _Way(0, 0, ())}
    for place, item in enumerate(items):
        closing = [group for group in item.options if last[group] == place]
        following: dict[State, _Way] = {}
        for state, way in ways.items():
            _keep(following, state, closing, _Way(way.lost, way.pieces, (*way.chosen, unused)))
            for group, worth in item.options.items():
                gain = min(worth, room[group] - state[group])
                if gain > 0:
                    then = (*state[:group], state[group] + gain, *state[group + 1 :])
                    more = _Way(way.lost - gain, way.pieces + 1, (*way.chosen, group))
                    _keep(following, then, closing, more)
        ways = following
        if len(ways) > most:
            return None
    best = min(ways.values())
    return {item.key: group for item, group in zip(items, best.chosen, strict=True) if group != unused}


def _keep(ways: dict[State, _Way], state: State, closing: Sequence[int], way: _Way) -> None:
    for group in closing:
        state = (*state[:group], 0, *state[group + 1 :])
    if state not in ways or way < ways[state]:
        ways[state] = way


def _by_program(room: Sequence[int], items: Sequence[Item]) -> Filling:
    solver = Solver()
    filled = [solver.amount(float(most)) for most in room]
    taken = {(item.key, group): solver.binary() for item in items for group in sorted(item.options)}
    for item in items:
        solver.row([taken[item.key, group] for group in sorted(item.options)], upper=1.0)
    for group, amount in enumerate(filled):
        inside = [item for item in items if group in item.options]
        columns = [taken[item.key, group] for item in inside]
        solver.row([*columns, amount], [*(float(i.options[group]) for i in inside), -1.0], lower=0.0)
    found = solver.maximise(filled, [1.0] * len(filled)) or [False] * solver.columns
    bound = solver.at_most()
    places = {key: group for (key, group), column in taken.items() if found[column]}
    places = _needed(room, items, places)
    reached = _filled(room, items, places)
    at_most = sum(room) if bound is None else min(sum(room), floor(bound + NEARLY))
    return Filling(places, reached, max(at_most, sum(reached)))


def _needed(room: Sequence[int], items: Sequence[Item], places: dict[str, int]) -> dict[str, int]:
    """Without what could be left out, the smallest first."""
    full = sum(_filled(room, items, places))
    worth = {item.key: item.options[places[item.key]] for item in items if item.key in places}
    for key in sorted(worth, key=lambda one: (worth[one], one)):
        rest = {other: group for other, group in places.items() if other != key}
        if sum(_filled(room, items, rest)) == full:
            places = rest
    return places


def _filled(room: Sequence[int], items: Sequence[Item], places: Mapping[str, int]) -> tuple[int, ...]:
    sums = [0] * len(room)
    for item in items:
        if item.key in places:
            sums[places[item.key]] += item.options[places[item.key]]
    return tuple(min(most, found) for most, found in zip(room, sums, strict=True))
