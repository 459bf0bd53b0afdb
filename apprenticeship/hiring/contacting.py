"""Asking somebody found to get in touch, and answering: nothing but the answer gives anybody's contact away."""

from datetime import datetime
from uuid import UUID, uuid4

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.hiring import repo
from apprenticeship.hiring.model import ContactRequest
from apprenticeship.hiring.searching import hiring_for, leave_for
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction
from apprenticeship.texts import check_text

LONGEST_WORDS = 2_000


async def ask_contact(actor: Actor, employer: UUID, findable: UUID, *, message: str, now: datetime) -> UUID:
    """Ask somebody found to get in touch; return the number of the request.

    Raises:
        Missing: there is nobody of this kind to be found for this employer.
        Invalid: there is no message, or it cannot be kept.
        AlreadyDecided: they were asked before under the same leave.
    """
    if employer not in {one.id for one in await hiring_for(actor, now=now)}:
        raise Missing("No such employer.")
    if not message:
        raise Invalid("Write what the job is, and why you ask.", where="message")
    check_text(message, longest=LONGEST_WORDS, where="message")
    number = uuid4()
    try:
        async with transaction():
            await leave_for(actor, employer, findable, now=now)
            await repo.add_request(
                number, findable=findable, employer=employer, by=actor.person, at=now, message=message
            )
            detail = {"employer": employer, "findable": findable}
            await record(actor, Action.FIND_PEOPLE, "contact_request", number, now=now, detail=detail)
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided("You asked this person before; it is theirs to answer.") from error
    return number


async def requests_to(actor: Actor) -> tuple[ContactRequest, ...]:
    """Return what employers asked the actor, the latest first."""
    return await repo.requests_to(actor.person)


async def requests_by(actor: Actor, *, now: datetime) -> tuple[ContactRequest, ...]:
    """Return what the actor's employers asked: what was answered, and what is open while the leave holds."""
    places = [one.id for one in await hiring_for(actor, now=now)]
    found = []
    for one in await repo.requests_by(places):
        leave = await repo.leave_of(one.findable)
        if one.agreed is not None or (leave is not None and leave.holds(now)):
            found.append(one)
    return tuple(found)


async def answer(actor: Actor, request: UUID, *, agreed: bool, contact: str, now: datetime) -> None:
    """Answer a request: yes with how to be reached, or no.

    Raises:
        Missing: nobody asked the actor this.
        Invalid: a yes says nothing of how to be reached.
        AlreadyDecided: it was answered before.
    """
    if agreed and not contact:
        raise Invalid("Write a phone number or an address at which they can reach you.", where="contact")
    check_text(contact, longest=LONGEST_WORDS, where="contact")
    try:
        async with transaction():
            permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
            found = await repo.request_of(request)
            if found is None or found.person != actor.person:
                raise Missing("No such request.")
            await repo.add_answer(request, agreed=agreed, contact=contact if agreed else None, at=now)
            detail = {"agreed": agreed, "employer": found.employer}
            await record(actor, Action.GIVE_CONSENT, "contact_request", request, now=now, detail=detail)
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided("You answered this before.") from error
