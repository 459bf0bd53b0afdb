"""What a mentor does: see what waits, sign several off at once, send back with a reason."""

from typing import Any

from litestar import Response, get, post
from litestar.params import JSONBody

from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.signoff.model import Verdict
from apprenticeship.signoff.services import send_back, sign_off, waiting_for
from web.access import Whose, asks
from web.api.entries import entry
from web.api.models.evidence import Decided, Decision, Queue, Waiting
from web.api.models.people import Named
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, refusals
from web.pages.asked import now_of
from web.visitors import asking

JUDGING = asks(Action.SIGN_OFF, Whose.THEIRS)
SIGN_OFFS = ["Sign-offs"]


@get("/sign-offs", opt=JUDGING, operation_id="listSignOffs", tags=SIGN_OFFS, responses=refusals())
async def list_sign_offs(request: AnyRequest) -> Queue:
    """List what waits for one's sign-off, the longest waiting first."""
    waiting = await waiting_for(asking(request).actor, now=now_of(request))
    return Queue(
        waiting=[
            Waiting(learner=Named(id=one.evidence.person, name=one.name), evidence=entry(one.evidence))
            for one in waiting
        ]
    )


@post(
    "/sign-offs",
    opt=JUDGING,
    operation_id="decideSignOffs",
    tags=SIGN_OFFS,
    status_code=200,
    responses=changing(),
)
async def decide_sign_offs(
    request: AnyRequest, data: JSONBody[Decision], idempotency_key: IdempotencyKey = None
) -> Response[Decided]:
    """Sign off or send back several rows: all of them or none. Nobody decides about their own work."""

    async def work() -> Decided:
        actor, now = asking(request).actor, now_of(request)
        if data.verdict == "sign_off":
            verdicts = [Verdict(row=one.row, rating=one.rating) for one in data.rows]
            rows = await sign_off(actor, verdicts, note=data.note, now=now)
        else:
            _check_sent_back(data)
            rows = await send_back(actor, [one.row for one in data.rows], reason=data.note or "", now=now)
        return Decided(decided=[entry(row) for row in rows])

    return await carried_out(request, idempotency_key, {"body": data.model_dump(mode="json")}, work)


def _check_sent_back(decision: Decision) -> None:
    if not (decision.note or "").strip():
        raise Invalid("Say in a note what is missing, so that it can be put right.", where="note")
    for position, one in enumerate(decision.rows):
        if one.rating is not None:
            raise Invalid("What is sent back is not rated.", where=f"rows[{position}].rating")


HANDLERS: list[Any] = [list_sign_offs, decide_sign_offs]
