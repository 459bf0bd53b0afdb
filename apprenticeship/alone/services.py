"""Giving and taking back leave to work alone; what the record no longer supports is told whenever it is looked at."""

from datetime import date, datetime
from uuid import UUID

from apprenticeship.alone import repo
from apprenticeship.alone.model import Kind, Release, Supported
from apprenticeship.alone.rules import because_of, check_supported, lacks_of, supported
from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.evidence.checking import OLDEST
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction

LONGEST_KEY = 400


async def releases_of(standing: Standing) -> tuple[Supported, ...]:
    """Return every release of a registration as it stands on the day of a standing, the latest first.

    Who may know how somebody stands may know this; the caller has asked.
    """
    found = await repo.of_enrolments([standing.enrolment.id])
    return tuple(supported(standing, one) for one in reversed(found))


async def release(
    actor: Actor, person: UUID, *, kind: Kind, subject: str, since: date, now: datetime
) -> Release:
    """Let somebody work alone on a competency or a work process (by key) from a day on.

    The record has to support it on that day, and today.

    Raises:
        Missing: there is no such person, or the actor may not judge their work.
        Invalid: the record does not support it, in words that name what is missing; or the day is out of range.
        AlreadyDecided: it stands already.
    """
    if not OLDEST <= since <= now.date():
        raise Invalid(
            "The day lies ahead, or too far back; what the record shows is known up to today.", where="since"
        )
    async with transaction():
        permit(actor, Action.RELEASE_ALONE, await learner_of(person), now)
        await lock_people([person])
        standing = await _standing(person, now.date(), now)
        on_the_day = await _standing(person, since, now, standing.enrolment.program_key)
        if on_the_day.enrolment.id != standing.enrolment.id:
            raise Invalid("The day lies before the present registration.", where="since")
        check_supported(on_the_day, kind, subject)
        check_supported(standing, kind, subject)
        for one in await repo.of_enrolments([standing.enrolment.id]):
            if (one.kind, one.subject) == (kind, subject) and (one.until is None or one.until > since):
                raise AlreadyDecided("This stands already, or stood on that day; nothing was changed.")
        kept = await repo.add(_release(on_the_day, kind, subject, actor, now))
        detail = {"kind": kind, "subject": subject, "since": since, "because": kept.because}
        await record(actor, Action.RELEASE_ALONE, "alone_release", kept.id, now=now, detail=detail)
    return kept


async def take_back(actor: Actor, person: UUID, number: int, *, now: datetime) -> None:
    """Take leave to work alone back from today on.

    Raises:
        Missing: this person has no such release, or the actor may not judge their work.
        AlreadyDecided: it was taken back before.
    """
    async with transaction():
        permit(actor, Action.RELEASE_ALONE, await learner_of(person), now)
        await lock_people([person])
        enrolled = await enrolments.of_people([person])
        found = await repo.of_enrolments([one.id for one in enrolled])
        if number not in {one.id for one in found}:
            raise Missing("There is no such release of this person.")
        if not await repo.end(number, now.date(), at=now, by=actor.person):
            raise AlreadyDecided("This was taken back already.")
        await record(actor, Action.RELEASE_ALONE, "alone_release", number, now=now, detail={"ended": True})


async def unsupported_when_given() -> tuple[str, ...]:
    """Name every release that, by what was known when it was given, the record did not support."""
    found = []
    for person, program, one in await repo.every():
        days = await standings_of([person], as_of=one.since, known_at=one.released_at, program=program)
        if not days or days[0].enrolment.id != one.enrolment:
            found.append(f"release {one.id}: nobody was registered on {one.since}")
        elif lacks_of(days[0], one.kind, one.subject):
            found.append(f"release {one.id}: the record did not support it on {one.since}")
        elif because_of(days[0], one.kind, one.subject) != one.because:
            found.append(f"release {one.id}: it rests on other evidence now")
    return tuple(found)


async def _standing(person: UUID, day: date, now: datetime, program: str | None = None) -> Standing:
    found = await standings_of([person], as_of=day, known_at=now, program=program)
    if not found:
        raise Invalid("This person is registered in no program on that day.", where="since")
    return found[0]


def _release(standing: Standing, kind: Kind, subject: str, actor: Actor, now: datetime) -> Release:
    return Release(
        id=0,
        enrolment=standing.enrolment.id,
        kind=kind,
        subject=subject,
        since=standing.as_of,
        because=because_of(standing, kind, subject),
        evidence_up_to=max((row.id for row in standing.evidence), default=0),
        standards_sha256=standing.standards_sha256,
        released_at=now,
        released_by=actor.person,
    )
