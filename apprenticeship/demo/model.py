"""What the tables of the demo say, before anything has a date or an identifier."""

from dataclasses import dataclass

from apprenticeship.evidence.model import Addition, EvidenceKind
from apprenticeship.people.model import OrganisationKind, Role


@dataclass(frozen=True)
class Place:
    """An organisation of the demo."""

    key: str
    kind: OrganisationKind
    name: str


@dataclass(frozen=True)
class Staff:
    """Somebody who is no apprentice: `login` is also the short name used in the other tables."""

    login: str
    name: str
    role: Role
    places: tuple[str, ...]


@dataclass(frozen=True)
class Milestone:
    """One thing that is tested or signed off on the way through a program."""

    kind: EvidenceKind
    subject: str
    part: str | None = None


@dataclass(frozen=True)
class Earlier:
    """A credential from before the program, earned so many months before today."""

    credential: str
    months: int


@dataclass(frozen=True)
class Pause:
    """A suspension that began so many months before today; without a length it lasts."""

    began: int
    months: int | None = None


@dataclass(frozen=True)
class Leave:
    """Consent that a college may see the record: months ago it began, months ahead it ends (or months ago, below 0).

    Attributes:
        revoked: how many months ago it was taken back.
    """

    college: str
    began: int = 2
    until: int = 6
    revoked: int | None = None


@dataclass(frozen=True)
class Apprentice:
    """One apprentice and the story that their record tells.

    Attributes:
        mentor: login of the mentor, who also says which employer it is.
        months: whole months since registration.
        done: how many milestones of the program's way are signed off.
        waiting: how many of the next milestones wait for the mentor.
        early: duties signed off before what should have come first.
        sent_back: a milestone of the way (counted from 0) that came back and stayed there.
        waived: duties waived at the start.
        revoked: Level I credentials that their issuer withdrew last month.
        earlier: credentials from before the program.
        scores: Applied Math, Graphic Literacy, Workplace Documents.
        pauses: time that does not count.
        left: how many months ago they left the program.
        courses: how many courses of related instruction are passed; None goes with the milestones.
        due: whether the last raise is reached and not yet decided.
        denied: whether the last raise is reached, was denied, and they appealed.
        college: where they take related instruction; they stand on its roster when `on_roster`.
        consents: colleges that may see the record for credit.
    """

    login: str
    name: str
    program: str
    mentor: str
    months: int
    done: int
    waiting: int = 0
    early: tuple[str, ...] = ()
    sent_back: int | None = None
    waived: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    scores: tuple[int, int, int] | None = None
    pauses: tuple[Pause, ...] = ()
    left: int | None = None
    courses: int | None = None
    due: bool = False
    denied: bool = False
    college: str = "lakeside"
    on_roster: bool = False
    consents: tuple[Leave, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of evidence before it has an id.

    Attributes:
        name: what other lines call it.
        follows: the line that it supersedes.
        revokes: the line that it takes out.
    """

    name: str
    addition: Addition
    follows: str | None = None
    revokes: str | None = None
