"""Consent to an employer to see one's college credit: signed by oneself, for a purpose, taken back at any time."""

from datetime import date, datetime
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.people import repo
from apprenticeship.people.model import CreditShare, Organisation, OrganisationKind
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction

LONGEST = 200


async def employers_to_share_with() -> tuple[Organisation, ...]:
    """Return every employer, by name: to whom this consent may be given."""
    return tuple(one for one in await repo.organisations() if one.kind is OrganisationKind.EMPLOYER)


async def share_credit(
    actor: Actor,
    *,
    employer: UUID,
    purpose: str,
    signed_as: str,
    until: date | None,
    now: datetime,
) -> CreditShare:
    """Let an employer see the credit one has earned, from today on.

    Raises:
        Missing: there is no such employer.
        Invalid: there is no purpose, the name signed with is not one's own, or it would end before it begins.
        AlreadyDecided: the employer may see it on some of these days already.
    """
    share = CreditShare(
        id=uuid4(),
        person=actor.person,
        employer=employer,
        purpose=_purpose(purpose),
        signed_as=" ".join(signed_as.split()),
        since=now.date(),
        until=until,
        given_at=now,
    )
    if until is not None and until <= share.since:
        raise Invalid("The last day lies before the first; leave it empty for an open end.", where="until")
    async with transaction():
        await repo.lock_people([actor.person])
        learner = await learner_of(actor.person)
        permit(actor, Action.GIVE_CONSENT, learner, now)
        await _check_signed(share)
        if employer not in {one.id for one in await employers_to_share_with()}:
            raise Missing("No such employer.")
        if any(one.employer == employer and one.holds(now) for one in learner.credit_shares):
            raise AlreadyDecided("You let this employer see your credit already.")
        await repo.add_credit_shares([share])
        detail = {"employer": str(employer), "purpose": share.purpose, "until": until}
        await record(actor, Action.GIVE_CONSENT, "credit_share", share.id, now=now, detail=detail)
    return share


def _purpose(text: str) -> str:
    purpose = " ".join(text.split())
    if not purpose or len(purpose) > LONGEST:
        raise Invalid(f"Say what for, in at most {LONGEST} characters.", where="purpose")
    return purpose


async def _check_signed(share: CreditShare) -> None:
    person = await repo.person_of(share.person)
    if person is None or person.name.casefold() != share.signed_as.casefold():
        name = person.name if person else "your name"
        raise Invalid(f"Sign with your name as it is written here: {name}.", where="signed_as")


async def credit_shares_of(actor: Actor) -> tuple[CreditShare, ...]:
    """Return the consents to employers that the actor gave, also those taken back, the oldest first."""
    return (await learner_of(actor.person)).credit_shares


async def stop_sharing(actor: Actor, share: UUID, *, now: datetime) -> None:
    """Take one's consent back, from this moment on.

    Raises:
        Missing: the actor gave no such consent, or has taken it back already.
    """
    async with transaction():
        permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
        if not await repo.end_credit_share(share, person=actor.person, at=now):
            raise Missing("No such consent.")
        await record(actor, Action.GIVE_CONSENT, "credit_share", share, now=now, detail={"revoked": True})
