"""Handing changes in pay over to payroll: make a hand-over of a period, list them, take one again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.handovers import repo
from apprenticeship.handovers.model import FURTHEST_DAYS, Handover, Told
from apprenticeship.people.repo import alone_in
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction

LARGEST = 2**63 - 1  # what a row's number can be


async def hand_over(actor: Actor, employer: UUID, *, since: date, until: date, now: datetime) -> Told:
    """Tell payroll of the changes of a period, from `since` until before `until`, and freeze what is told.

    It also tells of changes for earlier days that were decided after their period had been handed over, so that one
    hand-over after the other tells of each change exactly once.

    Raises:
        Missing: there is no such employer, or the actor may not hand over for it.
        Invalid: the period does not follow the one before, is empty, or is longer than a year.
        AlreadyDecided: somebody else has just handed this period over.
    """
    resource = await organisation_resource(employer)
    permit(actor, Action.HAND_OVER_PAY, resource, now)
    try:
        async with transaction():
            await alone_in(employer)
            before = await repo.of_employer(employer)
            _check_period(before, since, until, now)
            first = before[0] if before else None
            changes = await repo.untold(
                employer,
                since=first.since if first else since,
                until=until,
                known_at=now,
                begun_at=first.known_at if first else now,
            )
            made = await repo.add(
                employer=employer,
                since=since,
                until=until,
                known_at=now,
                made_by=actor.person,
                changes=changes,
            )
            detail = {"since": since, "until": until, "changes": len(changes)}
            await record(actor, Action.HAND_OVER_PAY, "payroll_handover", made.id, now=now, detail=detail)
            return Told(made, await repo.lines_of(made.id))
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided(
            "This was handed over by somebody else meanwhile; nothing was changed."
        ) from error


def _check_period(before: Sequence[Handover], since: date, until: date, now: datetime) -> None:
    if before and since != before[-1].until:
        last = before[-1].until
        raise Invalid(f"The last hand-over ends before {last}; this one begins on that day.", where="since")
    if until <= since:
        raise Invalid("The period ends before it begins; name the first day after it.", where="until")
    if until - since > timedelta(days=FURTHEST_DAYS):
        raise Invalid("The period is longer than a year; name an earlier day.", where="until")
    if before and now < before[-1].known_at:
        raise Invalid("The clock stands before the last hand-over; set it right.", where="until")


async def handovers_of(actor: Actor, employer: UUID, *, now: datetime) -> tuple[Handover, ...]:
    """Return the hand-overs of an employer, the newest first.

    Raises:
        Missing: there is no such employer, or the actor may not hand over for it.
    """
    permit(actor, Action.HAND_OVER_PAY, await organisation_resource(employer), now)
    return tuple(reversed(await repo.of_employer(employer)))


async def told(actor: Actor, handover: int, *, now: datetime) -> Told:
    """Return what one hand-over tells: the same ever after.

    Raises:
        Missing: there is no such hand-over, or the actor may not hand over for its employer.
    """
    found = await repo.handover_of(handover) if 0 < handover <= LARGEST else None
    if found is None:
        raise Missing("No such hand-over.")
    permit(actor, Action.HAND_OVER_PAY, await organisation_resource(found.employer), now)
    return Told(found, await repo.lines_of(found.id))
