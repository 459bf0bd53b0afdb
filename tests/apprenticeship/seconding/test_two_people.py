"""A raise above the house's threshold: the first approval gives nothing, another person's completes it."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import asyncpg
import pytest

from apprenticeship.house_rules.model import HouseRules
from apprenticeship.house_rules.services import set_rules
from apprenticeship.people.model import Role, RoleHeld
from apprenticeship.people.repo import add_roles
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import decide, undo
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.seconding import repo
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import BEGAN, NOW, Shop

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
RAISE = 224  # cents an hour, of Ada's first raise


@pytest.fixture(autouse=True)
async def two_bosses(shop: Shop) -> None:
    """Make the mentor an employer too, and let no raise of Ada's be given by one person alone."""
    held = RoleHeld(person=shop.people["mentor"], role=Role.EMPLOYER, organisation=shop.employer, since=BEGAN)
    async with transaction():
        await add_roles([held])
    await limit(shop, RAISE - 1)


async def limit(shop: Shop, cents: int) -> None:
    rules = HouseRules(second_approval_above_cents=cents)
    await set_rules(await acting(shop, "employer"), shop.employer, rules, since=BEGAN, now=NOW)


async def approve(shop: Shop, who: str, day: date = TODAY, reason: str = "") -> RaiseDecision | FirstApproval:
    return await say(shop, who, Verdict(kind=Kind.APPROVED, effective_on=day, reason=reason))


async def say(shop: Shop, who: str, verdict: Verdict) -> RaiseDecision | FirstApproval:
    actor, ada = await acting(shop, who), shop.people["ada"]
    return await decide(actor, ada, program="machinist", step="machinist:s2", verdict=verdict, now=NOW)


async def decisions(shop: Shop) -> list[Kind]:
    (found,) = await standings_of([shop.people["ada"]], as_of=TODAY)
    return [one.kind for one in found.decisions]


async def test_two_people_give_it_and_both_are_kept(shop: Shop) -> None:
    first = await approve(shop, "employer", reason="Good work.")
    assert isinstance(first, FirstApproval)
    assert (first.cents_after or 0) - (first.cents_before or 0) == RAISE
    assert await decisions(shop) == [], "the first approval gives nothing"
    given = await approve(shop, "mentor")
    assert isinstance(given, RaiseDecision)
    assert await decisions(shop) == [Kind.APPROVED]
    (kept,) = await repo.of_enrolments([given.enrolment])
    assert (kept.completed_by, kept.reason) == (given.id, "Good work.")
    assert {kept.approved_by, given.decided_by} == {shop.people["employer"], shop.people["mentor"]}
    assert not (await replay_all()).differences


async def test_nobody_is_both_people(shop: Shop) -> None:
    await approve(shop, "employer")
    with pytest.raises(AlreadyDecided, match="You approved this already"):
        await approve(shop, "employer")
    assert await decisions(shop) == []


async def test_at_the_threshold_one_person_is_enough(shop: Shop) -> None:
    await limit(shop, RAISE)
    assert isinstance(await approve(shop, "employer"), RaiseDecision)


async def test_a_day_without_a_rate_makes_no_raise_smaller(shop: Shop) -> None:
    assert isinstance(await approve(shop, "employer", date(2025, 6, 2)), FirstApproval)
    given = await approve(shop, "mentor", date(2025, 6, 2))
    assert isinstance(given, RaiseDecision)
    assert given.cents_after is None, "the program states no rate for that day"


async def test_another_day_is_another_approval_that_waits_itself(shop: Shop) -> None:
    await approve(shop, "employer")
    other = await approve(shop, "mentor", YESTERDAY)
    assert isinstance(other, FirstApproval)
    given = await approve(shop, "employer", YESTERDAY)
    assert isinstance(given, RaiseDecision)
    assert given.effective_on == YESTERDAY
    assert await value("SELECT count(*) FROM raise_seconded") == 1


@pytest.mark.parametrize("is_undone", [False, True])
async def test_what_is_denied_begins_anew(shop: Shop, *, is_undone: bool) -> None:
    await approve(shop, "employer")
    denied = await say(shop, "mentor", Verdict(kind=Kind.DENIED, reason="Two late logs."))
    if is_undone:
        mentor, ada = await acting(shop, "mentor"), shop.people["ada"]
        await undo(mentor, ada, denied.id, reason="A slip.", now=NOW)
    assert isinstance(await approve(shop, "mentor"), FirstApproval)
    assert isinstance(await approve(shop, "employer"), RaiseDecision)


async def test_given_and_taken_back_it_needs_two_again(shop: Shop) -> None:
    await approve(shop, "employer")
    given = await approve(shop, "mentor")
    await undo(await acting(shop, "mentor"), shop.people["ada"], given.id, reason="A slip.", now=NOW)
    assert isinstance(await approve(shop, "mentor"), FirstApproval)
    assert isinstance(await approve(shop, "employer"), RaiseDecision)


async def test_fifty_at_once_make_one_first_and_one_decision(shop: Shop) -> None:
    async def attempt(who: str) -> str:
        try:
            return type(await approve(shop, who)).__name__
        except AlreadyDecided:
            return "late"

    said = Counter(await asyncio.gather(*(attempt(("employer", "mentor")[n % 2]) for n in range(50))))
    assert said == {"FirstApproval": 1, "RaiseDecision": 1, "late": 48}
    assert await value("SELECT count(*) FROM raise_decision") == 1
    assert await value("SELECT count(*) FROM raise_seconded") == 1


async def test_the_database_knows_that_two_people_are_two(shop: Shop) -> None:
    first = await approve(shop, "employer")
    await limit(shop, 10 * RAISE)
    given = await approve(shop, "employer")
    with pytest.raises(asyncpg.CheckViolationError, match="no second approval"):
        await repo.complete(first.id, given.id)
    for sql in ("UPDATE raise_first_approval SET step = 'x'", "DELETE FROM raise_first_approval"):
        with pytest.raises(asyncpg.PostgresError):
            await rows(sql)
