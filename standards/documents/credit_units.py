"""Semester and quarter hours: one semester hour is one and a half quarter hours. Everything in hundredths."""

from fractions import Fraction
from math import ceil, floor

from standards.documents.agreement_terms import Rounding

QUARTERS = Fraction(3, 2)
STEPS = {"whole": 100, "half": 50, "hundredth": 1}


def converted(hundredths: int, unit: str, into: str, rounding: Rounding | None = None) -> int:
    """Credits in another unit; without a stated rounding a fraction of a hundredth is dropped: no credit is made."""
    if unit == into:
        return hundredths
    exact = hundredths * QUARTERS if into == "quarter" else hundredths / QUARTERS
    return int(exact) if rounding is None else rounded(exact, rounding)


def rounded(hundredths: Fraction, rounding: Rounding) -> int:
    """Credits in the steps that a college posts."""
    step = STEPS[rounding.to]
    steps = hundredths / step
    match rounding.by:
        case "down":
            return step * floor(steps)
        case "up":
            return step * ceil(steps)
    return step * floor(steps + Fraction(1, 2))
