"""Semester and quarter hours: one semester hour is one and a half quarter hours. Everything in hundredths."""

from fractions import Fraction
from typing import Literal

Unit = Literal["semester", "quarter"]
QUARTERS = Fraction(3, 2)
WHOLE = 100


def other(unit: str) -> Unit:
    """The other unit."""
    return "semester" if unit == "quarter" else "quarter"


def converted(hundredths: int, unit: str, into: str) -> int:
    """Credits in another unit, a fraction of a hundredth dropped: no credit is made by converting."""
    if unit == into:
        return hundredths
    return int(hundredths * QUARTERS if into == "quarter" else hundredths / QUARTERS)


def whole(hundredths: int) -> int:
    """Full credits, the fraction dropped, as colleges do that post whole credits only."""
    return hundredths // WHOLE
