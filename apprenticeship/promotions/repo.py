"""Rows of target roles: the latest of each name counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.promotions.model import TargetRole
from apprenticeship.promotions.tables import TargetRoleTable

TABLES: tuple[type[Table], ...] = (TargetRoleTable,)

CURRENT = """
SELECT * FROM (
    SELECT DISTINCT ON (organisation, name) id, organisation, name, rule, saved_at, saved_by
    FROM target_role WHERE organisation = ANY({}::uuid[]) ORDER BY organisation, name, id DESC
) AS latest WHERE rule IS NOT NULL ORDER BY name, id
"""


async def add(organisation: UUID, name: str, rule: str | None, *, by: UUID, at: datetime) -> int:
    """Keep a role, or that its name is given up; return the number of the row."""
    rows = await TargetRoleTable.raw(
        "INSERT INTO target_role (organisation, name, rule, saved_at, saved_by) VALUES ({}, {}, {}, {}, {}) "
        "RETURNING id",
        *(organisation, name, rule, at, by),
    )
    number: int = rows[0]["id"]
    return number


async def current(organisations: Sequence[UUID]) -> tuple[TargetRole, ...]:
    """Return the roles of some organisations, by name."""
    rows: list[dict[str, Any]] = await TargetRoleTable.raw(CURRENT, list(organisations))
    return tuple(TargetRole(**row) for row in rows)
