"""A look at somebody that the policy refused leaves a trace, which that person can see."""

from datetime import datetime, timedelta

from apprenticeship.audit import repo
from apprenticeship.audit.model import AuditEntry
from apprenticeship.people.repo import lock_people
from apprenticeship.policy import Action, Actor, Learner
from apprenticeship.store import transaction

REFUSED = "look.refused"
LOOKING = frozenset(
    {
        Action.READ_CREDIT,
        Action.READ_SHARED_CREDIT,
        Action.READ_RECORD,
        Action.READ_STANDING,
        Action.READ_WAGES,
        Action.DECIDE_CREDIT,
    }
)
AGAIN = timedelta(days=1)


async def keep_refused_look(actor: Actor, action: Action, learner: Learner, *, now: datetime) -> None:
    """Keep that somebody asked to see a person and was refused, in a transaction of its own.

    Of one actor, one person and one day a single row is kept, so that asking again fills nothing up.
    """
    if action not in LOOKING or actor.person == learner.person:
        return
    entry = AuditEntry(
        at=now,
        actor=actor.person,
        action=REFUSED,
        subject_kind="person",
        subject=str(learner.person),
        detail={"asked": str(action)},
    )
    async with transaction():
        await lock_people([actor.person])
        if not await repo.is_there(entry, now - AGAIN):
            await repo.add(entry)
