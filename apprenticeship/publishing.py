"""Publishing standards: from a document that was read to a version that never changes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from apprenticeship.audit.services import record
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import Invalid, permit
from apprenticeship.store import transaction
from standards.canonical import canonical_json, digest
from standards.catalog import load_catalog
from standards.documents import AgreementDocument, DegreeDocument, FrameworkDocument, ProgramDocument
from standards.documents.agreement import AgreementHeader
from standards.documents.degree import DegreeHeader
from standards.documents.program import ProgramBody
from standards.documents.values import Span
from standards.reading import Document
from standards.storage import repo
from standards.storage.model import Kind, Published

SHORT = 12


async def publish(actor: Actor, organisation: UUID, document: Document, *, now: datetime) -> Published:
    """Publish a version for everybody; the same content again is the same version.

    Raises:
        Missing: there is no such organisation, or the actor does not administer it.
        Invalid: the version exists with other content, or the document is a record.
    """
    permit(actor, Action.PUBLISH_STANDARD, await organisation_resource(organisation), now)
    return await _publish(document, now=now, actor=actor)


async def publish_agreement(actor: Actor, college: UUID, document: Document, *, now: datetime) -> Published:
    """Publish a version of an agreement that the faculty of a college has approved; the caller has made sure of that.

    Raises:
        Missing: there is no such college, or the actor is no registrar of it.
        Invalid: the version exists with other content.
    """
    permit(actor, Action.KEEP_AGREEMENTS, await organisation_resource(college), now)
    return await _publish(document, now=now, actor=actor)


async def publish_catalog(*, now: datetime) -> tuple[Published, ...]:
    """Publish what ships with the product; what is published already stays as it is."""
    return tuple([await _publish(document, now=now, actor=None) for document in load_catalog()])


async def newest_programs(keys: Sequence[str] | None = None) -> tuple[Published, ...]:
    """Return the newest version of every program, or of the programs named."""
    return await repo.newest("program", keys)


async def newest_agreements() -> tuple[Published, ...]:
    """Return the newest version of every articulation agreement."""
    return await repo.newest("agreement")


async def _publish(document: Document, *, now: datetime, actor: Actor | None) -> Published:
    standard = as_published(document, now)
    async with transaction():
        if await repo.add(standard):
            detail = {"key": standard.key, "version": standard.version, "sha256": standard.sha256}
            await record(actor, Action.PUBLISH_STANDARD, "standard", standard.id, now=now, detail=detail)
            return standard
        there = await repo.find(standard.kind, standard.key, standard.version)
    if there is None or there.sha256 != standard.sha256:
        raise Invalid(
            f"{standard.key} {standard.version} is published with other content; give it a new version.",
            where="version",
        )
    return there


def as_published(document: Document, now: datetime) -> Published:
    """A document as the version that publishing it would make.

    Raises:
        Invalid: it is a record.
    """
    key, title, version, effective = _heading(document)
    return Published(
        id=uuid4(),
        kind=cast("Kind", document.kind),
        key=key,
        version=version,
        title=title,
        canonical=canonical_json(document.raw).decode(),
        sha256=digest(document.raw),
        effective_from=effective[0],
        effective_until=effective[1],
        published_at=now,
    )


def _heading(document: Document) -> tuple[str, str, str, tuple[date | None, date | None]]:
    """Key, title, version and days in force; what names no version is named by its content."""
    content = digest(document.raw)[:SHORT]
    match document.model:
        case FrameworkDocument(framework=head):
            return head.id, head.title, head.version, _days(head.effective)
        case ProgramDocument(program=head):
            return head.id, head.title, _version(head, content), _days(head.effective)
        case AgreementDocument(agreement=head):
            title = f"{head.college}: {head.program.title}"
            return head.id, title, _version(head, content), _days(head.effective)
        case DegreeDocument(degree=head):
            return head.id, f"{head.college}: {head.title}", _version(head, content), _days(head.effective)
    raise Invalid("A record is somebody's own and is not published.", where="record")


def _version(head: ProgramBody | AgreementHeader | DegreeHeader, content: str) -> str:
    return head.version if "version" in head.model_fields_set else content


def _days(span: Span | None) -> tuple[date | None, date | None]:
    return (None, None) if span is None else (span.from_, span.until)
