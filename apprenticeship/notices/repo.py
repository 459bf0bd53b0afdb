"""Notices read off decisions and evidence, and the rows of what was read and wished."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.notices.model import Happened, Notice, Often, Wish
from apprenticeship.notices.tables import ReadTable, WishTable

TABLES: tuple[type[Table], ...] = (ReadTable, WishTable)

# what others decided about evidence that somebody handed in, or signed off unasked: one line for each day and person
JUDGED = """
SELECT CASE e.status WHEN 'verified' THEN 'signed off' ELSE 'sent back' END AS happened, max(e.recorded) AS at,
    e.person, p.name AS apprentice, coalesce(b.name, 'Somebody') AS by, count(*)::integer AS count
FROM evidence AS e JOIN person AS p ON p.id = e.person LEFT JOIN person AS b ON b.id = e.recorded_by
LEFT JOIN evidence AS before ON before.id = e.supersedes
WHERE e.person = {} AND e.recorded > {} AND e.recorded <= {} AND e.recorded_by <> e.person
    AND e.status IN ('verified', 'rejected')
    AND (before.status = 'submitted' OR (before.id IS NULL AND e.kind = 'competency'))
GROUP BY 1, e.person, p.name, b.name, (e.recorded AT TIME ZONE 'UTC')::date
"""
WAITING = """
SELECT 'waits for sign-off' AS happened, max(e.recorded) AS at, e.person, p.name AS apprentice, p.name AS by,
    count(*)::integer AS count
FROM evidence AS e JOIN person AS p ON p.id = e.person
WHERE e.person = ANY({}::uuid[]) AND e.status = 'submitted' AND e.recorded > {} AND e.recorded <= {}
    AND NOT EXISTS (SELECT FROM evidence AS later WHERE later.supersedes = e.id)
GROUP BY e.person, p.name
"""
DECIDED = """
SELECT 'raise ' || d.kind AS happened, d.decided_at AS at, n.person, p.name AS apprentice, coalesce(b.name, '') AS by,
    d.step, coalesce(d.effective_on, d.postponed_until) AS day, d.standards
FROM raise_decision AS d JOIN enrolment AS n ON n.id = d.enrolment JOIN person AS p ON p.id = n.person
LEFT JOIN person AS b ON b.id = d.decided_by
WHERE (n.person = {} OR (d.decided_by IS NULL AND n.sponsor = ANY({}::uuid[])))
    AND d.decided_at > {} AND d.decided_at <= {}
"""
PROPOSED = """
SELECT CASE o.kind WHEN 'raise' THEN 'raise reached' ELSE 'raise correction' END AS happened, o.known_at AS at,
    n.person, p.name AS apprentice, '' AS by, o.step, coalesce(o.holds_since, o.lost_on) AS day, o.standards
FROM raise_proposal AS o JOIN enrolment AS n ON n.id = o.enrolment JOIN person AS p ON p.id = n.person
WHERE (n.person = {} OR n.sponsor = ANY({}::uuid[])) AND o.known_at > {} AND o.known_at <= {}
"""
# what is said is told to the other side
SAID = """
SELECT 'raise ' || s.kind AS happened, s.said_at AS at, n.person, p.name AS apprentice, b.name AS by,
    coalesce(o.step, d.step) AS step, coalesce(o.standards, d.standards) AS standards
FROM raise_statement AS s JOIN enrolment AS n ON n.id = s.enrolment JOIN person AS p ON p.id = n.person
JOIN person AS b ON b.id = s.said_by LEFT JOIN raise_proposal AS o ON o.id = s.proposal
LEFT JOIN raise_decision AS d ON d.id = s.decision
WHERE ((n.person = {} AND s.kind <> 'appeal') OR (s.kind = 'appeal' AND n.sponsor = ANY({}::uuid[])))
    AND s.said_at > {} AND s.said_at <= {}
"""
ASKED = """
SELECT 'contact asked' AS happened, r.asked_at AS at, f.person, p.name AS apprentice, o.name AS by
FROM contact_request AS r JOIN findable AS f ON f.id = r.findable JOIN person AS p ON p.id = f.person
JOIN organisation AS o ON o.id = r.employer
WHERE f.person = {} AND r.asked_at > {} AND r.asked_at <= {}
"""
# who says no stays who they were: nobody in particular
ANSWERED = """
SELECT 'contact answered' AS happened, a.answered_at AS at, f.person, p.name AS apprentice, '' AS by
FROM contact_answer AS a JOIN contact_request AS r ON r.id = a.request JOIN findable AS f ON f.id = r.findable
JOIN person AS p ON p.id = f.person
WHERE a.agreed AND r.employer = ANY({}::uuid[]) AND a.answered_at > {} AND a.answered_at <= {}
"""
# who asks or decides needs no notice of it; a college is told of those whom it may still see, as the service looks
CREDIT = """
SELECT 'credit asked' AS happened, r.asked_at AS at, r.person, p.name AS apprentice, p.name AS by
FROM credit_request AS r JOIN person AS p ON p.id = r.person
WHERE r.college = ANY({}::uuid[]) AND r.asked_at > {} AND r.asked_at <= {}
UNION ALL
SELECT DISTINCT 'credit decided', d.decided_at, r.person, p.name, o.name
FROM credit_decision AS d JOIN credit_request AS r ON r.id = d.request JOIN person AS p ON p.id = r.person
JOIN organisation AS o ON o.id = r.college
WHERE r.person = {} AND d.decided_at > {} AND d.decided_at <= {}
UNION ALL
SELECT 'credit ' || s.kind, s.said_at, r.person, p.name, p.name
FROM credit_statement AS s JOIN credit_request AS r ON r.id = s.request JOIN person AS p ON p.id = r.person
WHERE r.college = ANY({}::uuid[]) AND s.said_at > {} AND s.said_at <= {}
"""
WISH = "SELECT person, often, address, asked_at, confirmed_at, told_up_to FROM notice_wish "


async def judged(person: UUID, since: datetime, until: datetime) -> tuple[Notice, ...]:
    """Return what others decided about a person's evidence after `since`, until and with `until`."""
    return tuple(_notice(row) for row in await ReadTable.raw(JUDGED, person, since, until))


async def waiting(people: Sequence[UUID], since: datetime, until: datetime) -> tuple[Notice, ...]:
    """Return what some people handed in after `since` and nobody has decided yet."""
    return tuple(_notice(row) for row in await ReadTable.raw(WAITING, list(people), since, until))


Dated = tuple[Notice, list[str]]
"""A notice about a wage step, and the versions of the standards that name it."""


async def about_raises(
    person: UUID, sponsors: Sequence[UUID], since: datetime, until: datetime
) -> tuple[Dated, ...]:
    """Return what was proposed, said and decided about raises after `since`: one's own, and of those one sponsors."""
    found = [
        row
        for sql in (PROPOSED, SAID, DECIDED)
        for row in await ReadTable.raw(sql, person, list(sponsors), since, until)
    ]
    return tuple((_notice(row), json.loads(row["standards"])) for row in found)


async def about_credit(
    person: UUID, colleges: Sequence[UUID], since: datetime, until: datetime
) -> tuple[Notice, ...]:
    """Return what was asked, said and decided about credit after `since`: one's own, and at one's colleges."""
    places, span = list(colleges), (since, until)
    rows = await ReadTable.raw(CREDIT, places, *span, person, *span, places, *span)
    return tuple(_notice(row) for row in rows)


async def about_hiring(
    person: UUID, employers: Sequence[UUID], since: datetime, until: datetime
) -> tuple[Notice, ...]:
    """Return who asked a person to get in touch after `since`, and who agreed that an employer had asked."""
    asked = await ReadTable.raw(ASKED, person, since, until)
    answered = await ReadTable.raw(ANSWERED, list(employers), since, until)
    return tuple(_notice(row) for row in (*asked, *answered))


def _notice(row: dict[str, Any]) -> Notice:
    known = {name: value for name, value in row.items() if name != "standards"}
    return Notice(**known | {"happened": Happened(row["happened"])})


async def read_up_to(person: UUID) -> datetime | None:
    """Return up to when somebody has read their notices; None for never."""
    rows = await ReadTable.raw("SELECT up_to FROM notice_read WHERE person = {}", person)
    return rows[0]["up_to"] if rows else None


async def keep_read(person: UUID, up_to: datetime) -> None:
    """Keep up to when somebody has read; an earlier moment changes nothing."""
    await ReadTable.raw(
        "INSERT INTO notice_read (person, up_to) VALUES ({}, {}) "
        "ON CONFLICT (person) DO UPDATE SET up_to = greatest(notice_read.up_to, excluded.up_to)",
        person,
        up_to,
    )


async def wish_of(person: UUID) -> Wish | None:
    """Return the letters that somebody wants; None for none."""
    rows = await WishTable.raw(WISH + "WHERE person = {}", person)
    return _wish(rows[0]) if rows else None


async def wishes_confirmed() -> tuple[Wish, ...]:
    """Return every wish whose address is confirmed."""
    return tuple(_wish(row) for row in await WishTable.raw(WISH + "WHERE confirmed_at IS NOT NULL"))


async def wish_asking(person: UUID, token_sha256: bytes) -> Wish | None:
    """Return somebody's wish if its question carried this token."""
    rows = await WishTable.raw(WISH + "WHERE person = {} AND token_sha256 = {}", person, token_sha256)
    return _wish(rows[0]) if rows else None


def _wish(row: dict[str, Any]) -> Wish:
    return Wish(**row | {"often": Often(row["often"])})


async def keep_wish(wish: Wish) -> None:
    """Keep a wish in place of an earlier one; its question has not been asked yet."""
    await WishTable.raw(
        "INSERT INTO notice_wish (person, often, address, asked_at, confirmed_at, told_up_to) "
        "VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (person) DO UPDATE SET often = excluded.often, "
        "address = excluded.address, asked_at = excluded.asked_at, token_sha256 = NULL, "
        "confirmed_at = excluded.confirmed_at, told_up_to = excluded.told_up_to",
        wish.person,
        wish.often,
        wish.address,
        wish.asked_at,
        wish.confirmed_at,
        wish.told_up_to,
    )


async def keep_token(person: UUID, token_sha256: bytes) -> None:
    """Keep which question was sent last."""
    await WishTable.raw("UPDATE notice_wish SET token_sha256 = {} WHERE person = {}", token_sha256, person)


async def keep_told(person: UUID, up_to: datetime) -> None:
    """Keep up to when a letter has told."""
    await WishTable.raw("UPDATE notice_wish SET told_up_to = {} WHERE person = {}", up_to, person)


async def drop_wish(person: UUID) -> None:
    """Forget an address."""
    await WishTable.raw("DELETE FROM notice_wish WHERE person = {}", person)
