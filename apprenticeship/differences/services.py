"""Decisions that come out differently: who may look at them, and letting one stand."""

from datetime import datetime
from uuid import UUID

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.differences import repo
from apprenticeship.differences.model import Acceptance
from apprenticeship.people.repo import lock_people, people_of
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.raises.deciding import check_reason
from apprenticeship.raises.replay import Difference, Replay, replay_of
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction


async def replayed(actor: Actor, person: UUID, *, now: datetime) -> Replay:
    """Make every decision about somebody's raises again, and say which come out differently.

    Raises:
        Missing: there is no such person, or the actor may not accept differences about them.
    """
    permit(actor, Action.ACCEPT_DIFFERENCE, await learner_of(person), now)
    return await replay_of([person])


async def accept(
    actor: Actor, person: UUID, decision: int, *, difference: str, reason: str, release: str, now: datetime
) -> Acceptance:
    """Let a decision that comes out differently stand as it is, with a reason.

    Args:
        actor: who accepts.
        person: about whom it was decided.
        decision: the decision.
        difference: the hash of the difference that the actor has seen.
        reason: why it may stand.
        release: the release of the product.
        now: the moment.

    Raises:
        Missing: there is no such person, the actor may not, or this decision comes out the same.
        Invalid: there is no reason, or it differs in another way by now.
        AlreadyDecided: somebody accepted it before; it says who.
    """
    check_reason(reason, needed=True)
    async with transaction():
        permit(actor, Action.ACCEPT_DIFFERENCE, await learner_of(person), now)
        await lock_people([person])
        found = next((d for d in (await replay_of([person])).differences if d.decision == decision), None)
        await _check(found, difference)
        given = Acceptance(
            decision=decision,
            difference_sha256=difference,
            release=release,
            accepted_at=now,
            accepted_by=actor.person,
            reason=reason.strip(),
        )
        try:
            await repo.add(given)
        except asyncpg.UniqueViolationError as error:
            raise AlreadyDecided(
                "This was accepted by somebody else meanwhile; nothing was changed."
            ) from error
        detail = {"decision": decision, "difference": difference, "release": release}
        await record(actor, Action.ACCEPT_DIFFERENCE, "raise_decision", decision, now=now, detail=detail)
    return given


async def _check(found: Difference | None, seen: str) -> None:
    if found is None:
        raise Missing("There is no such decision about this person that comes out differently.")
    if found.sha256 != seen:
        raise Invalid("It comes out in another way by now; look at it again.", where="difference")
    if found.accepted is not None:
        people = await people_of([found.accepted.accepted_by])
        by = people[0].name if people else "somebody"
        day = found.accepted.accepted_at.date()
        raise AlreadyDecided(f"This was accepted already by {by} on {day}; nothing was changed.")
