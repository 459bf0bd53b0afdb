"""Forecasts of those whose wages somebody may know; made off the event loop."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import numpy as np

from apprenticeship.cohort.reading import reader_of
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.forecasts.making import Group, Made, make, months_of
from apprenticeship.forecasts.model import CrewOutlook, PersonForecast
from apprenticeship.people import repo as people_rows
from apprenticeship.people.services import learner_of, visible_learners
from apprenticeship.policy import Action, Actor, Scope
from apprenticeship.raises import repo as raises
from apprenticeship.raises.model import InForce, RaiseDecision, in_force
from apprenticeship.refusals import permit
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.snapshots.model import identifiers
from apprenticeship.store import transaction


async def crew_outlook(actor: Actor, *, as_of: date, now: datetime) -> CrewOutlook:
    """Return what is foreseen of everybody whose wages the actor may know."""
    listed = await visible_learners(actor, Action.READ_WAGES, now=now)
    return await outlook_of([one.id for one in listed], as_of=as_of)


async def person_outlook(actor: Actor, person: UUID, *, as_of: date, now: datetime) -> PersonForecast | None:
    """Return what is foreseen of one person, beside the pace of their employers' people; None who is in no program.

    Raises:
        Missing: there is no such person, or the actor may not know their wages.
    """
    learner = await learner_of(person)
    permit(actor, Action.READ_WAGES, learner, now)
    employers = frozenset(job.employer for job in learner.employments if job.covers(now.date()))
    beside = await people_rows.learners_in(Scope(at=now, employers=employers)) if employers else ()
    measured = sorted({person, *(one.id for one in beside)})
    found = await outlook_of(measured, as_of=as_of, only=frozenset({person}))
    return next(iter(found.people), None)


async def outlook_of(
    people: Sequence[UUID], *, as_of: date, only: frozenset[UUID] | None = None
) -> CrewOutlook:
    """Return what is foreseen of some people, without asking who may know: the caller has.

    Args:
        people: who is measured.
        as_of: from which day.
        only: of whom a forecast is wanted; None for everybody.
    """
    shown = frozenset(people) if only is None else only
    groups = await groups_of(people, shown, as_of)
    # off the event loop: hundreds of people take a second, and others are waiting
    made = [await asyncio.to_thread(make, group, as_of) for group in groups]
    found = sorted((one for part in made for one in part.people), key=lambda one: (one.name, one.person))
    return CrewOutlook(
        as_of=as_of,
        people=tuple(found),
        months=months_of(made, as_of),
        unpaid=_unpaid(made),
    )


def _unpaid(made: Sequence[Made]) -> tuple[str, ...]:
    return tuple(sorted(one.name for part in made if part.pay is None for one in part.people))


async def groups_of(people: Sequence[UUID], shown: frozenset[UUID], as_of: date) -> list[Group]:
    """Return people by the standards that they are read with; `shown` are those of whom a forecast is wanted."""
    enrolled = [one for one in await enrolments.of_people(people) if one.registered <= as_of]
    latest = {one.person: one for one in enrolled}
    names = {one.id: one.name for one in await people_rows.people_of(sorted(latest))}
    decided = await _decided(latest)
    async with transaction():
        kept = await snapshots.among(sorted(latest))
    groups = []
    for program in sorted({one.program_key for one in latest.values()}):
        own = frozenset(person for person, one in latest.items() if one.program_key == program)
        for versions, members in kept.members(program, as_of).items():
            reader = await reader_of(program, versions)
            places = [at for at, one in enumerate(identifiers(members.people)) if one in own]
            those = members.only(np.array(places, np.int64))
            groups.append(Group(reader.gates, those, names, decided, shown & own, versions))
    return [group for group in groups if group.shown]


async def _decided(latest: Mapping[UUID, Enrolment]) -> dict[UUID, InForce]:
    made = await raises.of_enrolments([one.id for one in latest.values()])
    by_enrolment = {one.id: person for person, one in latest.items()}
    decisions: dict[UUID, list[RaiseDecision]] = {}
    for one in made:
        decisions.setdefault(by_enrolment[one.enrolment], []).append(one)
    return {person: in_force(own) for person, own in decisions.items()}
