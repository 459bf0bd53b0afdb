"""Target roles: saved by name, and the own crew ranked by what they lack."""

from copy import deepcopy

import asyncpg
import pytest

from apprenticeship.promotions.services import ranked, roles_of, save_role
from apprenticeship.publishing import publish
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.standing.rules import newest_world
from graph.actions import Earn
from graph.fixing import Fix
from graph.requirement import Requirement
from standards.asked_rules import rule_of_text
from standards.catalog import load_catalog
from standards.reading import read_data
from tests.apprenticeship.acting import LATER, acting, rows
from tests.web.shop import NOW, Shop

TODAY = NOW.date()


async def rule(text: str) -> Requirement:
    return rule_of_text(text, await newest_world())


async def test_a_role_is_saved_by_name_and_the_latest_of_a_name_counts(shop: Shop) -> None:
    boss, other = await acting(shop, "employer"), await acting(shop, "stranger")
    await save_role(
        boss, organisation=shop.employer, name=" CNC   setup ", rule=await rule("credential ctp"), now=NOW
    )
    await save_role(
        boss, organisation=shop.employer, name="CNC setup", rule=await rule("credential cmp"), now=LATER
    )
    await save_role(
        boss, organisation=shop.employer, name="Benches", rule=await rule("credential jpbl"), now=LATER
    )
    assert [(one.name, one.rule) for one in await roles_of(boss, now=LATER)] == [
        ("Benches", "credential nims-machining-1:jpbl"),
        ("CNC setup", "credential nims-machining-1:cmp"),
    ]
    assert await roles_of(other, now=LATER) == ()
    await save_role(boss, organisation=shop.employer, name="Benches", rule=None, now=LATER)
    assert [one.name for one in await roles_of(boss, now=LATER)] == ["CNC setup"]
    with pytest.raises(Missing):
        await save_role(boss, organisation=shop.employer, name="Benches", rule=None, now=LATER)
    assert len(await rows("SELECT 1 FROM target_role")) == 4
    for change in ("UPDATE target_role SET rule = NULL", "DELETE FROM target_role", "TRUNCATE target_role"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await rows(change)


async def test_roles_are_for_the_employers_own_people(shop: Shop) -> None:
    asked = await rule("credential ctp")
    for who in ("ada", "mentor", "registrar", "admin", "agency", "stranger"):
        with pytest.raises(Missing):
            await save_role(
                await acting(shop, who), organisation=shop.employer, name="X", rule=asked, now=NOW
            )
    boss = await acting(shop, "employer")
    for name in ("", "   ", "x" * 201):
        with pytest.raises(Invalid) as refused:
            await save_role(boss, organisation=shop.employer, name=name, rule=asked, now=NOW)
        assert refused.value.where == "name"


async def test_the_crew_is_ranked_by_what_they_lack(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    found = await ranked(boss, await rule("credential jpbl and credential mms"), as_of=TODAY, now=NOW)
    assert [(one.standing.person.name, one.holds, one.lacking) for one in found] == [
        ("Ada Tran", True, 0),
        ("Ben Okafor", False, 1),
        ("Cho Park", False, 2),
    ]
    ben = found[1]
    assert ben.progress * 2 == 1
    assert isinstance(ben.way, Fix)
    assert ben.way.actions == (Earn("credential", "nims-machining-1:jpbl"),)
    assert (ben.minutes, ben.cents, ben.unstated) == (80 * 60, 80_00, 0)
    assert (
        await ranked(await acting(shop, "stranger"), await rule("credential jpbl"), as_of=TODAY, now=NOW)
        == ()
    )


async def test_a_part_that_is_passed_is_not_paid_again(shop: Shop) -> None:
    """Ada passed the theory of two credentials, which share it: half of the chucking credential is left."""
    boss = await acting(shop, "employer")
    ada = (await ranked(boss, await rule("credential tcs1"), as_of=TODAY, now=NOW))[0]
    assert (ada.standing.person.name, ada.lacking, ada.minutes, ada.cents) == ("Ada Tran", 1, 50 * 60, 40_00)


async def test_prerequisites_are_in_the_set(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    ben = next(
        one
        for one in await ranked(boss, await rule("credential ctp"), as_of=TODAY, now=NOW)
        if one.standing.person.name == "Ben Okafor"
    )
    assert isinstance(ben.way, Fix)
    assert {one.key.partition(":")[2] for one in ben.way.actions if isinstance(one, Earn)} >= {
        "ctp",
        "cto",
        "jpbl",
    }


async def test_another_framework_than_their_program_uses_is_read_in_its_newest_version(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    found = await ranked(boss, await rule("credential osha:osha-10 and credential mms"), as_of=TODAY, now=NOW)
    assert {one.standing.person.name: (one.lacking, one.newer) for one in found} == {
        "Ada Tran": (1, ()),
        "Ben Okafor": (1, ()),
        "Cho Park": (2, ()),
    }


async def test_hours_in_a_program_that_is_not_theirs_cannot_be_had(shop: Shop) -> None:
    boss = await acting(shop, "employer")
    found = await ranked(boss, await rule("500 hours in machinist:milling"), as_of=TODAY, now=NOW)
    lacking = {one.standing.person.name: one.lacking for one in found}
    assert lacking["Ada Tran"] == 1
    assert found[0].minutes == 492 * 60


async def test_a_version_that_lacks_what_is_asked_is_said(shop: Shop) -> None:
    """A later version of the framework has a credential that those registered before do not know."""
    boss = await acting(shop, "employer")
    await publish_with_another_credential(shop)
    found = await ranked(boss, await rule("credential mms and credential brand-new"), as_of=TODAY, now=LATER)
    assert [(one.standing.person.name, one.lacking, one.newer) for one in found] == [
        ("Ada Tran", 1, ("nims-machining-1",)),
        ("Ben Okafor", 1, ("nims-machining-1",)),
        ("Cho Park", 2, ("nims-machining-1",)),
    ]


async def publish_with_another_credential(shop: Shop) -> None:
    document = next(one for one in load_catalog() if one.model.id == "nims-machining-1")
    raw = deepcopy(document.raw)
    raw["framework"] |= {"version": "a later one"}
    raw["credentials"].append(
        {"id": "brand-new", "title": "Brand new", "prerequisites": {"credential": "mms"}}
    )
    await publish(await acting(shop, "admin"), shop.employer, read_data("later", raw), now=LATER)
