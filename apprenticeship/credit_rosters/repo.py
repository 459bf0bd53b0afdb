"""Rows of roster checks."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.credit_rosters.model import (
    AgreementLine,
    CheckState,
    LearnerRow,
    Limit,
    RosterCheck,
    Unfound,
)
from apprenticeship.credit_rosters.tables import RosterCheckRowTable, RosterCheckTable

TABLES: tuple[type[Table], ...] = (RosterCheckTable, RosterCheckRowTable)

CHECK = "id, asked_by, college, as_of, agreements, unfound, people, done, state, created_at, finished_at"


async def add(check: RosterCheck, people: Sequence[UUID]) -> None:
    """Keep a new check with its learners, in order."""
    await RosterCheckTable.raw(
        "INSERT INTO roster_check (id, asked_by, college, as_of, agreements, unfound, people, state, created_at) "
        "VALUES ({}, {}, {}, {}, {}::jsonb, {}::jsonb, {}, {}, {})",
        check.id,
        check.asked_by,
        check.college,
        check.as_of,
        json.dumps([str(one) for one in check.agreements]),
        json.dumps([asdict(one) for one in check.unfound]),
        check.people,
        check.state.value,
        check.created_at,
    )
    await RosterCheckRowTable.raw(
        "INSERT INTO roster_check_row (roster_check, place, person) "
        "SELECT {}::uuid, place - 1, person FROM unnest({}::uuid[]) WITH ORDINALITY AS p (person, place)",
        check.id,
        list(people),
    )


async def check_of(check: UUID) -> RosterCheck | None:
    """Return a check."""
    return _first(await RosterCheckTable.raw(f"SELECT {CHECK} FROM roster_check WHERE id = {{}}", check))  # noqa: S608 - constants


async def hold(check: UUID) -> RosterCheck | None:
    """Return a check, held until the transaction ends."""
    rows = await RosterCheckTable.raw(f"SELECT {CHECK} FROM roster_check WHERE id = {{}} FOR UPDATE", check)  # noqa: S608 - constants
    return _first(rows)


async def checks_by(person: UUID, limit: int) -> tuple[RosterCheck, ...]:
    """Return the latest checks that somebody asked for, the newest first."""
    sql = f"SELECT {CHECK} FROM roster_check WHERE asked_by = {{}} ORDER BY created_at DESC LIMIT {{}}"  # noqa: S608 - constants
    return tuple(_check(row) for row in await RosterCheckTable.raw(sql, person, limit))


async def running_by(person: UUID) -> bool:
    """Tell whether a check that somebody asked for is being worked out."""
    rows = await RosterCheckTable.raw(
        "SELECT EXISTS (SELECT FROM roster_check WHERE asked_by = {} AND state = 'running') AS going", person
    )
    return bool(rows[0]["going"])


async def people_between(check: UUID, first: int, until: int) -> tuple[UUID, ...]:
    """Return the learners of some places of a check that were not worked out yet, in order."""
    rows = await RosterCheckRowTable.raw(
        "SELECT person FROM roster_check_row WHERE roster_check = {} AND place >= {} AND place < {} "
        "AND content IS NULL ORDER BY place",
        check,
        first,
        until,
    )
    return tuple(row["person"] for row in rows)


async def keep(check: UUID, rows: Sequence[LearnerRow]) -> None:
    """Keep what some learners come to, and move their check on; the check is held until the transaction ends."""
    await RosterCheckRowTable.raw(
        "UPDATE roster_check_row AS r SET content = n.content::jsonb "
        "FROM unnest({}::uuid[], {}::text[]) AS n (person, content) "
        "WHERE r.roster_check = {} AND r.person = n.person",
        [row.person for row in rows],
        [json.dumps(asdict(row), default=str) for row in rows],
        check,
    )
    await RosterCheckTable.raw("UPDATE roster_check SET done = done + {} WHERE id = {}", len(rows), check)


async def open_in(check: UUID) -> int:
    """Count the rows of a check in which something is open."""
    rows = await RosterCheckRowTable.raw(
        "SELECT count(*) AS found FROM roster_check_row WHERE roster_check = {} "
        "AND content -> 'questions' <> '[]'",
        check,
    )
    return int(rows[0]["found"])


async def rows_of(
    check: UUID, *, first: int = 0, limit: int | None = None, only_open: bool = False
) -> tuple[LearnerRow, ...]:
    """Return the rows of a check from a place on, in order; those that are not worked out are left out."""
    rows = await RosterCheckRowTable.raw(
        "SELECT content FROM roster_check_row WHERE roster_check = {} AND place >= {} AND content IS NOT NULL "
        "AND (NOT {} OR content -> 'questions' <> '[]') ORDER BY place LIMIT {}::bigint",
        check,
        first,
        only_open,
        limit,
    )
    return tuple(_row(json.loads(row["content"])) for row in rows)


async def end(check: UUID, state: CheckState, now: datetime) -> None:
    """Say that a check is over."""
    await RosterCheckTable.raw(
        "UPDATE roster_check SET state = {}, finished_at = {} WHERE id = {}", state.value, now, check
    )


async def forget_before(moment: datetime) -> None:
    """Delete the checks of long ago with their rows."""
    old = "created_at < {} AND state <> 'running'"
    await RosterCheckRowTable.raw(
        f"DELETE FROM roster_check_row WHERE roster_check IN (SELECT id FROM roster_check WHERE {old})",  # noqa: S608 - a constant
        moment,
    )
    await RosterCheckTable.raw(f"DELETE FROM roster_check WHERE {old}", moment)  # noqa: S608 - a constant


def _first(rows: Iterable[Mapping[str, Any]]) -> RosterCheck | None:
    return next((_check(row) for row in rows), None)


def _check(row: Mapping[str, Any]) -> RosterCheck:
    return RosterCheck(
        **{
            **row,
            "agreements": tuple(UUID(one) for one in json.loads(row["agreements"])),
            "unfound": tuple(Unfound(**one) for one in json.loads(row["unfound"])),
            "state": CheckState(row["state"]),
        }
    )


def _row(content: Mapping[str, Any]) -> LearnerRow:
    return LearnerRow(
        person=UUID(content["person"]),
        name=content["name"],
        number=content["number"],
        lines=tuple(
            AgreementLine(
                **{
                    **line,
                    "courses": tuple(line["courses"]),
                    "limits": tuple(Limit(**limit) for limit in line["limits"]),
                }
            )
            for line in content["lines"]
        ),
        questions=tuple(content["questions"]),
    )
