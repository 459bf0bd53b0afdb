"""Hiring among people who agreed to be found: what a search sees of them, and asking them to get in touch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from apprenticeship.people.model import Findable, ShownAs
from graph.evaluating import Evaluation
from graph.fixing import Fix, NoFix

LONGEST_LEAVE = 366  # days


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One thing that somebody has shown; `current` is false for a credential that has expired."""

    key: str
    title: str
    since: date | None
    expires: date | None = None
    current: bool = True


@dataclass(frozen=True, kw_only=True)
class Profile:
    """All that a search may see of a person: credentials held, competencies signed off. Nothing rests on a waiver.

    Attributes:
        evaluation: where these come from; only the ratings that a search asks for are read from it.
    """

    person: UUID
    name: str
    credentials: Mapping[str, Holding]
    competencies: Mapping[str, Holding]
    evaluation: Evaluation

    @property
    def signed_off(self) -> tuple[Holding, ...]:
        """The competencies to show: areas only sum up what is in them."""
        known = self.evaluation.world.competencies
        return tuple(one for one in self.competencies.values() if known[one.key].kind != "area")


@dataclass(frozen=True, kw_only=True)
class Found:
    """Somebody whom a search found.

    Attributes:
        leave: the leave to be found under which they are shown.
        shown: their name or initials, as they chose.
        progress: how much of what is looked for they have.
        way: what they lack; empty where they have all.
        request: what they were asked before under this leave.
    """

    leave: Findable
    shown: str
    profile: Profile
    progress: Fraction
    way: Fix | NoFix
    request: "ContactRequest | None" = None

    @property
    def meets(self) -> bool:
        """Whether they have all that is looked for."""
        return self.progress == 1

    @property
    def lacking(self) -> int:
        """How many things they lack; many where nothing can close it."""
        return len(self.way.actions) if isinstance(self.way, Fix) else 10_000


@dataclass(frozen=True, kw_only=True)
class ContactRequest:
    """An employer asked somebody found to get in touch.

    Attributes:
        agreed: what they answered; None for not yet.
        contact: how to reach them, where they agreed.
    """

    id: UUID
    findable: UUID
    person: UUID
    person_name: str
    shown_as: ShownAs
    employer: UUID
    employer_name: str
    asked_at: datetime
    message: str
    agreed: bool | None
    answered_at: datetime | None
    contact: str | None

    @property
    def shown(self) -> str:
        """What the employer sees of the name: all of it once they agreed to be in touch."""
        return self.person_name if self.agreed else shown_name(self.person_name, self.shown_as)


@dataclass(frozen=True, kw_only=True)
class Look:
    """One time that an employer was shown somebody; `asked` is what was looked for, as text."""

    at: datetime
    employer: str
    asked: str
    whole: bool


def shown_name(name: str, shown_as: ShownAs) -> str:
    """Return a name, or its initials: `Ada Tran` as `A. T.`."""
    if shown_as is ShownAs.NAME:
        return name
    return " ".join(f"{word[0].upper()}." for word in name.split())
