"""Everybody in a program: one's own at once; everybody from what is kept, or by a look that takes a while."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from apprenticeship.cohort.answers import cohort_answer
from apprenticeship.cohort.candidates import candidate, unreadable
from apprenticeship.cohort.looks import services as looks
from apprenticeship.cohort.looks.model import Look
from apprenticeship.cohort.looks.seeing import Seen
from apprenticeship.cohort.services import reach_of, stored_of
from apprenticeship.policy import Action
from apprenticeship.publishing import newest_programs
from apprenticeship.refusals import Invalid, Missing
from standards.problems import DocumentError
from standards.reading import Document, read_data
from web.access import Whose, asks
from web.api.models.cohort import Cohort, LookAnswer, LookAsked
from web.api.moments import AsOf
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading
from web.pages.asked import now_of
from web.visitors import asking

COHORT = asks(Action.READ_COHORT, Whose.ORGANISATION)
EVERYBODY = asks(Action.LOOK_AT_EVERYBODY, Whose.ORGANISATION)
COHORTS = ["Cohorts"]

By = Annotated[
    Literal["own", "newest"],
    QueryParameter(
        name="by", description="By people's own standards, or beside them by the newest published."
    ),
]


@get("/cohorts/{program_id:str}", opt=COHORT, operation_id="readCohort", tags=COHORTS, responses=reading())
async def read_cohort(
    request: AnyRequest, program_id: FromPath[str], by: By = "own", as_of: AsOf = None
) -> Cohort:
    """Say how far one's own apprentices in a program are, who is stuck on what, and when they are to complete."""
    now = now_of(request)
    await _known(program_id)
    visitor = asking(request)
    reach = reach_of(visitor.actor, visitor.organisations, now=now)
    texts = None if by == "own" else await candidate(program_id, (), now=now)
    day = as_of or now.date()
    own = await looks.own_people(reach.employers, now=now)
    seen = await looks.look_over(program_id, own, texts, day)
    return _cohort(program_id, day, seen, compared=by == "newest")


async def _known(program: str) -> None:
    if not await newest_programs([program]):
        raise Missing("There is no such program.")


@get(
    "/cohorts/{program_id:str}/everybody",
    opt=EVERYBODY,
    operation_id="readEverybody",
    tags=COHORTS,
    responses=reading(),
)
async def read_everybody(program_id: FromPath[str]) -> Cohort:
    """Say the same of everybody in a program, from what is kept and follows what is written. For agencies.

    For another day or by other standards ask for a look.
    """
    stored = await stored_of(program_id)
    if stored.current is None:
        raise Missing("Nobody in this program has been evaluated yet; ask for a look.")
    return _cohort(program_id, stored.current.as_of, stored.seen, compared=False)


def _cohort(program: str, day: date, seen: Seen, *, compared: bool) -> Cohort:
    return Cohort.model_validate(cohort_answer(program, day, seen, compared=compared))


@post(
    "/cohorts/{program_id:str}/looks",
    opt=EVERYBODY,
    operation_id="lookAtCohort",
    tags=COHORTS,
    status_code=202,
    responses=changing(),
)
async def look_at_cohort(
    request: AnyRequest,
    program_id: FromPath[str],
    data: JSONBody[LookAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[LookAnswer]:
    """Look at everybody in a program as of a day, or by other standards: who gains, who loses, who would be stuck.

    For agencies. Nothing changes by it; what it comes to is kept for thirty days for whoever asked.
    """
    actor, now = asking(request).actor, now_of(request)
    await _known(program_id)

    async def work() -> LookAnswer:
        day = data.as_of or now.date()
        begun = await looks.start(actor, program_id, _draft(data), as_of=day, now=now)
        return _look(begun, None)

    command = {"program": program_id, "body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=HTTPStatus.ACCEPTED)


def _draft(asked: LookAsked) -> tuple[Document, ...] | None:
    if asked.by != "draft":
        if asked.documents:
            raise Invalid("Documents are read only with by: draft.", where="documents")
        return None if asked.by == "own" else ()
    if not asked.documents:
        raise Invalid("A draft has at least one document.", where="documents")
    try:
        return tuple(_document(place, raw) for place, raw in enumerate(asked.documents))
    except DocumentError as error:
        raise unreadable(error, where="documents") from None


def _document(place: int, raw: dict[str, Any]) -> Document:
    return read_data(f"documents[{place}]", raw)


@get(
    "/cohort-looks/{look_id:uuid}",
    opt=EVERYBODY,
    operation_id="readCohortLook",
    tags=COHORTS,
    responses=reading(),
)
async def read_cohort_look(request: AnyRequest, look_id: FromPath[UUID]) -> LookAnswer:
    """Say how far a look is; ask again until `state` is done or failed."""
    found, seen = await looks.look_of(asking(request).actor, look_id)
    return _look(found, seen)


def _look(look: Look, seen: Seen | None) -> LookAnswer:
    return LookAnswer(
        look=look.id,
        state=look.state.value,
        people=look.people,
        ranges_done=look.ranges_done,
        ranges_total=look.ranges_total,
        cohort=None if seen is None else _cohort(look.program_key, look.as_of, seen, compared=look.compared),
    )


HANDLERS = [read_cohort, read_everybody, look_at_cohort, read_cohort_look]
