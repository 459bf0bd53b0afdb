"""Published standards as everybody may read them: the list, and each with its findings and its rules."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from graph.requirement import Requirement
from graph.world import World
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument, Model
from standards.linting import Finding, lint
from standards.reading import Document, read_text
from standards.storage import repo
from standards.storage.model import Kind, Published

KINDS: tuple[Kind, ...] = ("framework", "program", "agreement", "degree")


@dataclass(frozen=True)
class _Shelf:
    """Everything published, read together."""

    world: World
    documents: Mapping[UUID, Document]
    findings: tuple[Finding, ...]


# keyed by versions, and versions never change; only the newest shelf is asked for
_shelves: dict[frozenset[UUID], _Shelf] = {}


@dataclass(frozen=True, kw_only=True)
class StandardView:
    """The newest version of one standard, in the world of all of them.

    Attributes:
        model: the document.
        versions: every version published so far, the newest first.
        findings: what the lint says of it.
        awards: of an agreement, the rule of every award by its id.
    """

    standard: Published
    versions: tuple[Published, ...]
    model: Model
    world: World
    findings: tuple[Finding, ...]
    awards: Mapping[str, Requirement]


async def published() -> dict[Kind, tuple[Published, ...]]:
    """Return the newest version of everything, by kind."""
    return {kind: await repo.newest(kind) for kind in KINDS}


async def version_of(kind: Kind, key: str, version: str | None = None) -> Published | None:
    """Return one published version, or the newest; None where there is none."""
    if version is not None:
        return await repo.find(kind, key, version)
    return next(iter(await repo.newest(kind, [key])), None)


async def standard_view(kind: Kind, key: str) -> StandardView | None:
    """Return one standard in its newest version; None where there is none of this key."""
    newest = await published()
    standard = next((one for one in newest[kind] if one.key == key), None)
    if standard is None:
        return None
    shelf = await _shelf([one for found in newest.values() for one in found])
    document = shelf.documents[standard.id]
    return StandardView(
        standard=standard,
        versions=await repo.versions(kind, key),
        model=document.model,
        world=shelf.world,
        findings=tuple(one for one in shelf.findings if one.where.startswith(f"{_name(standard)}:")),
        awards=_awards(document, shelf),
    )


def _awards(document: Document, shelf: _Shelf) -> Mapping[str, Requirement]:
    if not isinstance(document.model, AgreementDocument):
        return {}
    return compile_awards(document, [one for one in shelf.documents.values() if one.kind != "agreement"])


async def _shelf(everything: Sequence[Published]) -> _Shelf:
    key = frozenset(one.id for one in everything)
    if key not in _shelves:
        shelf = await asyncio.to_thread(_read, everything)
        _shelves.clear()
        _shelves[key] = shelf
    return _shelves[key]


def _read(everything: Sequence[Published]) -> _Shelf:
    documents = {one.id: read_text(_name(one), one.canonical)[0] for one in everything}
    together = list(documents.values())
    return _Shelf(compile_world(together), documents, tuple(lint(together)))


def _name(standard: Published) -> str:
    return f"{standard.kind}/{standard.key}.json"
