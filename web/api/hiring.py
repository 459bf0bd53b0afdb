"""Searching among people who agreed to be found, and asking them to get in touch."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from apprenticeship.hiring import model
from apprenticeship.hiring.contacting import ask_contact, requests_by
from apprenticeship.hiring.profiles import newest_window
from apprenticeship.hiring.searching import hiring_for, look_at, search
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import Missing
from apprenticeship.standing.rules import newest_world
from graph.actions import Earn
from graph.fixing import Fix
from standards.answers import Labels, action_answer, progress_answer
from web.access import Whose, asks
from web.api import asked
from web.api.models.hiring import (
    ContactAsked,
    ContactRequest,
    ContactRequests,
    FoundBeside,
    FoundProfile,
    Holding,
    Searched,
)
from web.api.models.people import Named
from web.api.models.standing import Progress
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

FINDING = asks(Action.FIND_PEOPLE, Whose.THEIRS)
HIRING = ["Hiring"]
MOST = 50
FURTHEST = 100_000

EmployerId = Annotated[
    UUID | None,
    QueryParameter(
        description="For which employer, where one hires for several. Default: the first by name."
    ),
]
First = Annotated[int, QueryParameter(ge=0, le=FURTHEST, description="How many to leave out.")]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many to show; each is told.")]


@get("/hiring", opt=FINDING, operation_id="searchPeople", tags=HIRING, responses=reading())
async def search_people(
    request: AnyRequest,
    rule: asked.RuleWritten,
    employer_id: EmployerId = None,
    first: First = 0,
    limit: Limit = 20,
) -> Searched:
    """Search among people who agreed to be found. Each one shown is told who looked, and for what.

    Only credentials held and competencies signed off are seen; waivers, hours, wages, courses and scores are not.
    """
    actor, now = asking(request).actor, now_of(request)
    world = await newest_world()
    sought = asked.asked(rule, world)
    place = await employer_of(request, actor, employer_id)
    found = await search(actor, place, sought, now=now, first=first, most=limit)
    labels = Labels(await newest_window())
    return Searched(
        rule=asked.rule_answer(sought, world),
        meeting=found.meeting,
        total=found.total,
        people=[_beside(one, labels) for one in found.shown],
    )


async def employer_of(request: AnyRequest, actor: Actor, asked_for: UUID | None) -> UUID:
    """Give the employer for whom is searched.

    Raises:
        Missing: the actor hires for none, or not for this one.
    """
    places = [one.id for one in await hiring_for(actor, now=now_of(request))]
    found = next((one for one in places if asked_for in (None, one)), None)
    if found is None:
        raise Missing("No such employer.")
    return found


def _beside(one: model.Found, labels: Labels) -> FoundBeside:
    actions = one.way.actions if isinstance(one.way, Fix) else ()
    return FoundBeside.model_validate(
        {
            "findable": one.leave.id,
            "shown": one.shown,
            "until": _until(one),
            "meets": one.meets,
            "progress": Progress.model_validate(progress_answer(one.progress)),
            "credentials": len(one.profile.credentials),
            "competencies": len(one.profile.signed_off),
            "lacks": [action_answer(action, labels) for action in actions if isinstance(action, Earn)],
        }
    )


def _until(one: model.Found) -> str:
    return "" if one.leave.until is None else one.leave.until.isoformat()


@get(
    "/hiring/people/{findable_id:uuid}",
    opt=FINDING,
    operation_id="readFound",
    tags=HIRING,
    responses=reading(),
)
async def read_found(
    request: AnyRequest, findable_id: FromPath[UUID], employer_id: EmployerId = None
) -> FoundProfile:
    """Read all that one person found shows. They are told."""
    actor = asking(request).actor
    place = await employer_of(request, actor, employer_id)
    found = await look_at(actor, place, findable_id, now=now_of(request))
    return FoundProfile(
        findable=found.leave.id,
        shown=found.shown,
        until=_until(found),
        credentials=_holdings(found.profile.credentials.values()),
        competencies=_holdings(found.profile.signed_off),
        request=None if found.request is None else contact(found.request),
    )


def _holdings(held: Iterable[model.Holding]) -> list[Holding]:
    return [
        Holding(
            key=one.key,
            title=one.title,
            since=one.since.isoformat() if one.since else None,
            expires=one.expires.isoformat() if one.expires else None,
            current=one.current,
        )
        for one in held
    ]


@post(
    "/hiring/people/{findable_id:uuid}/requests",
    opt=FINDING,
    operation_id="askContact",
    tags=HIRING,
    status_code=201,
    responses=changing(),
)
async def ask_for_contact(
    request: AnyRequest,
    findable_id: FromPath[UUID],
    data: JSONBody[ContactAsked],
    idempotency_key: IdempotencyKey = None,
) -> Response[ContactRequest]:
    """Ask somebody found to get in touch, once under their leave. Only their yes gives their contact away."""

    async def work() -> ContactRequest:
        actor, now = asking(request).actor, now_of(request)
        place = await employer_of(request, actor, data.employer_id)
        number = await ask_contact(actor, place, findable_id, message=data.message.strip(), now=now)
        return next(contact(one) for one in await requests_by(actor, now=now) if one.id == number)

    command = {"findable": str(findable_id), "body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=201)


@get("/hiring/requests", opt=FINDING, operation_id="listContactRequests", tags=HIRING, responses=refusals())
async def list_requests(request: AnyRequest) -> ContactRequests:
    """List whom one's employers asked to get in touch, and what they answered."""
    found = await requests_by(asking(request).actor, now=now_of(request))
    return ContactRequests(requests=[contact(one) for one in found])


def contact(one: model.ContactRequest) -> ContactRequest:
    """Say a request as both sides see it."""
    return ContactRequest(
        id=one.id,
        findable=one.findable,
        shown=one.shown,
        employer=Named(id=one.employer, name=one.employer_name),
        asked_at=one.asked_at.isoformat(),
        message=one.message,
        agreed=one.agreed,
        answered_at=one.answered_at.isoformat() if one.answered_at else None,
        contact=one.contact,
    )


HANDLERS: list[Any] = [search_people, read_found, ask_for_contact, list_requests]
