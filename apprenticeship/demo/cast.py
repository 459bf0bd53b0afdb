"""Everybody and everything of the demo except evidence, as rows. Pure: now and randomness are given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from apprenticeship.demo.apprentices import APPRENTICES
from apprenticeship.demo.days import MORNING
from apprenticeship.demo.histories import registered_on
from apprenticeship.demo.model import Apprentice, Leave
from apprenticeship.demo.places import EMPLOYER_OF, PLACES, STAFF
from apprenticeship.people.model import (
    Consent,
    Employment,
    MentorAssignment,
    Organisation,
    Person,
    Role,
    RoleHeld,
    RosterEntry,
)
from graph.dates import add_months

YEARS_OF_STAFF = 8
FIRST_NUMBER = 1001


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The rows, and everybody's identifier by login."""

    people: dict[str, UUID]
    places: dict[str, UUID]
    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    roles: tuple[RoleHeld, ...]
    employments: tuple[Employment, ...]
    assignments: tuple[MentorAssignment, ...]
    rosters: tuple[RosterEntry, ...]
    consents: tuple[Consent, ...]
    numbers: dict[UUID, list[tuple[str, UUID]]]


def identifier(randomness: Random) -> UUID:
    """Return a random UUID of version 4."""
    return UUID(int=randomness.getrandbits(128), version=4)


def cast(now: datetime, randomness: Random) -> Cast:
    """Return the demo's people and organisations as of now."""
    today = now.date()
    names = {one.login: one.name for one in (*STAFF, *APPRENTICES)}
    people = {login: identifier(randomness) for login in names}
    places = {place.key: identifier(randomness) for place in PLACES}
    opened = add_months(today, -12 * YEARS_OF_STAFF)
    shop = {one.login: places[EMPLOYER_OF[one.mentor]] for one in APPRENTICES}
    return Cast(
        people=people,
        places=places,
        persons=tuple(Person(id=people[login], name=name, created_at=now) for login, name in names.items()),
        organisations=tuple(
            Organisation(id=places[one.key], kind=one.kind, key=one.key, name=one.name, created_at=now)
            for one in PLACES
        ),
        roles=(
            *_staff(people, places, opened),
            *(
                RoleHeld(
                    person=people[one.login],
                    role=Role.APPRENTICE,
                    organisation=shop[one.login],
                    since=registered_on(one, today),
                    until=left_on(one, today),
                )
                for one in APPRENTICES
            ),
        ),
        employments=tuple(
            Employment(
                person=people[one.login],
                employer=shop[one.login],
                since=registered_on(one, today),
                until=left_on(one, today),
            )
            for one in APPRENTICES
        ),
        assignments=tuple(
            MentorAssignment(
                mentor=people[one.mentor],
                apprentice=people[one.login],
                organisation=shop[one.login],
                since=registered_on(one, today),
                until=left_on(one, today),
            )
            for one in APPRENTICES
        ),
        rosters=tuple(
            RosterEntry(
                college=places[one.college], person=people[one.login], since=registered_on(one, today)
            )
            for one in APPRENTICES
            if one.on_roster
        ),
        consents=tuple(
            _consent(identifier(randomness), people[one.login], places[leave.college], leave, now)
            for one in APPRENTICES
            for leave in one.consents
        ),
        numbers=_numbers(people, places),
    )


def _numbers(people: dict[str, UUID], places: dict[str, UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    """Return the numbers by which employers know their apprentices, and colleges who is on their roster."""
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for count, one in enumerate(APPRENTICES, start=FIRST_NUMBER):
        for key in (EMPLOYER_OF[one.mentor], *([one.college] if one.on_roster else [])):
            found.setdefault(places[key], []).append((f"{key[0].upper()}-{count}", people[one.login]))
    return found


def _consent(number: UUID, person: UUID, college: UUID, leave: Leave, now: datetime) -> Consent:
    since = add_months(now.date(), -leave.began)
    revoked = None if leave.revoked is None else add_months(now.date(), -leave.revoked)
    return Consent(
        id=number,
        person=person,
        organisation=college,
        purpose="credit",
        since=since,
        until=add_months(now.date(), leave.until),
        given_at=datetime.combine(since, MORNING, UTC),
        revoked_at=None if revoked is None else datetime.combine(revoked, MORNING, UTC),
    )


def _staff(people: dict[str, UUID], places: dict[str, UUID], since: date) -> tuple[RoleHeld, ...]:
    return tuple(
        RoleHeld(person=people[one.login], role=one.role, organisation=places[key], since=since)
        for one in STAFF
        for key in one.places
    )


def left_on(story: Apprentice, today: date) -> date | None:
    """Return the day on which somebody left the program."""
    return None if story.left is None else add_months(today, -story.left)
