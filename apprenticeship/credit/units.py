"""Semester and quarter hours, in the units of answers. Everything in hundredths."""

from collections.abc import Iterable

from standards.documents.agreement import AgreementHeader
from standards.documents.agreement_terms import Unit
from standards.documents.credit_units import converted

__all__ = ["Unit", "converted", "in_other_unit", "other", "whole"]

WHOLE = 100


def other(unit: str) -> Unit:
    """The other unit."""
    return "semester" if unit == "quarter" else "quarter"


def in_other_unit(agreement: AgreementHeader, credits_: Iterable[int]) -> int:
    """What some awards come to where they are posted in the other unit.

    Where the agreement states a rounding each award is posted by itself; else the sum is, a fraction dropped.
    """
    unit, into = agreement.unit, other(agreement.unit)
    if agreement.rounding is None:
        return converted(sum(credits_), unit, into)
    return sum(converted(one, unit, into, agreement.rounding) for one in credits_)


def whole(hundredths: int) -> int:
    """Full credits, the fraction dropped, as colleges do that post whole credits only."""
    return hundredths // WHOLE
