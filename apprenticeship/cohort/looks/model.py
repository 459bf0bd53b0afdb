"""A look at everybody in a program: as of a day, and by other standards than those in force for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

Texts = Mapping[str, str]
"""The documents of a candidate as they are kept: canonical text by name."""


class LookState(StrEnum):
    """How far a look is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look, worked out in ranges of people.

    Attributes:
        compared: whether people are looked at by a candidate beside their own standards.
        ranges_total: into how many ranges of people it was split; None before it was.
        people: how many were looked at so far.
    """

    id: UUID
    program_key: str
    as_of: date
    compared: bool
    asked_by: UUID | None
    state: LookState
    ranges_total: int | None
    ranges_done: int
    people: int
    created_at: datetime
    finished_at: datetime | None
