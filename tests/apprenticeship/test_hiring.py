"""Hiring: nobody is found who did not agree, nothing is seen but what they agreed to, and they see who looked."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from apprenticeship.accounts.services import suspend
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.hiring.contacting import answer, ask_contact, requests_by, requests_to
from apprenticeship.hiring.leave import be_found, employers, leaves_of, looks_at, take_back
from apprenticeship.hiring.model import Found, shown_name
from apprenticeship.hiring.searching import Searched, look_at, search
from apprenticeship.people import repo as people
from apprenticeship.people.model import Employment, Findable, Role, RoleHeld, ShownAs
from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.standing.rules import newest_world
from apprenticeship.store import transaction
from standards.asked_rules import rule_of_text
from tests.apprenticeship.acting import LATER, acting, rows, value
from tests.web.shop import NOW, Shop

UNTIL = NOW.date() + timedelta(days=90)
BOTH = "credential mms and credential jpbl"
CNC_AND_ANOTHER = (
    "2 credentials of nims-machining-1 level 1 and "
    "(credential cto or credential cmo or credential ctp or credential cmp)"
)


async def agree(
    shop: Shop, who: str, shown_as: ShownAs = ShownAs.NAME, by: Any = None, now: datetime = NOW
) -> Findable:
    actor = await acting(shop, who)
    (given,) = await be_found(actor, [by], shown_as=shown_as, until=UNTIL, now=now)
    return given


async def searched(shop: Shop, text: str, who: str = "stranger", now: datetime = LATER) -> Searched:
    place = shop.employer if who == "employer" else shop.other_employer
    rule = rule_of_text(text, await newest_world())
    return await search(await acting(shop, who), place, rule, now=now)


def names(found: Searched) -> list[str]:
    return [one.shown for one in found.shown]


async def earned(
    shop: Shop, who: str, facts: Sequence[Fact], status: Status | None = Status.VERIFIED
) -> None:
    mentor = shop.people["mentor"]
    async with transaction():
        await append(
            [
                Addition(person=shop.people[who], fact=fact, status=status, recorded=NOW, recorded_by=mentor)
                for fact in facts
            ]
        )


def credential(key: str, on: date = date(2026, 3, 2), part: str | None = None) -> Fact:
    subject = f"nims-machining-1:{key}"
    return Fact(kind=EvidenceKind.CREDENTIAL, subject=subject, part=part, happened_on=on, attested_by="NIMS")


def waiver(key: str) -> Fact:
    subject = f"nims-machining-1:{key}"
    return Fact(kind=EvidenceKind.WAIVER, subject=subject, waives="credential", happened_on=date(2026, 3, 2))


async def test_nobody_is_found_who_did_not_agree(shop: Shop) -> None:
    assert names(await searched(shop, BOTH)) == []
    await agree(shop, "ada")
    found = await searched(shop, BOTH)
    assert (names(found), found.meeting, found.total) == (["Ada Tran"], 1, 1)


async def test_those_one_works_for_are_never_shown_one(shop: Shop) -> None:
    await agree(shop, "ada")
    assert names(await searched(shop, BOTH, "employer")) == []
    assert shop.employer not in {one.id for one in await employers(await acting(shop, "ada"), now=NOW)}
    with pytest.raises(Missing):
        await agree(shop, "cho", by=shop.employer)
    async with transaction():
        place = shop.employer
        await people.add_roles(
            [RoleHeld(person=shop.people["stranger"], role=Role.MENTOR, organisation=place, since=NOW.date())]
        )
    assert names(await searched(shop, BOTH)) == [], (
        "who works in their shop is not shown them for another one"
    )


async def test_only_the_employers_that_were_named_find_one(shop: Shop) -> None:
    await agree(shop, "ada", by=shop.other_employer)
    assert names(await searched(shop, BOTH)) == ["Ada Tran"]
    async with transaction():
        await people.add_roles(
            [
                RoleHeld(
                    person=shop.people["agency"],
                    role=Role.EMPLOYER,
                    organisation=shop.agency,
                    since=NOW.date(),
                )
            ]
        )
    other = await acting(shop, "agency")
    rule = rule_of_text(BOTH, await newest_world())
    assert (await search(other, shop.agency, rule, now=LATER)).total == 0


async def test_taken_back_ended_or_shut_out_vanishes_at_once(shop: Shop) -> None:
    given = await agree(shop, "ada")
    stranger, ada = await acting(shop, "stranger"), await acting(shop, "ada")
    last = LATER.replace(year=2027, month=2, day=18)
    assert names(await searched(shop, BOTH, now=last)) == ["Ada Tran"]
    assert names(await searched(shop, BOTH, now=last + timedelta(days=1))) == []
    await take_back(ada, given.id, now=LATER)
    assert names(await searched(shop, BOTH)) == []
    with pytest.raises(Missing):
        await look_at(stranger, shop.other_employer, given.id, now=LATER)
    with pytest.raises(Missing):
        await ask_contact(stranger, shop.other_employer, given.id, message="Hello.", now=LATER)
    with pytest.raises(Missing):
        await take_back(ada, given.id, now=LATER)
    await agree(shop, "ada", now=LATER)
    assert names(await searched(shop, BOTH)) == ["Ada Tran"]
    await suspend(await acting(shop, "admin"), shop.people["ada"], now=NOW)
    assert names(await searched(shop, BOTH)) == []


async def test_leave_is_ones_own_ends_within_a_year_and_is_given_once(shop: Shop) -> None:
    ada, ben = await acting(shop, "ada"), await acting(shop, "ben")
    given = await agree(shop, "ada")
    with pytest.raises(Missing):
        await take_back(ben, given.id, now=LATER)
    with pytest.raises(AlreadyDecided):
        await be_found(ada, [None], shown_as=ShownAs.INITIALS, until=UNTIL, now=LATER)
    for until in (NOW.date(), NOW.date() + timedelta(days=400)):
        with pytest.raises(Invalid) as refused:
            await be_found(ben, [None], shown_as=ShownAs.NAME, until=until, now=NOW)
        assert refused.value.where == "until"
    with pytest.raises(Invalid):
        await be_found(ben, [], shown_as=ShownAs.NAME, until=UNTIL, now=NOW)
    with pytest.raises(Missing):
        await be_found(ben, [shop.college], shown_as=ShownAs.NAME, until=UNTIL, now=NOW)
    tries = [be_found(ben, [None], shown_as=ShownAs.NAME, until=UNTIL, now=NOW) for _ in range(6)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, AlreadyDecided) for one in outcomes) == 5
    assert len(await leaves_of(ben)) == 1


async def test_waivers_and_what_is_not_verified_count_nowhere(shop: Shop) -> None:
    await agree(shop, "ben")
    await earned(shop, "ben", [waiver("jpbl")], status=None)
    await earned(shop, "ben", [credential("jpbl")], status=Status.SUBMITTED)
    (ben,) = (await searched(shop, BOTH)).shown
    assert not ben.meets
    assert ben.lacking == 1
    assert set(ben.profile.credentials) == {"nims-machining-1:mms"}
    await earned(shop, "ben", [credential("jpbl")])
    (ben,) = (await searched(shop, BOTH)).shown
    assert ben.meets


async def test_a_part_that_is_passed_is_not_shown(shop: Shop) -> None:
    """Ada passed the theory of a credential, which nobody asked her to show."""
    await agree(shop, "ada")
    (ada,) = (await searched(shop, "credential mms and credential tcs1")).shown
    assert [(one.key, one.part) for one in lacks(ada)] == [("nims-machining-1:tcs1", None)]


def lacks(found: Found) -> list[Any]:
    return list(getattr(found.way, "actions", ()))


async def test_two_level_one_credentials_one_of_them_cnc(shop: Shop) -> None:
    """What a company in North Carolina hires on; those who have some of it follow, the nearest first."""
    await agree(shop, "ada")
    await agree(shop, "ben", ShownAs.INITIALS)
    await agree(shop, "cho")
    await earned(shop, "cho", [credential("mms"), credential("cto")])
    found = await searched(shop, CNC_AND_ANOTHER)
    assert names(found)[0] == "Cho Park"
    assert set(names(found)[1:]) == {"Ada Tran", "B. O."}
    assert (found.meeting, found.total) == (1, 3)
    assert [one.lacking for one in found.shown] == [0, 1, 1]


async def test_who_has_nothing_of_it_is_not_shown(shop: Shop) -> None:
    await agree(shop, "cho")
    assert (await searched(shop, BOTH)).total == 0
    assert await looks_at(await acting(shop, "cho")) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("40 hours in ojl", "hours"),
        ("credential mms and 3 months since registered", "months"),
        ("program machinist", "programs"),
        ("1 competency in machinist:milling", "work processes"),
    ],
)
async def test_what_a_search_does_not_see_may_not_be_asked(shop: Shop, text: str, word: str) -> None:
    await agree(shop, "ada")
    with pytest.raises(Invalid, match=f"leave out {word}") as refused:
        await searched(shop, text)
    assert refused.value.where == "rule"


async def test_a_rating_is_seen_only_as_far_as_it_is_asked(shop: Shop) -> None:
    await agree(shop, "ada")
    await earned(
        shop,
        "ada",
        [
            Fact(
                kind=EvidenceKind.COMPETENCY,
                subject="nims-machining-1:layout",
                happened_on=date(2026, 4, 1),
                rating=4,
            )
        ],
    )
    for rating, meeting in ((3, 1), (4, 1)):
        assert (await searched(shop, f"competency layout rating {rating}")).meeting == meeting
    found = await searched(shop, "competency part-inspection rating 4 and competency layout")
    assert (found.meeting, [one.rating for one in lacks(found.shown[0])]) == (0, [4])


async def test_every_look_is_kept_and_shown_to_the_person(shop: Shop) -> None:
    given = await agree(shop, "ada")
    ada, stranger = await acting(shop, "ada"), await acting(shop, "stranger")
    assert await looks_at(ada) == ()
    await searched(shop, BOTH)
    await look_at(stranger, shop.other_employer, given.id, now=LATER)
    last, first = await looks_at(ada)
    assert (first.employer, first.whole) == ("Harbor Tool", False)
    assert first.asked == "credential nims-machining-1:mms and credential nims-machining-1:jpbl"
    assert (last.employer, last.whole, last.asked) == ("Harbor Tool", True, "")
    assert await looks_at(await acting(shop, "ben")) == ()


async def test_a_search_opens_no_record(shop: Shop) -> None:
    await agree(shop, "ada")
    stranger = await acting(shop, "stranger")
    for action in (Action.READ_RECORD, Action.READ_STANDING, Action.READ_WAGES, Action.READ_CREDIT):
        listed = await visible_learners(stranger, action, now=LATER)
        assert "Ada Tran" not in {one.name for one in listed}


async def test_searching_is_for_the_employers_own_people(shop: Shop) -> None:
    await agree(shop, "ada")
    rule = rule_of_text(BOTH, await newest_world())
    for who in ("ben", "mentor", "registrar", "admin", "agency"):
        with pytest.raises(Missing):
            await search(await acting(shop, who), shop.other_employer, rule, now=LATER)
    with pytest.raises(Missing):
        await search(await acting(shop, "stranger"), shop.employer, rule, now=LATER)


async def test_contact_is_given_by_the_persons_yes_and_by_nothing_else(shop: Shop) -> None:
    given = await agree(shop, "ada", ShownAs.INITIALS)
    ada, ben, stranger = [await acting(shop, who) for who in ("ada", "ben", "stranger")]
    with pytest.raises(Invalid):
        await ask_contact(stranger, shop.other_employer, given.id, message="", now=LATER)
    number = await ask_contact(stranger, shop.other_employer, given.id, message="Talk to us?", now=LATER)
    with pytest.raises(AlreadyDecided):
        await ask_contact(stranger, shop.other_employer, given.id, message="Again?", now=LATER)
    (asked,) = await requests_to(ada)
    assert (asked.id, asked.employer_name, asked.message, asked.agreed) == (
        number,
        "Harbor Tool",
        "Talk to us?",
        None,
    )
    (open_request,) = await requests_by(stranger, now=LATER)
    assert (open_request.shown, open_request.contact) == ("A. T.", None)
    with pytest.raises(Missing):
        await answer(ben, number, agreed=True, contact="me", now=LATER)
    with pytest.raises(Invalid) as refused:
        await answer(ada, number, agreed=True, contact="", now=LATER)
    assert refused.value.where == "contact"
    await answer(ada, number, agreed=True, contact="ada@example.org", now=LATER)
    with pytest.raises(AlreadyDecided):
        await answer(ada, number, agreed=False, contact="", now=LATER)
    await take_back(ada, given.id, now=LATER)
    (done,) = await requests_by(stranger, now=LATER)
    assert (done.shown, done.agreed, done.contact) == ("Ada Tran", True, "ada@example.org")


async def test_a_no_gives_nothing_away(shop: Shop) -> None:
    given = await agree(shop, "ada", ShownAs.INITIALS)
    ada, stranger = await acting(shop, "ada"), await acting(shop, "stranger")
    number = await ask_contact(stranger, shop.other_employer, given.id, message="Talk to us?", now=LATER)
    await answer(ada, number, agreed=False, contact="ada@example.org", now=LATER)
    (done,) = await requests_by(stranger, now=LATER)
    assert (done.shown, done.agreed, done.contact) == ("A. T.", False, None)
    assert await value("SELECT contact FROM contact_words") is None


async def test_an_open_request_vanishes_with_the_leave(shop: Shop) -> None:
    given = await agree(shop, "ada")
    ada, stranger = await acting(shop, "ada"), await acting(shop, "stranger")
    await ask_contact(stranger, shop.other_employer, given.id, message="Talk to us?", now=LATER)
    await take_back(ada, given.id, now=LATER)
    assert await requests_by(stranger, now=LATER) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE findable SET until = until + 1",
        "DELETE FROM findable",
        "UPDATE findable_end SET revoked_at = now()",
        "DELETE FROM contact_request",
        "UPDATE contact_answer SET agreed = true",
        "TRUNCATE findable_end",
    ],
)
async def test_what_was_agreed_is_never_changed(shop: Shop, change: str) -> None:
    given = await agree(shop, "ada")
    ada, stranger = await acting(shop, "ada"), await acting(shop, "stranger")
    number = await ask_contact(stranger, shop.other_employer, given.id, message="Talk to us?", now=LATER)
    await answer(ada, number, agreed=False, contact="", now=LATER)
    await take_back(ada, given.id, now=LATER)
    with pytest.raises(asyncpg.RestrictViolationError):
        await rows(change)


async def test_who_comes_to_work_for_an_employer_is_no_longer_found_by_it(shop: Shop) -> None:
    await agree(shop, "ada")
    async with transaction():
        await people.add_employments(
            [Employment(person=shop.people["ada"], employer=shop.other_employer, since=NOW.date())]
        )
    assert names(await searched(shop, BOTH)) == []


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Tran", "A. T."), ("Søren Holm", "S. H."), ("Zoë", "Z."), ("élan von  Berg", "É. V. B.")],
)
def test_initials(name: str, initials: str) -> None:
    assert shown_name(name, ShownAs.INITIALS) == initials
    assert shown_name(name, ShownAs.NAME) == name
