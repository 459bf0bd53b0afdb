"""What the rules propose, when they do, and that nothing is proposed that nobody asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.services import enrol, new_enrolment, pins_of
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.outbox.services import ATTEMPTS
from apprenticeship.people.model import Employment, Person
from apprenticeship.people.repo import add_employments, add_people
from apprenticeship.proposals.asking import ask_when_due
from apprenticeship.proposals.model import ProposalKind
from apprenticeship.raises.services import undo
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import sign_off
from apprenticeship.store import transaction
from graph.dates import add_months
from tests.apprenticeship.acting import acting, rows, value, waiting
from tests.apprenticeship.proposals.working import GIVEN, S2, TODAY, of_ada, say, work, write
from tests.web.shop import BEGAN, NOW, Shop

MENTOR_SIGNS = 1


async def test_what_was_reached_is_proposed_with_what_it_rests_on(shop: Shop) -> None:
    standing, flow = await of_ada(shop)
    (proposal,) = flow.proposals
    assert (proposal.step, proposal.kind, proposal.turn) == (S2, ProposalKind.RAISE, 0)
    assert (proposal.as_of, proposal.known_at) == (TODAY, NOW)
    assert proposal.holds_since == date(2025, 6, 2)
    assert proposal.because == standing.rests_on(S2)
    assert proposal.standards == standing.enrolment.standards
    assert proposal.standards_sha256 == standing.standards_sha256
    assert proposal.evidence_up_to == max(row.id for row in standing.evidence)
    assert flow.open_raises == (proposal,)


async def test_the_ask_goes_with_the_evidence_or_not_at_all(shop: Shop) -> None:
    async def fail() -> None:
        async with transaction():
            await append([_hours(shop.people["ada"], shop)])
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        await fail()
    assert await value("SELECT count(*) FROM outbox") == 0
    async with transaction():
        await append([_hours(shop.people["ada"], shop)])
    assert [tuple(row) for row in await rows("SELECT topic, state FROM outbox")] == [
        ("raise.look", "waiting")
    ]


async def test_a_sign_off_asks_for_a_look_and_handing_in_does_not(shop: Shop) -> None:
    async with transaction():
        await append([_hours(shop.people["ada"], shop, status=Status.SUBMITTED)])
    assert await value("SELECT count(*) FROM outbox") == 0
    row = await waiting(shop, "ben")
    await sign_off(await acting(shop, "mentor"), [Verdict(row=row.id)], note=None, now=NOW)
    assert await work() == MENTOR_SIGNS


async def test_looking_again_proposes_nothing_again(shop: Shop) -> None:
    before = (await of_ada(shop))[1].proposals
    await write(shop, "ada", _hours(shop.people["ada"], shop).fact)
    assert (await of_ada(shop))[1].proposals == before


async def test_what_is_taken_back_is_proposed_once_more_while_its_rule_holds(shop: Shop) -> None:
    given = await say(shop, GIVEN)
    assert (await of_ada(shop))[1].open_raises == ()
    await undo(await acting(shop, "employer"), shop.people["ada"], given.id, reason="A slip.", now=NOW)
    await work()
    _, flow = await of_ada(shop)
    assert [(one.step, one.turn) for one in flow.proposals] == [(S2, 0), (S2, 1)]
    assert flow.open_raises == flow.proposals[1:]


async def test_time_alone_makes_a_step_hold_and_the_schedule_proposes_it(shop: Shop) -> None:
    """The hybrid program's second step: a thousand hours, and six months since registration."""
    registered = TODAY - timedelta(days=100)
    person = await _apprentice(shop, "cnc-machinist-hybrid", registered)
    for number in range(125):
        day = registered + timedelta(days=number * 100 // 125)
        await _store(_hours(person, shop, day=day))
    await work()
    day = add_months(registered, 6)
    assert await value("SELECT look_on FROM raise_watch WHERE person = $1", person) == day
    for passed in (1, 0):
        now = datetime.combine(day - timedelta(days=passed), NOW.time(), UTC)
        await ask_when_due(now=now)
        assert await ask_when_due(now=now) == 0, "asked for once"
        await work(now)
        found = await rows(
            "SELECT p.step, p.as_of, p.holds_since FROM raise_proposal AS p JOIN enrolment AS e ON e.id = p.enrolment "
            "WHERE e.person = $1",
            person,
        )
        assert [tuple(one) for one in found] == ([] if passed else [("cnc-machinist-hybrid:s2", day, day)])


async def test_a_look_that_fails_too_often_is_tried_again_tomorrow(shop: Shop) -> None:
    async with transaction():
        await append([_hours(shop.people["ada"], shop)])
    await rows("UPDATE outbox SET attempts = $1", ATTEMPTS)
    await work()
    assert await value("SELECT state FROM outbox") == "dead"
    ada = shop.people["ada"]
    assert await value("SELECT look_on FROM raise_watch WHERE person = $1", ada) == TODAY + timedelta(days=1)


async def test_nothing_is_proposed_about_whoever_left(shop: Shop) -> None:
    person = uuid4()
    pinned = (await pins_of(["machinist"]))["machinist"]
    gone = new_enrolment(person, shop.employer, ("machinist", pinned), registered=BEGAN, now=NOW)
    async with transaction():
        await add_people([Person(id=person, name="Eli Novak", created_at=NOW)])
        await enrolments.add([replace(gone, ended=TODAY)])
    for name in ("mms", "jpbl"):
        subject = f"nims-machining-1:{name}"
        await write(shop, person, Fact(kind=EvidenceKind.CREDENTIAL, subject=subject, happened_on=BEGAN))
    assert await value("SELECT count(*) FROM raise_proposal") == 1, "only Ada's"


async def _apprentice(shop: Shop, program: str, registered: date) -> UUID:
    person = uuid4()
    async with transaction():
        await add_people([Person(id=person, name="Eli Novak", created_at=NOW)])
        await add_employments([Employment(person=person, employer=shop.employer, since=BEGAN)])
    boss = await acting(shop, "admin")
    await enrol(boss, person, sponsor=shop.employer, program=program, registered=registered, now=NOW)
    await work()
    return person


async def _store(addition: Addition) -> None:
    async with transaction():
        await append([addition])


def _hours(
    person: UUID, shop: Shop, *, day: date = date(2026, 11, 1), status: Status = Status.VERIFIED
) -> Addition:
    fact = Fact(kind=EvidenceKind.HOURS, happened_on=day, minutes=480, work_process="ojl")
    return Addition(
        person=person, fact=fact, status=status, recorded=NOW, recorded_by=shop.people["mentor"], note=None
    )
