"""Looking at people of a program: one's own at once, everybody in ranges over the outbox. Nothing changes by it."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.cohort import repo as cohort
from apprenticeship.cohort.candidates import candidate, candidate_reader
from apprenticeship.cohort.looks import repo
from apprenticeship.cohort.looks.model import Look, LookState, Texts
from apprenticeship.cohort.looks.seeing import Seen, look_at, together
from apprenticeship.cohort.reading import reader_of
from apprenticeship.cohort.runs import PEOPLE
from apprenticeship.outbox.model import Errand
from apprenticeship.outbox.services import ask
from apprenticeship.people import repo as people_rows
from apprenticeship.policy import Action, Actor, Scope
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.snapshots.model import Kept
from apprenticeship.store import transaction
from standards.reading import Document
from standards.storage import repo as standards

SPLIT, RANGE = "look.split", "look.range"
KEPT = timedelta(days=30)
SHOWN = 20


async def own_people(employers: frozenset[UUID], *, now: datetime) -> Kept:
    """Return what is kept of the apprentices whom some employers have now; the caller has asked who may."""
    own = await people_rows.learners_in(Scope(at=now, employers=employers))
    async with transaction():
        return await snapshots.among([one.id for one in own])


async def look_over(program: str, kept: Kept, texts: Texts | None, as_of: date) -> Seen:
    """Look at those of some people who are in a program on a day, beside their own standards by a candidate's.

    Args:
        program: the key of the program.
        kept: what is kept of the people.
        texts: the documents of a candidate; None for none.
        as_of: what was true on this day.
    """
    # off the event loop: compiling and evaluating take a moment, and others are waiting
    other = None if texts is None else await asyncio.to_thread(candidate_reader, program, texts)
    parts = []
    for versions, members in kept.members(program, as_of).items():
        reader = await reader_of(program, versions)
        parts.append(await asyncio.to_thread(look_at, reader, other, members, as_of))
    return together(parts)


async def start(
    actor: Actor | None,
    program: str,
    draft: Sequence[Document] | None,
    *,
    as_of: date,
    now: datetime,
    people: int = PEOPLE,
) -> Look:
    """Begin to look at everybody in a program; the caller has asked who may.

    Args:
        actor: who asks; None for the command line.
        program: the key of the program.
        draft: documents to look at people by, beside their own; none in it: the newest published; None: only their own.
        as_of: what was true on this day.
        now: this moment.
        people: how many in a range.

    Raises:
        Invalid: there is no such program, or the draft does not hold together.
        AlreadyDecided: a look that this person asked for is going on.
    """
    if not await standards.newest("program", [program]):
        raise Invalid(f"There is no published program {program!r}.", where="program")
    texts = None if draft is None else await candidate(program, draft, now=now)
    look = Look(
        id=uuid4(),
        program_key=program,
        as_of=as_of,
        compared=texts is not None,
        asked_by=None if actor is None else actor.person,
        state=LookState.RUNNING,
        ranges_total=None,
        ranges_done=0,
        people=0,
        created_at=now,
        finished_at=None,
    )
    async with transaction():
        if actor is not None:
            await people_rows.lock_people([actor.person])
            if await repo.running_by(actor.person):
                raise AlreadyDecided("You are looking at a program already; wait until that is done.")
        await repo.add(look, texts)
        await ask(SPLIT, str(look.id), {"look": str(look.id), "people": people}, now=now)
        detail = {"program": program, "as_of": as_of, "candidate": look.compared}
        await record(actor, Action.LOOK_AT_EVERYBODY, "look", look.id, now=now, detail=detail)
    return look


async def split(errand: Errand, now: datetime) -> None:
    """Split a look into ranges, and ask for each."""
    look = await repo.hold(UUID(errand.payload["look"]))
    if look is None or look.state is not LookState.RUNNING or look.ranges_total is not None:
        return
    bounds = await cohort.split_people(look.program_key, look.as_of, errand.payload["people"])
    await repo.set_split(look.id, len(bounds))
    for number, (first, until) in enumerate(bounds):
        payload = {"look": str(look.id), "number": number, "first": str(first), "until": until and str(until)}
        await ask(RANGE, f"{look.id} {number}", payload, now=now)


async def work_range(errand: Errand, now: datetime) -> None:
    """Look at the people of one range, in the transaction that marks its errand done."""
    look = await repo.look_of(UUID(errand.payload["look"]))
    if look is None or look.state is not LookState.RUNNING:
        return
    first, until = UUID(errand.payload["first"]), errand.payload["until"]
    kept = await snapshots.between(look.program_key, first, until and UUID(until))
    texts = await repo.candidate_of(look.id) if look.compared else None
    seen = await look_over(look.program_key, kept, texts, look.as_of)
    await repo.add_range(look.id, errand.payload["number"], seen)
    held = await repo.hold(look.id)
    if held is not None and held.ranges_done == held.ranges_total:
        await repo.end(held.id, together(await repo.ranges_of(held.id)), now)


async def abandon(errand: Errand, now: datetime) -> None:
    """Give a look up of which a part failed too often."""
    async with transaction():
        held = await repo.hold(UUID(errand.payload["look"]))
        if held is not None and held.state is LookState.RUNNING:
            await repo.end(held.id, None, now)


async def look_of(actor: Actor, look: UUID) -> tuple[Look, Seen | None]:
    """Return a look that one asked for oneself, and what it came to; None before it is done.

    Raises:
        Missing: there is none, or another one asked for it.
    """
    found = await repo.look_of(look)
    if found is None or found.asked_by != actor.person:
        raise Missing("No such look; they are kept for thirty days.")
    return found, await repo.seen_of(look)


async def looks_of(actor: Actor) -> tuple[Look, ...]:
    """Return the latest looks that one asked for oneself, the newest first."""
    return await repo.looks_by(actor.person, SHOWN)


async def forget_old(*, now: datetime) -> None:
    """Forget looks of long ago; the schedule's part."""
    await repo.forget_before(now - KEPT)
