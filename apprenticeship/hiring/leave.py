"""Leave to be found: given, taken back, and who was shown by it. All of it is about oneself."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.audit import repo as audit
from apprenticeship.audit.services import record
from apprenticeship.hiring import repo
from apprenticeship.hiring.model import LONGEST_LEAVE, Look
from apprenticeship.people import repo as people
from apprenticeship.people.model import Findable, Organisation, OrganisationKind, ShownAs
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction

SHOWN_LOOKS = 50


async def employers(actor: Actor, *, now: datetime) -> tuple[Organisation, ...]:
    """Return by whom one may agree to be found, by name: every employer but those whom one works for."""
    learner = await learner_of(actor.person)
    own = {job.employer for job in learner.employments if job.covers(now.date())}
    found = await people.organisations()
    return tuple(one for one in found if one.kind is OrganisationKind.EMPLOYER and one.id not in own)


async def be_found(
    actor: Actor,
    by: Collection[UUID | None],
    *,
    shown_as: ShownAs,
    until: date,
    now: datetime,
    instead: bool = False,
) -> tuple[Findable, ...]:
    """Agree to be found from today until before a day, by some employers or (None) by any.

    `instead` takes all that holds back in the same step: afterwards one is found as this says, and not otherwise.

    Raises:
        Missing: there is no such employer, or one works for them.
        Invalid: no employer is named, or the last day is past, or more than a year ahead.
        AlreadyDecided: one agreed to that already.
    """
    today = now.date()
    if not by:
        raise Invalid("Choose by whom you may be found.", where="employers")
    if until <= today:
        raise Invalid("The last day is past; choose a later one.", where="until")
    if until > today + timedelta(days=LONGEST_LEAVE):
        raise Invalid("Choose a last day within a year; you can agree again then.", where="until")
    known = {one.id for one in await employers(actor, now=now)}
    if not known.issuperset(one for one in by if one is not None):
        raise Missing("No such employer.")
    given = tuple(
        Findable(
            id=uuid4(),
            person=actor.person,
            employer=one,
            shown_as=shown_as,
            since=today,
            until=until,
            given_at=now,
        )
        for one in sorted(by, key=str)
    )
    async with transaction():
        permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
        await people.lock_people([actor.person])
        before = await repo.leaves_of(actor.person)
        if instead:
            await _end_all(actor, [one for one in before if one.holds(now)], now)
        else:
            _check_new(given, before, now)
        await people.add_findables(given)
        for one in given:
            detail = {"purpose": "hiring", "employer": one.employer, "shown_as": shown_as, "until": until}
            await record(actor, Action.GIVE_CONSENT, "findable", one.id, now=now, detail=detail)
    return given


async def _end_all(actor: Actor, leaves: Sequence[Findable], now: datetime) -> None:
    for one in leaves:
        if await people.end_findable(one.id, person=actor.person, at=now):
            detail = {"purpose": "hiring", "revoked": True}
            await record(actor, Action.GIVE_CONSENT, "findable", one.id, now=now, detail=detail)


def _check_new(given: Sequence[Findable], before: Sequence[Findable], now: datetime) -> None:
    held = {one.employer for one in before if one.holds(now)}
    if held.intersection(one.employer for one in given):
        raise AlreadyDecided("You can be found so already. To change it, take that back first.")


async def leaves_of(actor: Actor) -> tuple[Findable, ...]:
    """Return the leave that the actor gave, also what is over, the oldest first."""
    return await repo.leaves_of(actor.person)


async def take_back(actor: Actor, findable: UUID, *, now: datetime) -> None:
    """No longer be found by it, from this moment on.

    Raises:
        Missing: the actor gave no such leave, or took it back before.
    """
    async with transaction():
        permit(actor, Action.GIVE_CONSENT, await learner_of(actor.person), now)
        if not await people.end_findable(findable, person=actor.person, at=now):
            raise Missing("No such leave.")
        detail = {"purpose": "hiring", "revoked": True}
        await record(actor, Action.GIVE_CONSENT, "findable", findable, now=now, detail=detail)


async def looks_at(actor: Actor) -> tuple[Look, ...]:
    """Return which employers were shown the actor, the latest first."""
    entries = await audit.about("person", [str(actor.person)])
    seen = [entry for entry in reversed(entries) if entry.action == Action.FIND_PEOPLE]
    return tuple(
        Look(
            at=entry.at,
            employer=entry.detail["employer_name"],
            asked=entry.detail.get("asked", ""),
            whole="asked" not in entry.detail,
        )
        for entry in seen[:SHOWN_LOOKS]
    )
