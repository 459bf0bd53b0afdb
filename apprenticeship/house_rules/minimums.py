"""Whether a wage is under the legal minimum that an organisation entered. Pure; money in cents an hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apprenticeship.house_rules.model import MinimumWage
from apprenticeship.house_rules.wording import said_day, said_money
from graph.evaluating import cents_of
from graph.world import Program


@dataclass(frozen=True, kw_only=True)
class TooLow:
    """An entry wage under the minimum on a day."""

    program: str
    on: date
    cents: int
    minimum: int

    def words(self) -> str:
        """Say by how much."""
        return (
            f"On {said_day(self.on)} {self.program} begins at {said_money(self.cents)} an hour, "
            f"{said_money(self.minimum - self.cents)} under the minimum of {said_money(self.minimum)}."
        )


def minimum_on(wages: Iterable[MinimumWage], on: date) -> int | None:
    """Return the minimum in cents an hour that holds on a day; None before the first."""
    begun = [one for one in wages if one.since <= on]
    return max(begun, key=lambda one: one.since).cents if begun else None


def too_low(program: Program, wages: Iterable[MinimumWage], on: date) -> TooLow | None:
    """Return how the entry wage of a program breaks the minimum on a day; None where it does not, or names no money."""
    minimum = minimum_on(wages, on)
    if minimum is None or not program.steps:
        return None
    cents = cents_of(program, program.steps[0].key, on)
    if cents is None or cents >= minimum:
        return None
    return TooLow(program=program.title, on=on, cents=cents, minimum=minimum)
