"""Everybody of a program evaluated at once: the run, its ranges, and the standards that people are read with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from apprenticeship.cohort.counting import Counts
from apprenticeship.cohort.layout import Layout
from apprenticeship.snapshots.model import Versions


class RunState(StrEnum):
    """How far a run is: what was replaced or failed is dropped a little later."""

    RUNNING = "running"
    CURRENT = "current"
    REPLACED = "replaced"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One evaluation of everybody in a program.

    Attributes:
        as_of: what was true on this day; moves on as what time changes is looked at again.
        ranges_total: into how many ranges of people it was split; None before it was.
        people: how many were evaluated so far.
    """

    id: UUID
    program_key: str
    as_of: date
    state: RunState
    ranges_total: int | None
    ranges_done: int
    people: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Range:
    """People of a run from one number (in) to another (out; None: to the last)."""

    run: UUID
    number: int
    first_person: UUID
    until_person: UUID | None
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standards:
    """A set of published versions that people of a run are read with, and how their results are laid out."""

    id: int
    run: UUID
    versions: Versions
    sha256: str
    layout: Layout


CountsByStandards = Mapping[int, Counts]
"""Counts by the number of the standards that people are read with."""
