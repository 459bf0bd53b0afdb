"""The cheapest things to take in a circuit, proven cheapest: the least in price, then the fewest, then by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.circuit import Circuit, Solution
from graph.integer_program import Program
from graph.prices import Prices, each_one

MOST_REFUSED = 200
"""Solutions that the terms may refuse before the search gives up."""


@dataclass(frozen=True)
class Cheapest:
    """A cheapest solution.

    Attributes:
        proven: no other costs less; where the time ran out before that was proven, False.
        bound: nothing costs less than this.
        ties: others of the same price and size, in the order of their sorted names.
    """

    solution: Solution
    price: int
    proven: bool
    bound: int
    ties: tuple[Solution, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What else is asked of a search.

    Attributes:
        ties: how many others of the same price and size to look for.
        seconds: stop looking for something cheaper after so long; None never.
        accepts: a solution that it refuses is passed over, and the next cheapest taken; None refuses nothing.
        most: what is dearer counts for nothing; None sets no limit.
    """

    ties: int = 0
    seconds: float | None = None
    accepts: Callable[[Solution], bool] | None = None
    most: int | None = None


def cheapest(
    circuit: Circuit, goal: int, prices: Prices | None = None, terms: Terms | None = None
) -> Cheapest | None:
    """The cheapest things that make the goal true; then the fewest, then the first by their sorted names.

    Args:
        circuit: what could be taken.
        goal: the node that is to hold.
        prices: one for each thing where none are given.
        terms: what else is asked.

    Returns:
        None where nothing makes the goal true, or nothing was found in the time given or among the cheapest
        ``MOST_REFUSED`` that the terms refuse.
    """
    return Search(circuit, goal, prices or each_one(circuit), terms or Terms()).cheapest()


def fewest(circuit: Circuit, goal: int) -> int | None:
    """How many choices and pools make the goal true at least; None where nothing can."""
    return Search(circuit, goal, each_one(circuit), Terms()).fewest()


class Search:
    """The search in one circuit; what is learned in one answer serves the next."""

    def __init__(self, circuit: Circuit, goal: int, prices: Prices, terms: Terms) -> None:
        self._program = Program(circuit, goal, prices)
        self._prices = prices
        self._terms = terms
        self.refused = 0

    def without(self, name: str) -> Cheapest | None:
        """The cheapest without a thing and with nothing to spare; ties and all order among equals are left aside."""
        program = self._program
        if self._terms.seconds is not None:
            program.limit(self._terms.seconds)
        program.minimise(program.prices)
        with program.forbidding(name):
            found = self._accepted()
        if found is None:
            return None
        found = program.spared(found)
        price = self._prices.of(found)
        return Cheapest(found, price, program.proven, price if program.proven else program.bound)

    @property
    def ran_out(self) -> bool:
        """The time was over before anything was found, or before the last of it was proven cheapest."""
        return self._program.ran_out

    def fewest(self) -> int | None:
        """How many things it takes at least."""
        self._program.minimise(self._program.things)
        found = self._accepted()
        return None if found is None else found.size

    def cheapest(self) -> Cheapest | None:
        """The cheapest of all. The last question to a search: what is dearer counts no more afterwards."""
        program = self._program
        if self._terms.seconds is not None:
            program.limit(self._terms.seconds)
        if self._terms.most is not None:
            program.at_most(program.prices, self._terms.most)
        program.minimise(program.prices)
        first = self._accepted()
        if first is None:
            return None
        price = self._prices.of(first)
        if not program.proven:
            return Cheapest(first, price, proven=False, bound=min(program.bound, price))
        program.unlimited()
        program.at_most(program.prices, price)
        fewest = self._fewest(first)
        found = [self._first(fewest)]
        while len(found) <= self._terms.ties and found[-1].size:
            program.exclude(found[-1])
            after = self._accepted()
            if after is None:
                break
            found.append(self._first(after))
        return Cheapest(found[0], price, proven=True, bound=price, ties=tuple(found[1:]))

    def _accepted(self, kept: Sequence[str] = (), one_of: Sequence[str] = ()) -> Solution | None:
        """The best that the terms accept; what they refuse is passed over for good."""
        accepts = self._terms.accepts
        while (found := self._program.solve_with(kept, one_of=one_of)) is not None:
            if accepts is None or accepts(self._program.smallest(found)):
                return found
            self.refused += 1
            if self.refused >= MOST_REFUSED:
                return None
            self._program.exclude_exactly(found)
        return None

    def _fewest(self, first: Solution) -> Solution:
        """One with the fewest things; what none of these has is left alone, and need not be asked about by name."""
        program, refused = self._program, self.refused
        left = set(program.names).difference(first.names)
        program.prefer(left)
        found = self._accepted() or first
        program.at_most(program.things, found.size)
        met = left.intersection(found.names)
        while left and (met or self.refused > refused):
            refused = self.refused
            left -= met
            program.prefer(left)
            other = program.solve()
            met = left.intersection(() if other is None else other.names)
        program.leave(left)
        return found

    def _first(self, found: Solution) -> Solution:
        """Of those of the same price and size the one whose sorted names come first, amounts as small as can be."""
        program = self._program
        program.minimise(program.amounts)
        names, kept, place = found.names, 0, 0
        while kept < len(names):
            gap = program.names[place : program.place[names[kept]]]
            earlier = self._accepted(names[:kept], gap) if gap else None
            if earlier is None:
                place = program.place[names[kept]] + 1
                kept += 1
            else:
                found, names = earlier, earlier.names
        return program.smallest(found)
