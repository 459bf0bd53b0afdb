"""Answers worked out before, kept while nothing that they rest on has changed."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from apprenticeship.store import store
from standards.storage.database import Database

MOST = 2_000

# each database numbers its rows for itself
_shelves: WeakKeyDictionary[Database, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def kept(basis: Hashable) -> Any:
    """Return what was worked out before on the same basis; None where nothing was."""
    shelf = _shelves.setdefault(store(), OrderedDict())
    if basis in shelf:
        shelf.move_to_end(basis)
    return shelf.get(basis)


def keep(basis: Hashable, answer: Any) -> None:
    """Keep an answer; the one asked for longest ago is let go where there are too many."""
    shelf = _shelves.setdefault(store(), OrderedDict())
    shelf[basis] = answer
    while len(shelf) > MOST:
        shelf.popitem(last=False)
