"""What could still be done on the as-of date, and the smallest set of it that reaches a goal, by trying every set."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from tests.oracle.book import Tree
from tests.oracle.evaluator import Moment
from tests.oracle.oracle import VERIFIED, Oracle, over

PLENTY = 5_000
"""Hours; more than any rule of a random world asks for."""

Goal = Callable[[Moment], bool]


class Today:
    """The as-of date with things done on it, each when its prerequisites hold.

    Things go by name: ``competency:f:c0``, ``credential:f:m1``, ``course:f:k0``, ``score:f:x0``, ``hours:ojl``.
    """

    def __init__(self, oracle: Oracle, minutes: Mapping[str, int] | None = None) -> None:
        """``minutes`` says how many are logged in a place; plenty otherwise."""
        self.oracle = oracle
        self._minutes = minutes or {}
        self._entries = oracle.ledger.counting(oracle.as_of, VERIFIED)
        self._moments: dict[frozenset[str], Moment] = {}

    def everything(self) -> list[str]:
        """All that can be done, sorted."""
        book = self.oracle.book
        kinds = ("competency", "credential", "course", "score")
        found = [f"{kind}:{key}" for kind in kinds for key in book.items[kind]]
        return sorted([*found, *(f"hours:{place}" for place in ("ojl", "rti", *book.items["work"]))])

    def after(self, done: Iterable[str]) -> Moment:
        """What is true once these are done as well as can be, their order left aside."""
        names = frozenset(done)
        if names not in self._moments:
            extra = [self.oracle.ledger.entry(self.entry(name)) for name in sorted(names)]
            shown = self.oracle.ledger.shown([*self._entries, *extra])
            ended = over(self.oracle.book, shown, self.oracle.as_of)
            inputs = replace(self.oracle.now.inputs, shown=shown, over=frozenset(ended))
            self._moments[names] = Moment(self.oracle.book, self.oracle.program, inputs)
        return self._moments[names]

    def entry(self, name: str) -> Tree:
        """The evidence that a thing done leaves."""
        kind, _, key = name.partition(":")
        best: dict[str, Tree] = {
            "competency": {kind: key, "rating": self._best_rating(key)} if kind == "competency" else {},
            "credential": {kind: key},
            "course": {kind: key, "grade": "A"},
            "score": {kind: key, "value": self._best_score(key)} if kind == "score" else {},
            "hours": {"hours": self._minutes[key] / 60 if key in self._minutes else PLENTY, "in": key},
        }
        return {**self.head(name), **best[kind]}

    def head(self, name: str) -> Tree:
        """Evidence of the as-of date that nothing else of that date comes after."""
        when = {"on": self.oracle.as_of.isoformat(), "recorded": "2099-01-01"}
        return {"id": f"zz {name}", **when, "status": "verified"}

    def in_some_order(self, names: Sequence[str]) -> bool:
        """Whether all of these can be done, each when its prerequisites hold."""
        done = {name for name in names if name.partition(":")[0] in ("hours", "course", "score")}
        left = set(names) - done
        while left:
            now = self.after(done)
            able = {name for name in left if now.prerequisites_hold(*name.split(":", 1))}
            if not able:
                return False
            done |= able
            left -= able
        return True

    def reaches(self, names: Sequence[str], goal: Goal) -> bool:
        return self.in_some_order(names) and goal(self.after(names))

    def able(self) -> list[str]:
        """All that can be done in some order."""
        done: set[str] = set()
        while more := {name for name in self.everything() if name not in done and self._open(name, done)}:
            done |= more
        return sorted(done)

    def before(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Every set that is smaller, or as large and earlier by its sorted names."""
        things = self.everything()
        for size in range(len(names)):
            yield from combinations(things, size)
        for same in combinations(things, len(names)):
            if list(same) >= sorted(names):
                return
            yield same

    def _open(self, name: str, done: set[str]) -> bool:
        kind, _, key = name.partition(":")
        return kind not in ("competency", "credential") or self.after(done).prerequisites_hold(kind, key)

    def _best_rating(self, key: str) -> int:
        scale: Any = self.oracle.book.frameworks[key.partition(":")[0]]["ratings"]["scale"]
        return int(max(scale))

    def _best_score(self, key: str) -> int:
        return int(self.oracle.book.items["score"][key]["range"][1])
