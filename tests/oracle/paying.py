"""What things cost, and the cheapest of them for a goal, by trying every set. Written from the contract alone."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from tests.oracle.book import Tree
from tests.oracle.smallest import Goal, Today

UNSTATED = {"count": 1, "hours": 40 * 60, "usd": 0}
UNITS = {"hours": 60, "usd": 100}


@dataclass(frozen=True)
class Paying:
    """Prices on the as-of date in things, minutes or cents (``by`` count, hours or usd)."""

    today: Today
    by: str

    def price(self, names: Collection[str]) -> int:
        """A test that several things share is paid once, at the dearest of their shares."""
        tests: dict[frozenset[tuple[str, str]], int] = {}
        total = 0
        for name in names:
            kind, _, key = name.partition(":")
            if kind != "credential" or self.by == "count":
                total += self._whole(kind, key)
                continue
            own: dict[frozenset[tuple[str, str]], int] = {}
            for part, share in self._shares(key).items():
                test = frozenset(self.today.oracle.book.shared_parts(key, part))
                own[test] = own.get(test, 0) + share
            for test, share in own.items():
                tests[test] = max(tests.get(test, 0), share)
        return total + sum(tests.values())

    def _whole(self, kind: str, key: str) -> int:
        item: Tree = self.today.oracle.book.items[kind][key]
        stated = (item.get("effort") or {}).get(self.by)
        return UNSTATED[self.by] if stated is None else round(stated * UNITS[self.by])

    def _shares(self, key: str) -> dict[str, int]:
        """What each part costs: equal shares, what is left over on the first ones; nothing for one that is passed."""
        oracle = self.today.oracle
        parts = oracle.parts(key)
        each, rest = divmod(self._whole("credential", key), len(parts))
        again = ("credential", key) in oracle.now.true
        return {
            part: 0 if since is not None and not again else each + (number < rest)
            for number, (part, since) in enumerate(parts.items())
        }

    def cheapest(self, things: Collection[str], goal: Goal) -> tuple[int, list[tuple[str, ...]]] | None:
        """The least total and every set of the fewest things that has it, by sorted names; None where nothing does."""
        names = sorted(things)
        sets = [found for size in range(len(names) + 1) for found in combinations(names, size)]
        priced = sorted((self.price(found), len(found), found) for found in sets)
        best = next((one for one in priced if self.today.reaches(one[2], goal)), None)
        if best is None:
            return None
        alike = [found for total, size, found in priced if (total, size) == best[:2]]
        return best[0], [found for found in alike if self.today.reaches(found, goal)]
