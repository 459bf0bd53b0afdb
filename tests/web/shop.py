"""A small shop in a real database: one employer, one college, and one person for every role."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.accounts.services import actor_of_person, open_account
from apprenticeship.enrolments.services import enrol
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.outbox.services import hand_out, run
from apprenticeship.people import repo
from apprenticeship.people.model import (
    Consent,
    Employment,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleHeld,
)
from apprenticeship.proposals import asking
from apprenticeship.publishing import publish_catalog
from apprenticeship.store import transaction
from tasks.jobs import TOPICS

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
BEGAN = date(2025, 1, 6)
PASSWORD = "ink on near white paper"
NAMES = {
    "ada": "Ada Tran",
    "ben": "Ben Okafor",
    "cho": "Cho Park",
    "mentor": "Maria Ortiz",
    "employer": "Rosa Novak",
    "registrar": "Lee Whitfield",
    "admin": "Sam Adeyemi",
    "stranger": "Uma Stone",
    "agency": "Tom Reyes",
}


@dataclass(frozen=True)
class Shop:
    """Who and what there is, by the short names above."""

    people: dict[str, UUID]
    employer: UUID
    college: UUID
    other_employer: UUID
    agency: UUID


async def open_shop() -> Shop:
    """Fill the open database."""
    await publish_catalog(now=NOW)
    people = {short: uuid4() for short in NAMES}
    employer, college, other, agency = (uuid4() for _ in range(4))
    async with transaction():
        await repo.add_people([Person(id=people[s], name=name, created_at=NOW) for s, name in NAMES.items()])
        await repo.add_organisations(
            [
                _organisation(employer, OrganisationKind.EMPLOYER, "keystone", "Keystone Precision"),
                _organisation(college, OrganisationKind.COLLEGE, "lakeside", "Lakeside College"),
                _organisation(other, OrganisationKind.EMPLOYER, "harbor", "Harbor Tool"),
                _organisation(agency, OrganisationKind.AGENCY, "state", "State Apprenticeship Agency"),
            ]
        )
        await repo.add_roles(_roles(people, employer, college, other, agency))
        apprentices = [people[short] for short in ("ada", "ben", "cho")]
        await repo.add_employments(
            [Employment(person=one, employer=employer, since=BEGAN) for one in apprentices]
        )
        await repo.add_mentor_assignments(
            [
                MentorAssignment(mentor=people["mentor"], apprentice=one, organisation=employer, since=BEGAN)
                for one in apprentices[:2]
            ]
        )
        await repo.add_consents([_consent(people["ada"], college)])
    for short, person in people.items():
        await open_account(person, short, PASSWORD, now=NOW)
    boss = await actor_of_person(people["admin"])
    for one, program in zip(apprentices, ("machinist", "machinist", "cnc-machinist-hybrid"), strict=True):
        await enrol(boss, one, sponsor=employer, program=program, registered=BEGAN, now=NOW)
    async with transaction():
        await append(_evidence(people))
    await _do_what_waits()
    return Shop(people, employer, college, other, agency)


async def _do_what_waits() -> None:
    """Look at everybody's steps as the worker does, and leave the queue empty."""
    for errand in await hand_out(now=NOW):
        await run(errand.id, TOPICS[errand.topic], now=NOW)
    await asking.tidy(now=NOW + timedelta(days=2))


def _organisation(number: UUID, kind: OrganisationKind, key: str, name: str) -> Organisation:
    return Organisation(id=number, kind=kind, key=key, name=name, created_at=NOW)


def _roles(
    people: dict[str, UUID], employer: UUID, college: UUID, other: UUID, agency: UUID
) -> list[RoleHeld]:
    places = {
        "ada": (Role.APPRENTICE, employer),
        "ben": (Role.APPRENTICE, employer),
        "cho": (Role.APPRENTICE, employer),
        "mentor": (Role.MENTOR, employer),
        "employer": (Role.EMPLOYER, employer),
        "registrar": (Role.REGISTRAR, college),
        "admin": (Role.ADMINISTRATOR, employer),
        "stranger": (Role.EMPLOYER, other),
        "agency": (Role.ADMINISTRATOR, agency),
    }
    return [
        RoleHeld(person=people[short], role=role, organisation=place, since=BEGAN)
        for short, (role, place) in places.items()
    ]


def _consent(person: UUID, college: UUID) -> Consent:
    return Consent(
        id=uuid4(), person=person, organisation=college, purpose="credit", since=BEGAN, given_at=NOW
    )


def _evidence(people: dict[str, UUID]) -> list[Addition]:
    ada, ben, mentor = people["ada"], people["ben"], people["mentor"]

    def earned(person: UUID, credential: str, on: date, part: str | None = None) -> Addition:
        fact = Fact(
            kind=EvidenceKind.CREDENTIAL,
            subject=f"nims-machining-1:{credential}",
            part=part,
            happened_on=on,
            attested_by="NIMS",
        )
        return _addition(person, fact, Status.VERIFIED, mentor)

    def signed(person: UUID, competency: str, on: date, status: Status = Status.VERIFIED) -> Addition:
        fact = Fact(kind=EvidenceKind.COMPETENCY, subject=f"nims-machining-1:{competency}", happened_on=on)
        return _addition(person, fact, status, mentor if status is Status.VERIFIED else person)

    hours = Fact(
        kind=EvidenceKind.HOURS, happened_on=date(2025, 5, 9), minutes=8 * 60, work_process="milling"
    )
    return [
        earned(ada, "mms", date(2025, 2, 10)),
        earned(ada, "jpbl", date(2025, 6, 2)),
        earned(ada, "tcs1", date(2025, 9, 1), "theory"),
        signed(ada, "part-inspection", date(2025, 3, 3)),
        signed(ada, "housekeeping", date(2025, 3, 3)),
        signed(ada, "chucking", date(2026, 11, 17), Status.SUBMITTED),
        _addition(ada, hours, Status.VERIFIED, mentor),
        earned(ben, "mms", date(2025, 4, 1)),
        signed(ben, "square-block", date(2026, 10, 1), Status.SUBMITTED),
    ]


def _addition(person: UUID, fact: Fact, status: Status, by: UUID) -> Addition:
    return Addition(person=person, fact=fact, status=status, recorded=NOW, recorded_by=by)
