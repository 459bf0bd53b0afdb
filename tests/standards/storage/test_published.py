"""Published versions: found again as they were, and never changed."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from standards.canonical import canonical_json, digest
from standards.catalog import load_catalog
from standards.storage import repo
from standards.storage.database import Database, opened
from standards.storage.model import Published

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    async with opened(migrated_url, repo.TABLES) as database:
        yield database


def standard(version: str = "2026.1", content: object = "as it was", **changes: Any) -> Published:
    raw = {"framework": {"id": "shop", "note": content}}
    made = Published(
        id=uuid4(),
        kind="framework",
        key="shop",
        version=version,
        title="Shop floor",
        canonical=canonical_json(raw).decode(),
        sha256=digest(raw),
        effective_from=date(2026, 1, 1),
        effective_until=None,
        published_at=NOW,
    )
    return replace(made, **changes)


async def run(database: Database, sql: str) -> None:
    async with database.transaction() as transaction:
        await transaction.connection.execute(sql)


@pytest.mark.usefixtures("database")
async def test_a_version_is_found_as_it_was_published() -> None:
    published = standard(content="Grüße, 深圳, 0.1 and 1e-7")
    assert await repo.add(published)
    assert await repo.find("framework", "shop", "2026.1") == published
    assert await repo.by_ids([published.id]) == (published,)
    assert await repo.by_ids([]) == ()
    assert await repo.find("program", "shop", "2026.1") is None


@pytest.mark.usefixtures("database")
async def test_a_version_is_kept_once() -> None:
    first = standard()
    assert await repo.add(first)
    assert not await repo.add(standard(content="changed"))
    assert await repo.find("framework", "shop", "2026.1") == first


@pytest.mark.usefixtures("database")
async def test_the_newest_is_what_was_published_last() -> None:
    old, new = standard("10"), standard("9", published_at=NOW + timedelta(days=1))
    other = standard("1", key="other")
    for one in (new, old, other):
        await repo.add(one)
    assert await repo.newest("framework") == (other, new)
    assert await repo.newest("framework", ["shop"]) == (new,)
    assert await repo.newest("framework", []) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE published_standard SET title = 'another'",
        "UPDATE published_standard SET effective_until = '2027-01-01'",
        "DELETE FROM published_standard",
        "TRUNCATE published_standard CASCADE",
    ],
)
async def test_nobody_changes_a_version(database: Database, sql: str) -> None:
    published = standard()
    await repo.add(published)
    with pytest.raises(asyncpg.RestrictViolationError, match="never changed"):
        await run(database, sql)
    assert await repo.by_ids([published.id]) == (published,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "0" * 64},
        {"canonical": '{"framework": {"id": "shop"}}'},
        {"kind": "record"},
        {"key": "Not an id"},
        {"version": ""},
        {"effective_until": date(2025, 1, 1)},
    ],
    ids=str,
)
@pytest.mark.usefixtures("database")
async def test_the_database_refuses_what_does_not_hold_together(wrong: dict[str, Any]) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await repo.add(standard(**wrong))


def test_the_same_document_has_the_same_bytes_however_it_was_written() -> None:
    for document in load_catalog():
        canonical = canonical_json(document.raw)
        again = json.loads(canonical)
        assert canonical_json(dict(reversed(list(again.items())))) == canonical
        assert digest(document.raw) == hashlib.sha256(canonical).hexdigest()
