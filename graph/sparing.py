"""Cut evidence down to what cannot be spared: the engine itself says whether a part of it is still enough."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from graph import timeline
from graph.facts import Fact, Hours, Revocation
from graph.ledger import Ledger, only
from graph.order import Node, Scope, asks_when, order, reads
from graph.reckoning import Reckoning
from graph.requirement import Requirement, leaves

Evidence = frozenset[str]
Enough = Callable[[Iterable[str]], bool]


def minimal(
    reckoning: Reckoning, requirement: Requirement, scope: Scope, day: date, first: Evidence | None
) -> Evidence:
    """Evidence on which a requirement that holds on a day holds alone, and from which nothing can be left out.

    Args:
        reckoning: on all the evidence.
        requirement: holds on the day.
        scope: where it stands.
        day: the as-of date.
        first: enough unless the requirement asks when something was shown, and empty where nothing is needed; None
            where the search is to begin with all there is.
    """
    ordered = order(reckoning.world, reckoning.focus)
    roots = [node for leaf in leaves(requirement) for node in reads(reckoning.world, leaf, scope)]
    dated = asks_when(requirement) or any(node in ordered.dated for node in roots)
    if first is not None and len(first) <= 1 and not dated:
        return first
    enough = _judge(reckoning, requirement, scope, day, ordered.below(roots))
    counting = [
        fact
        for fact in sorted(reckoning.ledger.facts, key=lambda f: (f.on, f.id), reverse=True)
        if not isinstance(fact, Revocation)
        and timeline.is_true(reckoning.ledger.valid(fact), day.toordinal())
    ]
    kept = list(dict.fromkeys(fact.id for fact in counting))
    if first is None or (dated and not enough(first)):
        kept = _by_halves(kept, enough)
    else:
        kept = [name for name in kept if name in first]
    return frozenset(_one_by_one(kept, _alike(counting, reckoning.ledger), enough))


def _judge(
    reckoning: Reckoning, requirement: Requirement, scope: Scope, day: date, nodes: Sequence[Node]
) -> Enough:
    def enough(kept: Iterable[str]) -> bool:
        part = Reckoning(reckoning.world, only(reckoning.ledger, kept), reckoning.focus, nodes=nodes)
        return timeline.is_true(part.holds(requirement, scope), day.toordinal())

    return enough


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
            if alike.get(name, name) in needed:
                continue
            rest = [other for other in kept if other != name]
            if enough(rest):
                kept = rest
            elif name in alike:
                needed.add(alike[name])
    return kept


def _alike(facts: Sequence[Fact], ledger: Ledger) -> dict[str, object]:
    """Equal hours in one place: where the latest of them cannot be spared, no earlier one can."""
    times = Counter(fact.id for fact in facts)
    return {
        fact.id: (fact.within, fact.minutes)
        for fact in facts
        if isinstance(fact, Hours)
        and times[fact.id] == 1
        and ledger.valid(fact) == timeline.from_day(fact.on)
    }
