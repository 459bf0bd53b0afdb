"""Rows of looks."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.cohort.looks.model import Look, LookState, Texts
from apprenticeship.cohort.looks.seeing import Seen, as_data, from_data
from apprenticeship.cohort.looks.tables import LookRangeTable, LookTable

TABLES: tuple[type[Table], ...] = (LookTable, LookRangeTable)

LOOK = (
    "id, program_key, as_of, candidate IS NOT NULL AS compared, asked_by, state, ranges_total, ranges_done, people, "
    "created_at, finished_at"
)


async def add(look: Look, candidate: Texts | None) -> None:
    """Keep a new look, and the documents that people are looked at by."""
    await LookTable.raw(
        "INSERT INTO cohort_look (id, program_key, as_of, candidate, asked_by, state, created_at) "
        "VALUES ({}, {}, {}, {}::jsonb, {}, {}, {})",
        look.id,
        look.program_key,
        look.as_of,
        None if candidate is None else json.dumps(dict(candidate)),
        look.asked_by,
        look.state.value,
        look.created_at,
    )


async def look_of(look: UUID) -> Look | None:
    """Return a look."""
    return _first(await LookTable.raw(f"SELECT {LOOK} FROM cohort_look WHERE id = {{}}", look))  # noqa: S608 - constants


async def hold(look: UUID) -> Look | None:
    """Return a look, held until the transaction ends."""
    rows = await LookTable.raw(f"SELECT {LOOK} FROM cohort_look WHERE id = {{}} FOR UPDATE", look)  # noqa: S608 - constants
    return _first(rows)


async def candidate_of(look: UUID) -> Texts | None:
    """Return the documents that people are looked at by; None where there are none."""
    rows = await LookTable.raw("SELECT candidate FROM cohort_look WHERE id = {}", look)
    return json.loads(rows[0]["candidate"]) if rows and rows[0]["candidate"] is not None else None


async def looks_by(person: UUID, limit: int) -> tuple[Look, ...]:
    """Return the latest looks that somebody asked for."""
    sql = f"SELECT {LOOK} FROM cohort_look WHERE asked_by = {{}} ORDER BY created_at DESC LIMIT {{}}"  # noqa: S608 - constants
    return _looks(await LookTable.raw(sql, person, limit))


async def running_by(person: UUID) -> bool:
    """Tell whether a look that somebody asked for is going on."""
    rows = await LookTable.raw(
        "SELECT EXISTS (SELECT FROM cohort_look WHERE asked_by = {} AND state = 'running') AS going", person
    )
    return bool(rows[0]["going"])


async def seen_of(look: UUID) -> Seen | None:
    """Return what a look came to; None before it is done."""
    rows = await LookTable.raw("SELECT seen FROM cohort_look WHERE id = {}", look)
    return None if not rows or rows[0]["seen"] is None else from_data(json.loads(rows[0]["seen"]))


async def set_split(look: UUID, ranges_total: int) -> None:
    await LookTable.update({LookTable.ranges_total: ranges_total}).where(LookTable.id == look)


async def add_range(look: UUID, number: int, seen: Seen) -> None:
    """Keep what a range comes to, and move its look on; the look is held until the transaction ends."""
    await LookRangeTable.raw(
        "INSERT INTO cohort_look_range (look, number, seen) VALUES ({}, {}, {}::jsonb)",
        look,
        number,
        json.dumps(as_data(seen)),
    )
    await LookTable.raw(
        "UPDATE cohort_look SET ranges_done = ranges_done + 1, people = people + {} WHERE id = {}",
        seen.people,
        look,
    )


async def ranges_of(look: UUID) -> list[Seen]:
    """Return what the ranges of a look came to, in order."""
    rows = await LookRangeTable.raw(
        "SELECT seen FROM cohort_look_range WHERE look = {} ORDER BY number", look
    )
    return [from_data(json.loads(row["seen"])) for row in rows]


async def end(look: UUID, seen: Seen | None, now: datetime) -> None:
    """Say that a look is over, with what it came to; None when it failed."""
    await LookTable.raw(
        "UPDATE cohort_look SET state = {}, seen = {}::jsonb, finished_at = {} WHERE id = {}",
        (LookState.FAILED if seen is None else LookState.DONE).value,
        None if seen is None else json.dumps(as_data(seen)),
        now,
        look,
    )
    await LookRangeTable.raw("DELETE FROM cohort_look_range WHERE look = {}", look)


async def forget_before(moment: datetime) -> None:
    """Delete the looks of long ago."""
    await LookTable.raw("DELETE FROM cohort_look WHERE created_at < {} AND state <> 'running'", moment)


def _first(rows: Iterable[dict[str, Any]]) -> Look | None:
    return next(iter(_looks(rows)), None)


def _looks(rows: Iterable[dict[str, Any]]) -> tuple[Look, ...]:
    return tuple(Look(**{**row, "state": LookState(row["state"])}) for row in rows)
