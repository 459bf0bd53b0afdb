"""A plan of whom to train where and when: what was asked, how far it is, and what it came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

REST = "rest"
"""The station of everything that belongs to no work process: credentials, courses, scores and other competencies."""


class PlanState(StrEnum):
    """How far a plan is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Station:
    """What there is to train with.

    Attributes:
        key: the work process whose competencies are trained here (``program:process``), or ``rest``.
        minutes: of training in each month; None: no limit.
        slots: people at a time; None: no limit.
    """

    key: str
    title: str
    minutes: int | None
    slots: int | None = None


@dataclass(frozen=True, kw_only=True)
class TrainingAsked:
    """What is asked.

    Attributes:
        months: how long the plan is.
        budget: cents; None: no limit.
        training: minutes of training that a person takes in a month.
        people: who may be trained.
    """

    months: int
    budget: int | None
    training: int
    stations: tuple[Station, ...]
    people: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TrainingPlan:
    """One plan; ``answer`` is what it came to, empty before it is done."""

    id: UUID
    asked_by: UUID
    as_of: date
    asked: TrainingAsked
    state: PlanState
    created_at: datetime
    finished_at: datetime | None
    answer: Mapping[str, Any] = field(default_factory=dict)
