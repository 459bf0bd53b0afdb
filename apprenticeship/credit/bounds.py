"""What a set of awards cannot be better than: never too low for credits, never too high for pieces of evidence."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from apprenticeship.credit.choice import Choice, union
from apprenticeship.credit.circuit import Mask


class Bounds:
    """Bounds for one choice.

    ``thrifty``: the candidates with the most credits for a piece of evidence first.
    """

    def __init__(self, choice: Choice) -> None:
        self._candidates = choice.candidates
        self._least = [
            0 if place in choice.sharers else one.options[0].bit_count()
            for place, one in enumerate(choice.candidates)
        ]
        self.thrifty = sorted(
            range(len(choice.candidates)),
            key=lambda p: Fraction(self._least[p], choice.candidates[p].credits),
        )
        self._everything = union(evidence for one in choice.candidates for evidence in one.options)
        self._cliques = [self._clique(choice, place) for place in range(len(choice.candidates))]

    def _clique(self, choice: Choice, place: int) -> tuple[object, ...]:
        """Candidates of one clique exclude each other: alternatives, or all in need of the same piece."""
        one = choice.candidates[place]
        group = one.group if one.group in choice.groups else None
        if one.one_of is not None:
            return "one of", one.one_of, group
        needed = self._everything
        for evidence in one.options:
            needed &= evidence
        if needed and place not in choice.sharers:
            return "piece", needed & -needed, group
        return "alone", place, group

    def most(self, open_ones: Sequence[int], used: Mask, room: int | None, groups: Mapping[str, int]) -> int:
        """The most credits that the open candidates could add."""
        cliques: dict[tuple[object, ...], int] = {}
        for place in open_ones:
            clique = self._cliques[place]
            cliques[clique] = max(self._candidates[place].credits, cliques.get(clique, 0))
        grouped: dict[object, int] = {}
        for (_, _, group), worth in cliques.items():
            grouped[group] = grouped.get(group, 0) + worth
        total = sum(min(worth, groups[str(g)]) if g in groups else worth for g, worth in grouped.items())
        total = min(total, self._affordable(open_ones, used))
        return total if room is None else min(total, room)

    def _affordable(self, open_ones: Sequence[int], used: Mask) -> int:
        """The most credits that the pieces not used yet could pay for, were every one of them of use anywhere."""
        left = (self._everything & ~used).bit_count()
        still = set(open_ones)
        total = 0
        for place in self.thrifty:
            if place in still:
                least, worth = self._least[place], self._candidates[place].credits
                if least > left:
                    return total + worth * left // least
                left -= least
                total += worth
        return total

    def fewest(self, open_ones: Sequence[int], needed: int) -> int:
        """The fewest pieces that so many more credits could take."""
        still = set(open_ones)
        pieces = 0
        for place in self.thrifty:
            if needed <= 0:
                break
            if place in still:
                worth = self._candidates[place].credits
                pieces += self._least[place] if needed >= worth else -(-self._least[place] * needed // worth)
                needed -= worth
        return pieces
