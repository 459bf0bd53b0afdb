"""Notices are read off what happened, to whom it concerns, once; letters only to who asked and owns the address."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.evidence.services import hand_in
from apprenticeship.hiring.contacting import answer, ask_contact
from apprenticeship.hiring.leave import be_found
from apprenticeship.notices import repo
from apprenticeship.notices.model import Happened, Letter, Notice, Often
from apprenticeship.notices.services import (
    LETTER,
    QUESTION,
    ask_for_letters,
    confirm_address,
    letter_for,
    mark_read,
    notices_of,
    question_for,
    unread_since,
    want_letters,
    wish_of,
)
from apprenticeship.notices.words import digest_letter, sentence
from apprenticeship.people.model import ShownAs
from apprenticeship.policy import Actor
from apprenticeship.proposals.answering import appeal
from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.raises.model import Verdict as Decided
from apprenticeship.raises.services import decide
from apprenticeship.refusals import Invalid
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import rate, send_back, sign_off
from tests.apprenticeship.acting import LATER, acting, award, competency, rows, value, waiting
from tests.web.shop import NOW, Shop

SITE = "https://journeymark.test"
ADDRESS = "ada@example.org"
NOTICES = "SELECT topic FROM outbox WHERE topic LIKE 'notices.%' ORDER BY id"
DAY = timedelta(days=1)


async def said(actor: Actor, since: datetime, now: datetime) -> list[str]:
    return [sentence(one, actor.person) for one in await notices_of(actor, since=since, now=now)]


async def test_an_apprentice_reads_what_others_decided_and_nobody_else_does(shop: Shop) -> None:
    mentor, ada = await acting(shop, "mentor"), await acting(shop, "ada")
    first = await waiting(shop, "ada")
    await sign_off(mentor, [Verdict(row=first.id)], note=None, now=LATER)
    second = await hand_in(ada, competency("nims-machining-1:layout"), note=None, now=LATER)
    await send_back(mentor, [second.id], reason="Not the right part.", now=LATER)
    assert set(await said(ada, NOW, LATER)) == {
        "Maria Ortiz signed off 1 entry of yours.",
        "Maria Ortiz sent 1 entry of yours back, with a reason.",
    }
    for name in ("ben", "employer", "stranger", "registrar"):
        assert await said(await acting(shop, name), NOW, LATER) == []


async def test_several_alike_of_one_day_are_one(shop: Shop) -> None:
    mentor = await acting(shop, "mentor")
    done = {"nims-machining-1:layout": 3, "nims-machining-1:jpp": None}
    await rate(mentor, shop.people["ada"], done, happened_on=NOW.date(), note=None, now=LATER)
    assert await said(await acting(shop, "ada"), NOW, LATER) == ["Maria Ortiz signed off 2 entries of yours."]


async def test_a_mentor_reads_who_waits_until_it_is_decided(shop: Shop) -> None:
    mentor, ada = await acting(shop, "mentor"), await acting(shop, "ada")
    handed = await hand_in(ada, competency("nims-machining-1:layout"), note=None, now=LATER)
    assert await said(mentor, NOW, LATER) == ["1 entry of Ada Tran waits for your sign-off."]
    await sign_off(mentor, [Verdict(row=handed.id)], note=None, now=LATER)
    assert await said(mentor, NOW, LATER) == []


async def test_a_decided_raise_is_told_by_its_title(shop: Shop) -> None:
    employer, ada = await acting(shop, "employer"), await acting(shop, "ada")
    step = {"program": "machinist", "step": "machinist:s2"}
    await award(employer, ada.person, **step, effective_on=NOW.date(), now=LATER)
    (text,) = await said(ada, NOW, LATER)
    assert text == f"Your raise to Step 2 was approved by Rosa Novak, paid from {NOW.day} November 2026."


async def test_a_raise_that_is_reached_is_told_to_both_sides_and_to_nobody_else(shop: Shop) -> None:
    before = NOW - timedelta(days=1)
    reached = [one for one in await said(await acting(shop, "ada"), before, NOW) if "is reached" in one]
    assert len(reached) == 1
    assert reached[0].startswith("Your raise to Step 2 is reached, by the rules since ")
    assert reached[0].endswith(": your employer decides it.")
    told = await said(await acting(shop, "employer"), before, NOW)
    assert any(one.startswith("Ada Tran's raise to Step 2 is reached") for one in told)
    for name in ("ben", "mentor", "stranger", "registrar"):
        assert not [
            one
            for one in await said(await acting(shop, name), before, NOW)
            if "Ada" in one and "raise" in one
        ]


async def test_an_appeal_is_told_to_the_employer_alone(shop: Shop) -> None:
    denied = await decide(
        await acting(shop, "employer"),
        shop.people["ada"],
        program="machinist",
        step="machinist:s2",
        verdict=Decided(kind=Kind.DENIED, reason="Not yet."),
        now=LATER,
    )
    assert isinstance(denied, RaiseDecision)
    ada = await acting(shop, "ada")
    assert await said(ada, NOW, LATER) == [
        "Your raise to Step 2 was not given by Rosa Novak; the reason stands with the decision."
    ]
    later = LATER + timedelta(minutes=1)
    await appeal(ada, reason="The log is there.", now=later, decision=denied.id)
    assert await said(await acting(shop, "employer"), LATER, later) == [
        "Ada Tran appealed about the raise to Step 2."
    ]
    assert await said(ada, LATER, later) == []


async def test_who_may_be_found_is_told_who_asks_and_the_employer_who_agrees(shop: Shop) -> None:
    ada, boss = await acting(shop, "ada"), await acting(shop, "stranger")
    (leave,) = await be_found(ada, [None], shown_as=ShownAs.NAME, until=(NOW + 90 * DAY).date(), now=NOW)
    asked = await ask_contact(boss, shop.other_employer, leave.id, message="We look for a turner.", now=LATER)
    assert await said(ada, NOW, LATER) == ["Harbor Tool found you and asks to get in touch."]
    later = LATER + timedelta(minutes=1)
    await answer(ada, asked, agreed=True, contact="ada@example.org", now=later)
    assert await said(boss, LATER, later) == ["Ada Tran agreed to be contacted by you."]


async def test_what_was_read_is_not_new_and_reading_never_goes_back(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    assert await unread_since(ada, now=NOW) == NOW - timedelta(days=30)
    await mark_read(ada, up_to=LATER + DAY, now=LATER)
    await mark_read(ada, up_to=NOW, now=LATER)
    assert await unread_since(ada, now=LATER) == LATER


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "a b@example.org",
        "ada@example.org\nBcc: x@y.zz",
        "a@b.c" * 99,
    ],
)
async def test_what_is_no_address_is_refused(shop: Shop, address: str) -> None:
    with pytest.raises(Invalid):
        await want_letters(await acting(shop, "ada"), often=Often.DAILY, address=address, now=NOW)


async def confirmed(ada: Actor, often: Often) -> None:
    await want_letters(ada, often=often, address=ADDRESS, now=NOW)
    asked = await question_for(ada.person, secret="s3cret", address=SITE)
    assert asked is not None
    assert (asked.to, f"{SITE}/notices/confirm?secret=s3cret" in asked.text) == (ADDRESS, True)
    await confirm_address(ada, "s3cret", now=NOW)


async def test_nobody_gets_a_letter_unasked_or_at_an_address_that_is_not_theirs(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    await rate(
        mentor, ada.person, {"nims-machining-1:layout": 3}, happened_on=NOW.date(), note=None, now=LATER
    )
    later = LATER + 9 * DAY
    assert await letter_for(ada, address=SITE, now=later) is None
    await want_letters(ada, often=Often.DAILY, address=ADDRESS, now=NOW)
    await ask_for_letters(now=later)
    assert [row["topic"] for row in await rows(NOTICES)] == [QUESTION]
    assert await letter_for(ada, address=SITE, now=later) is None
    assert await question_for(ada.person, secret="s3cret", address=SITE)
    for other, secret in ((ada, "guess"), (mentor, "s3cret")):
        with pytest.raises(Invalid):
            await confirm_address(other, secret, now=LATER)


async def test_a_letter_tells_what_is_new_once(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    await confirmed(ada, Often.DAILY)
    await rate(
        mentor, ada.person, {"nims-machining-1:layout": 3}, happened_on=NOW.date(), note=None, now=LATER
    )
    assert await letter_for(ada, address=SITE, now=LATER) is None, "not within a day"
    letter = await letter_for(ada, address=SITE, now=NOW + DAY)
    assert letter is not None
    assert letter.to == ADDRESS
    assert "signed off 1 entry of yours" in letter.text
    assert f"{SITE}/notices" in letter.text
    assert await letter_for(ada, address=SITE, now=NOW + 2 * DAY) is None, "told already"


async def test_what_was_read_needs_no_letter_and_weekly_is_weekly(shop: Shop) -> None:
    ada, mentor = await acting(shop, "ada"), await acting(shop, "mentor")
    await confirmed(ada, Often.WEEKLY)
    await rate(
        mentor, ada.person, {"nims-machining-1:layout": 3}, happened_on=NOW.date(), note=None, now=LATER
    )
    for days in (1, 6):
        await ask_for_letters(now=NOW + days * DAY)
        assert await value("SELECT count(*) FROM outbox WHERE topic = $1", LETTER) == 0
    await ask_for_letters(now=NOW + 7 * DAY)
    await ask_for_letters(now=NOW + 7 * DAY + timedelta(hours=3))
    assert await value("SELECT count(*) FROM outbox WHERE topic = $1", LETTER) == 1
    await mark_read(ada, up_to=LATER, now=LATER)
    assert await letter_for(ada, address=SITE, now=NOW + 7 * DAY) is None


async def test_wanting_none_deletes_the_address_and_changing_how_often_asks_nothing_again(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    await confirmed(ada, Often.WEEKLY)
    await want_letters(ada, often=Often.DAILY, address=ADDRESS, now=LATER)
    wish = await wish_of(ada)
    assert wish is not None
    assert (wish.often, wish.confirmed_at) == (Often.DAILY, NOW)
    assert len(await rows(NOTICES)) == 1
    await want_letters(ada, often=Often.DAILY, address="other@example.org", now=LATER)
    wish = await wish_of(ada)
    assert wish is not None
    assert wish.confirmed_at is None
    await want_letters(ada, often=None, address="", now=LATER)
    assert await repo.wish_of(ada.person) is None


READER = UUID(int=1)


@given(st.lists(st.sampled_from(Happened), min_size=1, max_size=60), st.integers(1, 99))
def test_a_letter_is_short_and_names_no_money(happened: list[Happened], count: int) -> None:
    told = [
        Notice(
            happened=one,
            at=NOW,
            person=READER,
            apprentice="Ada Tran",
            by="Maria Ortiz",
            count=count,
            step="Step 2",
            day=NOW.date(),
        )
        for one in happened
    ]
    letter = digest_letter(ADDRESS, told, READER, SITE)
    assert isinstance(letter, Letter)
    assert len(letter.text.splitlines()) <= 44
    assert "$" not in letter.text
