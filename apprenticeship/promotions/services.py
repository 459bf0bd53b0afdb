"""Target roles of an employer, and the own crew ranked by what they lack for one."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.people.model import Organisation
from apprenticeship.people.repo import learners_in
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor, Scope
from apprenticeship.promotions import repo
from apprenticeship.promotions.model import LONGEST_NAME, Candidate, TargetRole
from apprenticeship.promotions.ranking import candidate, rank
from apprenticeship.refusals import Invalid, Missing, permit
from apprenticeship.standing.facts import known_in, person_with
from apprenticeship.standing.model import Standing
from apprenticeship.standing.rules import newest_standards, overlaid, unknown
from apprenticeship.standing.services import standings_of
from apprenticeship.standing.worlds import world_of
from apprenticeship.store import transaction
from apprenticeship.texts import check_text
from apprenticeship.views_people import organisations_for
from graph.evaluating import Evaluation
from graph.requirement import Requirement
from graph.world import World
from standards.problems import DocumentError
from standards.rule_writing import rule_text
from standards.storage import repo as standards
from standards.storage.model import Published


async def places_of(actor: Actor, *, now: datetime) -> tuple[Organisation, ...]:
    """Return the employers for which the actor plans promotions, by name."""
    return await organisations_for(actor, Action.PLAN_PROMOTIONS, now=now)


async def roles_of(actor: Actor, *, now: datetime) -> tuple[TargetRole, ...]:
    """Return the target roles that the actor may plan with, by name."""
    return await repo.current([one.id for one in await places_of(actor, now=now)])


async def save_role(
    actor: Actor, *, organisation: UUID, name: str, rule: Requirement | None, now: datetime
) -> None:
    """Save a target role under a name, in place of an earlier one of that name; None gives the name up.

    Raises:
        Missing: the actor plans no promotions there, or there is no role of this name to give up.
        Invalid: the name cannot be kept.
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid("Write a name for the role, such as CNC setup.", where="name")
    check_text(name, longest=LONGEST_NAME, where="name")
    async with transaction():
        permit(actor, Action.PLAN_PROMOTIONS, await organisation_resource(organisation), now)
        if rule is None and name not in {one.name for one in await repo.current([organisation])}:
            raise Missing("No such role.")
        text = None if rule is None else rule_text(rule)
        number = await repo.add(organisation, name, text, by=actor.person, at=now)
        detail = {"organisation": str(organisation), "name": name, "given_up": rule is None}
        await record(actor, Action.PLAN_PROMOTIONS, "target_role", number, now=now, detail=detail)


async def ranked(actor: Actor, rule: Requirement, *, as_of: date, now: datetime) -> tuple[Candidate, ...]:
    """Return the crews of the employers for which the actor plans, the fewest lacking first.

    Everybody is read by the versions of the standards that they are registered under, and by the newest ones of
    what those do not have.
    """
    employers = frozenset(one.id for one in await places_of(actor, now=now))
    listed = await learners_in(Scope(at=now, employers=employers))
    standings = await standings_of([one.id for one in listed], as_of=as_of)
    newest = await newest_standards()
    pinned = {
        one.id: one
        for one in await standards.by_ids(sorted({key for s in standings for key in s.enrolment.standards}))
    }
    read = []
    for one in standings:
        own = [pinned[key] for key in one.enrolment.standards]
        read.append((one, *await _world_for(one, rule, newest, own)))
    # off the event loop: a large crew takes seconds, and others are waiting
    found = await asyncio.to_thread(
        lambda: [candidate(one, _evaluation(one, world), rule, newer) for one, world, newer in read]
    )
    return tuple(sorted(found, key=rank))


async def _world_for(
    standing: Standing, rule: Requirement, newest: Sequence[Published], own: Sequence[Published]
) -> tuple[World, tuple[str, ...]]:
    """Return the world that a rule is read in for somebody, and the frameworks that had to be newer than theirs."""
    if not unknown(rule, standing.world):
        return standing.world, ()
    try:
        world = await world_of(sorted(overlaid(newest, own).values()))
        lacking = unknown(rule, world)
    except DocumentError:  # their versions and the newest others do not go together
        lacking = unknown(rule, standing.world)
    if not lacking:
        return world, ()
    owners = sorted({key.rpartition(":")[0] or key for _, key in lacking})
    return await world_of([one.id for one in newest]), tuple(owners)


def _evaluation(standing: Standing, world: World) -> Evaluation:
    if world is standing.world:
        return standing.evaluation
    known = [one for one in standing.enrolments if one.program_key in world.programs]
    learner = known_in(world, person_with(world, standing.person, known, standing.evidence))
    return Evaluation(
        world, learner, program=standing.enrolment.program_key, as_of=standing.as_of, known_at=None
    )
