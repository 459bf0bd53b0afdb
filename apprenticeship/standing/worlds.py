"""Compiled standards: one world for each set of published versions, kept because versions never change."""

from collections.abc import Sequence
from uuid import UUID

from apprenticeship.enrolments import repo as enrolments
from graph.world import World
from standards.canonical import digest
from standards.compiling import compile_world
from standards.reading import read_text
from standards.storage import repo as standards
from standards.storage.model import Published

# keyed by identifiers that never come to mean anything else, so nothing here grows stale
_by_ids: dict[frozenset[UUID], tuple[World, str]] = {}


async def world_of(ids: Sequence[UUID]) -> World:
    """Return the world of some published versions.

    Raises:
        LookupError: one of them was never published.
    """
    return (await _compiled(ids))[0]


async def sha256_of(ids: Sequence[UUID]) -> str:
    """Return one hash that stands for a set of published versions: what a decision keeps."""
    return (await _compiled(ids))[1]


async def worlds_of(person: UUID) -> tuple[World, ...]:
    """Return the worlds of somebody's enrolments, the newest first."""
    found = await enrolments.of_people([person])
    return tuple([await world_of(one.standards) for one in reversed(found)])


async def catalog_world() -> World:
    """Return the world of the newest version of every published framework."""
    return await world_of([one.id for one in await standards.newest("framework")])


async def _compiled(ids: Sequence[UUID]) -> tuple[World, str]:
    key = frozenset(ids)
    if key not in _by_ids:
        found = await standards.by_ids(sorted(key))
        if len(found) != len(key):
            raise LookupError("A published standard is missing.")
        _by_ids[key] = (_world(found), digest(sorted(one.sha256 for one in found)))
    return _by_ids[key]


def _world(published: Sequence[Published]) -> World:
    return compile_world(
        [document for one in published for document in read_text(f"{one.key}.json", one.canonical)]
    )
