"""What was said about late logs: asked to be excused, excused, refused. Pure; the last word counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Said(StrEnum):
    """What was said about the late log of a month."""

    ASKED = "asked"
    EXCUSED = "excused"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class ExcuseWord:
    """One thing that was said; never changed.

    Attributes:
        month: the first day of the month whose log was late.
        reason: why; None where it was erased.
    """

    id: int
    enrolment: UUID
    month: date
    kind: Said
    said_at: datetime
    said_by: UUID
    reason: str | None


def excused_months(words: Iterable[ExcuseWord]) -> frozenset[date]:
    """Return the months that are excused, from what was said in order; asking again takes nothing back."""
    judged = {word.month: word.kind for word in words if word.kind is not Said.ASKED}
    return frozenset(month for month, kind in judged.items() if kind is Said.EXCUSED)


def open_asks(words: Iterable[ExcuseWord]) -> tuple[ExcuseWord, ...]:
    """Return what was asked and not answered, the first asked first."""
    last = {word.month: word for word in words}
    return tuple(sorted((one for one in last.values() if one.kind is Said.ASKED), key=lambda one: one.id))
