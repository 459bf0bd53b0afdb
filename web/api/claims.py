"""Credit for previous experience: claiming it, deciding it, and telling the agency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.advanced.model import Claim, Decided
from apprenticeship.advanced.services import claim_credit, claims_of, decide_claim, tell_agency
from apprenticeship.policy import Action
from web.access import Whose, asks
from web.api.models.claims import (
    ClaimAnswer,
    ClaimAsked,
    ClaimDecisionAnswer,
    ClaimDecisionAsked,
    Claims,
    ToldAsked,
)
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

CLAIMS = ["Credit for experience"]
DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)


@get(
    "/learners/{learner_id:uuid}/standing-claims",
    opt=asks(Action.READ_WAGES, Whose.LEARNER),
    operation_id="listClaims",
    tags=CLAIMS,
    responses=reading(),
)
async def list_claims(request: AnyRequest, learner_id: FromPath[UUID]) -> Claims:
    """List what somebody claimed for previous experience, and what became of it."""
    found = await claims_of(asking(request).actor, learner_id, now=now_of(request))
    return Claims(claims=[_claim(one) for one in found])


def _claim(claim: Claim) -> ClaimAnswer:
    return ClaimAnswer(
        id=claim.id,
        learner_id=claim.person,
        program=claim.program,
        applied_on=claim.applied_on.isoformat(),
        hours=_hours(claim.asked),
        documents=list(claim.documents),
        outcome=claim.outcome.value,
        decision=None if claim.decided is None else _decided(claim.decided),
    )


def _decided(decided: Decided) -> ClaimDecisionAnswer:
    return ClaimDecisionAnswer(
        granted=_hours(decided.granted),
        reason=decided.reason,
        decided_on=decided.decided_on.isoformat(),
        probation_ends=decided.probation_ends.isoformat(),
        tell_by=decided.tell_by.isoformat(),
        told_on=None if decided.told_on is None else decided.told_on.isoformat(),
        raise_decision=decided.raise_decision,
        decided_at=decided.decided_at.isoformat(),
        decided_by=decided.decided_by,
    )


def _hours(minutes: Mapping[str, int]) -> dict[str, int | float]:
    return {name: of // 60 if of % 60 == 0 else of / 60 for name, of in minutes.items()}


def _minutes(hours: Mapping[str, int | float]) -> dict[str, int]:
    """Read hours as minutes; half minutes round up."""
    return {name: int((Decimal(str(of)) * 120 + 1) // 2) for name, of in hours.items()}


@post(
    "/learners/{learner_id:uuid}/standing-claims",
    opt=asks(Action.HAND_IN, Whose.LEARNER),
    operation_id="claimCredit",
    tags=CLAIMS,
    status_code=201,
    responses=changing(),
)
async def claim(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[ClaimAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ClaimAnswer]:
    """Claim credit for one's own previous experience, once for a registration."""

    async def work() -> ClaimAnswer:
        made = await claim_credit(
            asking(request).actor,
            learner_id,
            applied_on=data.applied_on,
            asked=_minutes(data.hours_by_process),
            documents=data.documents,
            now=now_of(request),
        )
        return _claim(made)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/standing-claims/{claim_id:int}/decision",
    opt=DECIDING,
    operation_id="decideClaim",
    tags=CLAIMS,
    status_code=201,
    responses=changing(),
)
async def decide(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    claim_id: FromPath[int],
    data: JSONBody[ClaimDecisionAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ClaimAnswer]:
    """Decide a claim, once: what is granted counts from today, and the wage moves to the step that it reaches."""

    async def work() -> ClaimAnswer:
        made = await decide_claim(
            asking(request).actor,
            learner_id,
            claim_id,
            granted=_minutes(data.hours_by_process),
            reason=data.reason,
            now=now_of(request),
        )
        return _claim(made)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/standing-claims/{claim_id:int}/told",
    opt=DECIDING,
    operation_id="tellAgencyOfClaim",
    tags=CLAIMS,
    status_code=201,
    responses=changing(),
)
async def tell(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    claim_id: FromPath[int],
    data: JSONBody[ToldAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ClaimAnswer]:
    """Write down that the registration agency was told of a decision."""

    async def work() -> ClaimAnswer:
        told = await tell_agency(
            asking(request).actor, learner_id, claim_id, told_on=data.told_on, now=now_of(request)
        )
        return _claim(told)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


HANDLERS: list[Any] = [list_claims, claim, decide, tell]
