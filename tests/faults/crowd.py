"""People for the clients of the kill harness: apprentices, a mentor and an employer, each with a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.accounts.services import actor_of_person, create_key, open_account
from apprenticeship.enrolments.services import enrol
from apprenticeship.people import repo
from apprenticeship.people.model import (
    Employment,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleHeld,
)
from apprenticeship.publishing import publish_catalog
from apprenticeship.store import open_store, transaction
from tests.web.shop import PASSWORD

PROGRAM = "machinist"
REGISTERED = timedelta(days=400)
KEYS_HOLD = timedelta(days=2)
FRAMEWORK = "nims-machining-1"
# with all of these somebody reaches the second and the third wage step, and what comes after is days of work
CREDENTIALS = ("mms", "jpbl", "mil1", "tbc1", "grn1")
DUTIES = ("jpp", "benchwork", "layout", "chucking", "square-block", "housekeeping")
PROCESSES = ("planning", "turning", "milling", "grinding", "cnc", "quality", "maintenance")

Claim = Mapping[str, object]


@dataclass(frozen=True)
class Crowd:
    """Who there is, and the secrets of their keys."""

    apprentices: tuple[UUID, ...]
    mentor: UUID
    employer: UUID
    secrets: Mapping[UUID, str]

    def header(self, person: UUID) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets[person]}"}


async def gather(url: str, apprentices: int, *, now: datetime) -> Crowd:
    """Fill a migrated database with an employer's people."""
    began = now.date() - REGISTERED
    learners = tuple(uuid4() for _ in range(apprentices))
    mentor, employer, boss, place = (uuid4() for _ in range(4))
    async with open_store(url):
        await publish_catalog(now=now)
        names = {mentor: "Maria Ortiz", employer: "Rosa Novak", boss: "Sam Adeyemi"}
        names |= {one: f"Apprentice {number:03}" for number, one in enumerate(learners)}
        roles = {mentor: Role.MENTOR, employer: Role.EMPLOYER, boss: Role.ADMINISTRATOR}
        roles |= dict.fromkeys(learners, Role.APPRENTICE)
        async with transaction():
            await repo.add_people([Person(id=one, name=name, created_at=now) for one, name in names.items()])
            kind = OrganisationKind.EMPLOYER
            shop = Organisation(
                id=place, kind=kind, key="keystone", name="Keystone Precision", created_at=now
            )
            await repo.add_organisations([shop])
            await repo.add_roles(
                [
                    RoleHeld(person=one, role=role, organisation=place, since=began)
                    for one, role in roles.items()
                ]
            )
            await _employ(learners, mentor, place, began)
        actor = await actor_of_person(boss)
        for one in learners:
            await enrol(actor, one, sponsor=place, program=PROGRAM, registered=began, now=now)
        secrets = {one: await _key(one, now) for one in (*learners, mentor, employer)}
    return Crowd(learners, mentor, employer, secrets)


async def _employ(learners: Sequence[UUID], mentor: UUID, place: UUID, began: date) -> None:
    await repo.add_employments([Employment(person=one, employer=place, since=began) for one in learners])
    await repo.add_mentor_assignments(
        [MentorAssignment(mentor=mentor, apprentice=one, organisation=place, since=began) for one in learners]
    )


async def _key(person: UUID, now: datetime) -> str:
    await open_account(person, f"login-{person}", PASSWORD, now=now)
    actor = await actor_of_person(person)
    scopes = frozenset({"read", "write"})
    _, secret = await create_key(actor, name="kills", scopes=scopes, expires_at=now + KEYS_HOLD, now=now)
    return secret


def claims(number: int, today: date) -> list[Claim]:
    """Say what one apprentice hands in, so many pieces: credentials, competencies, and then days of work."""
    proofs: list[Claim] = [{"credential": f"{FRAMEWORK}:{one}"} for one in CREDENTIALS]
    proofs += [{"competency": f"{FRAMEWORK}:{one}"} for one in DUTIES]
    days: list[Claim] = [{"hours": 8, "in": PROCESSES[day % len(PROCESSES)]} for day in range(number)]
    found = [*proofs, *days][:number]
    return [{**one, "on": (today - timedelta(days=1 + day)).isoformat()} for day, one in enumerate(found)]
