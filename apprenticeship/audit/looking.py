"""A look of a college at somebody's record or standing leaves a trace, which that person can see.

Looks at credit are kept where credit is worked out, with what it came to: `apprenticeship.credit.services`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apprenticeship.audit import repo
from apprenticeship.audit.model import AuditEntry
from apprenticeship.audit.refused import REFUSED
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people, organisations
from apprenticeship.people.services import learners_of
from apprenticeship.policy import Action, Actor, Learner, Relation, relations
from apprenticeship.store import transaction

KEPT = frozenset({Action.READ_RECORD, Action.READ_STANDING})
SHOWN = KEPT | {Action.READ_CREDIT, Action.READ_SHARED_CREDIT, REFUSED}
NEAR = frozenset({Relation.OWN, Relation.MENTORED, Relation.EMPLOYED, Relation.ADMINISTERED})


@dataclass(frozen=True, kw_only=True)
class Look:
    """One time that a college or an employer looked at somebody, or that anybody asked for the record and was refused.

    Attributes:
        what: the action of the look; where it was refused, the one that was asked for.
        employer: the employer that looked by consent; None where a college did.
        whom: the person looked at.
    """

    at: datetime
    actor: UUID | None
    whom: UUID
    what: str
    colleges: tuple[str, ...]
    employer: str | None
    refused: bool


async def looks_at(person: UUID) -> tuple[Look, ...]:
    """Return who looked at somebody, or was refused, the latest first; the caller has asked who may know."""
    entries = await repo.about("person", [str(person)])
    return tuple(_look(entry) for entry in reversed(entries) if entry.action in SHOWN)


async def refused_looks(people: Sequence[UUID], *, skip: int, limit: int) -> tuple[tuple[Look, ...], int]:
    """Return a part of the refused looks at some people, the latest first, and how many there are in all."""
    subjects = [str(one) for one in people]
    if not subjects:
        return (), 0
    found = await repo.latest(REFUSED, subjects, skip=skip, limit=limit)
    return tuple(_look(entry) for entry in found), await repo.number(REFUSED, subjects)


def _look(entry: AuditEntry) -> Look:
    refused = entry.action == REFUSED
    return Look(
        at=entry.at,
        actor=entry.actor,
        whom=UUID(entry.subject),
        what=str(entry.detail.get("asked", "")) if refused else entry.action,
        colleges=tuple(entry.detail.get("colleges", ())),
        employer=entry.detail.get("employer_name"),
        refused=refused,
    )


async def keep_look(actor: Actor, action: Action, learner: Learner, *, now: datetime) -> None:
    """Keep that a college saw a person, in a transaction of its own; the caller has asked who may."""
    await _keep(actor, action, [learner], now)


async def keep_looks(actor: Actor, action: Action, people: Sequence[UUID], *, now: datetime) -> None:
    """Keep that a college saw several people at once, as on a list."""
    if _places(actor, now):
        await _keep(actor, action, list((await learners_of(people)).values()), now)


async def _keep(actor: Actor, action: Action, learners: Sequence[Learner], now: datetime) -> None:
    """Of one actor, person, kind and day of the calendar (UTC) a single row is kept."""
    if action not in KEPT:
        return
    seen = {str(one.person): through for one in learners if (through := colleges_through(actor, one, now))}
    if not seen:
        return
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if not set(seen) - await repo.done_since(actor.person, str(action), "person", list(seen), midnight):
        return
    names = {one.id: one.name for one in await organisations()}
    async with transaction():
        await lock_people([actor.person])
        there = await repo.done_since(actor.person, str(action), "person", list(seen), midnight)
        for subject in sorted(set(seen) - there):
            colleges = sorted(names[one] for one in seen[subject])
            await repo.add(
                AuditEntry(
                    at=now,
                    actor=actor.person,
                    action=str(action),
                    subject_kind="person",
                    subject=subject,
                    detail={"colleges": colleges},
                )
            )


def colleges_through(actor: Actor, learner: Learner, at: datetime) -> frozenset[UUID]:
    """The colleges for which the actor sees a person; none where the actor sees them as who trains or employs them."""
    if relations(actor, learner, at) & NEAR:
        return frozenset()
    day = at.date()
    rosters = {entry.college for entry in learner.rosters if entry.covers(day)}
    consents = {consent.organisation for consent in learner.consents if consent.holds(at)}
    registering = actor.organisations(Role.REGISTRAR, day)
    administering = actor.organisations(Role.ADMINISTRATOR, day)
    return (registering & (rosters | consents)) | (administering & rosters)


def _places(actor: Actor, at: datetime) -> frozenset[UUID]:
    day = at.date()
    return actor.organisations(Role.REGISTRAR, day) | actor.organisations(Role.ADMINISTRATOR, day)
