"""What was searched for before: the same question about the same facts is not searched again, nor on another day.

Searching for a smallest set of evidence asks over and over whether a part is enough. Its course rests on the rule, on
the facts that the search begins with, on every revocation and on the registrations; and on the day only where an answer
on the way turns. So what came out holds from the last such turn to the next one.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.facts import Fact
from graph.timeline import Timeline

T = TypeVar("T")
LAST = 10**7  # later than any day number


@dataclass
class Window:
    """The days, half-open, on which everything that was looked at is as on the day."""

    day: int
    since: int = 0
    until: int = LAST

    def look(self, line: Timeline) -> bool:
        """Look at a line, and narrow the days to those on which it does not turn: whether it is true on the day."""
        place = bisect_right(line, self.day)
        if place:
            self.since = max(self.since, line[place - 1])
        if place < len(line):
            self.until = min(self.until, line[place])
        return place % 2 == 1


@dataclass
class Searches:
    """What searches about one person in one world, with one program in focus, came to.

    Facts are told apart by being the same object, so whoever shares searches must read each fact once; they are kept
    alive here. A corrected entry is another fact of the same id.
    """

    _found: dict[Hashable, list[tuple[Window, Any]]] = field(default_factory=dict)
    _alive: dict[int, Fact] = field(default_factory=dict)

    def once(self, asked: Hashable, facts: Iterable[Fact], day: int, work: Callable[[Window], T]) -> T:
        """Return what work came to on the same facts when it would look at the same; else let it work.

        Args:
            asked: everything but facts and the day that the work rests on.
            facts: all that it rests on.
            day: the day number.
            work: narrows the window that it is given by every line that it looks at.
        """
        kept = {id(fact): fact for fact in facts}
        key = (asked, tuple(kept))
        known = self._found.get(key)
        if known is None:
            self._alive.update(kept)
            known = self._found[key] = []
        for seen, outcome in known:
            if seen.since <= day < seen.until:
                return outcome  # type: ignore[no-any-return]  # what the same work returned
        seen = Window(day)
        outcome = work(seen)
        known.append((seen, outcome))
        return outcome
