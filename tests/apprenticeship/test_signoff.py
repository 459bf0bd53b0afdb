"""Signing off: several at once or none, with a reason when sent back, by whom it concerns, and once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from apprenticeship.evidence import repo
from apprenticeship.evidence.model import EvidenceKind, Fact, Status
from apprenticeship.evidence.services import correct, hand_in, log_hours
from apprenticeship.people import repo as people
from apprenticeship.people.model import MentorAssignment, Role, RoleHeld
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import rate, send_back, sign_off, submit, waiting_for
from apprenticeship.standing.services import standing_of
from apprenticeship.store import transaction
from tests.apprenticeship.acting import CHUCKING, DAY, LATER, acting, competency, rows, value, waiting
from tests.web.shop import BEGAN, NOW, Shop

PLENTY = 12


async def test_the_queue_holds_what_waits_for_this_mentor_longest_first(shop: Shop) -> None:
    mentor = await acting(shop, "mentor")
    queue = await waiting_for(mentor, now=NOW)
    assert [(one.name, one.evidence.fact.subject) for one in queue] == [
        ("Ada Tran", CHUCKING),
        ("Ben Okafor", "nims-machining-1:square-block"),
    ]
    cho = await acting(shop, "cho")
    await hand_in(cho, competency(), note=None, now=LATER)
    assert len(await waiting_for(mentor, now=LATER)) == 2, "nobody assigned this mentor to Cho"
    for name in ("ada", "employer", "registrar", "stranger"):
        assert await waiting_for(await acting(shop, name), now=NOW) == ()


async def test_several_are_signed_off_at_once_and_count_at_once(shop: Shop) -> None:
    mentor = await acting(shop, "mentor")
    ada, ben = await waiting(shop, "ada"), await waiting(shop, "ben")
    done = await sign_off(
        mentor, [Verdict(row=ada.id, rating=4), Verdict(row=ben.id)], note="Seen.", now=LATER
    )
    assert [(one.entry, one.status, one.supersedes, one.fact.rating) for one in done] == [
        (ada.entry, Status.VERIFIED, ada.id, 4),
        (ben.entry, Status.VERIFIED, ben.id, None),
    ]
    assert {(one.recorded_by, one.recorded, one.note) for one in done} == {(mentor.person, LATER, "Seen.")}
    assert await waiting_for(mentor, now=LATER) == ()
    before = await standing_of(mentor, shop.people["ada"], as_of=LATER.date(), now=LATER, known_at=NOW)
    after = await standing_of(mentor, shop.people["ada"], as_of=LATER.date(), now=LATER)
    assert before is not None
    assert after is not None
    assert before.evaluation.competencies[CHUCKING].state == "pending"
    assert after.evaluation.competencies[CHUCKING].state == "met"
    audit = await rows("SELECT action, detail FROM audit_entry WHERE subject = $1", str(ada.entry))
    assert [row["action"] for row in audit] == ["evidence.sign_off"]


async def test_one_that_cannot_be_judged_keeps_all_from_being_signed(shop: Shop) -> None:
    mentor = await acting(shop, "mentor")
    ada, ben = await waiting(shop, "ada"), await waiting(shop, "ben")
    await sign_off(mentor, [Verdict(row=ben.id)], note=None, now=LATER)
    with pytest.raises(AlreadyDecided):
        await sign_off(mentor, [Verdict(row=ada.id), Verdict(row=ben.id)], note=None, now=LATER)
    with pytest.raises(Missing):
        await sign_off(mentor, [Verdict(row=ada.id), Verdict(row=2**80)], note=None, now=LATER)
    with pytest.raises(Invalid, match="not on the scale"):
        await sign_off(mentor, [Verdict(row=ada.id, rating=77)], note=None, now=LATER)
    assert (await waiting(shop, "ada")).id == ada.id


async def test_hours_are_not_rated(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    logged = await log_hours(ada, happened_on=DAY, work_process="milling", minutes=480, note=None, now=NOW)
    with pytest.raises(Invalid, match="Only competencies"):
        await sign_off(await acting(shop, "mentor"), [Verdict(row=logged.id, rating=3)], note=None, now=NOW)


async def test_what_is_sent_back_has_a_reason_and_can_be_handed_in_again(shop: Shop) -> None:
    mentor, ada = await acting(shop, "mentor"), await acting(shop, "ada")
    row = await waiting(shop, "ada")
    with pytest.raises(Invalid, match="Say what is missing"):
        await send_back(mentor, [row.id], reason="  ", now=NOW)
    (sent,) = await send_back(mentor, [row.id], reason="Show the second side too.", now=NOW)
    assert (sent.status, sent.note, sent.entry) == (Status.REJECTED, "Show the second side too.", row.entry)
    assert await waiting_for(mentor, now=NOW) != ()  # Ben's
    (again,) = await submit(ada, [row.entry], now=LATER)
    assert (again.status, again.supersedes) == (Status.SUBMITTED, sent.id)
    with pytest.raises(AlreadyDecided, match="waits for sign-off already"):
        await submit(ada, [row.entry], now=LATER)
    with pytest.raises(AlreadyDecided):  # a page from before the correction
        await sign_off(mentor, [Verdict(row=row.id)], note=None, now=LATER)
    history = await repo.entry(row.entry)
    assert [one.status for one in history] == [Status.SUBMITTED, Status.REJECTED, Status.SUBMITTED]


@pytest.mark.parametrize("name", ["ada", "ben", "employer", "registrar", "admin", "stranger"])
async def test_who_is_not_the_assigned_mentor_is_refused_as_if_nothing_were_there(
    shop: Shop, name: str
) -> None:
    row = await waiting(shop, "ada")
    actor = await acting(shop, name)
    attempts: list[Callable[[], Any]] = [
        lambda: sign_off(actor, [Verdict(row=row.id)], note=None, now=NOW),
        lambda: send_back(actor, [row.id], reason="No.", now=NOW),
        lambda: rate(actor, shop.people["ada"], {CHUCKING: 4}, happened_on=DAY, note=None, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(Missing):
            await attempt()
    assert (await waiting(shop, "ada")).id == row.id


async def test_nobody_signs_their_own_work_even_as_a_mentor(shop: Shop) -> None:
    ada = shop.people["ada"]
    async with transaction():
        await people.add_roles(
            [RoleHeld(person=ada, role=Role.MENTOR, organisation=shop.employer, since=BEGAN)]
        )
        await people.add_mentor_assignments(
            [
                MentorAssignment(
                    mentor=ada, apprentice=shop.people["cho"], organisation=shop.employer, since=BEGAN
                )
            ]
        )
    row = await waiting(shop, "ada")
    with pytest.raises(Missing, match="Nobody signs off their own work"):
        await sign_off(await acting(shop, "ada"), [Verdict(row=row.id)], note=None, now=NOW)


async def test_an_assignment_that_ended_ends_signing_off(shop: Shop) -> None:
    row = await waiting(shop, "ada")
    await rows("UPDATE mentor_assignment SET until = $1", NOW.date())
    mentor = await acting(shop, "mentor")
    with pytest.raises(Missing):
        await sign_off(mentor, [Verdict(row=row.id)], note=None, now=NOW)
    yesterday = NOW - timedelta(days=1)
    assert len(await waiting_for(mentor, now=yesterday)) == 2


async def test_many_tries_at_once_make_one_row(shop: Shop) -> None:
    async with transaction():
        await people.add_roles(
            [
                RoleHeld(
                    person=shop.people["employer"], role=Role.MENTOR, organisation=shop.employer, since=BEGAN
                )
            ]
        )
        await people.add_mentor_assignments(
            [
                MentorAssignment(
                    mentor=shop.people["employer"],
                    apprentice=shop.people["ada"],
                    organisation=shop.employer,
                    since=BEGAN,
                )
            ]
        )
    mentors = [await acting(shop, "mentor"), await acting(shop, "employer")]
    row = await waiting(shop, "ada")

    async def attempt(number: int) -> str:
        actor = mentors[number % 2]
        try:
            if number % 3:
                await sign_off(actor, [Verdict(row=row.id)], note=None, now=NOW)
            else:
                await send_back(actor, [row.id], reason="Once more.", now=NOW)
        except AlreadyDecided:
            return "late"
        return "decided"

    outcomes = await asyncio.gather(*(attempt(number) for number in range(PLENTY)))
    assert sorted(outcomes) == ["decided"] + ["late"] * (PLENTY - 1)
    assert await value("SELECT count(*) FROM evidence WHERE entry = $1", row.entry) == 2
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'evidence.sign_off'") == 1


async def test_deciding_and_correcting_at_once_leave_one_chain(shop: Shop) -> None:
    mentor, ada = await acting(shop, "mentor"), await acting(shop, "ada")
    row = await waiting(shop, "ada")
    tries = [
        sign_off(mentor, [Verdict(row=row.id)], note=None, now=NOW),
        correct(ada, row.entry, competency(happened_on=DAY), note=None, now=NOW),
        sign_off(mentor, [Verdict(row=row.id)], note=None, now=NOW),
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(one, tuple | AlreadyDecided) or getattr(one, "id", 0) for one in outcomes)
    chain = await repo.entry(row.entry)
    assert [one.supersedes for one in chain] == [None, *(one.id for one in chain[:-1])]


async def test_a_rating_is_added_to_what_was_seen_before(shop: Shop) -> None:
    mentor, ada = await acting(shop, "mentor"), shop.people["ada"]
    subject = "nims-machining-1:part-inspection"
    (low,) = await rate(mentor, ada, {subject: 2}, happened_on=DAY, note="Slow.", now=NOW)
    (high,) = await rate(mentor, ada, {subject: 4}, happened_on=DAY, note=None, now=LATER)
    assert low.entry != high.entry
    assert [low.status, high.status] == [Status.VERIFIED, Status.VERIFIED]
    for ratings, words in (
        ({subject: 9}, "not on the scale"),
        ({"nims-machining-1:sewing": 3}, "no competency"),
    ):
        with pytest.raises(Invalid, match=words):
            await rate(mentor, ada, ratings, happened_on=DAY, note=None, now=NOW)
    with pytest.raises(Invalid, match="lies ahead"):
        await rate(mentor, ada, {subject: 3}, happened_on=DAY + timedelta(days=9), note=None, now=NOW)
    with pytest.raises(Invalid, match="4,001 characters"):
        await rate(mentor, ada, {subject: 3}, happened_on=DAY, note="a" * 4_001, now=NOW)


async def test_a_credential_that_was_handed_in_counts_once_it_is_signed_off(shop: Shop) -> None:
    cho, mentor = await acting(shop, "cho"), await acting(shop, "mentor")
    async with transaction():
        await people.add_mentor_assignments(
            [
                MentorAssignment(
                    mentor=mentor.person, apprentice=cho.person, organisation=shop.employer, since=BEGAN
                )
            ]
        )
    claim = Fact(kind=EvidenceKind.CREDENTIAL, subject="nims-machining-1:mms", happened_on=DAY)
    handed = await hand_in(cho, claim, note=None, now=NOW)
    states = []
    for step in ("before", "after"):
        standing = await standing_of(cho, cho.person, as_of=DAY, now=LATER)
        assert standing is not None
        states.append(standing.evaluation.credentials["nims-machining-1:mms"].state)
        if step == "before":
            await sign_off(mentor, [Verdict(row=handed.id)], note=None, now=LATER)
    assert states == ["pending", "held"]
