"""Agreeing to be found by employers who hire, and what came of it."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.hiring.contacting import answer, requests_to
from apprenticeship.hiring.leave import be_found, leaves_of, looks_at, take_back
from apprenticeship.people import model
from apprenticeship.people.model import ShownAs
from apprenticeship.people.repo import organisations
from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from web.access import Whose, asks
from web.api.hiring import HIRING, contact
from web.api.models.hiring import (
    ContactAnswer,
    ContactRequest,
    Findable,
    Leave,
    LeaveAsked,
    Leaves,
    Looked,
)
from web.api.models.people import Named
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.visitors import asking

OWN = asks(Action.GIVE_CONSENT, Whose.OWN)


@get("/findable", opt=OWN, operation_id="readFindable", tags=HIRING, responses=refusals())
async def read_findable(request: AnyRequest) -> Findable:
    """Say by whom one can be found, which employers were shown one, and what they asked."""
    actor = asking(request).actor
    return Findable(
        leaves=await _leaves(await leaves_of(actor)),
        looks=[
            Looked(at=one.at.isoformat(), employer=one.employer, asked=one.asked)
            for one in await looks_at(actor)
        ],
        requests=[contact(one) for one in await requests_to(actor)],
    )


@post(
    "/findable",
    opt=OWN,
    operation_id="agreeToBeFound",
    tags=HIRING,
    status_code=201,
    responses=changing(),
)
async def agree(
    request: AnyRequest, data: JSONBody[LeaveAsked], idempotency_key: IdempotencyKey = None
) -> Response[Leaves]:
    """Agree to be found by any employer, or by some. Those one works for are never shown one."""

    async def work() -> Leaves:
        by = frozenset({None}) if data.employers == "any" else frozenset(data.employers)
        given = await be_found(
            asking(request).actor,
            by,
            shown_as=ShownAs(data.shown_as),
            until=data.until,
            now=now_of(request),
        )
        return Leaves(leaves=await _leaves(given))

    command = {"body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=201)


@delete("/findable/{findable_id:uuid}", opt=OWN, operation_id="endFindable", tags=HIRING, responses=reading())
async def end_findable(request: AnyRequest, findable_id: FromPath[UUID]) -> None:
    """Take leave to be found back. From this moment on nobody is shown one by it."""
    await take_back(asking(request).actor, findable_id, now=now_of(request))


@post(
    "/findable/requests/{request_id:uuid}",
    opt=OWN,
    operation_id="answerContact",
    tags=HIRING,
    status_code=201,
    responses=changing(),
)
async def answer_contact(
    request: AnyRequest,
    request_id: FromPath[UUID],
    data: JSONBody[ContactAnswer],
    idempotency_key: IdempotencyKey = None,
) -> Response[ContactRequest]:
    """Answer an employer who asked to get in touch: yes shares one's name and what one writes, no nothing."""

    async def work() -> ContactRequest:
        actor, now = asking(request).actor, now_of(request)
        await answer(actor, request_id, agreed=data.agreed, contact=data.contact.strip(), now=now)
        found = next((one for one in await requests_to(actor) if one.id == request_id), None)
        if found is None:
            raise Missing("No such request.")
        return contact(found)

    command = {"request": str(request_id), "body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=201)


async def _leaves(given: tuple[model.Findable, ...]) -> list[Leave]:
    names = {one.id: one.name for one in await organisations()}
    return [
        Leave(
            id=one.id,
            employer=None if one.employer is None else Named(id=one.employer, name=names[one.employer]),
            shown_as=one.shown_as,
            since=one.since.isoformat(),
            until="" if one.until is None else one.until.isoformat(),
            given_at=one.given_at.isoformat(),
            revoked_at=one.revoked_at.isoformat() if one.revoked_at else None,
        )
        for one in given
    ]


HANDLERS: list[Any] = [read_findable, agree, end_findable, answer_contact]
