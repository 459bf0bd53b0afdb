"""Loading how people stand: a handful of queries, however many people."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence, Mark
from apprenticeship.people import repo as people
from apprenticeship.people.services import learner_of, visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.raises import repo as raises
from apprenticeship.refusals import permit
from apprenticeship.shelves import Shelves
from apprenticeship.standing.kept import STANDINGS, Basis
from apprenticeship.standing.model import Standing
from apprenticeship.standing.worlds import sha256_of, world_of
from graph.world import Program

AT_ONCE = 50
T = TypeVar("T")


async def standing_of(
    actor: Actor,
    person: UUID,
    *,
    as_of: date,
    now: datetime,
    known_at: datetime | None = None,
    program: str | None = None,
) -> Standing | None:
    """Return how somebody stands; None when they are enrolled nowhere by that day.

    `as_of` asks what was true on a day, `known_at` what was known at a moment (None: everything);
    `program` is the key of the program when it is not the one enrolled in last.

    Raises:
        Missing: there is no such person, or not for this actor.
    """
    permit(actor, Action.READ_STANDING, await learner_of(person), now)
    found = await standings_of([person], as_of=as_of, known_at=known_at, program=program)
    return next(iter(found), None)


async def visible_standings(
    actor: Actor, *, as_of: date, now: datetime, action: Action = Action.READ_STANDING
) -> tuple[Standing, ...]:
    """Return how everybody stands whom the actor may see, by name."""
    listed = await visible_learners(actor, action, now=now)
    return await standings_of([one.id for one in listed], as_of=as_of)


async def standings_of(
    persons: Sequence[UUID],
    *,
    as_of: date,
    known_at: datetime | None = None,
    program: str | None = None,
) -> tuple[Standing, ...]:
    """Return how several people stand, by name, without asking who may know: the caller has.

    People who are not enrolled by the day are left out.
    """
    return await _standings(await _bases_of(persons, as_of, known_at, program), known_at)


async def answers_of(
    persons: Sequence[UUID], *, as_of: date, shelf: Shelves[Basis, T], work: Callable[[Standing], T]
) -> tuple[T, ...]:
    """Return one small answer about each of several people, by name, from a shelf or worked out and put there.

    Of a large crew not all standings are in memory at once, neither now nor kept. Who may know is not asked: the
    caller has. People who are not enrolled by the day are left out.
    """
    bases = await _bases_of(persons, as_of, None, None)
    found = {one.person.id: shelf.kept(one) for one in bases}
    missing = [one for one in bases if found[one.person.id] is None]
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        standings = await _standings(part, None)
        # off the event loop: a large crew takes seconds the first time, and others are waiting
        answers = await asyncio.to_thread(lambda them: [work(one) for one in them], standings)
        for basis, worked_out in zip(part, answers, strict=True):
            shelf.keep(basis, worked_out)
            found[basis.person.id] = worked_out
    return tuple([answer for one in bases if (answer := found[one.person.id]) is not None])


async def _bases_of(
    persons: Sequence[UUID], as_of: date, known_at: datetime | None, program: str | None
) -> tuple[Basis, ...]:
    registered = [one for one in await enrolments.of_people(persons) if one.registered <= as_of]
    latest = {one.person: one for one in registered if program in (None, one.program_key)}
    return await _bases(registered, latest, as_of, known_at)


async def _standings(bases: Sequence[Basis], known_at: datetime | None) -> tuple[Standing, ...]:
    found = {one.person: None if known_at is not None else STANDINGS.kept(one) for one in bases}
    missing = [person.id for person, standing in found.items() if standing is None]
    rows = _by_person(await evidence.current(missing, known_at=known_at)) if missing else {}
    return tuple([found[one.person] or await _worked_out(one, rows, known_at) for one in bases])


async def _bases(
    registered: Sequence[Enrolment],
    latest: Mapping[UUID, Enrolment],
    as_of: date,
    known_at: datetime | None,
) -> tuple[Basis, ...]:
    """Return what the standings rest on, by name."""
    named = {person.id: person for person in await people.people_of(sorted(latest))}
    marks = await evidence.marks(sorted(latest))
    ordered = sorted(latest.values(), key=lambda one: (named[one.person].name, one.person))
    made = await raises.of_enrolments([one.id for one in ordered])
    known = [one for one in made if known_at is None or one.decided_at <= known_at]
    return tuple(
        [
            Basis(
                person=named[enrolment.person],
                enrolment=enrolment,
                enrolments=_known(
                    registered, enrolment.person, (await world_of(enrolment.standards)).programs
                ),
                as_of=as_of,
                decisions=tuple(one for one in known if one.enrolment == enrolment.id),
                standards_sha256=await sha256_of(enrolment.standards),
                evidence=marks.get(enrolment.person, Mark()),
            )
            for enrolment in ordered
        ]
    )


async def _worked_out(
    basis: Basis, rows: Mapping[UUID, tuple[Evidence, ...]], known_at: datetime | None
) -> Standing:
    standing = Standing(
        person=basis.person,
        enrolment=basis.enrolment,
        enrolments=basis.enrolments,
        as_of=basis.as_of,
        known_at=known_at,
        world=await world_of(basis.enrolment.standards),
        evidence=rows.get(basis.person.id, ()),
        decisions=basis.decisions,
        standards_sha256=basis.standards_sha256,
    )
    if known_at is None:
        STANDINGS.keep(basis, standing)
    return standing


def _known(
    registered: Sequence[Enrolment], person: UUID, programs: Mapping[str, Program]
) -> tuple[Enrolment, ...]:
    return tuple(one for one in registered if one.person == person and one.program_key in programs)


def _by_person(rows: Sequence[Evidence]) -> dict[UUID, tuple[Evidence, ...]]:
    found: dict[UUID, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return {person: tuple(of) for person, of in found.items()}
