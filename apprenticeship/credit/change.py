"""What a supposition changes in the credit of one agreement: two answers beside each other."""

from dataclasses import dataclass
from typing import Any

from apprenticeship.credit.answers import number
from apprenticeship.credit.model import CreditAnswer


@dataclass(frozen=True, slots=True)
class CreditChange:
    """Two answers of one agreement for one person."""

    before: CreditAnswer
    after: CreditAnswer

    @property
    def gained(self) -> tuple[str, ...]:
        """Awards of the later answer that the earlier one has not."""
        return tuple(award for award in self.after.best.ids if award not in self.before.best.ids)

    @property
    def lost(self) -> tuple[str, ...]:
        """Awards of the earlier answer that the later one has not."""
        return tuple(award for award in self.before.best.ids if award not in self.after.best.ids)


def change_answer(change: CreditChange) -> dict[str, Any]:
    """As plain data for JSON; credits in the agreement's unit."""
    before, after = change.before, change.after
    return {
        "agreement": before.agreement,
        "college": before.college,
        "program": before.program,
        "unit": before.unit,
        "from": number(before.credits),
        "to": number(after.credits),
        "gained": list(change.gained),
        "lost": list(change.lost),
        "estimate": after.estimate,
    }
