"""Asking a college for credit, deciding it line by line, taking it back, appealing; every step a row of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from apprenticeship.agreements.services import as_ended
from apprenticeship.audit.services import record
from apprenticeship.credit.cases import Case, case_as_it_was, case_of, college_key
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.services import colleges_that_may_see
from apprenticeship.credit_decisions import repo
from apprenticeship.credit_decisions.checking import check_once, check_open, check_reason, check_ruling
from apprenticeship.credit_decisions.drawing import Drawn, drawn_up
from apprenticeship.credit_decisions.model import (
    CreditDecision,
    CreditRequest,
    RequestLine,
    Ruling,
    Said,
    State,
    Statement,
    Verdict,
    granted_by,
)
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Mark
from apprenticeship.people import repo as people
from apprenticeship.people.model import Organisation, OrganisationKind, Role
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor, Learner
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.worlds import sha256_of
from apprenticeship.store import transaction
from standards.storage import repo as standards
from standards.storage.model import Published

HIGHEST = 2**63


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request with the answer of the rules, made again from what the request rests on.

    Attributes:
        unchanged: whether the answer comes out as it was kept.
    """

    request: CreditRequest
    standard: Published
    college: Organisation
    case: Case
    drawn: Drawn
    unchanged: bool


async def ask_credit(actor: Actor, agreement: UUID, *, now: datetime) -> int:
    """Ask a college for the credit of one of its agreements; the answer of the rules is frozen as it is now.

    Raises:
        Missing: there is no such agreement of a college here.
        Invalid: the college may not see the record, the agreement is not in force, or nothing has been earned.
        AlreadyDecided: there is an open request already.
    """
    async with transaction():
        learner = await learner_of(actor.person)
        permit(actor, Action.ASK_CREDIT, learner, now)
        await lock_people([actor.person])
        standard, college = await _agreement(agreement, now)
        if not _may_see(learner, college.id, now):
            raise Invalid(
                f"First let {college.name} see your record, on the page of that name.", where="agreement"
            )
        before = await repo.of_people([actor.person])
        if any(one.agreement_key == standard.key and one.is_open for one in before):
            raise AlreadyDecided("You have asked for this already; the college has not decided yet.")
        case = await case_of(actor.person, now.date())
        granted = granted_by(before, college.id, now.date())
        drawn = drawn_up(standard, case, granted)
        _check_worth_asking(drawn)
        mark = (await evidence.marks([actor.person])).get(actor.person, Mark())
        number = await repo.add_request(
            CreditRequest(
                id=0,
                person=actor.person,
                college=college.id,
                agreement=standard.id,
                agreement_key=standard.key,
                asked_at=now,
                as_of=now.date(),
                evidence_up_to=mark.last,
                standards=case.basis.published,
                standards_sha256=await sha256_of(case.basis.published),
                granted=granted,
                lines=drawn.lines,
                answer=drawn.plain,
                answer_sha256=drawn.sha256,
            )
        )
        detail = {"agreement": standard.key, "version": standard.version, "sha256": standard.sha256}
        await record(actor, Action.ASK_CREDIT, "credit_request", number, now=now, detail=detail)
        return number


def _check_worth_asking(drawn: Drawn) -> None:
    if not drawn.answer.in_force:
        raise Invalid("This agreement is not in force today.", where="agreement")
    if not drawn.answer.best.given and not any(line.up_to is not None for line in drawn.lines):
        raise Invalid("Nothing is earned under this agreement yet.", where="agreement")


async def _agreement(agreement: UUID, known_at: datetime) -> tuple[Published, Organisation]:
    found = await as_ended(await standards.by_ids([agreement]), known_at=known_at)
    if not found or found[0].kind != "agreement":
        raise Missing("There is no such agreement.")
    key = college_key(found[0])
    colleges = [one for one in await people.organisations() if one.kind is OrganisationKind.COLLEGE]
    college = next((one for one in colleges if one.key == key), None)
    if college is None:
        raise Missing("The college of this agreement is not here; ask it directly.")
    return found[0], college


def _may_see(learner: Learner, college: UUID, now: datetime) -> bool:
    on_roster = any(one.college == college and one.covers(now.date()) for one in learner.rosters)
    return on_roster or any(one.organisation == college and one.holds(now) for one in learner.consents)


async def request_of(actor: Actor, request: int, *, now: datetime) -> CreditRequest:
    """Return a request of one's own, or one to the college that one decides for and that may see the learner.

    Raises:
        Missing: there is none for this actor.
    """
    found = await repo.of_ids([request]) if 0 < request < HIGHEST else ()
    if not found:
        raise Missing("There is no such request.")
    await _permit(actor, found[0], now)
    return found[0]


async def _permit(actor: Actor, request: CreditRequest, now: datetime) -> Action:
    if request.person == actor.person:
        permit(actor, Action.ASK_CREDIT, await learner_of(actor.person), now)
        return Action.ASK_CREDIT
    learner = await learner_of(request.person)
    permit(actor, Action.DECIDE_CREDIT, learner, now)
    if request.college not in colleges_that_may_see(actor, learner, now):
        raise Missing("There is no such request.")
    return Action.DECIDE_CREDIT


async def asked_of(actor: Actor, request: int, *, now: datetime) -> Asked:
    """Return a request with the answer of the rules, made again; a look by the college is kept in the trail.

    Raises:
        Missing: there is none for this actor.
    """
    found = await request_of(actor, request, now=now)
    asked = await made_again(found)
    if found.person != actor.person:
        detail = {"colleges": [asked.college.name], "request": found.id}
        async with transaction():
            await record(actor, Action.READ_CREDIT, "person", found.person, now=now, detail=detail)
    return asked


async def made_again(request: CreditRequest) -> Asked:
    """Make the answer of a request again, from the rows and versions that were there when it was asked."""
    standard, college = await _agreement(request.agreement, request.asked_at)
    case = await case_as_it_was(
        request.person,
        request.as_of,
        request.standards,
        known_at=request.asked_at,
        up_to=request.evidence_up_to,
    )
    drawn = drawn_up(standard, case, request.granted)
    unchanged = drawn.sha256 == request.answer_sha256
    return Asked(
        request=request, standard=standard, college=college, case=case, drawn=drawn, unchanged=unchanged
    )


async def replayed() -> tuple[int, tuple[int, ...]]:
    """Make every answer again: how many there are, and the requests that come out differently; reads only."""
    ids = await repo.everything()
    different = [one.id for one in await repo.of_ids(ids) if not await _comes_out_the_same(one)]
    return len(ids), tuple(different)


async def _comes_out_the_same(request: CreditRequest) -> bool:
    """Whether it does; what cannot be made again at all does not."""
    try:
        return (await made_again(request)).unchanged
    except (Invalid, Missing, LookupError):
        return False


async def own_requests(actor: Actor, *, now: datetime) -> tuple[CreditRequest, ...]:
    """Return one's own requests, the latest first."""
    permit(actor, Action.ASK_CREDIT, await learner_of(actor.person), now)
    return tuple(reversed(await repo.of_people([actor.person])))


async def requests_about(actor: Actor, person: UUID, *, now: datetime) -> tuple[CreditRequest, ...]:
    """Return what somebody asked for, as far as the actor may see it, the oldest first.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    learner = await learner_of(person)
    permit(actor, Action.READ_CREDIT, learner, now)
    found = await repo.of_people([person])
    if actor.person == person:
        return found
    seen = colleges_that_may_see(actor, learner, now)
    async with transaction():
        await record(actor, Action.READ_CREDIT, "person", person, now=now, detail={"requests": len(found)})
    return tuple(one for one in found if one.college in seen)


async def requests_to_decide(actor: Actor, *, now: datetime) -> tuple[CreditRequest, ...]:
    """Return the requests to the colleges that one decides for, of learners whom these may see; the open ones first."""
    colleges = actor.organisations(Role.REGISTRAR, now.date())
    found = await repo.of_colleges(sorted(colleges))
    seen = [
        one for one in found if one.college in colleges_that_may_see(actor, await learner_of(one.person), now)
    ]
    return tuple(sorted(seen, key=lambda one: (not one.is_open, one.asked_at)))


async def decide(actor: Actor, request: int, rulings: Sequence[Ruling], *, now: datetime) -> CreditRequest:
    """Decide some awards of a request, all or none of them.

    Raises:
        Missing: there is no such request to decide for this actor.
        Invalid: a ruling does not hold together.
        AlreadyDecided: somebody else decided in the meantime, or it was taken back.
    """
    async with transaction():
        found = await request_of(actor, request, now=now)
        await lock_people([found.person])
        found = await request_of(actor, request, now=now)
        if found.person == actor.person:
            raise Invalid("Nobody decides about their own credit.", where="form")
        check_open(found, rulings)
        rows = await evidence.history(found.person)
        known = {row.key for row in rows}
        before = await _granted_elsewhere(found, now)
        for ruling in rulings:
            line = check_ruling(found, ruling, evidence=known, today=now.date())
            check_once(found, line, ruling, before)
            await _keep(_decision(found, line, ruling, actor, now))
        said = {one.award: one.verdict.value for one in rulings}
        await record(actor, Action.DECIDE_CREDIT, "credit_request", request, now=now, detail=said)
        (kept,) = await repo.of_ids([request])
        return kept


async def _granted_elsewhere(request: CreditRequest, now: datetime) -> tuple[Granted, ...]:
    """What the college has granted to the same person by other requests."""
    others = [one for one in await repo.of_people([request.person]) if one.id != request.id]
    return granted_by(others, request.college, now.date())


async def _keep(decision: CreditDecision) -> None:
    try:
        await repo.add_decision(decision)
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided(
            "Somebody else decided about this in the meantime; nothing was changed."
        ) from error


def _decision(
    request: CreditRequest, line: RequestLine, ruling: Ruling, actor: Actor, now: datetime
) -> CreditDecision:
    refused = ruling.verdict is Verdict.REFUSED
    return CreditDecision(
        id=0,
        request=request.id,
        award=line.award,
        turn=ruling.after,
        verdict=ruling.verdict,
        override=ruling.override,
        override_until=ruling.override_until,
        credits=0 if refused else line.credits if ruling.credits is None else ruling.credits,
        course=(ruling.course or line.course).strip(),
        evidence=() if refused else line.evidence if ruling.evidence is None else ruling.evidence,
        decided_at=now,
        decided_by=actor.person,
        reason=ruling.reason.strip() or None,
    )


async def withdraw(actor: Actor, request: int, *, reason: str, now: datetime) -> None:
    """Take one's request back, while nothing about it has been decided.

    Raises:
        Missing: it is not one's own.
        AlreadyDecided: the college has decided, or it was taken back before.
    """
    async with transaction():
        found = await _own(actor, request, now)
        if found.state is State.WITHDRAWN:
            raise AlreadyDecided("You took this back before.")
        if found.decisions:
            raise AlreadyDecided("The college has begun to decide; you can appeal.")
        await _say(actor, found, Said.WITHDRAWAL, reason, now)


async def appeal(actor: Actor, request: int, *, reason: str, now: datetime) -> None:
    """Ask the college to decide again, with reasons.

    Raises:
        Missing: it is not one's own.
        Invalid: there are no reasons.
        AlreadyDecided: there is nothing decided, or an appeal waits already.
    """
    async with transaction():
        found = await _own(actor, request, now)
        if found.state is not State.DECIDED:
            raise AlreadyDecided("An appeal is against a decision; there is none to appeal against.")
        check_reason(reason, needed=True, where="reason")
        await _say(actor, found, Said.APPEAL, reason, now)


async def _own(actor: Actor, request: int, now: datetime) -> CreditRequest:
    await lock_people([actor.person])
    found = await request_of(actor, request, now=now)
    if found.person != actor.person:
        raise Missing("There is no such request.")
    return found


async def _say(actor: Actor, request: CreditRequest, kind: Said, reason: str, now: datetime) -> None:
    check_reason(reason, needed=False, where="reason")
    text = reason.strip() or None
    await repo.add_statement(
        Statement(id=0, request=request.id, kind=kind, said_at=now, said_by=actor.person, text=text)
    )
    await record(actor, Action.ASK_CREDIT, "credit_request", request.id, now=now, detail={"said": kind.value})
