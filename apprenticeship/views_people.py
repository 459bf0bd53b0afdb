"""Names and places, as the top of a page and lists of people say them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.accounts.repo import suspended_among
from apprenticeship.people import repo
from apprenticeship.people.model import Organisation, OrganisationKind, Role
from apprenticeship.policy import Action, Actor, OrganisationResource, can
from apprenticeship.refusals import permit


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who an actor is today: a name, the roles that count and where they are held, by name."""

    name: str
    roles: frozenset[Role]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, kw_only=True)
class Position:
    """Somebody's place in an organisation: the roles held there today.

    `suspended` tells whether their account is; None where they have none.
    """

    person: UUID
    name: str
    roles: tuple[Role, ...]
    suspended: bool | None


async def identity_of(actor: Actor, *, now: datetime) -> Identity:
    """Return who an actor is today."""
    held = [role for role in actor.roles if role.covers(now.date())]
    person = await repo.person_of(actor.person)
    return Identity(
        name="" if person is None else person.name,
        roles=frozenset(role.role for role in held),
        organisations=await repo.organisations(sorted({role.organisation for role in held})),
    )


async def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Return names of people whom the caller may see."""
    return {person.id: person.name for person in await repo.people_of(sorted(set(people)))}


@dataclass(frozen=True)
class Mentors:
    """Who mentors whom on a day: mentors of each apprentice, and their names."""

    of: dict[UUID, tuple[UUID, ...]]
    names: dict[UUID, str]


async def mentors_of(people: Sequence[UUID], day: date) -> Mentors:
    """Return who mentors people whom the caller may see."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for tie in await repo.assignments_of(people):
        if tie.covers(day):
            found[tie.apprentice] = (*found.get(tie.apprentice, ()), tie.mentor)
    return Mentors(found, await names_of(mentor for of in found.values() for mentor in of))


async def organisations_for(actor: Actor, action: Action, *, now: datetime) -> tuple[Organisation, ...]:
    """Return, by name, the organisations in which the actor may do something now."""
    held = {role.organisation for role in actor.roles if role.covers(now.date())}
    found = await repo.organisations(sorted(held))
    return tuple(one for one in found if can(actor, action, _resource(one), now).allowed)


async def positions_in(actor: Actor, organisation: Organisation, *, now: datetime) -> tuple[Position, ...]:
    """Return everybody with a role in an organisation that the actor administers, by name.

    Raises:
        Forbidden: the actor does not administer it.
    """
    permit(actor, Action.MANAGE_PEOPLE, _resource(organisation), now)
    held: dict[UUID, list[Role]] = {}
    for role in await repo.roles_in(organisation.id):
        if role.covers(now.date()):
            held.setdefault(role.person, []).append(role.role)
    names = await names_of(held)
    suspended = await suspended_among(list(held)) if held else {}
    positions = [
        Position(
            person=person, name=names[person], roles=tuple(sorted(roles)), suspended=suspended.get(person)
        )
        for person, roles in held.items()
    ]
    return tuple(sorted(positions, key=lambda one: (one.name, one.person)))


async def colleges() -> tuple[Organisation, ...]:
    """Return every college, by name: to whom consent may be given."""
    found = await repo.organisations()
    return tuple(one for one in found if one.kind is OrganisationKind.COLLEGE)


def _resource(organisation: Organisation) -> OrganisationResource:
    return OrganisationResource(organisation=organisation.id, kind=organisation.kind)
