"""Rows of house rules and of what was said about late logs; they leave as frozen dataclasses."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.house_rules.excuses import ExcuseWord, Said
from apprenticeship.house_rules.model import RulesVersion
from apprenticeship.house_rules.plain import as_plain, from_plain
from apprenticeship.house_rules.tables import ExcuseReasonTable, HouseRulesTable, LateLogExcuseTable

TABLES: tuple[type[Table], ...] = (HouseRulesTable, LateLogExcuseTable, ExcuseReasonTable)


async def add(version: RulesVersion) -> int:
    """Keep a version and return the id that it was given; the one it carries is not used."""
    (row,) = await HouseRulesTable.insert(
        HouseRulesTable(
            organisation=version.organisation,
            rules=json.dumps(as_plain(version.rules)),
            since=version.since,
            entered_at=version.entered_at,
            entered_by=version.entered_by,
        )
    )
    return int(row["id"])


async def versions_of(organisations: Sequence[UUID]) -> dict[UUID, tuple[RulesVersion, ...]]:
    """Return every version of some organisations in the order of entering; one without any has none."""
    found: dict[UUID, list[RulesVersion]] = {one: [] for one in organisations}
    if found:
        rows = await HouseRulesTable.raw(
            "SELECT * FROM house_rules WHERE organisation = ANY({}::uuid[]) ORDER BY id", list(found)
        )
        for row in rows:
            found[row["organisation"]].append(_version(row))
    return {one: tuple(versions) for one, versions in found.items()}


def _version(row: dict[str, Any]) -> RulesVersion:
    return RulesVersion(
        id=row["id"],
        organisation=row["organisation"],
        rules=from_plain(json.loads(row["rules"])),
        since=row["since"],
        entered_at=row["entered_at"],
        entered_by=row["entered_by"],
    )


async def alone_with(organisation: UUID) -> None:
    """Be the only one who enters rules of an organisation until the transaction ends."""
    await HouseRulesTable.raw("SELECT id FROM organisation WHERE id = {} FOR NO KEY UPDATE", organisation)


async def add_word(word: ExcuseWord) -> int:
    """Keep what was said about a late log and return the id that it was given; inside a transaction."""
    (row,) = await LateLogExcuseTable.insert(
        LateLogExcuseTable(
            enrolment=word.enrolment,
            month=word.month,
            kind=word.kind.value,
            said_at=word.said_at,
            said_by=word.said_by,
        )
    )
    if word.reason:
        await ExcuseReasonTable.insert(ExcuseReasonTable(excuse=row["id"], text=word.reason))
    return int(row["id"])


async def words_of(enrolments: Sequence[UUID]) -> tuple[ExcuseWord, ...]:
    """Return what was said about late logs, in the order of saying."""
    if not enrolments:
        return ()
    rows = await LateLogExcuseTable.raw(
        "SELECT e.*, r.text AS reason FROM late_log_excuse AS e "
        "LEFT JOIN late_log_excuse_reason AS r ON r.excuse = e.id "
        "WHERE e.enrolment = ANY({}::uuid[]) ORDER BY e.id",
        list(enrolments),
    )
    return tuple(ExcuseWord(**{**row, "kind": Said(row["kind"])}) for row in rows)


async def programs_of(organisation: UUID) -> tuple[str, ...]:
    """Return the keys of the programs in which an organisation has enrolled people, by key."""
    rows = await HouseRulesTable.raw(
        "SELECT DISTINCT program_key FROM enrolment WHERE sponsor = {} ORDER BY program_key", organisation
    )
    return tuple(row["program_key"] for row in rows)
