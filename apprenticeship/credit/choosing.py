"""Which awards to give: the most credits, then the fewest pieces of evidence, then the ids in order.

An exact search that takes or leaves one award after the other and gives up on a branch once it cannot become better.
It stops after a number of steps; what it did not prove by then is left to ``programming``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from apprenticeship.credit.circuit import Mask

STEPS = 3_000
DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An award that could be given; ``options``: the sets of evidence that earn it, the smallest first."""

    id: str
    credits: int
    options: tuple[Mask, ...]
    group: str | None = None
    one_of: str | None = None


@dataclass(frozen=True)
class Choice:
    """What there is to choose from: candidates sorted by id, and what they share.

    ``room``: credits in all, None for no limit; ``groups``: credits by group. ``sharing``: pairs of ids that may use
    the same evidence; ``share_all``: every pair may.
    """

    candidates: tuple[Candidate, ...]
    room: int | None = None
    groups: Mapping[str, int] = field(default_factory=dict)
    sharing: frozenset[frozenset[str]] = frozenset()
    share_all: bool = False

    def may_share(self, one: int, other: int) -> bool:
        """Whether two candidates, by place, may use the same evidence."""
        pair = frozenset((self.candidates[one].id, self.candidates[other].id))
        return self.share_all or pair in self.sharing

    @cached_property
    def sharers(self) -> frozenset[int]:
        """The places of candidates that may share evidence with some other one."""
        if self.share_all:
            return frozenset(range(len(self.candidates)))
        ids = frozenset().union(*self.sharing)
        return frozenset(place for place, one in enumerate(self.candidates) if one.id in ids)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Places of candidates, each with its evidence."""

    picks: tuple[tuple[int, Mask], ...]
    credits: int
    pieces: int

    @property
    def places(self) -> frozenset[int]:
        """The places chosen."""
        return frozenset(place for place, _ in self.picks)


NOTHING = Chosen((), 0, 0)


class OutOfSteps(Exception):  # noqa: N818 - no error: a sign to go on otherwise
    """The search took as many steps as it may."""


class Branching:
    """One run of the search.

    Args:
        choice: what to choose from.
        beyond: find the best set that has at least one of these places; None for any set.
        steps: how many to take at most.
    """

    def __init__(self, choice: Choice, beyond: frozenset[int] | None = None, steps: int = STEPS) -> None:
        self._choice = choice
        self._candidates = choice.candidates
        self._beyond = beyond
        self._last_beyond = max(beyond, default=-1) if beyond is not None else -1
        self._limit = steps
        self.steps = 0
        self.best: Chosen | None = None
        self._least = [
            0 if place in choice.sharers else one.options[0].bit_count()
            for place, one in enumerate(self._candidates)
        ]
        self._thrifty = sorted(
            range(len(self._candidates)), key=lambda p: Fraction(self._least[p], self._candidates[p].credits)
        )

    def run(self) -> Chosen | None:
        """The best set; None where ``beyond`` allows none.

        Raises:
            OutOfSteps: before it was proven; ``best`` is the best so far.
        """
        if len(self._candidates) > DEEPEST:
            raise OutOfSteps
        self._visit(0, (), 0, self._choice.room, dict(self._choice.groups))
        return self.best

    def _visit(
        self,
        place: int,
        picks: tuple[tuple[int, Mask], ...],
        worth: int,
        room: int | None,
        groups: dict[str, int],
    ) -> None:
        self.steps += 1
        if self.steps > self._limit:
            raise OutOfSteps
        if place == len(self._candidates):
            self._reached(picks, worth)
            return
        if self._hopeless(place, picks, worth, room, groups):
            return
        one = self._candidates[place]
        if self._fits(one, picks, room, groups):
            less = None if room is None else room - one.credits
            left = groups
            if one.group in groups:
                left = {**groups, str(one.group): groups[str(one.group)] - one.credits}
            for evidence in self._free(place, picks):
                self._visit(place + 1, (*picks, (place, evidence)), worth + one.credits, less, left)
        self._visit(place + 1, picks, worth, room, groups)

    def _reached(self, picks: tuple[tuple[int, Mask], ...], worth: int) -> None:
        if self._beyond is not None and self._beyond.isdisjoint(place for place, _ in picks):
            return
        pieces = union(evidence for _, evidence in picks).bit_count()
        if self.best is None or (worth, -pieces) > (self.best.credits, -self.best.pieces):
            self.best = Chosen(picks, worth, pieces)

    def _fits(
        self, one: Candidate, picks: tuple[tuple[int, Mask], ...], room: int | None, groups: Mapping[str, int]
    ) -> bool:
        if room is not None and room < one.credits:
            return False
        if one.group in groups and groups[str(one.group)] < one.credits:
            return False
        return one.one_of is None or all(self._candidates[p].one_of != one.one_of for p, _ in picks)

    def _free(self, place: int, picks: tuple[tuple[int, Mask], ...]) -> list[Mask]:
        barred = self._barred(place, picks)
        return [evidence for evidence in self._candidates[place].options if not evidence & barred]

    def _barred(self, place: int, picks: tuple[tuple[int, Mask], ...]) -> Mask:
        """Evidence that a candidate may not use any more."""
        if self._choice.share_all:
            return 0
        if place not in self._choice.sharers:
            return union(evidence for _, evidence in picks)
        return union(evidence for other, evidence in picks if not self._choice.may_share(place, other))

    def _hopeless(
        self,
        place: int,
        picks: tuple[tuple[int, Mask], ...],
        worth: int,
        room: int | None,
        groups: dict[str, int],
    ) -> bool:
        """Whether no set from here on is better than the best so far."""
        late = self._beyond is not None and place > self._last_beyond
        if late and self._beyond is not None and self._beyond.isdisjoint(p for p, _ in picks):
            return True
        if self.best is None:
            return False
        open_ones = [
            p
            for p in range(place, len(self._candidates))
            if self._fits(self._candidates[p], picks, room, groups) and self._free(p, picks)
        ]
        most = worth + self._most(open_ones, room, groups)
        if most != self.best.credits:
            return most < self.best.credits
        fewest = union(e for _, e in picks).bit_count() + self._fewest(open_ones, self.best.credits - worth)
        return fewest >= self.best.pieces

    def _most(self, open_ones: list[int], room: int | None, groups: Mapping[str, int]) -> int:
        """The most credits that the open candidates could add."""
        single: dict[str, int] = {}
        grouped: dict[str, int] = {}
        total = 0
        for place in open_ones:
            one = self._candidates[place]
            if one.one_of is not None:
                single[one.one_of] = max(one.credits, single.get(one.one_of, 0))
            elif one.group in groups:
                grouped[str(one.group)] = grouped.get(str(one.group), 0) + one.credits
            else:
                total += one.credits
        total += sum(single.values()) + sum(min(groups[name], worth) for name, worth in grouped.items())
        return total if room is None else min(total, room)

    def _fewest(self, open_ones: list[int], needed: int) -> int:
        """The fewest pieces that so many more credits could take."""
        still = set(open_ones)
        pieces = 0
        for place in self._thrifty:
            if needed <= 0:
                break
            if place in still:
                worth = self._candidates[place].credits
                pieces += self._least[place] if needed >= worth else -(-self._least[place] * needed // worth)
                needed -= worth
        return pieces


def union(sets: Iterable[Mask]) -> Mask:
    """All pieces of several sets."""
    found = 0
    for evidence in sets:
        found |= evidence
    return found
