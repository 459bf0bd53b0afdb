"""Rows of people and organisations; they leave as frozen dataclasses."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from piccolo.table import Table

from apprenticeship.people.model import (
    Consent,
    CreditShare,
    Employment,
    Findable,
    Listed,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    RoleHeld,
    RosterEntry,
    ShownAs,
)
from apprenticeship.people.tables import (
    CollegeRosterTable,
    ConsentTable,
    CreditShareEndTable,
    CreditShareTable,
    EmploymentTable,
    FindableEndTable,
    FindableTable,
    MentorTable,
    NumberTable,
    OrganisationTable,
    PersonTable,
    RoleTable,
)
from apprenticeship.policy import Scope
from standards.storage.database import insert_rows

TABLES: tuple[type[Table], ...] = (
    PersonTable,
    OrganisationTable,
    RoleTable,
    EmploymentTable,
    MentorTable,
    ConsentTable,
    CollegeRosterTable,
    NumberTable,
    FindableTable,
    FindableEndTable,
    CreditShareTable,
    CreditShareEndTable,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def _as(kind: type[T], rows: Iterable[dict[str, Any]]) -> tuple[T, ...]:
    names = {field.name for field in fields(kind)}
    return tuple(kind(**{name: value for name, value in row.items() if name in names}) for row in rows)


# Writing ------------------------------------------------------------------------------------------


async def add_people(people: Sequence[Person]) -> None:
    await insert_rows(PersonTable, [PersonTable(**asdict(person)) for person in people])


async def add_organisations(organisations: Sequence[Organisation]) -> None:
    await insert_rows(OrganisationTable, [OrganisationTable(**asdict(one)) for one in organisations])


async def add_roles(roles: Sequence[RoleHeld]) -> None:
    await insert_rows(RoleTable, [RoleTable(**asdict(role)) for role in roles])


async def add_employments(employments: Sequence[Employment]) -> None:
    await insert_rows(EmploymentTable, [EmploymentTable(**asdict(one)) for one in employments])


async def add_mentor_assignments(assignments: Sequence[MentorAssignment]) -> None:
    await insert_rows(MentorTable, [MentorTable(**asdict(one)) for one in assignments])


async def add_consents(consents: Sequence[Consent]) -> None:
    await insert_rows(ConsentTable, [ConsentTable(**asdict(consent)) for consent in consents])


async def revoke_consent(consent: UUID, *, person: UUID, at: datetime) -> bool:
    """Revoke a consent once; False when there is none to revoke."""
    found = (
        await ConsentTable.update({ConsentTable.revoked_at: at})
        .where(ConsentTable.id == consent)
        .where(ConsentTable.person == person)
        .where(ConsentTable.revoked_at.is_null())
        .returning(ConsentTable.id)
    )
    return bool(found)


async def add_findables(given: Sequence[Findable]) -> None:
    """Keep leave to be found, and with it where it was taken back."""
    rows = [asdict(one) for one in given]
    ends = [(row["id"], end) for row in rows if (end := row.pop("revoked_at")) is not None]
    await insert_rows(FindableTable, [FindableTable(**row) for row in rows])
    await insert_rows(FindableEndTable, [FindableEndTable(findable=one, revoked_at=at) for one, at in ends])


async def end_findable(findable: UUID, *, person: UUID, at: datetime) -> bool:
    """Take leave to be found back once; False when there is none to take back."""
    found = await FindableEndTable.raw(
        "INSERT INTO findable_end (findable, revoked_at) SELECT id, {} FROM findable WHERE id = {} AND person = {} "
        "ON CONFLICT DO NOTHING RETURNING findable",
        *(at, findable, person),
    )
    return bool(found)


async def add_credit_shares(given: Sequence[CreditShare]) -> None:
    """Keep consents to employers, and with them where they were taken back."""
    rows = [asdict(one) for one in given]
    ends = [(row["id"], end) for row in rows if (end := row.pop("revoked_at")) is not None]
    await insert_rows(CreditShareTable, [CreditShareTable(**row) for row in rows])
    await insert_rows(
        CreditShareEndTable, [CreditShareEndTable(credit_share=one, revoked_at=at) for one, at in ends]
    )


async def end_credit_share(share: UUID, *, person: UUID, at: datetime) -> bool:
    """Take consent to an employer back once; False when there is none to take back."""
    found = await CreditShareEndTable.raw(
        "INSERT INTO credit_share_end (credit_share, revoked_at) SELECT id, {} FROM credit_share "
        "WHERE id = {} AND person = {} ON CONFLICT DO NOTHING RETURNING credit_share",
        *(at, share, person),
    )
    return bool(found)


async def add_roster_entries(entries: Sequence[RosterEntry]) -> None:
    await insert_rows(CollegeRosterTable, [CollegeRosterTable(**asdict(entry)) for entry in entries])


async def add_numbers(organisation: UUID, numbers: Sequence[tuple[str, UUID]]) -> None:
    """Keep an organisation's own numbers of people."""
    rows = [
        NumberTable(organisation=organisation, number=number, person=person) for number, person in numbers
    ]
    await insert_rows(NumberTable, rows)


# Reading ------------------------------------------------------------------------------------------


async def person_of(person: UUID) -> Person | None:
    rows = await PersonTable.select().where(PersonTable.id == person)
    return next(iter(_as(Person, rows)), None)


async def people_of(people: Sequence[UUID]) -> tuple[Person, ...]:
    if not people:
        return ()
    return _as(Person, await PersonTable.select().where(PersonTable.id.is_in(list(people))))


async def organisation_of(organisation: UUID) -> Organisation | None:
    rows = await OrganisationTable.select().where(OrganisationTable.id == organisation)
    return next(iter(_organisations(rows)), None)


async def organisations(only: Sequence[UUID] | None = None) -> tuple[Organisation, ...]:
    query = OrganisationTable.select().order_by(OrganisationTable.name)
    if only is not None:
        if not only:
            return ()
        query = query.where(OrganisationTable.id.is_in(list(only)))
    return _organisations(await query)


def _organisations(rows: Iterable[dict[str, Any]]) -> tuple[Organisation, ...]:
    return _as(Organisation, [{**row, "kind": OrganisationKind(row["kind"])} for row in rows])


async def roles_of(person: UUID) -> tuple[RoleHeld, ...]:
    rows = await RoleTable.select().where(RoleTable.person == person).order_by(RoleTable.id)
    return _as(RoleHeld, [{**row, "role": Role(row["role"])} for row in rows])


async def roles_in(organisation: UUID) -> tuple[RoleHeld, ...]:
    rows = await RoleTable.select().where(RoleTable.organisation == organisation).order_by(RoleTable.id)
    return _as(RoleHeld, [{**row, "role": Role(row["role"])} for row in rows])


async def employments_of(people: Sequence[UUID]) -> tuple[Employment, ...]:
    return _as(Employment, await EmploymentTable.select().where(EmploymentTable.person.is_in(list(people))))


async def employed_by(employer: UUID) -> tuple[Employment, ...]:
    """Return everybody ever employed by an employer."""
    return _as(Employment, await EmploymentTable.select().where(EmploymentTable.employer == employer))


async def assignments_of(people: Sequence[UUID]) -> tuple[MentorAssignment, ...]:
    if not people:
        return ()
    return _as(MentorAssignment, await MentorTable.select().where(MentorTable.apprentice.is_in(list(people))))


async def rosters_of(people: Sequence[UUID]) -> tuple[RosterEntry, ...]:
    rows = await CollegeRosterTable.select().where(CollegeRosterTable.person.is_in(list(people)))
    return _as(RosterEntry, rows)


async def consents_of(people: Sequence[UUID]) -> tuple[Consent, ...]:
    query = ConsentTable.select().where(ConsentTable.person.is_in(list(people)))
    return _as(Consent, await query.order_by(ConsentTable.given_at))


# a row of each kind of tie fills the columns that it has
TIES = """
SELECT 'person' AS tie, id AS person, NULL::uuid AS other, NULL::uuid AS place, NULL::date AS since,
    NULL::date AS until, NULL::uuid AS id, NULL AS purpose, NULL::timestamptz AS given_at,
    NULL::timestamptz AS revoked_at, NULL AS signed_as FROM person WHERE id = ANY({}::uuid[])
UNION ALL SELECT 'mentor', apprentice, mentor, organisation, since, until, NULL, NULL, NULL, NULL, NULL
    FROM mentor_assignment WHERE apprentice = ANY({}::uuid[])
UNION ALL SELECT 'employment', person, NULL, employer, since, until, NULL, NULL, NULL, NULL, NULL
    FROM employment WHERE person = ANY({}::uuid[])
UNION ALL SELECT 'roster', person, NULL, college, since, until, NULL, NULL, NULL, NULL, NULL
    FROM college_roster WHERE person = ANY({}::uuid[])
UNION ALL SELECT 'consent', person, NULL, organisation, since, until, id, purpose, given_at, revoked_at, NULL
    FROM consent WHERE person = ANY({}::uuid[])
UNION ALL SELECT 'findable', person, NULL, employer, since, until, id, shown_as, given_at, revoked_at, NULL
    FROM findable LEFT JOIN findable_end ON findable = id WHERE person = ANY({}::uuid[])
UNION ALL SELECT 'credit_share', person, NULL, employer, since, until, id, purpose, given_at, revoked_at, signed_as
    FROM credit_share LEFT JOIN credit_share_end ON credit_share = id WHERE person = ANY({}::uuid[])
ORDER BY given_at
"""
Tie = MentorAssignment | Employment | RosterEntry | Consent | Findable | CreditShare


async def ties_of(people: Sequence[UUID]) -> dict[UUID, list[Tie]]:
    """Return what ties people to others; who does not exist is left out."""
    asked = list(people)
    rows = await PersonTable.raw(TIES, *[asked] * 7) if asked else []
    found: dict[UUID, list[Tie]] = {row["person"]: [] for row in rows if row["tie"] == "person"}
    for row in rows:
        if row["tie"] != "person":
            found[row["person"]].append(_tie(row))
    return found


def _tie(row: dict[str, Any]) -> Tie:
    person, place, days = row["person"], row["place"], {"since": row["since"], "until": row["until"]}
    match row["tie"]:
        case "mentor":
            return MentorAssignment(apprentice=person, mentor=row["other"], organisation=place, **days)
        case "employment":
            return Employment(person=person, employer=place, **days)
        case "roster":
            return RosterEntry(person=person, college=place, **days)
        case "findable":
            kept = {name: row[name] for name in ("id", "given_at", "revoked_at")}
            return Findable(person=person, employer=place, shown_as=ShownAs(row["purpose"]), **days, **kept)
        case "credit_share":
            kept = {name: row[name] for name in ("id", "purpose", "signed_as", "given_at", "revoked_at")}
            return CreditShare(person=person, employer=place, **days, **kept)
    kept = {name: row[name] for name in ("id", "purpose", "given_at", "revoked_at")}
    return Consent(person=person, organisation=place, **days, **kept)


async def people_by_number(organisation: UUID, numbers: Sequence[str]) -> dict[str, UUID]:
    """Whom an organisation means by its numbers; unknown numbers are left out."""
    rows = await NumberTable.raw(
        "SELECT number, person FROM person_number WHERE organisation = {} AND number = ANY({}::text[])",
        organisation,
        list(numbers),
    )
    return {row["number"]: row["person"] for row in rows}


async def numbers_of(organisation: UUID, people: Sequence[UUID]) -> dict[UUID, str]:
    """The numbers by which an organisation knows some people; those without one are left out."""
    rows = await NumberTable.raw(
        "SELECT person, min(number) AS number FROM person_number WHERE organisation = {} "
        "AND person = ANY({}::uuid[]) GROUP BY person",
        organisation,
        list(people),
    )
    return {row["person"]: row["number"] for row in rows}


async def alone_in(organisation: UUID) -> None:
    """Be the only one who imports for an organisation until the transaction ends."""
    await OrganisationTable.raw("SELECT id FROM organisation WHERE id = {} FOR NO KEY UPDATE", organisation)


async def lock_people(people: Iterable[UUID]) -> None:
    """Hold these people's rows until the transaction ends, in one order for everybody (no deadlock).

    Others may still write rows that name them: signing in does not wait for an import.
    """
    await PersonTable.raw(
        "SELECT id FROM person WHERE id = ANY({}::uuid[]) ORDER BY id FOR NO KEY UPDATE", sorted(set(people))
    )


ON_DAY = "since <= {} AND (until IS NULL OR until > {})"
LISTED = f"""
SELECT person.id, person.name FROM person WHERE id IN (
    SELECT {{}}::uuid
    UNION SELECT apprentice FROM mentor_assignment
        WHERE mentor = {{}} AND organisation = ANY({{}}::uuid[]) AND {ON_DAY}
    UNION SELECT person FROM employment WHERE employer = ANY({{}}::uuid[]) AND {ON_DAY}
    UNION SELECT person FROM consent
        WHERE organisation = ANY({{}}::uuid[]) AND {ON_DAY} AND given_at <= {{}}
        AND (revoked_at IS NULL OR revoked_at > {{}})
    UNION SELECT person FROM college_roster WHERE college = ANY({{}}::uuid[]) AND {ON_DAY}
    UNION SELECT person FROM findable AS f LEFT JOIN findable_end ON findable = f.id
        WHERE cardinality({{}}::uuid[]) > 0 AND (employer IS NULL OR employer = ANY({{}}::uuid[])) AND {ON_DAY}
        AND given_at <= {{}} AND (revoked_at IS NULL OR revoked_at > {{}}) AND person <> {{}}::uuid
        AND NOT EXISTS (SELECT FROM employment WHERE person = f.person AND employer = ANY({{}}::uuid[]) AND {ON_DAY})
    UNION SELECT person FROM credit_share AS s LEFT JOIN credit_share_end ON credit_share = s.id
        WHERE employer = ANY({{}}::uuid[]) AND {ON_DAY} AND given_at <= {{}}
        AND (revoked_at IS NULL OR revoked_at > {{}})
) AND ({{}}::text IS NULL OR (name, id) > ({{}}::text, {{}}::uuid)) ORDER BY name, id LIMIT {{}}::bigint
"""  # noqa: S608 - put together from constants only


async def learners_in(
    scope: Scope, *, after: Listed | None = None, limit: int | None = None
) -> tuple[Listed, ...]:
    """Return the people of a scope by name, those after a place in the list only: one query in any case."""
    if scope.nobody:
        return ()
    day: date = scope.at.date()
    rows = await PersonTable.raw(
        LISTED,
        *(scope.own, scope.mentor, list(scope.mentoring), day, day),
        *(list(scope.employers), day, day),
        *(list(scope.consented_to), day, day, scope.at, scope.at),
        *(list(scope.rosters), day, day),
        *(list(scope.hiring), list(scope.hiring), day, day, scope.at, scope.at, scope.person),
        *(list(scope.places), day, day),
        *(list(scope.shared_with), day, day, scope.at, scope.at),
        *((after.name, after.name, after.id) if after else (None, None, None)),
        limit,
    )
    return _as(Listed, rows)
