"""Loading: once, into an empty database only, and so that everybody finds something to do."""

import asyncio
from random import Random

import pytest

from apprenticeship.accounts.passwords import check_password
from apprenticeship.accounts.services import sign_in
from apprenticeship.credit_decisions import repo as credit_decisions
from apprenticeship.credit_decisions.model import State
from apprenticeship.credit_decisions.services import replayed
from apprenticeship.demo.places import PLACES, STAFF
from apprenticeship.demo.services import PASSWORD, demo_people, load_demo
from apprenticeship.invariants.services import examine_rows
from apprenticeship.people import repo as people
from apprenticeship.people.model import Role
from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action
from apprenticeship.publishing import newest_agreements
from apprenticeship.raises.services import crew
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.signoff.services import waiting_for
from apprenticeship.store import open_store
from tests.apprenticeship.acting import value
from tests.apprenticeship.demo.conftest import NOW, Demo
from tests.web.shop import Shop

pytestmark = pytest.mark.stack


def of_role(role: Role) -> list[str]:
    return [one.login for one in STAFF if one.role is role]


async def test_everybody_can_sign_in_with_the_password_that_is_printed(demo: Demo) -> None:
    assert len(demo.people) == len(demo_people()) == len(STAFF) + 40
    for login in demo.people:
        check_password(PASSWORD, login)
    for login in ("ada", "maria", "lee"):
        signed_in = await sign_in(login, PASSWORD, address="test", now=NOW)
        assert signed_in.actor.person == demo.people[login]


async def test_a_second_load_keeps_everything_and_adds_nothing(demo: Demo) -> None:
    assert demo.people
    count = "SELECT (SELECT count(*) FROM evidence) + (SELECT count(*) FROM person)"
    before = await value(count)
    assert await load_demo(now=NOW, randomness=Random(1)) is False
    assert await value(count) == before


async def test_two_who_load_at_once_load_it_once(migrated_url: str) -> None:
    async with open_store(migrated_url, connections=2):
        loads = [load_demo(now=NOW, randomness=Random(1)) for _ in range(2)]
        assert sorted(await asyncio.gather(*loads)) == [False, True]
        assert await value("SELECT count(*) FROM person") == len(demo_people())


async def test_people_who_are_not_of_the_demo_are_left_alone(shop: Shop) -> None:
    assert shop.people
    with pytest.raises(AlreadyDecided, match="holds people already; the demo goes into an empty one only"):
        await load_demo(now=NOW, randomness=Random(1))


async def test_every_promise_holds_of_the_demo(demo: Demo) -> None:
    assert demo.people
    assert [finding.words for finding in await examine_rows() if not finding.well] == []


@pytest.mark.parametrize("mentor", of_role(Role.MENTOR))
async def test_every_mentor_has_several_things_to_look_at(mentor: str, demo: Demo) -> None:
    queue = await waiting_for(await demo.acting(mentor), now=NOW)
    assert 4 <= len(queue) <= 40
    assert len({one.name for one in queue}) >= 2


@pytest.mark.parametrize("employer", of_role(Role.EMPLOYER))
async def test_every_employer_has_raises_to_decide(employer: str, demo: Demo) -> None:
    members = await crew(await demo.acting(employer), as_of=NOW.date(), now=NOW)
    assert len(members) >= 15
    assert 2 <= sum(member.due for member in members) <= 8


@pytest.mark.parametrize("registrar", of_role(Role.REGISTRAR))
async def test_every_registrar_sees_some_by_roster_and_some_by_consent(registrar: str, demo: Demo) -> None:
    seen = await visible_learners(await demo.acting(registrar), Action.READ_CREDIT, now=NOW)
    assert 10 <= len(seen) <= 25
    rosters = {entry.person for entry in await people.rosters_of([one.id for one in seen])}
    assert len([one for one in seen if one.id not in rosters]) >= 3


async def test_consent_that_is_over_or_taken_back_shows_nothing(demo: Demo) -> None:
    for login, registrar in (("ellie", "lee"), ("darius", "priya")):
        seen = await visible_learners(await demo.acting(registrar), Action.READ_CREDIT, now=NOW)
        assert demo.people[login] not in {one.id for one in seen}


async def test_organisations_say_that_they_are_samples_and_colleges_have_the_keys_of_their_agreements(
    demo: Demo,
) -> None:
    assert demo.people
    assert all("(sample)" in place.name for place in PLACES)
    agreements = {one.key for one in await newest_agreements()}
    assert {"lakeside-mfgt", "riverbend-machining"} <= agreements
    assert {place.key for place in PLACES} >= {"lakeside", "riverbend"}


async def test_colleges_were_asked_and_one_has_decided(demo: Demo) -> None:
    ids = await credit_decisions.everything()
    asked = {one.person: one for one in await credit_decisions.of_ids(ids)}
    states = {login: asked[demo.people[login]].state for login in ("ada", "marcus", "hector")}
    assert states == {"ada": State.WAITING, "marcus": State.DECIDED, "hector": State.WAITING}
    assert asked[demo.people["marcus"]].granted_on(NOW.date())
    assert await replayed() == (len(ids), ())
