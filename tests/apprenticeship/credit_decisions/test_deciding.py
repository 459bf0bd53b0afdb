"""Credit decided: frozen, line by line, once, with both answers kept; what is granted is never given again."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from apprenticeship.credit.model import Reason
from apprenticeship.credit.services import CollegeCredit, credit_of
from apprenticeship.credit_decisions import repo
from apprenticeship.credit_decisions.model import (
    CreditRequest,
    Override,
    RequestLine,
    Ruling,
    State,
    Verdict,
)
from apprenticeship.credit_decisions.services import (
    appeal,
    ask_credit,
    asked_of,
    decide,
    replayed,
    request_of,
    requests_to_decide,
    withdraw,
)
from apprenticeship.invariants.services import examine_rows
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from tests.apprenticeship.acting import LATER, acting, rows
from tests.web.shop import NOW, Shop

EVEN_LATER = LATER + timedelta(hours=1)


async def lakeside(shop: Shop, who: str = "ada") -> CollegeCredit:
    found = await credit_of(await acting(shop, who), shop.people[who], now=LATER)
    return next(one for one in found.colleges if one.organisation and one.answer.best.given)


async def asked(shop: Shop) -> CreditRequest:
    ada = await acting(shop, "ada")
    number = await ask_credit(ada, (await lakeside(shop)).standard.id, now=NOW)
    return await request_of(ada, number, now=NOW)


def given(request: CreditRequest) -> list[RequestLine]:
    return [line for line in request.lines if line.given]


def yes(request: CreditRequest) -> list[Ruling]:
    return [Ruling(award=line.award, verdict=Verdict.ACCEPTED) for line in given(request)]


async def test_accepting_everything_gives_what_the_rules_said_and_never_again(shop: Shop) -> None:
    before = await lakeside(shop)
    request = await asked(shop)
    assert request.state is State.WAITING
    assert [line.award for line in given(request)] == list(before.answer.best.ids)
    registrar = await acting(shop, "registrar")
    assert [one.id for one in await requests_to_decide(registrar, now=LATER)] == [request.id]
    decided = await decide(registrar, request.id, yes(request), now=LATER)
    assert decided.state is State.DECIDED
    granted = decided.granted_on(LATER.date())
    assert sum(one.credits for one in granted) == before.answer.credits
    found = await credit_of(await acting(shop, "ada"), shop.people["ada"], now=EVEN_LATER)
    after = next(one.answer for one in found.colleges if one.standard.id == before.standard.id)
    assert after.granted == granted
    assert after.credits == 0
    again = {one.award.id for one in after.left_out if one.reason is Reason.ALREADY_GRANTED}
    assert again >= set(before.answer.best.ids)
    assert {use.name: use.used for use in after.limits} == {
        use.name: use.used for use in before.answer.limits
    }
    with pytest.raises(Invalid, match="Nothing is earned"):
        await ask_credit(await acting(shop, "ada"), before.standard.id, now=EVEN_LATER)


async def test_the_answer_stays_as_it_was_and_is_made_again_whatever_comes_later(shop: Shop) -> None:
    request = await asked(shop)
    await rows("UPDATE person SET name = 'Ada Lovelace' WHERE id = $1", shop.people["ada"])
    asked_ = await asked_of(await acting(shop, "registrar"), request.id, now=LATER)
    assert asked_.unchanged
    assert asked_.request.answer["credits"] * 100 == sum(line.credits for line in given(request))
    assert await replayed() == (1, ())


async def test_a_change_a_refusal_and_an_exception_are_kept_beside_what_the_rules_said(shop: Shop) -> None:
    request = await asked(shop)
    registrar = await acting(shop, "registrar")
    first = given(request)[0]
    other = next(line for line in request.lines if not line.given and line.credits)
    until = LATER.date() + timedelta(days=30)
    rulings = [
        Ruling(
            award=first.award,
            verdict=Verdict.CHANGED,
            credits=100,
            course="MFGT 100",
            reason="Half a course.",
        ),
        Ruling(
            award=other.award,
            verdict=Verdict.ACCEPTED,
            override=Override.WAIVE,
            override_until=until,
            reason="The dean agreed.",
        ),
    ]
    decided = await decide(registrar, request.id, rulings, now=LATER)
    granted = {one.award: (one.course, one.credits) for one in decided.granted_on(LATER.date())}
    assert granted == {first.award: ("MFGT 100", 100), other.award: (other.course, other.credits)}
    assert {line.award: line.credits for line in given(decided)} == {
        one.award: one.credits for one in given(request)
    }
    assert [one.award for one in decided.granted_on(until)] == [first.award], (
        "the exception is over on that day"
    )
    no = Ruling(award=first.award, verdict=Verdict.REFUSED, after=1, reason="It was a mistake.")
    final = await decide(registrar, request.id, [no], now=EVEN_LATER)
    assert [one.award for one in final.granted_on(EVEN_LATER.date())] == [other.award]
    assert [(one.turn, one.verdict) for one in final.decisions if one.award == first.award] == [
        (0, Verdict.CHANGED),
        (1, Verdict.REFUSED),
    ]


BROKEN = {
    "Say why": Ruling(award="", verdict=Verdict.REFUSED),
    "Other credits": Ruling(award="", verdict=Verdict.ACCEPTED, credits=1),
    "Say how many": Ruling(award="", verdict=Verdict.CHANGED, credits=0, reason="x"),
    "at most 300": Ruling(award="", verdict=Verdict.CHANGED, credits=30_001, reason="x"),
    "for which course": Ruling(award="", verdict=Verdict.CHANGED, course=" ", reason="x"),
    "Only an exception": Ruling(
        award="", verdict=Verdict.CHANGED, credits=100, override_until=LATER.date(), reason="x"
    ),
    "lies ahead": Ruling(
        award="", verdict=Verdict.ACCEPTED, override=Override.FORCE, override_until=LATER.date(), reason="x"
    ),
    "needs no exception": Ruling(award="", verdict=Verdict.REFUSED, override=Override.FORCE, reason="x"),
    "has no evidence": Ruling(award="", verdict=Verdict.CHANGED, evidence=("e000000000",), reason="x"),
}


@pytest.mark.parametrize("says", BROKEN)
async def test_what_does_not_hold_together_is_refused_in_words(shop: Shop, says: str) -> None:
    request = await asked(shop)
    registrar = await acting(shop, "registrar")
    first = given(request)[0].award
    broken = Ruling(**{**vars(BROKEN[says]), "award": first})
    with pytest.raises(Invalid, match=says) as refused:
        await decide(registrar, request.id, [broken], now=LATER)
    assert refused.value.where.endswith(first)
    assert (await request_of(registrar, request.id, now=LATER)).decisions == ()


async def test_what_the_rules_do_not_give_needs_an_exception(shop: Shop) -> None:
    request = await asked(shop)
    other = next(line for line in request.lines if not line.given and line.credits)
    registrar = await acting(shop, "registrar")
    ruling = Ruling(award=other.award, verdict=Verdict.ACCEPTED, reason="Good work.")
    with pytest.raises(Invalid, match="by which exception"):
        await decide(registrar, request.id, [ruling], now=LATER)


async def test_of_two_who_decide_at_once_one_decides(shop: Shop) -> None:
    request = await asked(shop)
    registrar = await acting(shop, "registrar")
    found = await asyncio.gather(
        *(decide(registrar, request.id, yes(request), now=LATER) for _ in range(2)), return_exceptions=True
    )
    assert sum(isinstance(one, AlreadyDecided) for one in found) == 1
    kept = await request_of(registrar, request.id, now=LATER)
    assert len(kept.decisions) == len(given(request))


async def test_one_open_request_and_taking_it_back(shop: Shop) -> None:
    request = await asked(shop)
    ada = await acting(shop, "ada")
    with pytest.raises(AlreadyDecided, match="asked for this already"):
        await ask_credit(ada, request.agreement, now=LATER)
    await withdraw(ada, request.id, reason="Another college.", now=LATER)
    assert (await request_of(ada, request.id, now=LATER)).state is State.WITHDRAWN
    with pytest.raises(AlreadyDecided):
        await withdraw(ada, request.id, reason="", now=LATER)
    with pytest.raises(AlreadyDecided, match="taken back"):
        await decide(await acting(shop, "registrar"), request.id, yes(request), now=LATER)
    assert await ask_credit(ada, request.agreement, now=EVEN_LATER) > request.id


async def test_an_appeal_is_answered_by_a_new_decision(shop: Shop) -> None:
    request = await asked(shop)
    ada, registrar = await acting(shop, "ada"), await acting(shop, "registrar")
    with pytest.raises(AlreadyDecided, match="none to appeal"):
        await appeal(ada, request.id, reason="Now.", now=LATER)
    no = [Ruling(award=line.award, verdict=Verdict.REFUSED, reason="No syllabus.") for line in given(request)]
    await decide(registrar, request.id, no, now=LATER)
    with pytest.raises(Invalid, match="Say why"):
        await appeal(ada, request.id, reason=" ", now=LATER)
    await appeal(ada, request.id, reason="Here is the syllabus.", now=EVEN_LATER)
    assert (await request_of(ada, request.id, now=EVEN_LATER)).state is State.APPEALED
    again = [Ruling(award=line.award, verdict=Verdict.ACCEPTED, after=1) for line in given(request)]
    decided = await decide(registrar, request.id, again, now=EVEN_LATER + timedelta(minutes=1))
    assert decided.state is State.DECIDED
    assert len(decided.decisions) == 2 * len(given(request))
    assert len(decided.granted_on(EVEN_LATER.date())) == len(given(request))


@pytest.mark.parametrize("who", ["mentor", "employer", "stranger"])
async def test_nobody_else_sees_or_decides_a_request(shop: Shop, who: str) -> None:
    request = await asked(shop)
    somebody = await acting(shop, who)
    for work in (
        request_of(somebody, request.id, now=LATER),
        asked_of(somebody, request.id, now=LATER),
        decide(somebody, request.id, yes(request), now=LATER),
        withdraw(somebody, request.id, reason="", now=LATER),
        appeal(somebody, request.id, reason="x", now=LATER),
    ):
        with pytest.raises(Missing):
            await work


async def test_rows_of_decisions_are_kept(shop: Shop) -> None:
    request = await asked(shop)
    await decide(await acting(shop, "registrar"), request.id, yes(request), now=LATER)
    for sql in (
        "DELETE FROM credit_request",
        "DELETE FROM credit_decision",
        "TRUNCATE credit_request CASCADE",
        "TRUNCATE credit_decision CASCADE",
        "UPDATE credit_decision SET credits = 1",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await rows(sql)
    assert (await repo.of_ids([request.id]))[0].state is State.DECIDED


async def test_an_appeal_does_not_grant_what_a_later_request_has_granted(shop: Shop) -> None:
    first = await asked(shop)
    ada, registrar = await acting(shop, "ada"), await acting(shop, "registrar")
    one = given(first)[0]
    no = Ruling(award=one.award, verdict=Verdict.REFUSED, reason="No syllabus.")
    await decide(registrar, first.id, [no, *yes(first)[1:]], now=LATER)
    again = await request_of(ada, await ask_credit(ada, first.agreement, now=LATER), now=LATER)
    assert [line.award for line in given(again)] == [one.award]
    await appeal(ada, first.id, reason="It is with the office now.", now=EVEN_LATER)
    await decide(registrar, again.id, yes(again), now=EVEN_LATER)
    over = Ruling(award=one.award, verdict=Verdict.ACCEPTED, reason="Found.", after=1)
    with pytest.raises(Invalid, match=r"granted before, by decision \d+; credit is given once"):
        await decide(registrar, first.id, [over], now=EVEN_LATER)
    assert [finding.words for finding in await examine_rows() if not finding.well] == []
