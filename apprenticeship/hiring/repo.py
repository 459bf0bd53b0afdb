"""Rows of hiring: requests to get in touch with their answers, and leave to be found with its end."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.hiring.model import ContactRequest
from apprenticeship.hiring.tables import ContactAnswerTable, ContactRequestTable, ContactWordsTable
from apprenticeship.people.model import Findable, ShownAs
from apprenticeship.people.tables import FindableTable
from standards.storage.database import insert_rows

TABLES: tuple[type[Table], ...] = (ContactRequestTable, ContactAnswerTable, ContactWordsTable)

LEAVES = """
SELECT id, person, employer, shown_as, since, until, given_at, revoked_at
FROM findable LEFT JOIN findable_end ON findable = id
"""
REQUESTS = """
SELECT r.id, r.findable, f.person, p.name AS person_name, f.shown_as, r.employer, o.name AS employer_name,
    r.asked_at, w.message, a.agreed, a.answered_at, CASE WHEN a.agreed THEN w.contact END AS contact
FROM contact_request AS r
JOIN findable AS f ON f.id = r.findable
JOIN person AS p ON p.id = f.person
JOIN organisation AS o ON o.id = r.employer
JOIN contact_words AS w ON w.request = r.id
LEFT JOIN contact_answer AS a ON a.request = r.id
"""


async def leaves_of(person: UUID) -> tuple[Findable, ...]:
    """Return somebody's leave to be found, also what is over, the oldest first."""
    return _leaves(await FindableTable.raw(LEAVES + "WHERE person = {} ORDER BY given_at, id", person))


async def leave_of(findable: UUID) -> Findable | None:
    """Return one leave to be found."""
    return next(iter(_leaves(await FindableTable.raw(LEAVES + "WHERE id = {}", findable))), None)


def _leaves(rows: Iterable[dict[str, Any]]) -> tuple[Findable, ...]:
    return tuple(Findable(**{**row, "shown_as": ShownAs(row["shown_as"])}) for row in rows)


async def add_request(
    number: UUID, *, findable: UUID, employer: UUID, by: UUID, at: datetime, message: str
) -> None:
    """Keep a request.

    Raises:
        asyncpg.UniqueViolationError: this employer asked under this leave before.
    """
    request = ContactRequestTable(id=number, findable=findable, employer=employer, asked_by=by, asked_at=at)
    await insert_rows(ContactRequestTable, [request])
    await insert_rows(ContactWordsTable, [ContactWordsTable(request=number, message=message)])


async def add_answer(request: UUID, *, agreed: bool, contact: str | None, at: datetime) -> None:
    """Keep an answer, and how to reach the person where there is something.

    Raises:
        asyncpg.UniqueViolationError: it was answered before.
    """
    await insert_rows(
        ContactAnswerTable, [ContactAnswerTable(request=request, agreed=agreed, answered_at=at)]
    )
    if contact is not None:
        await ContactWordsTable.update({ContactWordsTable.contact: contact}).where(
            ContactWordsTable.request == request
        )


async def requests_to(person: UUID) -> tuple[ContactRequest, ...]:
    """Return what somebody was asked, the latest first."""
    return _requests(
        await ContactRequestTable.raw(REQUESTS + "WHERE f.person = {} ORDER BY r.asked_at DESC, r.id", person)
    )


async def requests_by(employers: Sequence[UUID]) -> tuple[ContactRequest, ...]:
    """Return what some employers asked, the latest first."""
    return _requests(
        await ContactRequestTable.raw(
            REQUESTS + "WHERE r.employer = ANY({}::uuid[]) ORDER BY r.asked_at DESC, r.id", list(employers)
        )
    )


async def request_of(request: UUID) -> ContactRequest | None:
    """Return one request."""
    found = _requests(await ContactRequestTable.raw(REQUESTS + "WHERE r.id = {}", request))
    return next(iter(found), None)


def _requests(rows: Iterable[dict[str, Any]]) -> tuple[ContactRequest, ...]:
    return tuple(ContactRequest(**{**row, "shown_as": ShownAs(row["shown_as"])}) for row in rows)
