"""What the rules propose about raises and what people say about it: objecting, appealing, answering a correction."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.policy import Action
from apprenticeship.proposals.answering import answer_correction, appeal, object_to, uphold
from apprenticeship.proposals.looking import flow_of
from apprenticeship.proposals.model import Flow, Proposal, Statement
from apprenticeship.refusals import Missing
from standards.naming import bare
from web.access import Whose, asks
from web.api.learners import standing_asked
from web.api.models.raises import (
    AppealAnswerAsked,
    AppealAsked,
    CorrectionAsked,
    ObjectionAsked,
    ProposalAnswer,
    RaiseFlow,
    StatementAnswer,
)
from web.api.models.values import Asked
from web.api.moments import ProgramId
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

RAISES = ["Raises"]
DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)


@get(
    "/learners/{learner_id:uuid}/raises/proposals",
    opt=asks(Action.READ_WAGES, Whose.LEARNER),
    operation_id="listProposals",
    tags=RAISES,
    responses=reading(),
)
async def list_proposals(
    request: AnyRequest, learner_id: FromPath[UUID], program: ProgramId = None
) -> RaiseFlow:
    """List what was proposed about somebody's raises, and what people said about it."""
    standing = await standing_asked(request, learner_id, None, None, program)
    flow = await flow_of(standing)
    return RaiseFlow(
        program=standing.enrolment.program_key,
        proposals=[_proposal(flow, one) for one in flow.proposals],
        statements=[_statement(one, is_open=one in flow.open_appeals) for one in flow.statements],
    )


def _proposal(flow: Flow, proposal: Proposal) -> ProposalAnswer:
    return ProposalAnswer(
        id=proposal.id,
        step=bare(proposal.step),
        kind=proposal.kind.value,
        refers_to=proposal.refers_to,
        proposed_at=proposal.known_at.isoformat(),
        as_of=proposal.as_of.isoformat(),
        was_on=_day(proposal.was_on),
        holds_since=_day(proposal.holds_since),
        lost_on=_day(proposal.lost_on),
        standards_sha256=proposal.standards_sha256,
        because=list(proposal.because),
        open=proposal in flow.open_raises or proposal in flow.open_corrections,
    )


def _statement(said: Statement, *, is_open: bool) -> StatementAnswer:
    return StatementAnswer(
        id=said.id,
        kind=said.kind.value,
        proposal_id=said.proposal,
        decision_id=said.decision,
        reason=said.reason,
        said_at=said.said_at.isoformat(),
        said_by=said.said_by,
        open=is_open,
    )


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


@post(
    "/learners/{learner_id:uuid}/raises/proposals/{proposal_id:int}/objection",
    opt=DECIDING,
    operation_id="objectToRaise",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def object_to_raise(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    proposal_id: FromPath[int],
    data: JSONBody[ObjectionAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[StatementAnswer]:
    """Object, with reasons, to a raise that would stand by itself; only where the house rules have such a period."""

    async def work() -> Statement:
        actor, now = asking(request).actor, now_of(request)
        return await object_to(actor, learner_id, proposal_id, reason=data.reason, now=now)

    return await _said(request, idempotency_key, data, work, is_open=False)


@post(
    "/learners/{learner_id:uuid}/raises/proposals/{proposal_id:int}/answer",
    opt=DECIDING,
    operation_id="answerCorrection",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def answer_raise_correction(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    proposal_id: FromPath[int],
    data: JSONBody[CorrectionAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[StatementAnswer]:
    """Accept a correction of a raise that was given, or set it aside. What was paid is not changed by it."""

    async def work() -> Statement:
        actor, now = asking(request).actor, now_of(request)
        return await answer_correction(
            actor, learner_id, proposal_id, accept=data.accept, reason=data.reason, now=now
        )

    return await _said(request, idempotency_key, data, work, is_open=False)


@post(
    "/learners/{learner_id:uuid}/raises/appeals",
    opt=asks(Action.APPEAL_RAISE, Whose.LEARNER),
    operation_id="appealRaise",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def appeal_raise(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[AppealAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[StatementAnswer]:
    """Appeal against a decision about one's own raise, or an objection to it; the employer decides again."""

    async def work() -> Statement:
        actor = asking(request).actor
        if actor.person != learner_id:
            raise Missing("Nobody appeals for somebody else.")
        return await appeal(
            actor,
            reason=data.reason,
            decision=data.decision_id,
            proposal=data.proposal_id,
            now=now_of(request),
        )

    return await _said(request, idempotency_key, data, work, is_open=True)


@post(
    "/learners/{learner_id:uuid}/raises/appeals/{appeal_id:int}/answer",
    opt=DECIDING,
    operation_id="upholdRaise",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def uphold_raise(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    appeal_id: FromPath[int],
    data: JSONBody[AppealAnswerAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[StatementAnswer]:
    """Leave things as they are in spite of an appeal, with a reason; to change them, decide about the step again."""

    async def work() -> Statement:
        actor, now = asking(request).actor, now_of(request)
        return await uphold(actor, learner_id, appeal_id, reason=data.reason, now=now)

    return await _said(request, idempotency_key, data, work, is_open=False)


async def _said(
    request: AnyRequest,
    key: str | None,
    data: Asked,
    work: Callable[[], Awaitable[Statement]],
    *,
    is_open: bool,
) -> Response[StatementAnswer]:
    async def answered() -> StatementAnswer:
        return _statement(await work(), is_open=is_open)

    body = {"body": data.model_dump(mode="json")}
    return await carried_out(request, key, body, answered, status=201)


HANDLERS: list[Any] = [list_proposals, object_to_raise, answer_raise_correction, appeal_raise, uphold_raise]
