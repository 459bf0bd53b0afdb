"""Sites, who is placed at them from when to when, and what is said of the registered ratio there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from apprenticeship.people.model import Stretch

Ratio = tuple[int, int]
"""So many apprentices to so many journeyworkers; both are 1 or more."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place of work of an employer."""

    id: UUID
    employer: UUID
    name: str
    opened: date
    created_at: datetime
    created_by: UUID


@dataclass(frozen=True, kw_only=True)
class Placement(Stretch):
    """Who is at a site, from `since` (in) until `until` (out; None is open).

    Attributes:
        person: the apprentice; None for journeyworkers, who need no record here.
        number: how many people: 1 for an apprentice.
        words: who the journeyworkers are, as the shop says it; empty for an apprentice.
        entered_at: when it was written down; an end is a row of its own, which is in `until` already.
    """

    id: int
    site: UUID
    person: UUID | None
    number: int
    words: str
    entered_at: datetime
    entered_by: UUID


class Side(StrEnum):
    APPRENTICE = "apprentice"
    JOURNEYWORKER = "journeyworker"


@dataclass(frozen=True, kw_only=True)
class Presence(Stretch):
    """So many people who count on one side of the ratio of a site, every day from `since` until `until`.

    Attributes:
        who: their name, as a sentence can say it.
        key: tells presences apart and puts them in order.
        share: how many journeyworkers one of them needs; 0 for a journeyworker, and for an apprentice whose
            program registers no ratio.
        expected: the day on which an apprentice is expected to complete; nothing is counted on it.
    """

    key: str
    who: str
    side: Side
    number: int = 1
    share: Fraction = Fraction(0)
    expected: date | None = None


@dataclass(frozen=True, kw_only=True)
class Level(Stretch):
    """Days on which the same people count at a site.

    Attributes:
        apprentices: by how many journeyworkers one of them needs; see `Presence.share`.
        journeyworkers: how many there are.
    """

    apprentices: Mapping[Fraction, int]
    journeyworkers: int

    @property
    def number(self) -> int:
        """How many apprentices there are."""
        return sum(self.apprentices.values())

    @property
    def needed(self) -> int:
        """How many journeyworkers the ratio asks for; the shares of all are added before rounding up."""
        return -int(-sum((share * number for share, number in self.apprentices.items()), Fraction(0)) // 1)

    @property
    def holds(self) -> bool:
        return self.needed <= self.journeyworkers

    @property
    def short(self) -> int:
        """How many journeyworkers are missing."""
        return max(0, self.needed - self.journeyworkers)

    @property
    def spare(self) -> int:
        """How many journeyworkers could be elsewhere."""
        return max(0, self.journeyworkers - self.needed)

    @property
    def over(self) -> int:
        """How many apprentices would have to be elsewhere, at least, for the ratio to hold."""
        missing = sum((share * number for share, number in self.apprentices.items()), Fraction(0))
        missing -= self.journeyworkers
        away = 0
        for share, number in sorted(self.apprentices.items(), reverse=True):
            if missing <= 0 or share == 0:
                break
            taken = min(number, -int(-(missing / share) // 1))
            away, missing = away + taken, missing - share * taken
        return away


@dataclass(frozen=True)
class Change:
    """Somebody who begins or ceases to count on a day."""

    presence: Presence
    begins: bool


@dataclass(frozen=True, kw_only=True)
class Breach(Stretch):
    """Days in a row on which the ratio does not hold; `until` is None where no known change ends them.

    Attributes:
        causes: who or what changed on the first of them.
        levels: what there is on these days, in order.
        eased: the first of these days on which expected completions would have mended it; None for none.
    """

    causes: tuple[Change, ...]
    levels: tuple[Level, ...]
    eased: date | None

    @property
    def journeyworkers(self) -> int:
        """The fewest journeyworkers more that mend every one of these days."""
        return max(level.short for level in self.levels)

    @property
    def apprentices(self) -> int:
        """The fewest apprentices elsewhere that mend the worst of these days, and so every one."""
        return max(level.over for level in self.levels)
