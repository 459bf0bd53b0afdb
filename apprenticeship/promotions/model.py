"""Target roles: what somebody is to be able to do before being promoted, or hired, into one."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from apprenticeship.standing.model import Standing
from graph.evaluating import Evaluation
from graph.fixing import Fix, NoFix

LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class TargetRole:
    """A role of one organisation as it was saved last; `rule` is text with every name in full."""

    id: int
    organisation: UUID
    name: str
    rule: str
    saved_at: datetime
    saved_by: UUID


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of the crew beside a target role.

    Attributes:
        evaluation: how they stand, by the standards that the role was read in.
        newer: the frameworks that were read in their newest version, because theirs lacks what the role asks for.
        progress: how far they are; 1 where they have all of it.
        way: a smallest set that closes the rest; empty where nothing is lacking.
        minutes: what that set takes, as far as the standards say, and what it costs in `cents`.
        unstated: how many things of it state no effort.
    """

    standing: Standing
    evaluation: Evaluation
    newer: tuple[str, ...]
    progress: Fraction
    way: Fix | NoFix
    minutes: int
    cents: int
    unstated: int

    @property
    def holds(self) -> bool:
        """Whether nothing is lacking."""
        return self.progress == 1

    @property
    def lacking(self) -> int | None:
        """How many things are lacking; None where nothing can close it."""
        return len(self.way.actions) if isinstance(self.way, Fix) else None
