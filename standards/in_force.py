"""Of several versions of one document, the one that is in force on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standards.documents.agreement import AgreementDocument
from standards.documents.degree import DegreeDocument
from standards.documents.framework import FrameworkDocument
from standards.documents.program import ProgramDocument
from standards.documents.values import Span
from standards.problems import DocumentError, Problem
from standards.reading import Document


@dataclass(frozen=True)
class Chosen:
    """The version that was chosen among several."""

    kind: str
    id: str
    version: str


def in_force(documents: Sequence[Document], day: date) -> tuple[tuple[Document, ...], tuple[Chosen, ...]]:
    """Leave out the versions that are not in force on a day, and say which were chosen.

    A document that stands alone is never left out. ``effective`` is half-open; a version without one is always in
    force. Several versions in force at once are left in, and compiling them complains.

    Raises:
        DocumentError: none of several versions is in force.
    """
    given: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        given.setdefault((document.kind, document.model.id), []).append(document)
    dropped: set[int] = set()
    chosen, problems = [], []
    for (kind, name), versions in given.items():
        if len(versions) == 1 or kind == "record":
            continue
        left = [one for one in versions if _is_in_force(one, day)]
        dropped |= {id(one) for one in versions if one not in left}
        if not left:
            problems.append(_none(versions[0], kind, name, day))
        elif len(left) == 1:
            chosen.append(Chosen(kind, name, _heading(left[0])[0]))
    if problems:
        raise DocumentError(tuple(problems))
    return tuple(one for one in documents if id(one) not in dropped), tuple(chosen)


def _none(document: Document, kind: str, name: str, day: date) -> Problem:
    what = f"no version given of the {kind} {name!r} is in force on {day}"
    return document.source.problem((kind, "id"), what, "give one whose `effective` covers the day")


def _is_in_force(document: Document, day: date) -> bool:
    if isinstance(document.model, AgreementDocument):
        return document.model.agreement.in_force(day)
    return _covers(_heading(document)[1], day)


def _covers(span: Span | None, day: date) -> bool:
    return span is None or (span.from_ <= day and (span.until is None or day < span.until))


def _heading(document: Document) -> tuple[str, Span | None]:
    match document.model:
        case FrameworkDocument(framework=head):
            return head.version, head.effective
        case ProgramDocument(program=body):
            return body.version, body.effective
        case AgreementDocument(agreement=agreement):
            return agreement.version, agreement.effective
        case DegreeDocument(degree=degree):
            return degree.version, degree.effective
    return "", None
