"""Who is asking, and whom they have given leave to see their record."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody

from apprenticeship.people.model import Consent, Organisation
from apprenticeship.people.services import consents_of, give_consent, revoke_consent
from apprenticeship.policy import Action
from apprenticeship.views_people import colleges
from web.access import Whose, asks, signed_in
from web.api.models.people import (
    Account,
    Colleges,
    ConsentAnswer,
    ConsentAsked,
    Consents,
    Named,
    OrganisationAnswer,
    RoleAnswer,
)
from web.api.operations import AnyRequest, IdempotencyKey, carried_out, changing, reading, refusals
from web.pages.asked import now_of
from web.sessions import scopes_of
from web.visitors import Visitor, asking

CONSENTING = asks(Action.GIVE_CONSENT, Whose.OWN)
ACCOUNT = ["Your account"]
CONSENTS = ["Consents"]


@get("/account", opt=signed_in(), operation_id="readAccount", tags=ACCOUNT, responses=refusals())
async def read_account(request: AnyRequest) -> Account:
    """Say who is asking, in which roles today, and what the key is for."""
    visitor = asking(request)
    return Account(
        person=Named(id=visitor.actor.person, name=visitor.name),
        roles=_roles(visitor, now_of(request).date()),
        scopes=sorted(scopes_of(request)),
    )


def _roles(visitor: Visitor, today: date) -> list[RoleAnswer]:
    places = {place.id: place for place in visitor.organisations}
    return [
        RoleAnswer(
            role=held.role,
            organisation=_organisation(places[held.organisation]),
            since=held.since.isoformat(),
            until=held.until.isoformat() if held.until else None,
        )
        for held in visitor.actor.roles
        if held.covers(today)
    ]


def _organisation(place: Organisation) -> OrganisationAnswer:
    return OrganisationAnswer(id=place.id, name=place.name, kind=place.kind, key=place.key)


@get(
    "/colleges",
    opt=asks(Action.READ_STANDARDS, Whose.SHARED),
    operation_id="listColleges",
    tags=CONSENTS,
    responses=refusals(),
)
async def list_colleges() -> Colleges:
    """List the colleges to which consent can be given."""
    return Colleges(colleges=[Named(id=one.id, name=one.name) for one in await colleges()])


@get("/consents", opt=CONSENTING, operation_id="listConsents", tags=CONSENTS, responses=refusals())
async def list_consents(request: AnyRequest) -> Consents:
    """List one's own consents, also those taken back, the oldest first."""
    given = await consents_of(asking(request).actor)
    names = {one.id: one.name for one in await colleges()}
    return Consents(consents=[_consent(one, names) for one in given])


@post(
    "/consents",
    opt=CONSENTING,
    operation_id="giveConsent",
    tags=CONSENTS,
    status_code=201,
    responses=changing(),
)
async def give(
    request: AnyRequest, data: JSONBody[ConsentAsked], idempotency_key: IdempotencyKey = None
) -> Response[ConsentAnswer]:
    """Let a college see one's record to work out credit. The college sees it at once."""

    async def work() -> ConsentAnswer:
        given = await give_consent(
            asking(request).actor,
            college=data.college_id,
            since=data.since,
            until=data.until,
            now=now_of(request),
        )
        return _consent(given, {one.id: one.name for one in await colleges()})

    command = {"body": data.model_dump(mode="json")}
    return await carried_out(request, idempotency_key, command, work, status=201)


@delete(
    "/consents/{consent_id:uuid}",
    opt=CONSENTING,
    operation_id="takeConsentBack",
    tags=CONSENTS,
    responses=reading(),
)
async def take_back(request: AnyRequest, consent_id: FromPath[UUID]) -> None:
    """Take a consent back. The college no longer sees the record from this moment on."""
    await revoke_consent(asking(request).actor, consent_id, now=now_of(request))


def _consent(consent: Consent, names: dict[UUID, str]) -> ConsentAnswer:
    return ConsentAnswer(
        id=consent.id,
        college=Named(id=consent.organisation, name=names.get(consent.organisation, "")),
        since=consent.since.isoformat(),
        until=consent.until.isoformat() if consent.until else None,
        given_at=consent.given_at.isoformat(),
        revoked_at=consent.revoked_at.isoformat() if consent.revoked_at else None,
    )


HANDLERS: list[Any] = [read_account, list_colleges, list_consents, give, take_back]
