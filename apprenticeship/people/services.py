"""Who somebody is, whom they may see, and what changes between people and organisations."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.people import repo
from apprenticeship.people.model import (
    Consent,
    CreditShare,
    Employment,
    Findable,
    Listed,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Role,
    RosterEntry,
)
from apprenticeship.policy import (
    Action,
    Actor,
    Learner,
    OrganisationResource,
    scope,
)
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction


async def learner_of(person: UUID) -> Learner:
    """Return a person as a resource of the policy.

    Raises:
        Missing: there is no such person.
    """
    found = (await learners_of([person])).get(person)
    if found is None:
        raise Missing("No such person.")
    return found


async def learners_of(people: Sequence[UUID]) -> dict[UUID, Learner]:
    """Return several people as resources of the policy, in one query; who does not exist is left out."""
    ties = await repo.ties_of(people)
    return {
        person: Learner(
            person=person,
            mentors=tuple(tie for tie in own if isinstance(tie, MentorAssignment)),
            employments=tuple(tie for tie in own if isinstance(tie, Employment)),
            rosters=tuple(tie for tie in own if isinstance(tie, RosterEntry)),
            consents=tuple(tie for tie in own if isinstance(tie, Consent)),
            findables=tuple(tie for tie in own if isinstance(tie, Findable)),
            credit_shares=tuple(tie for tie in own if isinstance(tie, CreditShare)),
        )
        for person, own in ties.items()
    }


async def visible_learners(
    actor: Actor,
    action: Action,
    *,
    now: datetime,
    after: Listed | None = None,
    limit: int | None = None,
) -> tuple[Listed, ...]:
    """Return, by name, everybody with whom the actor may do something now.

    `after` and `limit` ask for a part of the list: at most so many, those after a place in it.
    """
    return await repo.learners_in(scope(actor, action, now), after=after, limit=limit)


async def organisations_of(actor: Actor, role: Role, *, now: datetime) -> tuple[Organisation, ...]:
    """Return the organisations in which the actor holds a role now, by name."""
    return await repo.organisations(sorted(actor.organisations(role, now.date())))


async def organisation_resource(organisation: UUID) -> OrganisationResource:
    """Return an organisation as a resource of the policy.

    Raises:
        Missing: there is no such organisation.
    """
    found = await repo.organisation_of(organisation)
    if found is None:
        raise Missing("No such organisation.")
    return OrganisationResource(organisation=found.id, kind=found.kind)


async def give_consent(
    actor: Actor, *, college: UUID, since: date, until: date | None, now: datetime
) -> Consent:
    """Let a college see one's own record to work out credit.

    Raises:
        Missing: there is no such college.
        Invalid: it would end before it begins.
        AlreadyDecided: the college may see it on some of these days already.
    """
    if until is not None and until <= since:
        raise Invalid("The last day lies before the first; leave it empty for an open end.", where="until")
    consent = Consent(
        id=uuid4(),
        person=actor.person,
        organisation=college,
        purpose="credit",
        since=since,
        until=until,
        given_at=now,
    )
    try:
        async with transaction():
            await _give(actor, consent, now)
    except asyncpg.ExclusionViolationError as error:
        raise AlreadyDecided("You let this college see your record already.") from error
    return consent


async def _give(actor: Actor, consent: Consent, now: datetime) -> None:
    permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
    if (await organisation_resource(consent.organisation)).kind is not OrganisationKind.COLLEGE:
        raise Missing("No such college.")
    await repo.add_consents([consent])
    detail = {"college": str(consent.organisation), "since": consent.since, "until": consent.until}
    await record(actor, Action.GIVE_CONSENT, "consent", consent.id, now=now, detail=detail)


async def consents_of(actor: Actor) -> tuple[Consent, ...]:
    """Return the consents that the actor gave, also those taken back, the oldest first."""
    return await repo.consents_of([actor.person])


async def revoke_consent(actor: Actor, consent: UUID, *, now: datetime) -> None:
    """Take one's consent back, from this moment on.

    Raises:
        Missing: the actor gave no such consent, or has revoked it already.
    """
    async with transaction():
        permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
        if not await repo.revoke_consent(consent, person=actor.person, at=now):
            raise Missing("No such consent.")
        await record(actor, Action.GIVE_CONSENT, "consent", consent, now=now, detail={"revoked": True})
