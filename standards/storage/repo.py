"""Rows of published standards; they leave as frozen dataclasses."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from piccolo.table import Table

from standards.storage.model import Kind, Published
from standards.storage.tables import PublishedStandard

TABLES: tuple[type[Table], ...] = (PublishedStandard,)

NAMES = tuple(field.name for field in fields(Published))
COLUMNS = [PublishedStandard._meta.get_column_by_name(name) for name in NAMES]  # noqa: SLF001 - no other way
EVERY = "SELECT id FROM published_standard WHERE kind = {} ORDER BY key, published_at DESC, version DESC"
NEWEST = """
SELECT DISTINCT ON (key) id FROM published_standard
WHERE kind = {} AND ({}::text[] IS NULL OR key = ANY({}::text[]))
ORDER BY key, published_at DESC, version DESC
"""
MOST_READ = 500

# versions read before, the one asked for longest ago first: their texts are long
_read: OrderedDict[UUID, Published] = OrderedDict()


async def add(standard: Published) -> bool:
    """Keep a published version; False when this kind, key and version is there already."""
    row = PublishedStandard(**asdict(standard), content=standard.canonical)
    kept = (
        await PublishedStandard.insert(row)
        .on_conflict(
            target=(PublishedStandard.kind, PublishedStandard.key, PublishedStandard.version),
            action="DO NOTHING",
        )
        .returning(PublishedStandard.id)
    )
    return bool(kept)


async def find(kind: Kind, key: str, version: str) -> Published | None:
    """Return one version, or None."""
    query = (
        PublishedStandard.select(*COLUMNS)
        .where(PublishedStandard.kind == kind)
        .where(PublishedStandard.key == key)
        .where(PublishedStandard.version == version)
    )
    return next(iter(_published(await query)), None)


async def versions(kind: Kind, key: str) -> tuple[Published, ...]:
    """Return every version of one standard, the one published last first."""
    query = PublishedStandard.select(*COLUMNS).where(PublishedStandard.kind == kind)
    newest_first = query.order_by(PublishedStandard.published_at, PublishedStandard.version, ascending=False)
    return _published(await newest_first.where(PublishedStandard.key == key))


async def by_ids(ids: Sequence[UUID]) -> tuple[Published, ...]:
    """Return the versions with these ids, in the order of kind and key."""
    found = {one: _read[one] for one in ids if one in _read}
    missing = [one for one in ids if one not in found]
    if missing:
        query = PublishedStandard.select(*COLUMNS).where(PublishedStandard.id.is_in(missing))
        found |= {one.id: one for one in _published(await query)}
    _remember(found)
    return tuple(sorted(found.values(), key=lambda one: (one.kind, one.key)))


async def newest(kind: Kind, keys: Sequence[str] | None = None) -> tuple[Published, ...]:
    """Return the version published last of every key, or of the keys given, in the order of keys."""
    only = None if keys is None else list(keys)
    rows = await PublishedStandard.raw(NEWEST, kind, only, only)
    return await by_ids([row["id"] for row in rows])


async def every(kind: Kind) -> tuple[Published, ...]:
    """Return every version of everything of a kind: by key, the one published last first."""
    rows = await PublishedStandard.raw(EVERY, kind)
    known = {one.id: one for one in await by_ids([row["id"] for row in rows])}
    return tuple(known[row["id"]] for row in rows)


def _remember(found: Mapping[UUID, Published]) -> None:
    """Keep versions as read: the database refuses to change one, and its id never comes to mean another."""
    for number, one in found.items():
        _read[number] = one
        _read.move_to_end(number)
    while len(_read) > MOST_READ:
        _read.popitem(last=False)


def _published(rows: Iterable[dict[str, Any]]) -> tuple[Published, ...]:
    return tuple(Published(**row) for row in rows)
