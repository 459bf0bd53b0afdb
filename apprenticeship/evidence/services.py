"""Handing in evidence and logging hours; nothing here ever changes a row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.evidence import repo
from apprenticeship.evidence.checking import DAY_MINUTES, check_claim
from apprenticeship.evidence.model import Addition, Evidence, EvidenceKind, Fact, Status
from apprenticeship.evidence.subjects import check_subject
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.proposals.asking import ask_for_look
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction

NOT_YET = (Status.CLAIMED, Status.SUBMITTED)
"""What waits for somebody to sign it off makes no rule hold."""


async def record_of(
    actor: Actor, person: UUID, *, now: datetime, known_at: datetime | None = None
) -> tuple[Evidence, ...]:
    """Return what stands in somebody's record, the oldest first.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    permit(actor, Action.READ_RECORD, await learner_of(person), now)
    return await repo.current([person], known_at=known_at)


async def history_of(actor: Actor, person: UUID, *, now: datetime) -> tuple[Evidence, ...]:
    """Return every row ever recorded about somebody, also what was corrected or sent back.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    permit(actor, Action.READ_RECORD, await learner_of(person), now)
    return await repo.history(person)


async def entry_history(actor: Actor, entry: int, *, now: datetime) -> tuple[Evidence, ...]:
    """Return one piece of evidence with everything that happened to it, the oldest row first.

    Raises:
        Missing: there is no such entry, or not for this actor.
    """
    chain = await repo.entry(entry)
    if not chain:
        raise Missing("No such evidence.")
    permit(actor, Action.READ_RECORD, await learner_of(chain[0].person), now)
    return chain


async def log_hours(
    actor: Actor,
    *,
    happened_on: date,
    work_process: str,
    minutes: int,
    note: str | None,
    now: datetime,
) -> Evidence:
    """Log one's own hours of a day in a work process and send them for sign-off.

    Raises:
        Invalid: the day lies ahead, has no 24 hours left, or the program has no such work process.
    """
    fact = Fact(kind=EvidenceKind.HOURS, happened_on=happened_on, minutes=minutes, work_process=work_process)
    return await hand_in(actor, fact, note=note, now=now)


async def hand_in(
    actor: Actor, fact: Fact, *, note: str | None, now: datetime, draft: bool = False
) -> Evidence:
    """Add evidence of one's own and send it for sign-off, or keep it as a draft.

    Raises:
        Invalid: the evidence does not hold together, or names what the program does not know.
    """
    async with transaction():
        permit(actor, Action.HAND_IN, await learner_of(actor.person), now)
        check_claim(fact, note, now.date())
        await check_subject(actor.person, fact)
        addition = Addition(
            person=actor.person,
            fact=replace(fact, source_key=None),
            status=Status.CLAIMED if draft else Status.SUBMITTED,
            recorded=now,
            recorded_by=actor.person,
            note=note,
        )
        (added,) = await append([addition])
        await record(actor, Action.HAND_IN, "evidence", added.entry, now=now, detail={"row": added.id})
    return added


async def correct(
    actor: Actor, entry: int, fact: Fact, *, note: str | None, now: datetime, draft: bool = False
) -> Evidence:
    """Replace what is still one's own to change (a draft, handed in, or sent back) by a new row.

    Raises:
        Missing: there is no such entry of the actor's own.
        AlreadyDecided: it has been signed off.
        Invalid: the new evidence does not hold together.
    """
    async with transaction():
        latest = await own_latest(actor, entry, now)
        check_claim(fact, note, now.date())
        await check_subject(actor.person, fact)
        if fact.kind is not latest.fact.kind:
            raise Invalid("A correction stays the same kind of evidence.", where="kind")
        addition = Addition(
            person=actor.person,
            fact=replace(fact, source_key=None),
            status=Status.CLAIMED if draft else Status.SUBMITTED,
            recorded=now,
            recorded_by=actor.person,
            supersedes=latest.id,
            note=note,
        )
        (added,) = await append([addition])
        await record(actor, Action.HAND_IN, "evidence", entry, now=now, detail={"row": added.id})
    return added


async def own_latest(actor: Actor, entry: int, now: datetime) -> Evidence:
    """Return, with the person's row held, what stands of an own entry that is not signed off.

    Raises:
        Missing: there is no such entry of the actor's own.
        AlreadyDecided: it has been signed off.
    """
    permit(actor, Action.HAND_IN, await learner_of(actor.person), now)
    await lock_people([actor.person])
    chain = await repo.entry(entry)
    if not chain or chain[-1].person != actor.person:
        raise Missing("No such evidence.")
    latest = chain[-1]
    if latest.status in (None, Status.VERIFIED):
        raise AlreadyDecided("This has been signed off; hand in new evidence instead.")
    return latest


async def append(additions: Sequence[Addition]) -> tuple[Evidence, ...]:
    """Add rows inside a transaction, holding the people's rows, and keep the days within 24 hours.

    Raises:
        Invalid: somebody would have more than 24 hours on a day.
    """
    people = {addition.person for addition in additions}
    await lock_people(people)
    ids = await repo.add(additions)
    await _check_days([one for one in additions if one.fact.kind is EvidenceKind.HOURS])
    await _ask_for_looks(additions, ids)
    rows = {row.id: row for row in await repo.by_ids(ids)}
    return tuple(rows[number] for number in ids)


async def _ask_for_looks(additions: Sequence[Addition], ids: Sequence[int]) -> None:
    """Ask for a look at the wage steps of everybody for whom something can have come to hold, or to hold no more."""
    telling = [one for one in additions if one.supersedes is not None or one.status not in NOT_YET]
    if telling:
        now = max(one.recorded for one in telling)
        await ask_for_look((one.person for one in telling), f"evidence {ids[0]} to {ids[-1]}", now=now)


async def _check_days(hours: Sequence[Addition]) -> None:
    if not hours:
        return
    people, days = [one.person for one in hours], [one.fact.happened_on for one in hours]
    for (_, day), minutes in sorted((await repo.minutes_by_day(people, days)).items(), key=str):
        if minutes > DAY_MINUTES:
            over = minutes / 60
            raise Invalid(f"{day} would have {over:g} hours; a day has 24.", where="hours")
