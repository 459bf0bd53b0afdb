from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Work that a decision asked for, to be done after it: once, whatever dies in between.

    Attributes:
        topic: which kind of work.
        key: what makes it the same errand; one row for each topic and key.
        attempts: how often it was begun.
    """

    id: int
    topic: str
    key: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is done for a topic, and what is done instead when that failed too often."""

    do: Callable[[Errand, datetime], Awaitable[None]]
    give_up: Callable[[Errand, datetime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class GivenUp:
    """An errand that failed too often, without anything that names a person: no key, no payload, no message.

    Attributes:
        attempts: how often it was begun.
        reason: the kind of the last failure; None where its process was killed each time.
    """

    id: int
    topic: str
    attempts: int
    asked_at: datetime
    given_up_at: datetime
    reason: str | None
