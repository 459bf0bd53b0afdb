import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.alone.model import Kind, Release
from apprenticeship.alone.tables import ReleaseEndTable, ReleaseTable

TABLES: tuple[type[Table], ...] = (ReleaseTable, ReleaseEndTable)
SELECT = """
SELECT r.*, e.until, e.ended_by FROM alone_release AS r LEFT JOIN alone_end AS e ON e.release = r.id
"""


async def add(release: Release) -> Release:
    """Keep a release under an id of its own, inside a transaction."""
    rows = await ReleaseTable.raw(
        "INSERT INTO alone_release (enrolment, kind, subject, since, because, evidence_up_to, standards_sha256, "
        "released_at, released_by) VALUES ({}, {}, {}, {}, {}::jsonb, {}, {}, {}, {}) RETURNING id",
        release.enrolment,
        release.kind.value,
        release.subject,
        release.since,
        json.dumps(release.because),
        release.evidence_up_to,
        release.standards_sha256,
        release.released_at,
        release.released_by,
    )
    return replace(release, id=rows[0]["id"])


async def end(release: int, until: date, *, at: datetime, by: UUID) -> bool:
    """Take a release back from a day on; False where it was taken back before."""
    rows = await ReleaseEndTable.raw(
        "INSERT INTO alone_end (release, until, ended_at, ended_by) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (release) DO NOTHING RETURNING release",
        release,
        until,
        at,
        by,
    )
    return bool(rows)


async def of_enrolments(enrolments: Sequence[UUID]) -> tuple[Release, ...]:
    """Return every release of enrolments, the oldest first."""
    sql = SELECT + "WHERE r.enrolment = ANY({}::uuid[]) ORDER BY r.id"
    return tuple(_release(row) for row in await ReleaseTable.raw(sql, list(enrolments)))


async def every() -> tuple[tuple[UUID, str, Release], ...]:
    """Return every release with whose it is and the key of their program, the oldest first."""
    rows = await ReleaseTable.raw(
        "SELECT r.*, e.until, e.ended_by, n.person, n.program_key FROM alone_release AS r "
        "JOIN enrolment AS n ON n.id = r.enrolment LEFT JOIN alone_end AS e ON e.release = r.id ORDER BY r.id"
    )
    return tuple((row.pop("person"), row.pop("program_key"), _release(row)) for row in rows)


def _release(row: dict[str, Any]) -> Release:
    kept = {"kind": Kind(row["kind"]), "because": tuple(json.loads(row["because"]))}
    return Release(**{**row, **kept})
