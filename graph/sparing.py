"""Cut evidence down to what cannot be spared: the engine itself says whether a part of it is still enough."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from graph.order import Scope
from graph.parts import Asked, Parts
from graph.requirement import Requirement
from graph.searches import Window

Evidence = frozenset[str]
Enough = Callable[[Iterable[str]], bool]


def minimal(parts: Parts, requirement: Requirement, scope: Scope, first: Evidence | None) -> Evidence:
    """Evidence on which a requirement that holds on a day holds alone, and from which nothing can be left out.

    Args:
        parts: of all the evidence, on the day.
        requirement: holds on the day.
        scope: where it stands.
        first: enough unless the requirement asks when something was shown, and empty where nothing is needed; None
            where the search is to begin with all there is.
    """
    asked = parts.asked(requirement, scope)
    if first is not None and len(first) <= 1 and not asked.dated:
        return first
    if first is None or (asked.dated and not asked.once("enough", first, partial(asked.enough, first))):
        everything = list(parts.counting)
        return asked.once("all", everything, partial(_least_of_all, parts, asked, everything))
    return asked.once("some", first, partial(_least, parts, asked, first))


def _least_of_all(parts: Parts, asked: Asked, everything: list[str], window: Window) -> Evidence:
    enough = partial(asked.enough, window=window)
    return frozenset(_one_by_one(_by_halves(everything, enough), parts.counting, enough))


def _least(parts: Parts, asked: Asked, first: Evidence, window: Window) -> Evidence:
    kept = [name for name in parts.counting if name in first]
    return frozenset(_one_by_one(kept, parts.counting, partial(asked.enough, window=window)))


def _by_halves(kept: list[str], enough: Enough) -> list[str]:
    """Leave out large chunks, then smaller ones."""
    size = len(kept) // 2
    while size > 1:
        place = 0
        while place < len(kept):
            rest = kept[:place] + kept[place + size :]
            if enough(rest):
                kept = rest
            else:
                place += size
        size //= 2
    return kept


def _one_by_one(kept: list[str], alike: Mapping[str, object], enough: Enough) -> list[str]:
    """Leave out one after the other, the latest first, and again as long as anything could be left out."""
    needed: set[object] = set()
    before = len(kept) + 1
    while len(kept) < before:
        before = len(kept)
        for name in list(kept):
            if alike[name] in needed:
                continue
            rest = [other for other in kept if other != name]
            if enough(rest):
                kept = rest
            elif alike[name] is not None:
                needed.add(alike[name])
    return kept
