"""What stands twice where it may stand only once: ids, documents, rules of one qualified name."""

from collections.abc import Sequence

from standards.naming import definitions
from standards.overlapping import are_versions, overlap
from standards.problems import Complaint
from standards.reading import Document


def given_twice(documents: Sequence[Document]) -> list[Complaint]:
    """(code, problem) for every second one."""
    ids = [complaint for document in documents for complaint in _ids(document)]
    return [*ids, *_documents(documents), *_rules(documents)]


def _ids(document: Document) -> list[Complaint]:
    """Ids given twice for one kind within a document."""
    seen: set[tuple[str, str]] = set()
    found = []
    for kind, name, path in definitions(document):
        if (kind, name) in seen:
            what = f"the {kind.replace('_', ' ')} {name!r} is defined twice"
            found.append(
                ("duplicate-id", document.source.problem((*path, "id"), what, "give each its own id"))
            )
        seen.add((kind, name))
    return found


def _documents(documents: Sequence[Document]) -> list[Complaint]:
    """Documents given twice; several versions of an agreement may be, where no day has two."""
    seen: dict[tuple[str, str], list[Document]] = {}
    found = []
    for document in documents:
        earlier = seen.setdefault((document.kind, document.model.id), [])
        said = (_twice(one, document) for one in earlier)
        found += [complaint for complaint in said if complaint is not None][:1]
        earlier.append(document)
    return found


def _twice(earlier: Document, document: Document) -> Complaint | None:
    if are_versions(earlier, document):
        return overlap(earlier, document)
    what = f"the {document.kind} {document.model.id!r} is given twice"
    problem = document.source.problem((document.kind, "id"), what, "give one version of it")
    return "duplicate-document", problem


def _rules(documents: Sequence[Document]) -> list[Complaint]:
    """A framework and a program of one id that both define a requirement: its qualified name would mean either."""
    homes: dict[str, str] = {}
    found = []
    for document in documents:
        for kind, name, path in definitions(document):
            key = f"{document.model.id}:{name}"
            if kind == "requirement" and homes.setdefault(key, document.kind) != document.kind:
                what = f"the requirement {key!r} is in a framework and in a program of that id"
                problem = document.source.problem((*path, "id"), what, "give one of them another id")
                found.append(("duplicate-id", problem))
    return found
