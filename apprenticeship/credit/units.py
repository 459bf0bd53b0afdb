"""Semester and quarter hours, in the units of answers. Everything in hundredths."""

from standards.documents.agreement_terms import Unit
from standards.documents.credit_units import converted

__all__ = ["Unit", "converted", "other", "whole"]

WHOLE = 100


def other(unit: str) -> Unit:
    """The other unit."""
    return "semester" if unit == "quarter" else "quarter"


def whole(hundredths: int) -> int:
    """Full credits, the fraction dropped, as colleges do that post whole credits only."""
    return hundredths // WHOLE
