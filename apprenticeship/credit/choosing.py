"""Which awards to give: the most credits, then the fewest pieces of evidence, then the ids in order.

An exact search that takes or leaves one award after the other and gives up on a branch once it cannot become better.
It stops after a number of steps; what it did not prove by then is left to ``programming``.
"""

from collections.abc import Mapping

from apprenticeship.credit.bounds import Bounds
from apprenticeship.credit.choice import Candidate, Choice, Chosen, union
from apprenticeship.credit.circuit import Mask

STEPS = 600
DEEPEST = 200


class OutOfSteps(Exception):  # noqa: N818 - no error: a sign to go on otherwise
    """The search took as many steps as it may."""


class Branching:
    """One run of the search.

    Args:
        choice: what to choose from.
        beyond: find the best set that has at least one of these places; None for any set.
        needed: sets with fewer credits are of no interest.
        any_set: be content with the first set found.
        steps: how many to take at most.
    """

    def __init__(
        self,
        choice: Choice,
        beyond: frozenset[int] | None = None,
        *,
        needed: int = 0,
        any_set: bool = False,
        steps: int = STEPS,
    ) -> None:
        self._choice = choice
        self._candidates = choice.candidates
        self._beyond = beyond
        self._last_beyond = max(beyond, default=-1) if beyond is not None else -1
        self._needed = needed
        self._any_set = any_set
        self._limit = steps
        self.steps = 0
        self.best: Chosen | None = None
        self._bounds = Bounds(choice)

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
        if self._any_set and self.best is not None:
            return
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
        if worth < self._needed:
            return
        found = Chosen(picks, worth, pieces)
        if self.best is None or found.rank < self.best.rank:
            self.best = found

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
        if self.best is None and not self._needed:
            return False
        open_ones = [
            p
            for p in range(place, len(self._candidates))
            if self._fits(self._candidates[p], picks, room, groups) and self._free(p, picks)
        ]
        used = union(evidence for _, evidence in picks)
        most = worth + self._bounds.most(open_ones, used, room, groups)
        if self.best is None:
            return most < self._needed
        if most != self.best.credits:
            return most < self.best.credits
        fewest = used.bit_count() + self._bounds.fewest(open_ones, self.best.credits - worth)
        if fewest != self.best.pieces:
            return fewest > self.best.pieces
        return not _could_come_first(tuple(p for p, _ in picks), place, open_ones, self.best)

    def greedily(self, first: int | None = None) -> Chosen | None:
        """A good set, seldom the best: the most credits for a piece of evidence first; None where none begins so."""
        picks: tuple[tuple[int, Mask], ...] = ()
        room, groups, worth = self._choice.room, dict(self._choice.groups), 0
        start = [] if first is None else [first]
        for place in [*start, *(p for p in self._bounds.thrifty if p != first)]:
            one = self._candidates[place]
            free = self._free(place, picks) if self._fits(one, picks, room, groups) else []
            if free:
                picks, worth = (*picks, (place, free[0])), worth + one.credits
                room = None if room is None else room - one.credits
                if one.group in groups:
                    groups[str(one.group)] -= one.credits
        if first is not None and all(place != first for place, _ in picks):
            return None
        return Chosen(tuple(sorted(picks)), worth, union(evidence for _, evidence in picks).bit_count())


def _could_come_first(places: tuple[int, ...], place: int, open_ones: list[int], best: Chosen) -> bool:
    """Whether a set that begins with these places could come before an equally good one in the order of ids."""
    before = tuple(sorted(p for p in best.places if p < place))
    if places != before:
        return places + (len(before) + 1) * (place,) < (*before, place)
    last = max(best.places, default=-1)
    return any(p not in best.places and p < last for p in open_ones)
