"""Enrolling people: the versions of the standards are chosen once and stay."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.checking import OLDEST
from apprenticeship.people.services import learner_of, organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.proposals.asking import ask_for_look
from apprenticeship.refusals import AlreadyDecided, Invalid, permit
from apprenticeship.store import transaction
from apprenticeship.texts import check_text
from standards.reading import read_text
from standards.storage import repo as standards
from standards.storage.model import Published

LONGEST_KEY = 200
FURTHEST_AHEAD = timedelta(days=366)


async def enrol(
    actor: Actor, person: UUID, *, sponsor: UUID, program: str, registered: date, now: datetime
) -> Enrolment:
    """Register somebody in the newest version of a program.

    Raises:
        Missing: there is no such person or sponsor, or the actor may not enrol them or for it.
        Invalid: there is no such program, or the day is no day of registration.
        AlreadyDecided: they are registered in it from that day already.
    """
    if not OLDEST <= registered <= now.date() + FURTHEST_AHEAD:
        raise Invalid(f"{registered} is out of range; look at the year.", where="registered")
    async with transaction():
        permit(actor, Action.ENROL, await learner_of(person), now)
        permit(actor, Action.ENROL, await organisation_resource(sponsor), now)
        check_text(program, longest=LONGEST_KEY, where="program")
        pinned = await pins_of([program])
        if program not in pinned:
            raise Invalid(f"There is no published program {program!r}.", where="program")
        enrolment = new_enrolment(person, sponsor, (program, pinned[program]), registered=registered, now=now)
        if not await repo.add([enrolment]):
            raise AlreadyDecided("This person is registered in this program from that day already.")
        await ask_for_look([person], f"enrolment {enrolment.id}", now=now)
        detail = {"person": str(person), "program": program, "registered": registered}
        await record(actor, Action.ENROL, "enrolment", enrolment.id, now=now, detail=detail)
    return enrolment


def new_enrolment(
    person: UUID,
    sponsor: UUID,
    program: tuple[str, Sequence[UUID]],
    *,
    registered: date,
    now: datetime,
) -> Enrolment:
    """Return an enrolment in a program (by key) that is read with the versions given, its own first."""
    key, pins = program
    return Enrolment(
        id=uuid4(),
        person=person,
        sponsor=sponsor,
        program=pins[0],
        program_key=key,
        registered=registered,
        ended=None,
        created_at=now,
        frameworks=tuple(pins[1:]),
    )


async def pins_of(programs: Sequence[str]) -> dict[str, tuple[UUID, ...]]:
    """Return, for each known program, its newest version and those of all frameworks that it reads."""
    frameworks = {one.key: one for one in await standards.newest("framework")}
    return {
        program.key: tuple(one.id for one in read_with(program, frameworks))
        for program in await standards.newest("program", list(programs))
    }


def read_with(program: Published, frameworks: Mapping[str, Published]) -> list[Published]:
    """Return a program, the frameworks that it names, those that these name, and so on, in the order of their keys."""
    found: set[str] = set()
    waiting = set(_named(program, frameworks))
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting |= _named(frameworks[key], frameworks) - found
    return [program, *(frameworks[key] for key in sorted(found))]


def _named(standard: Published, frameworks: Mapping[str, Published]) -> frozenset[str]:
    return (_prefixes(standard.key, standard.canonical) & frameworks.keys()) - {standard.key}


@lru_cache(maxsize=256)
def _prefixes(key: str, canonical: str) -> frozenset[str]:
    (document,) = read_text(f"{key}.json", canonical)
    return frozenset(text.partition(":")[0] for text in _strings(document.raw))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)
