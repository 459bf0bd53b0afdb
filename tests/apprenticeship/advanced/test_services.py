"""A claim in a real database: decided once, counted as hours, the wage moved, the agency told, all replayable."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from apprenticeship.advanced.model import Claim, Outcome
from apprenticeship.advanced.services import (
    claim_credit,
    claims_of,
    claims_to_decide,
    decide_claim,
    tell_agency,
)
from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.evidence.services import hand_in
from apprenticeship.invariants.services import examine_rows
from apprenticeship.people.model import Employment
from apprenticeship.people.repo import add_employments
from apprenticeship.publishing import publish
from apprenticeship.raises.replay import replay_all
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from standards.reading import read_text
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import BEGAN, NOW, Shop

pytestmark = pytest.mark.stack
EARLY = datetime(2025, 2, 3, 15, 0, tzinfo=UTC)
HOUR = 60
LATHE = """
journeymark: 1
program:
  id: lathe
  title: Lathe hand
  approach: time
  work_processes: [{id: turning, title: Turning, hours: {min: 4000, max: 5000}}]
  term: {hours: {min: 4000}, months: 24}
  probation: {months: 3}
  wages:
    journey_rate: {usd_per_hour: 30.00, from: 2020-01-01}
    steps:
      - {id: start, percent: 50}
      - {id: s2, percent: 65, when: {hours: 1000, in: ojl}}
      - {id: s3, percent: 80, when: {hours: 2000, in: ojl}}
      - {id: s4, percent: 95, when: {hours: 3000, in: ojl}}
"""
DOCUMENTS = ("Letter of the old shop", "Certificate 4711")


async def claimed(shop: Shop, name: str = "cho", hours: int = 300, now: datetime = NOW) -> Claim:
    asked = {await process(shop, name): hours * HOUR}
    return await claim_credit(
        await acting(shop, name),
        shop.people[name],
        applied_on=BEGAN,
        asked=asked,
        documents=DOCUMENTS,
        now=now,
    )


async def process(shop: Shop, name: str = "cho") -> str:
    (standing,) = await standings_of([shop.people[name]], as_of=NOW.date())
    return standing.program.work_processes[0].key.rpartition(":")[2]


async def new_cho(shop: Shop) -> UUID:
    """Register Cho anew, today: within probation."""
    boss = await acting(shop, "admin")
    person = shop.people["cho"]
    await enrol(
        boss,
        person,
        sponsor=shop.employer,
        program="cnc-machinist-hybrid",
        registered=NOW.date(),
        now=NOW,
    )
    return person


async def granted(shop: Shop, claim: Claim, hours: int, who: str = "employer", now: datetime = NOW) -> Claim:
    name = next(iter(claim.asked))
    return await decide_claim(
        await acting(shop, who), claim.person, claim.id, granted={name: hours * HOUR}, reason="Seen.", now=now
    )


async def test_what_is_granted_counts_as_hours_from_that_day(shop: Shop) -> None:
    person = await new_cho(shop)
    name = await process(shop)
    (before,) = await standings_of([person], as_of=NOW.date())
    claim = await claimed(shop)
    assert claim.outcome is Outcome.WAITING
    decided = await granted(shop, claim, 200)
    assert decided.outcome is Outcome.IN_PART
    assert decided.decided is not None
    assert decided.decided.tell_by == NOW.date() + timedelta(days=45)
    (after,) = await standings_of([person], as_of=NOW.date())
    key = next(key for key in after.evaluation.hours if key.endswith(f":{name}"))
    assert after.evaluation.hours[key].approved - before.evaluation.hours[key].approved == 200 * HOUR
    (day_before,) = await standings_of(
        [person], as_of=NOW.date() - timedelta(days=1), program="cnc-machinist-hybrid"
    )
    assert day_before.evaluation.hours[key].approved == before.evaluation.hours[key].approved
    (entry,) = [row for row in after.evidence if row.fact.source_key]
    assert (entry.fact.attested_by, entry.note) == ("Credit for previous experience", "Seen.")
    # it is no work of that day: a full day can still be logged
    day = Fact(kind=EvidenceKind.HOURS, happened_on=NOW.date(), minutes=24 * HOUR, work_process=name)
    await hand_in(await acting(shop, "cho"), day, note=None, now=NOW)
    assert [one.words for one in await examine_rows() if not one.well] == []


async def test_the_wage_moves_to_the_step_that_the_credit_reaches(shop: Shop) -> None:
    boss, person = await acting(shop, "admin"), shop.people["cho"]
    (document,) = read_text("lathe.yaml", LATHE)
    await publish(boss, shop.employer, document, now=NOW)
    await enrol(boss, person, sponsor=shop.employer, program="lathe", registered=NOW.date(), now=NOW)
    decided = (await granted(shop, await claimed(shop, hours=2500), 2100)).decided
    assert decided is not None
    (after,) = await standings_of([person], as_of=NOW.date())
    (given,) = after.awarded
    assert (given.id, given.step, given.reason) == (
        decided.raise_decision,
        "lathe:s3",
        "Credit for previous experience",
    )
    assert (given.cents_before, given.cents_after) == (1500, 2400)
    assert (given.effective_on, after.raise_due) == (NOW.date(), False)
    assert (await replay_all()).differences == ()


async def test_a_credit_that_reaches_no_step_moves_no_wage(shop: Shop) -> None:
    await new_cho(shop)
    decided = (await granted(shop, await claimed(shop), 200)).decided
    assert decided is not None
    assert decided.raise_decision is None
    assert await value("SELECT count(*) FROM raise_decision") == 0


async def test_a_claim_is_made_once_and_decided_once_however_many_try(shop: Shop) -> None:
    await new_cho(shop)
    claim = await claimed(shop)
    with pytest.raises(AlreadyDecided):
        await claimed(shop)

    async def attempt() -> str:
        try:
            await granted(shop, claim, 100)
        except AlreadyDecided:
            return "late"
        return "decided"

    assert sorted(await asyncio.gather(*(attempt() for _ in range(8)))) == ["decided"] + ["late"] * 7
    assert await value("SELECT count(*) FROM evidence WHERE source_key LIKE 'standing-claim:%'") == 1


async def test_after_probation_nothing_is_granted_and_a_no_is_still_said(shop: Shop) -> None:
    claim = await claimed(shop, now=datetime(BEGAN.year, BEGAN.month, BEGAN.day + 1, 12, tzinfo=UTC))
    with pytest.raises(Invalid, match="Credit is decided before probation ends") as refused:
        await claimed(shop, "ada")  # registered 22 months ago
    assert refused.value.where == "form"
    with pytest.raises(Invalid, match="decided before probation ends; it ended on"):
        await granted(shop, claim, 100)
    decided = await granted(shop, claim, 0)
    assert decided.outcome is Outcome.NOT
    assert await value("SELECT count(*) FROM evidence WHERE source_key IS NOT NULL") == 0


async def test_the_agency_is_told_once_and_not_before_the_decision(shop: Shop) -> None:
    person = await new_cho(shop)
    claim, boss, today = await claimed(shop), await acting(shop, "employer"), NOW.date()
    with pytest.raises(Invalid, match="Nothing was decided"):
        await tell_agency(boss, person, claim.id, told_on=today, now=NOW)
    await granted(shop, claim, 100)
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Invalid, match="A day from"):
            await tell_agency(boss, person, claim.id, told_on=day, now=NOW)
    told = await tell_agency(boss, person, claim.id, told_on=today, now=NOW)
    assert told.decided is not None
    assert told.decided.told_on == today
    with pytest.raises(AlreadyDecided):
        await tell_agency(boss, person, claim.id, told_on=today, now=NOW)


async def test_who_sees_and_who_decides(shop: Shop) -> None:
    person = await new_cho(shop)
    claim = await claimed(shop)
    for who in ("ada", "cho", "mentor", "registrar", "admin", "stranger"):
        with pytest.raises(Missing):
            await granted(shop, claim, 1, who)
    with pytest.raises(Missing):
        await decide_claim(
            await acting(shop, "employer"), shop.people["ada"], claim.id, granted={}, reason="x", now=NOW
        )
    with pytest.raises(Missing):
        await decide_claim(await acting(shop, "employer"), person, 2**70, granted={}, reason="x", now=NOW)
    report = await claims_to_decide(await acting(shop, "employer"), now=NOW)
    assert [one[0].id for one in report.claims] == [claim.id]
    assert (await claims_to_decide(await acting(shop, "stranger"), now=NOW)).claims == ()
    assert await claims_of(await acting(shop, "cho"), person, now=NOW) == (claim,)
    with pytest.raises(Missing):
        await claims_of(await acting(shop, "mentor"), shop.people["ada"], now=NOW)
    # a second employer may not decide what it does not sponsor
    async with transaction():
        await add_employments(
            [Employment(person=person, employer=shop.other_employer, since=date(2026, 1, 1))]
        )
    with pytest.raises(Missing):
        await granted(shop, claim, 1, "stranger")


@pytest.mark.parametrize("table", ["standing_claim", "standing_decision", "standing_told"])
async def test_rows_are_only_added(shop: Shop, table: str) -> None:
    person = await new_cho(shop)
    claim = await granted(shop, await claimed(shop), 10)
    await tell_agency(await acting(shop, "employer"), person, claim.id, told_on=NOW.date(), now=NOW)
    with pytest.raises(asyncpg.RestrictViolationError):
        await rows(f"DELETE FROM {table}")  # noqa: S608 - from the table above


async def test_hours_of_a_day_stay_within_24_for_everything_else(shop: Shop) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await rows(
            "INSERT INTO evidence (id, entry, person, kind, minutes, work_process, happened_on, status, recorded, "
            "recorded_by, source_key) SELECT 9001, 9001, person, kind, 1441, work_process, happened_on, status, "
            "recorded, recorded_by, 'a file' FROM evidence WHERE kind = 'hours'"
        )
    assert shop.people
