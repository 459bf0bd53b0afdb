"""What a supposition changes in the credit of one agreement: the awards given, before and after."""

from dataclasses import dataclass
from typing import Any

from apprenticeship.credit.answers import number
from apprenticeship.credit.model import ESTIMATE, CreditAnswer
from standards.documents.agreement import AwardEntry


@dataclass(frozen=True, slots=True)
class CreditChange:
    """The answer of an agreement as it is, and the awards that it would give then."""

    before: CreditAnswer
    then: tuple[AwardEntry, ...]

    @property
    def credits(self) -> int:
        """Hundredths that would be given."""
        return sum(award.credits for award in self.then)

    @property
    def gained(self) -> tuple[AwardEntry, ...]:
        """Awards that would be given and are not."""
        return tuple(award for award in self.then if award.id not in self.before.best.ids)

    @property
    def lost(self) -> tuple[AwardEntry, ...]:
        """Awards that are given and would not be."""
        kept = {award.id for award in self.then}
        return tuple(given.award for given in self.before.best.given if given.award.id not in kept)


def change_answer(change: CreditChange) -> dict[str, Any]:
    """As plain data for JSON; credits in the agreement's unit, awards by id."""
    before = change.before
    return {
        "agreement": before.agreement,
        "college": before.college,
        "program": before.program,
        "unit": before.unit,
        "from": number(before.credits),
        "to": number(change.credits),
        "gained": [award.id for award in change.gained],
        "lost": [award.id for award in change.lost],
        "estimate": ESTIMATE,
    }
