"""Roster checks on the small shop and the demo: rows as the full answer says, parts, consents that end, looks."""

from dataclasses import asdict
from datetime import timedelta
from random import Random

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.audit.looking import looks_at
from apprenticeship.credit.services import credit_of
from apprenticeship.credit_rosters import repo, services
from apprenticeship.credit_rosters.model import CheckState, LearnerRow
from apprenticeship.credit_rosters.services import WORK, check_of, learner_rows, start
from apprenticeship.demo.services import load_demo
from apprenticeship.invariants.services import examine_rows
from apprenticeship.outbox.model import Errand
from apprenticeship.people import repo as people
from apprenticeship.people.model import RosterEntry
from apprenticeship.people.services import revoke_consent
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.roster.reading import read_table
from apprenticeship.store import open_store, transaction
from tests.apprenticeship.acting import acting, rows, value
from tests.apprenticeship.cohort.running import do_errands
from tests.apprenticeship.demo.conftest import NOW as DEMO_NOW
from tests.web.shop import BEGAN, NOW, Shop

pytestmark = pytest.mark.stack


async def put_on_roster(shop: Shop, *names: str) -> None:
    async with transaction():
        await people.add_roster_entries(
            [RosterEntry(person=shop.people[one], college=shop.college, since=BEGAN) for one in names]
        )


async def checked(shop: Shop, text: str = "") -> tuple[LearnerRow, ...]:
    registrar = await acting(shop, "registrar")
    table = read_table("list.csv", text.encode()) if text else None
    check = await start(registrar, shop.college, table, now=NOW, at_once=2)
    assert await do_errands(NOW) == (check.people + 1) // 2
    found = await check_of(registrar, check.id, now=NOW)
    assert (found.state, found.done) == (CheckState.DONE, found.people)
    return await learner_rows(registrar, check.id, now=NOW)


async def test_everybody_whom_the_college_may_see_has_a_row_and_sees_the_look(shop: Shop) -> None:
    await put_on_roster(shop, "ben", "cho")
    found = await checked(shop)
    assert [row.name for row in found] == ["Ada Tran", "Ben Okafor", "Cho Park"]
    for name in ("ada", "ben", "cho"):
        (look,) = await looks_at(shop.people[name])
        assert (look.actor, look.refused) == (shop.people["registrar"], False)
        assert look.colleges
    assert [finding.words for finding in await examine_rows() if not finding.well] == []


async def test_a_list_of_names_is_checked_and_the_rest_left_alone(shop: Shop) -> None:
    await put_on_roster(shop, "ben", "cho")
    found = await checked(shop, "name\nCho Park\nUma Stone\nAda Tran\n")
    assert [row.name for row in found] == ["Ada Tran", "Cho Park"]
    assert await looks_at(shop.people["ben"]) == ()
    (kept,) = await repo.checks_by(shop.people["registrar"], 5)
    assert [(one.row, one.said) for one in kept.unfound] == [(3, "Uma Stone")]


async def test_who_takes_consent_back_in_the_meantime_is_not_looked_at(shop: Shop) -> None:
    registrar, ada = await acting(shop, "registrar"), await acting(shop, "ada")
    check = await start(registrar, shop.college, None, now=NOW)
    (consent,) = await people.consents_of([ada.person])
    await revoke_consent(ada, consent.id, now=NOW)
    await do_errands(NOW)
    (row,) = await learner_rows(registrar, check.id, now=NOW)
    assert (row.name, row.lines) == ("", ())
    assert "ended before this learner was looked at" in row.questions[0]
    assert await looks_at(ada.person) == ()


async def test_a_part_that_is_done_twice_is_done_once(shop: Shop) -> None:
    registrar = await acting(shop, "registrar")
    check = await start(registrar, shop.college, None, now=NOW)
    payload = {"check": str(check.id), "first": 0, "until": 9}
    errand = Errand(id=1, topic=WORK, key="again", payload=payload, attempts=1, created_at=NOW)
    for _ in range(2):
        async with transaction():
            await services.work(errand, NOW)
    await do_errands(NOW)
    assert len(await looks_at(shop.people["ada"])) == 1
    found = await check_of(registrar, check.id, now=NOW)
    assert (found.state, found.done) == (CheckState.DONE, 1)


async def test_a_check_that_is_given_up_says_so_and_another_can_begin(shop: Shop) -> None:
    registrar = await acting(shop, "registrar")
    check = await start(registrar, shop.college, None, now=NOW)
    with pytest.raises(AlreadyDecided, match="being worked out already"):
        await start(registrar, shop.college, None, now=NOW)
    payload = {"check": str(check.id), "first": 0, "until": 9}
    errand = Errand(id=1, topic=WORK, key="gone", payload=payload, attempts=9, created_at=NOW)
    await services.abandon(errand, NOW)
    assert (await check_of(registrar, check.id, now=NOW)).state is CheckState.FAILED
    await do_errands(NOW)  # the part that was asked for finds nothing to do
    assert (await start(registrar, shop.college, None, now=NOW)).state is CheckState.RUNNING


async def test_checks_are_for_registrars_of_the_college_and_for_a_while(shop: Shop) -> None:
    registrar = await acting(shop, "registrar")
    check = await start(registrar, shop.college, None, now=NOW)
    await do_errands(NOW)
    for name in ("stranger", "ada", "employer"):
        with pytest.raises(Missing):
            await check_of(await acting(shop, name), check.id, now=NOW)
        with pytest.raises(Missing):
            await start(await acting(shop, name), shop.college, None, now=NOW)
    with pytest.raises(Invalid, match=r"names nobody whom you may see\. Row 2, 'Uma Stone'"):
        await start(registrar, shop.college, read_table("l.csv", b"name\nUma Stone\n"), now=NOW)
    much_later = NOW + timedelta(days=31)
    await start(registrar, shop.college, None, now=much_later)
    with pytest.raises(Missing):
        await check_of(registrar, check.id, now=much_later)
    assert await value("SELECT count(*) FROM roster_check_row WHERE content IS NOT NULL") == 0


async def test_a_row_says_what_the_full_answer_says(migrated_url: str) -> None:
    """The demo, with granted credit among it; for both colleges."""
    async with open_store(migrated_url, connections=2):
        await load_demo(now=DEMO_NOW, randomness=Random(1))
        for key in ("lakeside", "riverbend"):
            held = "SELECT r.person, o.id FROM role_held r JOIN organisation o ON o.id = r.organisation"
            ((who, college),) = await rows(f"{held} WHERE r.role = 'registrar' AND o.key = $1", key)
            registrar = await actor_of_person(who)
            check = await start(registrar, college, None, now=DEMO_NOW)
            await do_errands(DEMO_NOW)
            found = await learner_rows(registrar, check.id, now=DEMO_NOW)
            assert len(found) == check.people > 10
            for row in found:
                full = await credit_of(registrar, row.person, now=DEMO_NOW)
                answers = {one.answer.agreement: one.answer for one in full.colleges}
                for line in row.lines:
                    answer = answers[line.agreement]
                    assert line.credits == answer.credits
                    assert line.granted == sum(one.credits for one in answer.granted)
                    assert [asdict(one) for one in line.limits] == [
                        {"name": use.name, "allowed": use.allowed, "used": use.used} for use in answer.limits
                    ]
                    assert list(line.courses) == [one.award.course for one in answer.best.given]
        assert await value("SELECT count(*) FROM credit_decision") > 0
