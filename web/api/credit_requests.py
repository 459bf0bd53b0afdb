"""Requests for credit: asked by the learner, decided by the college, taken back or appealed."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.credit.answers import number
from apprenticeship.credit_decisions.model import CreditDecision, CreditRequest, RequestLine, Ruling
from apprenticeship.credit_decisions.services import (
    appeal,
    ask_credit,
    decide,
    request_of,
    requests_about,
    withdraw,
)
from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from web.access import Whose, asks
from web.api.models.credit_requests import (
    CreditAsked,
    CreditLine,
    CreditReason,
    CreditRequestAnswer,
    CreditRequests,
    CreditRuling,
    CreditStatement,
    RulingAsked,
    RulingsAsked,
)
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

CREDIT = ["College credit"]
READING = asks(Action.READ_CREDIT, Whose.LEARNER)
ASKING = asks(Action.ASK_CREDIT, Whose.LEARNER)
DECIDING = asks(Action.DECIDE_CREDIT, Whose.LEARNER)


@get(
    "/learners/{learner_id:uuid}/credit-requests",
    opt=READING,
    operation_id="listCreditRequests",
    tags=CREDIT,
    responses=reading(),
)
async def list_credit_requests(request: AnyRequest, learner_id: FromPath[UUID]) -> CreditRequests:
    """List what somebody asked for: all of it for themselves, what one's college was asked for registrars."""
    found = await requests_about(asking(request).actor, learner_id, now=now_of(request))
    return CreditRequests(requests=[_request(one) for one in found])


@post(
    "/learners/{learner_id:uuid}/credit-requests",
    opt=ASKING,
    operation_id="askCredit",
    tags=CREDIT,
    status_code=201,
    responses=changing(),
)
async def ask(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[CreditAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[CreditRequestAnswer]:
    """Ask a college for the credit of one of its agreements; the answer of the rules is kept as it is now."""
    actor, now = asking(request).actor, now_of(request)

    async def work() -> CreditRequestAnswer:
        _check_own(learner_id, actor.person)
        number_ = await ask_credit(actor, data.agreement_id, now=now)
        return _request(await request_of(actor, number_, now=now))

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/credit-requests/{credit_request_id:int}/decisions",
    opt=DECIDING,
    operation_id="decideCredit",
    tags=CREDIT,
    status_code=201,
    responses=changing(),
)
async def decide_it(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    credit_request_id: FromPath[int],
    data: JSONBody[RulingsAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[CreditRequestAnswer]:
    """Decide some awards of a request, all or none of them; a later decision stands in place of the one before."""
    actor, now = asking(request).actor, now_of(request)

    async def work() -> CreditRequestAnswer:
        await _named(request, learner_id, credit_request_id)
        rulings = [_ruling(one) for one in data.rulings]
        return _request(await decide(actor, credit_request_id, rulings, now=now))

    sent = {"body": data.model_dump(mode="json"), "request": credit_request_id}
    return await carried_out(request, idempotency_key, sent, work, status=201)


@post(
    "/learners/{learner_id:uuid}/credit-requests/{credit_request_id:int}/appeal",
    opt=ASKING,
    operation_id="appealCredit",
    tags=CREDIT,
    status_code=201,
    responses=changing(),
)
async def appeal_it(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    credit_request_id: FromPath[int],
    data: JSONBody[CreditReason],
    idempotency_key: IdempotencyKey = None,
) -> Response[CreditRequestAnswer]:
    """Ask the college to decide again, with reasons."""
    actor, now = asking(request).actor, now_of(request)

    async def work() -> CreditRequestAnswer:
        await _named(request, learner_id, credit_request_id)
        await appeal(actor, credit_request_id, reason=data.reason, now=now)
        return _request(await request_of(actor, credit_request_id, now=now))

    sent = {"body": data.model_dump(mode="json"), "request": credit_request_id}
    return await carried_out(request, idempotency_key, sent, work, status=201)


@post(
    "/learners/{learner_id:uuid}/credit-requests/{credit_request_id:int}/withdrawal",
    opt=ASKING,
    operation_id="withdrawCredit",
    tags=CREDIT,
    status_code=201,
    responses=changing(),
)
async def withdraw_it(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    credit_request_id: FromPath[int],
    data: JSONBody[CreditReason],
    idempotency_key: IdempotencyKey = None,
) -> Response[CreditRequestAnswer]:
    """Take one's request back, while nothing about it has been decided."""
    actor, now = asking(request).actor, now_of(request)

    async def work() -> CreditRequestAnswer:
        await _named(request, learner_id, credit_request_id)
        await withdraw(actor, credit_request_id, reason=data.reason, now=now)
        return _request(await request_of(actor, credit_request_id, now=now))

    sent = {"body": data.model_dump(mode="json"), "request": credit_request_id}
    return await carried_out(request, idempotency_key, sent, work, status=201)


def _check_own(learner: UUID, person: UUID) -> None:
    if learner != person:
        raise Missing("There is no such person.")


async def _named(request: AnyRequest, learner: UUID, number_: int) -> None:
    found = await request_of(asking(request).actor, number_, now=now_of(request))
    if found.person != learner:
        raise Missing("There is no such request.")


def _ruling(asked: RulingAsked) -> Ruling:
    """Read one ruling; credits are rounded to hundredths, half up."""
    credits_ = None if asked.credits is None else int((Decimal(str(asked.credits)) * 200 + 1) // 2)
    return Ruling(
        award=asked.award,
        verdict=asked.verdict,
        after=asked.after,
        credits=credits_,
        course=asked.course,
        evidence=None if asked.evidence is None else tuple(asked.evidence),
        override=asked.override,
        override_until=asked.override_until,
        reason=asked.reason or "",
    )


def _request(asked: CreditRequest) -> CreditRequestAnswer:
    return CreditRequestAnswer(
        id=asked.id,
        learner_id=asked.person,
        college_id=asked.college,
        agreement_id=asked.agreement,
        agreement=asked.agreement_key,
        state=asked.state,
        asked_at=asked.asked_at.isoformat(),
        as_of=asked.as_of.isoformat(),
        lines=[_line(line) for line in asked.lines],
        decisions=[_decision(one) for one in asked.decisions],
        statements=[
            CreditStatement(kind=one.kind, said_at=one.said_at.isoformat(), text=one.text)
            for one in asked.statements
        ],
        answer=asked.answer,
        answer_sha256=asked.answer_sha256,
    )


def _line(line: RequestLine) -> CreditLine:
    return CreditLine(
        award=line.award,
        course=line.course,
        title=line.title,
        credits=number(line.credits),
        up_to=None if line.up_to is None else number(line.up_to),
        given=line.given,
        evidence=list(line.evidence),
    )


def _decision(one: CreditDecision) -> CreditRuling:
    return CreditRuling(
        id=one.id,
        award=one.award,
        verdict=one.verdict,
        override=one.override,
        override_until=one.override_until.isoformat() if one.override_until else None,
        credits=number(one.credits),
        course=one.course,
        evidence=list(one.evidence),
        decided_at=one.decided_at.isoformat(),
        decided_by=one.decided_by,
        reason=one.reason,
    )


HANDLERS: list[Any] = [list_credit_requests, ask, decide_it, appeal_it, withdraw_it]
