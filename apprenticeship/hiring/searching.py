"""Searching among people who agreed to be found; whoever is shown is told of it."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from apprenticeship.accounts.repo import suspended_among
from apprenticeship.audit.services import record
from apprenticeship.hiring import repo
from apprenticeship.hiring.model import ContactRequest, Found, Profile, shown_name
from apprenticeship.hiring.profiles import newest_window, profiles_of
from apprenticeship.hiring.window import hidden, seen
from apprenticeship.people.model import Findable, Organisation, Role, ShownAs
from apprenticeship.people.services import learners_of, organisations_of, visible_learners
from apprenticeship.policy import Action, Actor, can
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.standing.rules import newest_world
from apprenticeship.store import transaction
from graph.fixing import Fix, fix
from graph.progress import progress_on
from graph.requirement import Requirement
from graph.world import World
from standards.rule_writing import rule_text


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What a search came to: a part of those found, those who meet it first, then the nearest.

    Attributes:
        shown: this part.
        meeting: how many meet it altogether.
        total: how many there are altogether; those who have nothing of it are not among them.
    """

    shown: tuple[Found, ...]
    meeting: int
    total: int


@dataclass(frozen=True)
class _Asked:
    """What is looked for, among what a search sees, on a day."""

    rule: Requirement
    through: World
    day: date


async def hiring_for(actor: Actor, *, now: datetime) -> tuple[Organisation, ...]:
    """Return the employers for which the actor may search, by name."""
    return await organisations_of(actor, Role.EMPLOYER, now=now)


async def search(
    actor: Actor, employer: UUID, rule: Requirement, *, now: datetime, first: int = 0, most: int = 20
) -> Searched:
    """Search for an employer; a look at everybody in the part shown is kept, and they see it.

    Args:
        actor: who searches.
        employer: for whom.
        rule: what is looked for, of credentials and competencies alone.
        now: this moment.
        first: how many to leave out.
        most: how many to show.

    Raises:
        Missing: the actor does not search for this employer.
        Invalid: the rule asks for what a search does not see.
    """
    place = await _employer(actor, employer, now)
    if (word := hidden(rule, await newest_world())) is not None:
        message = f"A search sees credentials held and competencies signed off; leave out {word}."
        raise Invalid(message, where="rule")
    leaves = await _open_leaves(actor, employer, now)
    profiles = await profiles_of(list(leaves), now.date())
    requests = {one.findable: one for one in await repo.requests_by([employer])}
    asked = _Asked(rule, await newest_window(), now.date())
    found = await asyncio.to_thread(_found, asked, leaves, profiles, requests)
    part = found[first : first + most]
    await _keep_looks(actor, place, part, now, asked=rule_text(rule))
    return Searched(shown=part, meeting=sum(one.meets for one in found), total=len(found))


async def look_at(actor: Actor, employer: UUID, findable: UUID, *, now: datetime) -> Found:
    """Return all that is shown of one person found; the look is kept, and they see it.

    Raises:
        Missing: there is nobody of this kind to be found for this employer.
    """
    place = await _employer(actor, employer, now)
    leave = await leave_for(actor, employer, findable, now=now)
    profile = (await profiles_of([leave.person], now.date()))[leave.person]
    request = next((one for one in await repo.requests_by([employer]) if one.findable == findable), None)
    shown = shown_name(profile.name, leave.shown_as)
    found = Found(
        leave=leave, shown=shown, profile=profile, progress=Fraction(1), way=Fix(()), request=request
    )
    await _keep_looks(actor, place, [found], now, asked=None)
    return found


async def leave_for(actor: Actor, employer: UUID, findable: UUID, *, now: datetime) -> Findable:
    """Return the leave under which an employer may be shown somebody now.

    Raises:
        Missing: there is none.
    """
    given = await repo.leave_of(findable)
    if given is not None:
        open_now = await _open_leaves(actor, employer, now, only=[given.person])
        if given.id in {one.id for one in open_now.values()}:
            return given
    raise Missing("No such person, or they can no longer be found.")


async def _employer(actor: Actor, employer: UUID, now: datetime) -> Organisation:
    found = next((one for one in await hiring_for(actor, now=now) if one.id == employer), None)
    if found is None:
        raise Missing("No such employer.")
    return found


async def _open_leaves(
    actor: Actor, employer: UUID, now: datetime, *, only: Sequence[UUID] | None = None
) -> dict[UUID, Findable]:
    """Return the leave that counts for an employer now, by person: by name before initials, whoever is not shut out."""
    if only is None:
        only = [one.id for one in await visible_learners(actor, Action.FIND_PEOPLE, now=now)]
    learners = await learners_of(only)
    suspended = await suspended_among(list(learners)) if learners else {}
    found = {}
    for person, learner in learners.items():
        given = [one for one in learner.findables if one.holds(now) and one.is_for(employer)]
        allowed = can(actor, Action.FIND_PEOPLE, learner, now).allowed and not suspended.get(person)
        if given and allowed:
            found[person] = min(given, key=lambda one: (one.shown_as is not ShownAs.NAME, str(one.id)))
    return found


def _found(
    asked: _Asked,
    leaves: Mapping[UUID, Findable],
    profiles: Mapping[UUID, Profile],
    requests: Mapping[UUID, ContactRequest],
) -> tuple[Found, ...]:
    found = [
        _beside(asked, leaves[person], profile, requests.get(leaves[person].id))
        for person, profile in profiles.items()
    ]
    # the number of a leave is random, so the order of equals tells nothing
    chosen = [one for one in found if one.progress > 0]
    return tuple(
        sorted(chosen, key=lambda one: (not one.meets, one.lacking, -one.progress, str(one.leave.id)))
    )


def _beside(asked: _Asked, leave: Findable, profile: Profile, request: ContactRequest | None) -> Found:
    evaluation = seen(profile, asked.rule, asked.through, asked.day)
    progress = progress_on(evaluation.actual, asked.rule, evaluation.scope, asked.day)
    return Found(
        leave=leave,
        shown=shown_name(profile.name, leave.shown_as),
        profile=profile,
        progress=progress,
        way=Fix(()) if progress == 1 else fix(evaluation, asked.rule),
        request=request,
    )


async def _keep_looks(
    actor: Actor, place: Organisation, shown: Iterable[Found], now: datetime, *, asked: str | None
) -> None:
    async with transaction():
        for one in shown:
            detail = {
                "employer": place.id,
                "employer_name": place.name,
                "findable": one.leave.id,
                "shown_as": one.leave.shown_as,
            }
            detail |= {} if asked is None else {"asked": asked}
            await record(actor, Action.FIND_PEOPLE, "person", one.profile.person, now=now, detail=detail)
