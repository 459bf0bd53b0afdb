"""Objections, appeals and corrections: each is said once, and what was paid never changes by itself."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.proposals.answering import answer_correction, appeal, object_to
from apprenticeship.proposals.asking import ask_when_due
from apprenticeship.proposals.model import Proposal, ProposalKind, Statement, StatementKind
from apprenticeship.raises.model import Kind
from apprenticeship.raises.replay import replay_all
from apprenticeship.raises.services import undo
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.texts import in_words
from tests.apprenticeship.acting import acting, value
from tests.apprenticeship.proposals.working import (
    DENIAL,
    GIVEN,
    S2,
    TODAY,
    jpbl,
    let_object,
    of_ada,
    revoke,
    say,
    work,
    write,
)
from tests.web.shop import NOW, Shop

WHY = "The log was handed in on the ninth."
DAY = timedelta(days=1)


async def objected(shop: Shop, proposal: int, who: str = "employer", **more: Any) -> Statement:
    whole = {"reason": "Two log books are missing.", "now": NOW, **more}
    return await object_to(await acting(shop, who), shop.people["ada"], proposal, **whole)


async def appealed(shop: Shop, *, who: str = "ada", **about: Any) -> Statement:
    return await appeal(await acting(shop, who), **{"reason": WHY, "now": NOW, **about})


async def answered(shop: Shop, correction: Proposal, *, accept: bool, **more: Any) -> Statement:
    whole = {"reason": "The test was withdrawn.", "now": NOW, **more}
    return await answer_correction(
        await acting(shop, "employer"), shop.people["ada"], correction.id, accept=accept, **whole
    )


async def corrections(shop: Shop) -> tuple[Proposal, ...]:
    return (await of_ada(shop))[1].open_corrections


# A raise that nobody objects to


async def test_a_raise_stands_by_itself_on_the_day_after_the_last_one_to_object(shop: Shop) -> None:
    await let_object(shop)
    for passed in range(23):
        now = NOW + passed * DAY
        assert await value("SELECT count(*) FROM raise_decision") == 0, passed
        await ask_when_due(now=now)
        await work(now)
    standing, flow = await of_ada(shop, now)
    (decision,) = standing.decisions
    assert (decision.kind, decision.decided_by, decision.step) == (Kind.APPROVED, None, S2)
    assert decision.effective_on == date(2025, 6, 2), "from the day on which it was reached"
    assert decision.reason == "Nobody objected within 21 days of 21 November 2026: the raise stands."
    assert flow.open_raises == ()
    assert (await replay_all()).differences == ()
    with pytest.raises(AlreadyDecided, match=r"given already by nobody \(the time to object was over\)"):
        await say(shop, GIVEN, now=now)
    await undo(await acting(shop, "employer"), shop.people["ada"], decision.id, reason="A slip.", now=now)


async def test_an_objection_keeps_a_raise_waiting_and_is_appealed(shop: Shop) -> None:
    await let_object(shop)
    (proposal,) = (await of_ada(shop))[1].open_raises
    said = await objected(shop, proposal.id, now=NOW + 21 * DAY)
    assert (said.kind, said.proposal) == (StatementKind.OBJECTION, proposal.id)
    with pytest.raises(AlreadyDecided):
        await objected(shop, proposal.id)
    later = NOW + 40 * DAY
    await ask_when_due(now=later)
    await work(later)
    standing, flow = await of_ada(shop, later)
    assert standing.decisions == ()
    assert flow.open_raises == (proposal,)
    against = await appealed(shop, proposal=proposal.id, now=later)
    assert (await of_ada(shop))[1].open_appeals == (against,)
    with pytest.raises(AlreadyDecided):
        await appealed(shop, proposal=proposal.id, now=later)
    given = await say(shop, GIVEN, now=later)
    _, flow = await of_ada(shop)
    assert flow.answer_to(against) == given
    assert flow.open_appeals == ()


async def test_objections_are_for_the_employer_in_time_and_with_reasons(shop: Shop) -> None:
    (proposal,) = (await of_ada(shop))[1].open_raises
    with pytest.raises(Invalid, match="house rules know no objection"):
        await objected(shop, proposal.id)
    await let_object(shop)
    with pytest.raises(Invalid, match="Say why"):
        await objected(shop, proposal.id, reason=" ")
    with pytest.raises(Invalid, match="The last day to object was 12 December 2026"):
        await objected(shop, proposal.id, now=NOW + 22 * DAY)
    for who in ("ada", "mentor", "admin", "registrar", "stranger"):
        with pytest.raises(Missing):
            await objected(shop, proposal.id, who)
    for number in (0, -1, 2**63, proposal.id + 1000):
        with pytest.raises(Missing):
            await objected(shop, number)
    await say(shop, DENIAL)
    with pytest.raises(AlreadyDecided):
        await objected(shop, proposal.id)


# Appeals


async def test_an_appeal_is_answered_by_deciding_again_also_the_same_again(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    with pytest.raises(AlreadyDecided):
        await say(shop, DENIAL)
    first = await appealed(shop, decision=denied.id)
    assert (await of_ada(shop))[1].open_appeals == (first,)
    again = await say(shop, DENIAL)
    _, flow = await of_ada(shop)
    assert (flow.answer_to(first), flow.open_appeals) == (again, ())
    second = await appealed(shop, decision=again.id)
    given = await say(shop, GIVEN)
    _, flow = await of_ada(shop)
    assert flow.answer_to(second) == given
    assert (await replay_all()).differences == ()


async def test_one_appeals_once_against_what_was_decided_last_about_oneself(shop: Shop) -> None:
    denied = await say(shop, DENIAL)
    given = await say(shop, GIVEN)
    with pytest.raises(AlreadyDecided, match="Another decision about this step followed"):
        await appealed(shop, decision=denied.id)
    with pytest.raises(Invalid, match="not decided against you"):
        await appealed(shop, decision=given.id)
    back = await undo(await acting(shop, "employer"), shop.people["ada"], given.id, reason="No.", now=NOW)
    for who in ("ben", "employer", "stranger"):
        with pytest.raises(Missing):
            await appealed(shop, who=who, decision=back.id)
    both: list[dict[str, Any]] = [{}, {"decision": back.id, "proposal": 1}]
    for about in both:
        with pytest.raises(Invalid, match="either a decision or a proposal"):
            await appealed(shop, **about)
    nothing: list[dict[str, Any]] = [{"decision": 2**63}, {"proposal": 2**63}, {"proposal": 1}]
    for about in nothing:
        with pytest.raises(Missing):
            await appealed(shop, **about)
    with pytest.raises(Invalid, match="Say why"):
        await appealed(shop, decision=back.id, reason="")
    many = (appealed(shop, decision=back.id) for _ in range(20))
    answers = await asyncio.gather(*many, return_exceptions=True)
    assert sum(isinstance(one, Statement) for one in answers) == 1
    assert sum(isinstance(one, AlreadyDecided) for one in answers) == 19


# Corrections


async def test_a_revoked_certificate_proposes_a_correction_and_changes_no_pay(shop: Shop) -> None:
    given = await say(shop, GIVEN)
    lost = TODAY - 3 * DAY
    await revoke(shop, await jpbl(shop), lost)
    standing, flow = await of_ada(shop)
    assert standing.awarded == (given,), "what was given stands until somebody decides"
    (correction,) = flow.open_corrections
    assert (correction.refers_to, correction.kind) == (given.id, ProposalKind.CORRECTION)
    assert (correction.was_on, correction.holds_since, correction.lost_on) == (date(2025, 6, 2), None, lost)
    assert correction.because == ((await jpbl(shop)).key,)
    await work()
    assert (await of_ada(shop))[1].open_corrections == (correction,), "once"
    said = await answered(shop, correction, accept=True)
    standing, flow = await of_ada(shop)
    assert said.kind is StatementKind.ACCEPTED
    assert [one.kind for one in standing.decisions] == [Kind.APPROVED, Kind.UNDONE]
    assert (standing.awarded, flow.open_corrections, flow.open_raises) == ((), (), ())
    assert (await replay_all()).differences == ()


async def test_a_corrected_date_moves_the_day_and_accepting_gives_it_from_there(shop: Shop) -> None:
    given = await say(shop, GIVEN)
    row = await jpbl(shop)
    moved = date(2025, 8, 4)
    corrected = Fact(**{**vars(row.fact), "happened_on": moved, "source_key": None})
    await write(shop, "ada", corrected, supersedes=row.id)
    (correction,) = await corrections(shop)
    assert (correction.was_on, correction.holds_since) == (date(2025, 6, 2), moved)
    await answered(shop, correction, accept=True)
    await work()
    standing, flow = await of_ada(shop)
    kinds = [(one.kind, one.effective_on) for one in standing.decisions]
    assert kinds == [(Kind.APPROVED, TODAY), (Kind.UNDONE, None), (Kind.APPROVED, moved)]
    assert standing.decisions[1].refers_to == given.id
    assert flow.open_corrections == ()
    assert (await replay_all()).differences == ()


async def test_what_is_set_aside_is_not_proposed_again_and_another_day_is(shop: Shop) -> None:
    await say(shop, GIVEN)
    row = await jpbl(shop)
    await revoke(shop, row, TODAY)
    (correction,) = await corrections(shop)
    await answered(shop, correction, accept=False)
    await write(shop, "ada", Fact(kind=EvidenceKind.HOURS, happened_on=TODAY, minutes=60, work_process="ojl"))
    assert await corrections(shop) == ()
    with pytest.raises(AlreadyDecided, match=f"answered already by Rosa Novak on {in_words(TODAY)}"):
        await answered(shop, correction, accept=True)
    earlier = await revoke(shop, row, TODAY - DAY)
    (another,) = await corrections(shop)
    assert (another.id > correction.id, another.lost_on) == (True, TODAY - DAY)
    await revoke(shop, earlier, TODAY - DAY)
    with pytest.raises(Invalid, match="comes out differently"):
        await answered(shop, another, accept=True)
    assert len((await of_ada(shop))[0].awarded) == 1


async def test_corrections_are_answered_once_with_a_reason_by_the_employer(shop: Shop) -> None:
    await say(shop, GIVEN)
    await revoke(shop, await jpbl(shop), TODAY)
    (correction,) = await corrections(shop)
    with pytest.raises(Invalid, match="Say why"):
        await answered(shop, correction, accept=True, reason="")
    for who in ("ada", "mentor", "admin", "stranger"):
        with pytest.raises(Missing):
            await answer_correction(
                await acting(shop, who),
                shop.people["ada"],
                correction.id,
                accept=True,
                reason="No.",
                now=NOW,
            )
    many = (answered(shop, correction, accept=number % 2 == 0) for number in range(20))
    answers = await asyncio.gather(*many, return_exceptions=True)
    assert sum(isinstance(one, Statement) for one in answers) == 1
    assert sum(isinstance(one, AlreadyDecided) for one in answers) == 19


async def test_evidence_of_later_days_and_time_alone_ask_for_no_correction(shop: Shop) -> None:
    await say(shop, GIVEN)
    fact = Fact(kind=EvidenceKind.CREDENTIAL, subject="nims-machining-1:jpbl", happened_on=date(2026, 11, 1))
    await write(shop, "ada", fact)
    assert await corrections(shop) == ()
