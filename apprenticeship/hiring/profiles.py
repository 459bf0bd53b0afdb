"""Loading what a search may see of people: a handful of queries, however many people."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence, Mark
from apprenticeship.hiring.model import Profile
from apprenticeship.hiring.window import profile, window
from apprenticeship.people import repo as people
from apprenticeship.people.model import Person
from apprenticeship.shelves import Shelves
from apprenticeship.standing.facts import known_in, person_with
from apprenticeship.standing.rules import newest_standards, overlaid
from apprenticeship.standing.worlds import world_of
from graph.evaluating import Evaluation
from graph.world import World
from standards.problems import DocumentError
from standards.storage import repo as standards

# what is seen of some versions of the standards, and these never change
_windows: dict[frozenset[UUID], World] = {}


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything that a profile rests on."""

    person: Person
    registered: tuple[Enrolment, ...]
    standards: tuple[UUID, ...]
    as_of: date
    evidence: Mark


PROFILES: Shelves[Basis, Profile] = Shelves(
    150_000, lambda one: 20 + len(one.credentials) + len(one.competencies)
)


async def newest_window() -> World:
    """Return the newest standards as a search sees them."""
    ids = frozenset(one.id for one in await newest_standards())
    if ids not in _windows:
        world = await world_of(sorted(ids))
        _windows.clear()
        _windows[ids] = window(world)
    return _windows[ids]


async def profiles_of(persons: Sequence[UUID], as_of: date) -> dict[UUID, Profile]:
    """Return what a search may see of people on a day; the caller has asked who may know.

    Each is read by the versions of the standards that they are registered under, and by the newest others.
    """
    bases = await _bases(persons, as_of)
    found = {one.person.id: PROFILES.kept(one) for one in bases}
    missing = [person for person, kept in found.items() if kept is None]
    rows = _by_person(await evidence.current(missing)) if missing else {}
    for one in bases:
        if found[one.person.id] is None:
            own = rows.get(one.person.id, ())
            made = await asyncio.to_thread(_profile, one, await _world(one.standards), own)
            PROFILES.keep(one, made)
            found[one.person.id] = made
    return {person: one for person, one in found.items() if one is not None}


async def _bases(persons: Sequence[UUID], as_of: date) -> list[Basis]:
    who = await people.people_of(persons)
    registered = await enrolments.of_people(persons)
    newest = await newest_standards()
    pinned = await standards.by_ids(sorted({one for entry in registered for one in entry.standards}))
    # before the rows: an older mark only misses, never misleads
    marks = await evidence.marks(persons)
    found = []
    for person in who:
        own = tuple(one for one in registered if one.person == person.id)
        under = {key for entry in own for key in entry.standards}
        ids = overlaid(newest, [one for one in pinned if one.id in under])
        found.append(
            Basis(
                person=person,
                registered=own,
                standards=tuple(sorted(ids.values())),
                as_of=as_of,
                evidence=marks.get(person.id, Mark()),
            )
        )
    return found


async def _world(ids: Sequence[UUID]) -> World:
    try:
        return await world_of(ids)
    except DocumentError:  # these versions do not go together: the newest do
        return await world_of([one.id for one in await newest_standards()])


def _profile(basis: Basis, world: World, rows: Sequence[Evidence]) -> Profile:
    known = [one for one in basis.registered if one.program_key in world.programs]
    learner = known_in(world, person_with(world, basis.person, known, rows))
    return profile(Evaluation(world, learner, program=None, as_of=basis.as_of, known_at=None))


def _by_person(rows: Sequence[Evidence]) -> dict[UUID, tuple[Evidence, ...]]:
    found: dict[UUID, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return {person: tuple(own) for person, own in found.items()}
