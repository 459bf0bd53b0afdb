"""The best choice, proven where it can be: the search first, HiGHS where the search would be long."""

from dataclasses import dataclass, replace

from apprenticeship.credit.choosing import Branching, Choice, Chosen, OutOfSteps
from apprenticeship.credit.programming import Program


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
    search = Branching(choice, beyond)
    try:
        found = search.run()
    except OutOfSteps:
        return _programmed(choice, beyond, search)
    return Selected(found, found.credits if found else 0, search.steps)


def fits_together(choice: Choice, places: frozenset[int]) -> bool:
    """Whether these candidates can each have evidence of their own, limits and alternatives left aside."""
    found = select(_only(choice, places)).chosen
    return found is not None and len(found.picks) == len(places)


def _programmed(choice: Choice, beyond: frozenset[int] | None, search: Branching) -> Selected:
    from apprenticeship.credit.programming import Program  # noqa: PLC0415 - the solver is slow to load, seldom needed

    found, at_most = Program(choice, beyond).solve()
    if found is None:
        return Selected(search.best, search.best.credits if search.best else 0, search.steps)
    if search.best is not None and _rank(search.best) > _rank(found):
        found = search.best
    return Selected(_with_first_evidence(choice, found), at_most, search.steps)


def _rank(chosen: Chosen) -> tuple[int, int]:
    return chosen.credits, -chosen.pieces


def _with_first_evidence(choice: Choice, chosen: Chosen) -> Chosen:
    """The same awards on the fewest pieces, and of those on the first; as they are where that takes too long."""
    places = sorted(chosen.places)
    search = Branching(_only(choice, chosen.places))
    try:
        found = search.run()
    except OutOfSteps:
        return chosen
    if found is None or len(found.picks) != len(places):
        return chosen
    picks = tuple((places[place], evidence) for place, evidence in found.picks)
    return replace(chosen, picks=picks, pieces=found.pieces)


def _only(choice: Choice, places: frozenset[int]) -> Choice:
    """The same candidates alone, without limits and alternatives."""
    kept = tuple(replace(choice.candidates[place], one_of=None) for place in sorted(places))
    return replace(choice, candidates=kept, room=None, groups={})
