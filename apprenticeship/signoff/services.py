"""Deciding about evidence: a decision is a new row that supersedes the one decided, and there is one only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.evidence import repo
from apprenticeship.evidence.checking import LONGEST_NOTE, check_day
from apprenticeship.evidence.model import Addition, Evidence, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append, own_latest
from apprenticeship.evidence.subjects import check_subject
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of, learners_of, visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.signoff.model import Verdict, Waiting
from apprenticeship.store import transaction
from apprenticeship.texts import check_text

DECIDED = "This has been decided or corrected meanwhile; nothing was changed."


async def waiting_for(actor: Actor, *, now: datetime) -> tuple[Waiting, ...]:
    """Return what waits for the actor's sign-off, the longest waiting first."""
    learners = await visible_learners(actor, Action.SIGN_OFF, now=now)
    names = {learner.id: learner.name for learner in learners}
    rows = await repo.waiting(list(names))
    return tuple(Waiting(evidence=row, name=names[row.person]) for row in rows)


async def submit(actor: Actor, entries: Sequence[int], *, now: datetime) -> tuple[Evidence, ...]:
    """Send one's own drafts, or what was sent back, for sign-off.

    Raises:
        Missing: an entry is not the actor's.
        AlreadyDecided: an entry has been signed off or waits already.
    """
    async with transaction():
        additions = []
        for entry in entries:
            latest = await own_latest(actor, entry, now)
            if latest.status is Status.SUBMITTED:
                raise AlreadyDecided("This waits for sign-off already.")
            additions.append(_following(latest, Status.SUBMITTED, actor, now))
        added = await append(additions)
        await _audit(actor, Action.HAND_IN, added, now)
    return added


async def sign_off(
    actor: Actor, verdicts: Sequence[Verdict], *, note: str | None, now: datetime
) -> tuple[Evidence, ...]:
    """Sign several pieces of evidence off at once, or none of them.

    Raises:
        Missing: a row does not exist, or the actor may not judge it (never their own work).
        AlreadyDecided: somebody decided or corrected one of them first.
        Invalid: a rating is given for what has none, or is not on the scale.
    """
    ratings = {verdict.row: verdict.rating for verdict in verdicts}
    return await _decide(actor, ratings, Status.VERIFIED, note, now)


async def send_back(actor: Actor, rows: Sequence[int], *, reason: str, now: datetime) -> tuple[Evidence, ...]:
    """Send several pieces of evidence back, with a reason that the apprentice reads.

    Raises:
        Missing: a row does not exist, or the actor may not judge it (never their own work).
        AlreadyDecided: somebody decided or corrected one of them first.
        Invalid: there is no reason.
    """
    if not reason.strip():
        raise Invalid("Say what is missing, so that it can be put right.", where="reason")
    return await _decide(actor, dict.fromkeys(rows), Status.REJECTED, reason, now)


async def rate(
    actor: Actor,
    person: UUID,
    ratings: Mapping[str, int | None],
    *,
    happened_on: date,
    note: str | None,
    now: datetime,
) -> tuple[Evidence, ...]:
    """Rate competencies that one has seen somebody do; earlier ratings stay as history.

    `ratings` go by "framework:id" of the competency; None signs it off as competent.

    Raises:
        Missing: there is no such person, or not for this actor.
        Invalid: the day lies ahead, a competency is not one of the standards, or a rating not on its scale.
    """
    check_day(happened_on, now.date())
    check_text(note, longest=LONGEST_NOTE, where="note")
    async with transaction():
        permit(actor, Action.SIGN_OFF, await learner_of(person), now)
        additions = []
        for subject, rating in ratings.items():
            fact = Fact(kind=EvidenceKind.COMPETENCY, happened_on=happened_on, subject=subject, rating=rating)
            await check_subject(person, fact)
            additions.append(
                Addition(
                    person=person,
                    fact=fact,
                    status=Status.VERIFIED,
                    recorded=now,
                    recorded_by=actor.person,
                    note=note,
                )
            )
        added = await append(additions)
        await _audit(actor, Action.SIGN_OFF, added, now)
    return added


async def _decide(
    actor: Actor, ratings: Mapping[int, int | None], status: Status, note: str | None, now: datetime
) -> tuple[Evidence, ...]:
    check_text(note, longest=LONGEST_NOTE, where="note")
    try:
        async with transaction():
            rows = await _judged(actor, list(ratings), now)
            rated = [await _rated(row, ratings[row.id]) for row in rows]
            additions = [replace(_following(row, status, actor, now), note=note) for row in rated]
            added = await append(additions)
            await _audit(actor, Action.SIGN_OFF, added, now)
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided(DECIDED) from error
    return added


async def _judged(actor: Actor, rows: Sequence[int], now: datetime) -> tuple[Evidence, ...]:
    """Return the rows, with their people's rows held, when all of them still wait for this actor."""
    found = await repo.by_ids(rows)
    if len(found) != len(rows):
        raise Missing("No such evidence.")
    learners = await learners_of(sorted({row.person for row in found}))
    for learner in learners.values():
        permit(actor, Action.SIGN_OFF, learner, now)
    await lock_people(learners)
    standing = await repo.entries([row.entry for row in found])
    latest = {row.id: row for row in standing}
    if any(row.id not in latest or row.status is not Status.SUBMITTED for row in found):
        raise AlreadyDecided(DECIDED)
    return tuple(latest[row] for row in rows)


async def _rated(row: Evidence, rating: int | None) -> Evidence:
    if rating is None:
        return row
    if row.fact.kind is not EvidenceKind.COMPETENCY:
        raise Invalid("Only competencies are rated.", where="rating")
    fact = replace(row.fact, rating=rating)
    await check_subject(row.person, fact)
    return replace(row, fact=fact)


def _following(row: Evidence, status: Status, actor: Actor, now: datetime) -> Addition:
    return Addition(
        person=row.person,
        fact=replace(row.fact, source_key=None),
        status=status,
        recorded=now,
        recorded_by=actor.person,
        supersedes=row.id,
    )


async def _audit(actor: Actor, action: Action, added: Sequence[Evidence], now: datetime) -> None:
    for row in added:
        detail = {"row": row.id, "status": row.status, "supersedes": row.supersedes}
        await record(actor, action, "evidence", row.entry, now=now, detail=detail)
