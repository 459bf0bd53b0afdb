"""The best choice, proven where it can be: the search first, HiGHS where the search would be long."""

from dataclasses import dataclass, replace

from apprenticeship.credit.bounds import Bounds
from apprenticeship.credit.choice import NOTHING, Choice, Chosen
from apprenticeship.credit.choosing import Branching, OutOfSteps
from apprenticeship.credit.formula import pieces_in

FEW = 300
FIRSTS = 8
LARGE = 1_000


@dataclass(frozen=True, slots=True)
class Selected:
    """The best set found; no set has more credits than ``at_most``. ``steps``: how many were looked at."""

    chosen: Chosen | None
    at_most: int
    steps: int


def select(choice: Choice, beyond: frozenset[int] | None = None) -> Selected:
    """The set with the most credits, the fewest pieces of evidence, and the first ids.

    Args:
        choice: what to choose from.
        beyond: only sets that have at least one of these places; None for any set.
    """
    quick = _quickly(choice, beyond)
    search = Branching(choice, beyond, needed=quick.credits if quick else 0)
    try:
        found = search.run()
    except OutOfSteps:
        return _programmed(choice, beyond, search, quick)
    worth = found.credits if found else 0
    if not any(one.bounded for one in choice.candidates) or _at_most(choice, beyond) <= worth:
        return Selected(found, worth, search.steps)
    return _programmed(choice, beyond, search, found)


def fits_together(choice: Choice, places: frozenset[int], steps: int = FEW) -> bool | None:
    """Whether these candidates can each have evidence of their own, limits and alternatives left aside.

    None where it was not found out within a few steps, or not all sets of evidence are known.
    """
    together = _only(choice, places)
    needed = sum(one.credits for one in together.candidates)
    search = Branching(together, needed=needed, any_set=True, steps=steps)
    try:
        found = search.run() is not None
    except OutOfSteps:
        return None
    return True if found else None if any(one.bounded for one in together.candidates) else False


def _at_most(choice: Choice, beyond: frozenset[int] | None) -> int:
    """A bound on the credits: candidates of which not all sets are known need no more than what is essential."""
    known = [replace(one, options=(one.essential,)) if one.bounded else one for one in choice.candidates]
    relaxed = replace(choice, candidates=tuple(known))
    search = Branching(relaxed, beyond, steps=FEW)
    try:
        found = search.run() or NOTHING
    except OutOfSteps:
        every = range(len(known))
        return Bounds(relaxed).most(every, 0, choice.room, choice.groups)
    return found.credits


def _quickly(choice: Choice, beyond: frozenset[int] | None) -> Chosen | None:
    """A good set to begin with."""
    search = Branching(choice)
    firsts = [None] if beyond is None else sorted(beyond)[:FIRSTS]
    found = (search.greedily(first) for first in firsts)
    return min((one for one in found if one is not None), key=lambda one: one.rank, default=None)


def _programmed(
    choice: Choice, beyond: frozenset[int] | None, search: Branching, quick: Chosen | None
) -> Selected:
    from apprenticeship.credit.programming import Program  # noqa: PLC0415 - slow to load, seldom needed

    at_most = _at_most(choice, beyond)
    quickly = min(
        (one for one in (search.best, quick) if one is not None), key=lambda one: one.rank, default=None
    )
    if quickly is not None and quickly.credits >= at_most and _is_large(choice):
        return Selected(quickly, quickly.credits, search.steps)
    found, bound = Program(choice, beyond).solve()
    at_most = min(bound, at_most)
    known = [one for one in (found, search.best, quick) if one is not None]
    if not known:
        return Selected(None, at_most, search.steps)
    best = min(known, key=lambda one: one.rank)
    return Selected(_with_first_evidence(choice, best), max(at_most, best.credits), search.steps)


def _is_large(choice: Choice) -> bool:
    """Whether equals would not be told apart by the program either."""
    return sum(pieces_in(one.formula) for one in choice.candidates if one.formula and one.bounded) > LARGE


def _with_first_evidence(choice: Choice, chosen: Chosen) -> Chosen:
    """The same awards on the fewest pieces, and of those on the first; as they are where that takes too long."""
    places = sorted(chosen.places)
    if any(choice.candidates[place].bounded for place in places):
        return chosen
    search = Branching(_only(choice, chosen.places), needed=chosen.credits)
    try:
        found = search.run()
    except OutOfSteps:
        return chosen
    if found is None:
        return chosen
    picks = tuple((places[place], evidence) for place, evidence in found.picks)
    return replace(chosen, picks=picks, pieces=found.pieces)


def _only(choice: Choice, places: frozenset[int]) -> Choice:
    """The same candidates alone, without limits and alternatives."""
    kept = tuple(replace(choice.candidates[place], one_of=None) for place in sorted(places))
    return replace(choice, candidates=kept, room=None, groups={})
