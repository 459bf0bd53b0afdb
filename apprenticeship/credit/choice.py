"""What there is to choose from, and what was chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from apprenticeship.credit.circuit import Mask
from apprenticeship.credit.formula import Formula


@dataclass(frozen=True, slots=True)
class Candidate:
    """An award that could be given.

    ``options``: minimal sets of evidence that earn it, the smallest first. ``bounded``: there may be more; all of them
    use what is ``essential``. ``formula``: what a set must fulfil, where that can be written down.
    """

    id: str
    credits: int
    options: tuple[Mask, ...]
    group: str | None = None
    one_of: str | None = None
    bounded: bool = False
    essential: Mask = 0
    formula: Formula | None = None


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
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        """The lower the better: the most credits, the fewest pieces, the first ids."""
        return -self.credits, self.pieces, tuple(sorted(place for place, _ in self.picks))

    @property
    def places(self) -> frozenset[int]:
        """The places chosen."""
        return frozenset(place for place, _ in self.picks)


NOTHING = Chosen((), 0, 0)


def union(sets: Iterable[Mask]) -> Mask:
    """All pieces of several sets."""
    found = 0
    for evidence in sets:
        found |= evidence
    return found
