"""Answers worked out before, kept by everything that they rest on, so that nothing kept grows stale."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from apprenticeship.store import store
from standards.storage.database import Database

BasisT = TypeVar("BasisT", bound=Hashable)
AnswerT = TypeVar("AnswerT")


class Shelf(OrderedDict[BasisT, AnswerT]):
    """What is kept, the one asked for longest ago first, and what it weighs together."""

    weight = 0


class Shelves(Generic[BasisT, AnswerT]):
    """Answers of one kind: a shelf for each database, because each numbers its rows for itself.

    Args:
        most: what all answers of a database may weigh together; the last one stays in any case.
        weight: what an answer weighs.
    """

    def __init__(self, most: int, weight: Callable[[AnswerT], int]) -> None:
        self.most = most
        self.weight = weight
        self._shelves: WeakKeyDictionary[Database, Shelf[BasisT, AnswerT]] = WeakKeyDictionary()

    @property
    def shelf(self) -> Shelf[BasisT, AnswerT]:
        """The shelf of the database that is open."""
        return self._shelves.setdefault(store(), Shelf())

    def kept(self, basis: BasisT) -> AnswerT | None:
        """Return what was worked out before on the same basis; None where nothing was."""
        shelf = self.shelf
        if basis in shelf:
            shelf.move_to_end(basis)
        return shelf.get(basis)

    def keep(self, basis: BasisT, answer: AnswerT) -> None:
        """Keep an answer; where all together grow too heavy, those asked for longest ago are let go."""
        shelf = self.shelf
        if basis in shelf:
            return
        shelf[basis] = answer
        shelf.weight += self.weight(answer)
        while shelf.weight > self.most and len(shelf) > 1:
            _, gone = shelf.popitem(last=False)
            shelf.weight -= self.weight(gone)

    def clear(self) -> None:
        """Let go of everything."""
        self._shelves.clear()
