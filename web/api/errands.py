"""Errands that were given up, and trying one again; for administrators."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.outbox.model import GivenUp
from apprenticeship.policy import Action
from tasks.given_up import given_up, purpose_of, retry
from web.access import Whose, asks
from web.api.models.errands import ErrandsGivenUp, GivenUpErrand, RetriedErrand, RetryAsked
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, refusals
from web.pages.asked import now_of
from web.visitors import asking

ADMINISTRATION = ["Administration"]
MANAGING = asks(Action.MANAGE_PEOPLE, Whose.ORGANISATION)


@get(
    "/errands/given-up",
    opt=MANAGING,
    operation_id="listGivenUp",
    tags=ADMINISTRATION,
    responses=refusals(),
)
async def list_given_up(request: AnyRequest) -> ErrandsGivenUp:
    """List the errands that failed too often and were given up, the latest first; at most 200.

    They are the installation's. Nothing in them names a person: neither what was asked nor the message of a failure.
    """
    found = await given_up(asking(request).actor, now=now_of(request))
    return ErrandsGivenUp(errands=[_answer(one) for one in found])


def _answer(errand: GivenUp) -> GivenUpErrand:
    purpose = purpose_of(errand)
    return GivenUpErrand(
        errand=errand.id,
        topic=errand.topic,
        purpose=purpose.words,
        attempts=errand.attempts,
        reason=errand.reason,
        asked_at=errand.asked_at.isoformat(),
        given_up_at=errand.given_up_at.isoformat(),
        instead=purpose.instead,
    )


@post(
    "/errands/{errand_id:int}/retry",
    opt=MANAGING,
    operation_id="retryErrand",
    tags=ADMINISTRATION,
    status_code=201,
    responses=changing(),
)
async def retry_errand(
    request: AnyRequest,
    errand_id: FromPath[int],
    data: JSONBody[RetryAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[RetriedErrand]:
    """Let an errand that was given up be tried again, with all its attempts; who did so is kept."""

    async def work() -> RetriedErrand:
        actor, now = asking(request).actor, now_of(request)
        tried = await retry(actor, errand_id, attempts=data.attempts, now=now)
        return RetriedErrand(errand=tried.id, topic=tried.topic)

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


HANDLERS: list[Any] = [list_given_up, retry_errand]
