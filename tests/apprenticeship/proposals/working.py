"""Short ways to live through a raise: do what waits, write evidence, and read what was proposed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from apprenticeship.evidence.model import Addition, Evidence, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.house_rules.model import HouseRules
from apprenticeship.house_rules.services import set_rules
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.proposals.looking import flow_of
from apprenticeship.proposals.model import Flow
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.services import decide
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from tasks.jobs import TOPICS
from tests.apprenticeship.acting import acting
from tests.web.shop import BEGAN, NOW, Shop

TODAY = NOW.date()
S2 = "machinist:s2"
DENIAL = Verdict(kind=Kind.DENIED, reason="Two late logs.")
GIVEN = Verdict(kind=Kind.APPROVED, effective_on=TODAY)


async def work(now: datetime = NOW) -> int:
    """Do what waits, as the relay and the worker do; return how many errands that was."""
    done = 0
    while errands := await hand_out(now=now):
        for errand in errands:
            done += await run(errand.id, TOPICS[errand.topic], now=now)
    return done


async def write(
    shop: Shop, name: str | UUID, fact: Fact, *, now: datetime = NOW, supersedes: int | None = None
) -> Evidence:
    """Write signed-off evidence as the mentor, and do what that asks for."""
    row = Addition(
        person=shop.people[name] if isinstance(name, str) else name,
        fact=fact,
        status=None if fact.kind is EvidenceKind.REVOCATION else Status.VERIFIED,
        recorded=now,
        recorded_by=shop.people["mentor"],
        supersedes=supersedes,
    )
    async with transaction():
        (added,) = await append([row])
    await work(now)
    return added


async def revoke(shop: Shop, row: Evidence, day: date, *, now: datetime = NOW) -> Evidence:
    fact = Fact(kind=EvidenceKind.REVOCATION, happened_on=day, revokes=row.entry)
    return await write(shop, row.person, fact, now=now)


async def of_ada(shop: Shop, now: datetime = NOW) -> tuple[Standing, Flow]:
    (standing,) = await standings_of([shop.people["ada"]], as_of=now.date())
    return standing, await flow_of(standing)


async def jpbl(shop: Shop) -> Evidence:
    """Give the certificate that Ada's second step rests on."""
    standing, _ = await of_ada(shop)
    return next(row for row in standing.evidence if row.fact.subject == "nims-machining-1:jpbl")


async def say(shop: Shop, verdict: Verdict, **more: Any) -> RaiseDecision:
    whole = {"program": "machinist", "step": S2, "verdict": verdict, "now": NOW, **more}
    made = await decide(await acting(shop, "employer"), shop.people["ada"], **whole)
    assert isinstance(made, RaiseDecision)
    return made


async def let_object(shop: Shop, days: int | None = 21) -> None:
    """Set the house rules so that the employer has so many days to object."""
    rules = HouseRules(objection_days=days)
    await set_rules(await acting(shop, "admin"), shop.employer, rules, since=BEGAN, now=NOW)
