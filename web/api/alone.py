"""Leave to work alone: given where the record supports it, taken back, and told as it stands today."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.alone.model import Kind, Supported
from apprenticeship.alone.rules import supported
from apprenticeship.alone.services import release, releases_of, take_back
from apprenticeship.policy import Action
from web.access import Whose, asks
from web.api.learners import standing_asked
from web.api.models.ratio import LackAnswer, ReleaseAnswer, ReleaseAsked, ReleaseEndAsked, Releases
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

RELEASING = asks(Action.RELEASE_ALONE, Whose.LEARNER)
ALONE = ["Working alone"]


@get(
    "/learners/{learner_id:uuid}/alone",
    opt=asks(Action.READ_STANDING, Whose.LEARNER),
    operation_id="listReleases",
    tags=ALONE,
    responses=reading(),
)
async def list_releases(request: AnyRequest, learner_id: FromPath[UUID]) -> Releases:
    """List what somebody may do alone, and what their record no longer supports."""
    standing = await standing_asked(request, learner_id, None, None, None)
    return Releases(releases=[_release(one) for one in await releases_of(standing)])


def _release(one: Supported) -> ReleaseAnswer:
    given = one.release
    return ReleaseAnswer(
        id=given.id,
        kind=given.kind.value,
        subject=given.subject,
        title=one.title,
        since=given.since.isoformat(),
        until=None if given.until is None else given.until.isoformat(),
        holds=one.holds,
        lacks=[
            LackAnswer(competency=lack.competency, title=lack.title, state=lack.state.value)
            for lack in one.lacks
        ],
        because=list(given.because),
        released_at=given.released_at.isoformat(),
        released_by=given.released_by,
    )


@post(
    "/learners/{learner_id:uuid}/alone",
    opt=RELEASING,
    operation_id="releaseToWorkAlone",
    tags=ALONE,
    status_code=201,
    responses=changing(),
)
async def let_alone(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    data: JSONBody[ReleaseAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ReleaseAnswer]:
    """Let somebody work alone on something that their record supports on that day and today."""

    async def work() -> ReleaseAnswer:
        given = await release(
            asking(request).actor,
            learner_id,
            kind=Kind(data.kind),
            subject=data.subject,
            since=data.since,
            now=now_of(request),
        )
        return _release(supported(await standing_asked(request, learner_id, None, None, None), given))

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


@post(
    "/learners/{learner_id:uuid}/alone/{release_id:int}/end",
    opt=RELEASING,
    operation_id="endRelease",
    tags=ALONE,
    status_code=201,
    responses=changing(),
)
async def end_release(
    request: AnyRequest,
    learner_id: FromPath[UUID],
    release_id: FromPath[int],
    data: JSONBody[ReleaseEndAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[Releases]:
    """Take leave to work alone back, from today on."""

    async def work() -> Releases:
        await take_back(asking(request).actor, learner_id, release_id, now=now_of(request))
        standing = await standing_asked(request, learner_id, None, None, None)
        return Releases(releases=[_release(one) for one in await releases_of(standing)])

    return await carried_out(
        request, idempotency_key, {"body": data.model_dump(mode="json")}, work, status=201
    )


HANDLERS: list[Any] = [list_releases, let_alone, end_release]
