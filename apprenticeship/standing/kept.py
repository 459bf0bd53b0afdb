"""Standings worked out before, kept while nothing that they rest on has changed."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Mark
from apprenticeship.people.model import Person
from apprenticeship.raises.model import RaiseDecision
from apprenticeship.shelves import Shelves
from apprenticeship.standing.model import Standing

ALONE = 20  # what a standing weighs beside its evidence, in rows


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything that a standing by all that is known rests on, so that nothing kept under it grows stale."""

    person: Person
    enrolment: Enrolment
    enrolments: tuple[Enrolment, ...]
    as_of: date
    decisions: tuple[RaiseDecision, ...]
    standards_sha256: str
    evidence: Mark


def _weight(standing: Standing) -> int:
    return ALONE + len(standing.evidence)


STANDINGS: Shelves[Basis, Standing] = Shelves(150_000, _weight)
