"""Handing changes in pay over to payroll."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.handovers.files import said
from apprenticeship.handovers.model import Handover
from apprenticeship.handovers.services import hand_over, handovers_of, told
from apprenticeship.policy import Action
from apprenticeship.views_people import organisations_for
from web.access import Whose, asks
from web.api.models.handovers import HandoverAnswer, HandoverAsked, HandoverDetail, Handovers
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

PAYROLL = ["Payroll"]
HANDING = asks(Action.HAND_OVER_PAY, Whose.ORGANISATION)


@get(
    "/payroll/handovers",
    opt=HANDING,
    operation_id="listHandovers",
    tags=PAYROLL,
    responses=refusals(),
)
async def list_handovers(request: AnyRequest) -> Handovers:
    """List what one's employers have handed over to payroll, the newest first in each."""
    actor, now = asking(request).actor, now_of(request)
    places = await organisations_for(actor, Action.HAND_OVER_PAY, now=now)
    found = [one for place in places for one in await handovers_of(actor, place.id, now=now)]
    return Handovers(handovers=[_answer(one) for one in found])


@post(
    "/payroll/handovers",
    opt=HANDING,
    operation_id="makeHandover",
    tags=PAYROLL,
    status_code=201,
    responses=changing(),
)
async def make_handover(
    request: AnyRequest, data: JSONBody[HandoverAsked], idempotency_key: IdempotencyKey = None
) -> Response[HandoverDetail]:
    """Hand the changes in pay of a period over, and freeze what is told.

    Changes for earlier days that were decided since the last hand-over are told too, as late: one hand-over after the
    other tells of each change exactly once.
    """

    async def work() -> HandoverDetail:
        made = await hand_over(
            asking(request).actor, data.employer_id, since=data.since, until=data.until, now=now_of(request)
        )
        return HandoverDetail.model_validate(said(made), strict=False)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@get(
    "/payroll/handovers/{handover_id:int}",
    opt=HANDING,
    operation_id="readHandover",
    tags=PAYROLL,
    responses=reading(),
)
async def read_handover(request: AnyRequest, handover_id: FromPath[int]) -> HandoverDetail:
    """Show what a hand-over tells: the same ever after."""
    found = await told(asking(request).actor, handover_id, now=now_of(request))
    return HandoverDetail.model_validate(said(found), strict=False)


def _answer(handover: Handover) -> HandoverAnswer:
    return HandoverAnswer(
        handover=handover.id,
        employer=handover.employer,
        since=handover.since.isoformat(),
        until=handover.until.isoformat(),
        known_at=handover.known_at.isoformat(),
    )


HANDLERS: list[Any] = [list_handovers, make_handover, read_handover]
