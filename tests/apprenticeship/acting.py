"""Short ways to act as somebody of the small shop."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.evidence import repo
from apprenticeship.evidence.model import Evidence, EvidenceKind, Fact
from apprenticeship.policy import Actor
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import decide
from apprenticeship.store import transaction
from tests.web.shop import NOW, Shop

LATER = NOW + timedelta(hours=1)
DAY = date(2026, 11, 18)
CHUCKING = "nims-machining-1:chucking"


async def acting(shop: Shop, name: str) -> Actor:
    return await actor_of_person(shop.people[name])


async def waiting(shop: Shop, name: str) -> Evidence:
    """Give the one row of somebody's that waits for sign-off."""
    (row,) = await repo.waiting([shop.people[name]])
    return row


def competency(subject: str = CHUCKING, **more: Any) -> Fact:
    return Fact(**{"kind": EvidenceKind.COMPETENCY, "subject": subject, "happened_on": DAY, **more})


async def rows(sql: str, *values: Any) -> list[Any]:
    """Ask the open database itself."""
    async with transaction() as current:
        found: list[Any] = await current.connection.fetch(sql, *values)
    return found


async def value(sql: str, *values: Any) -> Any:
    return (await rows(sql, *values))[0][0]


async def award(
    actor: Actor, person: UUID, *, program: str, step: str, effective_on: date, now: datetime
) -> RaiseDecision:
    """Give a wage step."""
    verdict = Verdict(kind=Kind.APPROVED, effective_on=effective_on)
    given = await decide(actor, person, program=program, step=step, verdict=verdict, now=now)
    assert isinstance(given, RaiseDecision)
    return given
