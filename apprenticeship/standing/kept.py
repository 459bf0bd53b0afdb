"""Standings worked out before, kept while nothing that they rest on has changed."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Mark
from apprenticeship.people.model import Person
from apprenticeship.raises.model import Award
from apprenticeship.standing.model import Standing
from apprenticeship.store import store
from standards.storage.database import Database

MOST = 150_000
ALONE = 20  # what a standing weighs beside its evidence, in rows


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything that a standing by all that is known rests on, so that nothing kept under it grows stale."""

    person: Person
    enrolment: Enrolment
    enrolments: tuple[Enrolment, ...]
    as_of: date
    awarded: tuple[Award, ...]
    standards_sha256: str
    evidence: Mark


class _Shelf(OrderedDict[Basis, Standing]):
    """What is kept, the one asked for longest ago first; `weight` is in rows of evidence."""

    weight = 0


# each database numbers its rows for itself
_shelves: WeakKeyDictionary[Database, _Shelf] = WeakKeyDictionary()


def _shelf() -> _Shelf:
    return _shelves.setdefault(store(), _Shelf())


def kept(basis: Basis) -> Standing | None:
    """Return what was worked out before on the same basis; None where nothing was."""
    shelf = _shelf()
    if basis in shelf:
        shelf.move_to_end(basis)
    return shelf.get(basis)


def keep(basis: Basis, standing: Standing) -> None:
    """Keep a standing; where all together grow too heavy, those asked for longest ago are let go."""
    shelf = _shelf()
    if basis in shelf:
        return
    shelf[basis] = standing
    shelf.weight += _weight(standing)
    while shelf.weight > MOST and len(shelf) > 1:
        _, gone = shelf.popitem(last=False)
        shelf.weight -= _weight(gone)


def _weight(standing: Standing) -> int:
    return ALONE + len(standing.evidence)
