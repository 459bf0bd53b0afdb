"""Making somebody's decisions again, and letting one that comes out differently stand."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.differences.model import Acceptance
from apprenticeship.differences.services import accept, replayed
from apprenticeship.policy import Action
from apprenticeship.raises.replay import Difference
from standards.naming import bare
from web.access import Whose, asks
from web.api.models.differences import AcceptanceAnswer, AcceptanceAsked, DifferenceAnswer, ReplayAnswer
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.release import release
from web.visitors import asking

ACCEPTING = asks(Action.ACCEPT_DIFFERENCE, Whose.LEARNER)
RAISES = ["Raises"]


@get(
    "/learners/{learner_id:uuid}/raises/replay",
    opt=ACCEPTING,
    operation_id="replayRaises",
    tags=RAISES,
    responses=reading(),
)
async def replay_raises(request: AnyRequest, learner_id: FromPath[UUID]) -> ReplayAnswer:
    """Make every decision about somebody's raises again, and say which come out differently. Nothing is changed."""
    found = await replayed(asking(request).actor, learner_id, now=now_of(request))
    return ReplayAnswer(
        decisions=found.decisions, differences=[_difference(one) for one in found.differences]
    )


@post(
    "/learners/{learner_id:uuid}/raises/{decision_id:int}/acceptance",
    opt=ACCEPTING,
    operation_id="acceptDifference",
    tags=RAISES,
    status_code=201,
    responses=changing(),
)
async def accept_difference(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    decision_id: FromPath[int],
    data: JSONBody[AcceptanceAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[AcceptanceAnswer]:
    """Let a decision that comes out differently stand as it is, with a reason. Pay does not change."""

    async def work() -> AcceptanceAnswer:
        given = await accept(
            asking(request).actor,
            learner_id,
            decision_id,
            difference=data.difference_sha256,
            reason=data.reason,
            release=release(),
            now=now_of(request),
        )
        return _acceptance(given)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


def _difference(one: Difference) -> DifferenceAnswer:
    return DifferenceAnswer(
        decision=one.decision,
        step=bare(one.step),
        as_of=one.as_of.isoformat(),
        what=one.what,
        difference_sha256=one.sha256,
        accepted=None if one.accepted is None else _acceptance(one.accepted),
    )


def _acceptance(given: Acceptance) -> AcceptanceAnswer:
    return AcceptanceAnswer(
        decision=given.decision,
        difference_sha256=given.difference_sha256,
        release=given.release,
        accepted_at=given.accepted_at.isoformat(),
        accepted_by=given.accepted_by,
        reason=given.reason,
    )


HANDLERS: list[Any] = [replay_raises, accept_difference]
