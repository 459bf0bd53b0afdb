"""Standards that people are not read with yet: what a registration today would be read with, or a draft of it."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from apprenticeship.cohort.looks.model import Texts
from apprenticeship.cohort.reading import Reader, reader_in
from apprenticeship.enrolments.services import read_with
from apprenticeship.publishing import as_published
from apprenticeship.refusals import Invalid
from standards.canonical import canonical_json, digest
from standards.compiling import compile_world
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.storage import repo as standards
from standards.storage.model import Kind, Published

KEPT = 8
SHOWN_PROBLEMS = 5
FRAMEWORK: Kind = "framework"
PROGRAM: Kind = "program"

# keyed by content, and few at a time: drafts come and go
_readers: dict[tuple[str, str], Reader] = {}


async def candidate(program: str, draft: Sequence[Document], *, now: datetime) -> Texts:
    """Return the documents that people would be read with, were a draft published and they registered anew.

    Args:
        program: whose people.
        draft: documents that take the place of what is published; none: the newest of what is published.
        now: when the draft would be published.

    Raises:
        Invalid: there is no such program, the draft has nothing to do with it, or cannot be compiled.
    """
    drafted = _by_place(draft, now)
    newest = [*await standards.newest(FRAMEWORK), *await standards.newest(PROGRAM, [program])]
    known = {(one.kind, one.key): one for one in newest}
    known |= {place: one for place, (one, _) in drafted.items()}
    if (PROGRAM, program) not in known:
        raise Invalid(f"There is no published program {program!r}.", where="program")
    read = read_with(
        known[PROGRAM, program], {key: one for (kind, key), one in known.items() if kind == FRAMEWORK}
    )
    places = [(one.kind, one.key) for one in read]
    _refuse_what_is_not_read(program, drafted, places)
    found = [drafted[place][1] if place in drafted else _document(known[place]) for place in places]
    await asyncio.to_thread(_check, found)
    # by kind and key: several documents may come from one file
    return {
        f"{kind}-{key}.json": canonical_json(one.raw).decode()
        for (kind, key), one in zip(places, found, strict=True)
    }


def _by_place(draft: Sequence[Document], now: datetime) -> dict[tuple[Kind, str], tuple[Published, Document]]:
    found: dict[tuple[Kind, str], tuple[Published, Document]] = {}
    for document in draft:
        one = _as_standard(document, now)
        if (one.kind, one.key) in found:
            raise Invalid(f"The {one.kind} {one.key} is given twice; leave one out.", where="documents")
        found[one.kind, one.key] = one, document
    return found


def _refuse_what_is_not_read(
    program: str, drafted: Iterable[tuple[str, str]], places: Sequence[tuple[str, str]]
) -> None:
    idle = [f"{kind} {key}" for kind, key in drafted if (kind, key) not in places]
    if idle:
        names = ", ".join(f"{kind} {key}" for kind, key in places)
        raise Invalid(f"{', '.join(idle)}: not read in {program}, which reads {names}.", where="documents")


def _as_standard(document: Document, now: datetime) -> Published:
    if document.kind not in (FRAMEWORK, PROGRAM):
        raise Invalid(
            f"{document.source.name} holds a {document.kind}; give frameworks and programs.",
            where="documents",
        )
    return as_published(document, now)


def _document(standard: Published) -> Document:
    return read_text(f"{standard.kind}-{standard.key}.json", standard.canonical)[0]


def _check(documents: Sequence[Document]) -> None:
    try:
        compile_world(documents)
    except DocumentError as error:
        raise unreadable(error, where="documents") from error


def unreadable(error: DocumentError, *, where: str) -> Invalid:
    """The refusal of a draft that cannot be read or does not fit together: its first complaints, with places."""
    return Invalid("; ".join(str(one) for one in error.problems[:SHOWN_PROBLEMS]), where=where)


def candidate_reader(program: str, texts: Texts) -> Reader:
    """What evaluates people in a program by kept documents; compiling takes a moment the first time."""
    key = digest(dict(texts))
    reader = _readers.get((program, key))
    if reader is None:
        documents = [one for name, text in texts.items() for one in read_text(name, text)]
        reader = reader_in(compile_world(documents), program, key)
        if len(_readers) >= KEPT:
            _readers.clear()
        _readers[program, key] = reader
    return reader
