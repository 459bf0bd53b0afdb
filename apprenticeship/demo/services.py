"""Filling an empty database with the demo, once."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from random import Random

from apprenticeship.accounts import repo as accounts
from apprenticeship.accounts.model import Account
from apprenticeship.accounts.passwords import check_password, hash_password
from apprenticeship.audit import repo as audit
from apprenticeship.audit.services import record
from apprenticeship.demo import repo
from apprenticeship.demo.answers import propose_and_answer
from apprenticeship.demo.apprentices import APPRENTICES
from apprenticeship.demo.cast import Cast, cast, identifier, left_on
from apprenticeship.demo.crediting import ask_and_decide, hand_in_draft
from apprenticeship.demo.hiring import ASKED, ROLES, findables
from apprenticeship.demo.histories import History, in_order, pauses_of, registered_on
from apprenticeship.demo.model import Apprentice, Line
from apprenticeship.demo.places import BOSS_OF, EMPLOYER_OF, STAFF
from apprenticeship.demo.raising import awards, decided
from apprenticeship.demo.sharing import crew_share
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.enrolments.services import pins_of
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Addition
from apprenticeship.hiring import repo as hiring
from apprenticeship.house_rules import repo as house_rules
from apprenticeship.house_rules.model import HouseRules, MinimumWage, RulesVersion
from apprenticeship.people import repo as people
from apprenticeship.people.model import Role
from apprenticeship.promotions import repo as promotions
from apprenticeship.publishing import publish_catalog
from apprenticeship.raises import repo as raises
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.standing.services import standings_of
from apprenticeship.store import transaction

PASSWORD = "measure twice cut once"  # noqa: S105 - printed for everybody: the demo guards nothing
LOADED = "demo.load"
SUBJECT = ("demo", "people")
TAKEN = (
    "The database holds people already; the demo goes into an empty one only: set JOURNEYMARK_DATA "
    "to a new folder, or DATABASE_URL to an empty database."
)


# the federal minimum wage is that of the Fair Labor Standards Act, 29 U.S.C. 206(a)(1)(C); the threshold is made up
KEYSTONE = HouseRules(
    second_approval_above_cents=500,
    minimum_wages=(MinimumWage(since=date(2009, 7, 24), cents=725),),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in to the demo."""

    login: str
    name: str
    role: Role


def demo_people() -> tuple[DemoPerson, ...]:
    """Return everybody of the demo; they share one password."""
    return (
        *(DemoPerson(one.login, one.name, one.role) for one in STAFF),
        *(DemoPerson(one.login, one.name, Role.APPRENTICE) for one in APPRENTICES),
    )


async def load_demo(*, now: datetime, randomness: Random) -> bool:
    """Fill an empty database; False when the demo is there already and was left as it is.

    Raises:
        AlreadyDecided: the database holds people, and they are not the demo's.
    """
    async with transaction():
        await repo.alone()
        if await audit.about(SUBJECT[0], [SUBJECT[1]]):
            return False
        if await repo.anybody():
            raise AlreadyDecided(TAKEN)
        await publish_catalog(now=now)
        crew = cast(now, randomness)
        await _add_people(crew, now, randomness)
        await _enrol(crew, now, randomness)
        await _add_evidence(crew, now, randomness)
        await _add_awards(crew, now, randomness)
        await _add_house_rules(crew, now)
        await propose_and_answer(crew, now)
        await ask_and_decide(crew, now)
        await hand_in_draft(crew, now)
        await _add_hiring(crew, now, randomness)
        await people.add_credit_shares([crew_share(crew, now, randomness)])
        await record(None, LOADED, *SUBJECT, now=now, detail={"people": len(crew.people)})
    return True


async def _add_people(crew: Cast, now: datetime, randomness: Random) -> None:
    check_password(PASSWORD, "")
    hashed = await hash_password(PASSWORD)
    await people.add_people(crew.persons)
    await people.add_organisations(crew.organisations)
    await people.add_roles(crew.roles)
    await people.add_employments(crew.employments)
    await people.add_mentor_assignments(crew.assignments)
    await people.add_roster_entries(crew.rosters)
    await people.add_consents(crew.consents)
    for organisation, numbers in crew.numbers.items():
        await people.add_numbers(organisation, numbers)
    await accounts.add_accounts(
        [
            Account(
                id=identifier(randomness), person=person, login=login, password_hash=hashed, created_at=now
            )
            for login, person in crew.people.items()
        ]
    )


async def _enrol(crew: Cast, now: datetime, randomness: Random) -> None:
    pins = await pins_of(sorted({one.program for one in APPRENTICES}))
    enrolled = [
        Enrolment(
            id=identifier(randomness),
            person=crew.people[one.login],
            sponsor=crew.places[EMPLOYER_OF[one.mentor]],
            program=pins[one.program][0],
            program_key=one.program,
            registered=registered_on(one, now.date()),
            ended=left_on(one, now.date()),
            created_at=now,
            frameworks=pins[one.program][1:],
            suspended=pauses_of(one, now.date()),
        )
        for one in APPRENTICES
    ]
    await enrolments.add(enrolled)


async def _add_evidence(crew: Cast, now: datetime, randomness: Random) -> None:
    """Write all histories in the order in which they were recorded, as one bulk."""
    told = (History(one, crew.people, now.date(), randomness).lines() for one in APPRENTICES)
    lines = in_order(list(chain.from_iterable(told)))
    ids = dict(zip((line.name for line in lines), await evidence.reserve(len(lines)), strict=True))
    await evidence.add_as([(ids[line.name], _placed(line, ids)) for line in lines])


def _placed(line: Line, ids: dict[str, int]) -> Addition:
    if line.revokes is not None:
        return replace(line.addition, fact=replace(line.addition.fact, revokes=ids[line.revokes]))
    return line.addition if line.follows is None else replace(line.addition, supersedes=ids[line.follows])


def _is_left(story: Apprentice) -> bool:
    return story.due or story.denied


async def _add_awards(crew: Cast, now: datetime, randomness: Random) -> None:
    stories = {crew.people[one.login]: one for one in APPRENTICES}
    standings = await standings_of(list(stories), as_of=now.date())
    given = [
        (one, awards(one, is_due=_is_left(stories[one.person.id]), randomness=randomness))
        for one in standings
    ]
    numbers = iter(await raises.reserve(sum(len(steps) for _, steps in given)))
    rows = await evidence.histories(list(stories))
    made = []
    for standing, steps in given:
        history = [row for row in rows if row.person == standing.person.id]
        boss = crew.people[BOSS_OF[EMPLOYER_OF[stories[standing.person.id].mentor]]]
        made += decided(standing, steps, history, boss, numbers)
    await raises.add(made)


async def _add_house_rules(crew: Cast, now: datetime) -> None:
    """Give Keystone house rules that change none of its raises; Harbor has none."""
    await house_rules.add(
        RulesVersion(
            id=0,
            organisation=crew.places["keystone"],
            rules=KEYSTONE,
            since=date(now.year - 2, 1, 1),
            entered_at=now,
            entered_by=crew.people[BOSS_OF["keystone"]],
        )
    )


async def _add_hiring(crew: Cast, now: datetime, randomness: Random) -> None:
    leaves = findables(crew, now, randomness)
    await people.add_findables(leaves)
    for place, name, rule in ROLES:
        boss = crew.people[BOSS_OF[place]]
        await promotions.add(crew.places[place], name, rule, by=boss, at=now)
    place, login, message = ASKED
    found = next(one for one in leaves if one.person == crew.people[login])
    await hiring.add_request(
        identifier(randomness),
        findable=found.id,
        employer=crew.places[place],
        by=crew.people[BOSS_OF[place]],
        at=now,
        message=message,
    )
