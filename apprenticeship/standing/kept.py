"""Standings worked out before, kept while nothing that they rest on has changed."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Mark
from apprenticeship.people.model import Person
from apprenticeship.raises.model import Award
from apprenticeship.standing.model import Standing

MOST = 400


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


_kept: OrderedDict[Basis, Standing] = OrderedDict()


def kept(basis: Basis) -> Standing | None:
    """Return what was worked out before on the same basis; None where nothing was."""
    if basis in _kept:
        _kept.move_to_end(basis)
    return _kept.get(basis)


def keep(basis: Basis, standing: Standing) -> None:
    """Keep a standing; of too many, the one that was not asked for longest is let go."""
    _kept[basis] = standing
    if len(_kept) > MOST:
        _kept.popitem(last=False)
