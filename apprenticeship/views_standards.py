"""Published standards as everybody may read them: the list, and one framework with its findings."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apprenticeship.standing.worlds import catalog_world
from graph.world import World
from standards.linting import Finding, lint
from standards.reading import read_text
from standards.storage import repo
from standards.storage.model import Kind, Published

KINDS: tuple[Kind, ...] = ("framework", "program", "agreement")

# findings belong to versions, and versions never change
_findings: dict[frozenset[UUID], tuple[Finding, ...]] = {}


@dataclass(frozen=True, kw_only=True)
class FrameworkView:
    """The newest version of one framework, in the world of all of them."""

    standard: Published
    world: World
    findings: tuple[Finding, ...]
    issuer: str
    source: str
    note: str


async def published() -> dict[Kind, tuple[Published, ...]]:
    """Return the newest version of everything, by kind."""
    return {kind: await repo.newest(kind) for kind in KINDS}


async def framework_view(key: str) -> FrameworkView | None:
    """Return one framework; None where there is none of this key."""
    frameworks = await repo.newest("framework")
    standard = next((one for one in frameworks if one.key == key), None)
    if standard is None:
        return None
    head = _head(standard)
    return FrameworkView(
        standard=standard,
        world=await catalog_world(),
        findings=await _findings_of(frameworks, key),
        issuer=str(head.get("issuer") or ""),
        source=str(head.get("source") or ""),
        note=str(head.get("note") or ""),
    )


def _head(standard: Published) -> dict[str, Any]:
    (document,) = read_text(f"{standard.key}.json", standard.canonical)
    head = document.raw.get("framework", {})
    return head if isinstance(head, dict) else {}


async def _findings_of(frameworks: Sequence[Published], key: str) -> tuple[Finding, ...]:
    ids = frozenset(one.id for one in frameworks)
    if ids not in _findings:
        _findings[ids] = await asyncio.to_thread(_lint, frameworks)
    return tuple(one for one in _findings[ids] if one.where.startswith(f"{key}.json:"))


def _lint(frameworks: Sequence[Published]) -> tuple[Finding, ...]:
    documents = [found for one in frameworks for found in read_text(f"{one.key}.json", one.canonical)]
    return tuple(lint(documents))
