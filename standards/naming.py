"""Names in documents: what they stand for among the documents given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from graph.world import World
from standards.documents import AgreementDocument, DegreeDocument, FrameworkDocument, Model, ProgramDocument
from standards.problems import Path
from standards.reading import Document

RESERVED = ("ojl", "rti")


class UnknownNameError(Exception):
    """A name that stands for nothing, or for several things.

    Attributes:
        what: the complaint.
        right: the candidates, or what would be right.
        several: whether there are several candidates.
    """

    def __init__(self, what: str, right: str, *, several: bool = False) -> None:
        super().__init__(f"{what}; {right}")
        self.what, self.right, self.several = what, right, several


class _Named(Protocol):
    @property
    def id(self) -> str: ...


class Names:
    """Every name that the documents define, by kind."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._owners = _by_name(
            (kind, name, document.model.id)
            for document in documents
            for kind, name, _ in definitions(document)
        )
        self._nowhere = "is in no document given", "give a document that defines the"

    @classmethod
    def of_world(cls, world: World) -> "Names":
        """What a compiled world has, for those who have no documents at hand."""
        processes = [process.key for program in world.programs.values() for process in program.work_processes]
        kinds: Mapping[str, Iterable[str]] = {
            "competency": world.competencies,
            "credential": world.credentials,
            "course": world.courses,
            "score": world.scores,
            "work_process": processes,
            "requirement": world.requirements,
            "step": [step.key for program in world.programs.values() for step in program.steps],
        }
        names = cls(())
        found = [(kind, *_apart(key)) for kind, keys in kinds.items() for key in keys]
        found += [("framework", key, key) for key in world.frameworks]
        found += [("program", key, key) for key in world.programs]
        names._owners = _by_name(found)
        names._nowhere = "is in no published standard", "look up what the standards call the"
        return names

    def resolve(self, kind: str, reference: str, home: str | None) -> str:
        """The qualified key of a reference made in the document ``home``.

        Raises:
            UnknownNameError: where zero or several things have that name.
        """
        if kind in ("program", "framework", "agreement", "degree"):
            return self._document(kind, reference)
        owner, _, name = reference.rpartition(":")
        owners = self._owners.get((kind, name), [])
        if owner:
            if owner not in owners:
                raise self._unknown(kind, reference, [f"{o}:{name}" for o in owners])
            return reference
        if home in owners:
            return f"{home}:{name}"
        if len(owners) == 1:
            return f"{owners[0]}:{name}"
        if owners:
            candidates = ", ".join(f"{o}:{name}" for o in owners)
            what = f"the {kind.replace('_', ' ')} {reference!r} is in several documents"
            raise UnknownNameError(what, f"write one of {candidates}", several=True)
        raise self._unknown(kind, reference, [])

    def _document(self, kind: str, reference: str) -> str:
        if (kind, reference) not in self._owners:
            raise self._unknown(kind, reference, [])
        return reference

    def _unknown(self, kind: str, reference: str, candidates: list[str]) -> UnknownNameError:
        from difflib import get_close_matches  # noqa: PLC0415 - only on the way to a complaint

        known = [name for named, name in self._owners if named == kind]
        near = candidates or get_close_matches(reference.rpartition(":")[2], known, n=3, cutoff=0.5)
        nowhere, advice = self._nowhere
        right = f"did you mean {', '.join(near)}?" if near else f"{advice} {kind.replace('_', ' ')}"
        return UnknownNameError(f"the {kind.replace('_', ' ')} {reference!r} {nowhere}", right)


def _apart(key: str) -> tuple[str, str]:
    """(name, owner) of a qualified key."""
    owner, _, name = key.rpartition(":")
    return name, owner


def _by_name(found: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], list[str]]:
    """From (kind, name, owner) to the owners of each name, sorted."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, name, owner in found:
        owners[kind, name].add(owner)
    return {name: sorted(those) for name, those in owners.items()}


def definitions(document: Document) -> Iterator[tuple[str, str, Path]]:
    """(kind, id, path) of everything that a document defines, itself included."""
    model = document.model
    yield (
        document.kind,
        model.id,
        (document.kind, "person") if document.kind == "record" else (document.kind,),
    )
    if isinstance(model, FrameworkDocument):
        lists: dict[str, Sequence[_Named]] = {
            "competency": model.competencies,
            "credential": model.credentials,
            "course": model.courses,
            "score": model.scores,
            "requirement": model.requirements,
        }
        plural = {"competency": "competencies"}
        for kind, entries in lists.items():
            for index, entry in enumerate(entries):
                yield kind, entry.id, (plural.get(kind, f"{kind}s"), index)
    elif isinstance(model, ProgramDocument):
        for index, process in enumerate(model.program.work_processes):
            yield "work_process", process.id, ("program", "work_processes", index)
        for index, named in enumerate(model.program.requirements):
            yield "requirement", named.id, ("program", "requirements", index)
        for index, step in enumerate(model.program.wages.steps if model.program.wages else ()):
            yield "step", step.id, ("program", "wages", "steps", index)
    else:
        yield from _of_colleges(model)


def _of_colleges(model: Model) -> Iterator[tuple[str, str, Path]]:
    if isinstance(model, AgreementDocument):
        for index, award in enumerate(model.awards):
            yield "award", award.id, ("awards", index)
    elif isinstance(model, DegreeDocument):
        for index, group in enumerate(model.groups):
            yield "group", group.id, ("groups", index)


def bare(key: str) -> str:
    """``framework:id`` without the framework."""
    return key.rpartition(":")[2]
