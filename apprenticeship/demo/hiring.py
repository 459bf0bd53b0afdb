"""Hiring in the demo: who agreed to be found, and the target roles of its employers. All of it is made up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from apprenticeship.demo.cast import Cast, identifier
from apprenticeship.demo.days import MORNING
from apprenticeship.people.model import Findable, ShownAs
from graph.dates import add_months


@dataclass(frozen=True)
class Open:
    """Leave to be found: since so many months ago, for so many months ahead; to one employer, or to any."""

    login: str
    shown_as: ShownAs = ShownAs.INITIALS
    employer: str | None = None
    began: int = 2
    until: int = 4
    revoked: bool = False


NAME = ShownAs.NAME
FINDABLE = (
    # Harbor's, whom Keystone may find
    Open("ivan", NAME),
    Open("luis"),
    Open("amina"),
    Open("hana", NAME),
    Open("joel", employer="keystone"),
    Open("bianca"),
    Open("gus"),
    Open("keisha", NAME, revoked=True),
    Open("noor", began=7, until=-1),
    # Keystone's, whom Harbor may find
    Open("simone", NAME),
    Open("marcus"),
    Open("paolo", NAME, employer="harbor"),
    Open("ada", NAME),
    # who left a program may be found by anybody
    Open("darius", NAME),
)

CNC_SETUP = (
    "(credential nims-machining-1:ctp or credential nims-machining-1:cmp) and "
    "2 of (credential nims-machining-1:mil1, credential nims-machining-1:tcs1, credential nims-machining-1:tbc1, "
    "credential nims-machining-1:grn1) and competency nims-machining-1:jpp"
)
ROLES = (
    ("keystone", "CNC setup", CNC_SETUP),
    ("keystone", "Lead operator", "4 credentials of nims-machining-1 level 1 and credential osha:osha-10"),
    ("harbor", "CNC setup", CNC_SETUP),
)
ASKED = ("harbor", "simone", "We have a lathe cell to fill in Pottsville, days. Would you talk to us?")


def findables(crew: Cast, now: datetime, randomness: Random) -> tuple[Findable, ...]:
    """Return the leave to be found as rows."""
    return tuple(
        Findable(
            id=identifier(randomness),
            person=crew.people[one.login],
            employer=None if one.employer is None else crew.places[one.employer],
            shown_as=one.shown_as,
            since=(since := add_months(now.date(), -one.began)),
            until=add_months(now.date(), one.until),
            given_at=datetime.combine(since, MORNING, UTC),
            revoked_at=datetime.combine(add_months(since, 1), MORNING, UTC) if one.revoked else None,
        )
        for one in FINDABLE
    )
