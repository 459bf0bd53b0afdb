"""From a record to the engine's person: names resolved, evidence checked against what the world knows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from graph.facts import (
    CourseResult,
    Enrolment,
    Fact,
    Hours,
    Pass,
    Person,
    Rating,
    Revocation,
    ScoreResult,
    Status,
    Waiver,
)
from graph.world import World
from standards.documents.record import (
    CompetencyEvidence,
    CourseEvidence,
    CredentialEvidence,
    Entry,
    Evidence,
    HoursEvidence,
    Judged,
    RecordDocument,
    RevocationEvidence,
    ScoreEvidence,
    WaiverEvidence,
)
from standards.naming import RESERVED, Names, UnknownNameError
from standards.problems import DocumentError, Path, Problem
from standards.reading import Document
from standards.scales import score_ranges


def person_of(document: Document, documents: Sequence[Document], world: World) -> Person:
    """The engine's person for a record, names resolved among the documents that made the world.

    Raises:
        DocumentError: where a name, part or evidence id is unknown, or revocations go in a circle.
    """
    if not isinstance(document.model, RecordDocument):
        raise TypeError(document.kind)
    reader = _Reader(document, Names(documents), world, score_ranges(documents))
    person = reader.person(document.model)
    if reader.problems:
        raise DocumentError(tuple(reader.problems))
    return person


class _Reader:
    def __init__(
        self, document: Document, names: Names, world: World, ranges: Mapping[str, tuple[int, int]]
    ) -> None:
        self._document = document
        self._names = names
        self._world = world
        self._ranges = ranges
        self.problems: list[Problem] = []

    def person(self, model: RecordDocument) -> Person:
        body = model.record
        for index, enrolment in enumerate(body.enrolments):
            self._key("program", enrolment.program, ("record", "enrolments", index, "program"))
        facts = [
            fact
            for index, entry in enumerate(body.evidence)
            for fact in self._facts(entry, ("record", "evidence", index))
        ]
        self._check_ids(body.evidence)
        enrolments = tuple(
            Enrolment(e.program, e.registered, tuple((s.from_, s.until) for s in e.suspended), e.ended)
            for e in body.enrolments
        )
        return Person(body.person.id, body.person.name, enrolments, tuple(facts))

    def _facts(self, entry: Evidence, path: Path) -> Iterator[Fact]:
        common: dict[str, Any] = {"id": entry.id, "on": entry.on, "recorded": _recorded(entry)}
        if isinstance(entry, Judged):
            common["status"] = Status(entry.status)
        match entry:
            case WaiverEvidence():
                yield self._waiver(entry, path, common)
            case RevocationEvidence():
                yield Revocation(**common, revokes=entry.revokes)
            case CredentialEvidence():
                key = self._credential(entry, path)
                if entry.result == "pass" and key:
                    yield Pass(**common, credential=key, part=entry.part)
            case CompetencyEvidence():
                key = self._competency(entry, path)
                if entry.result == "pass" and key:
                    yield Rating(**common, competency=key, value=entry.rating)
            case HoursEvidence():
                yield Hours(**common, minutes=entry.hours, within=self._within(entry.in_, (*path, "in")))
            case CourseEvidence():
                yield from self._course(entry, path, common)
            case ScoreEvidence():
                yield ScoreResult(**common, score=self._score(entry, path), value=entry.value)

    def _credential(self, entry: CredentialEvidence, path: Path) -> str | None:
        key = self._key("credential", entry.credential, (*path, "credential"))
        if key and entry.part is not None:
            parts = self._world.credentials[key].tests
            if entry.part not in parts:
                what = f"{entry.part!r} is no part of {key}"
                self._complain((*path, "part"), what, f"expected one of {', '.join(parts)}")
                return None
        return key

    def _competency(self, entry: CompetencyEvidence, path: Path) -> str | None:
        key = self._key("competency", entry.competency, (*path, "competency"))
        if key and entry.rating is not None:
            scale = self._world.competencies[key].framework.scale
            if entry.rating not in scale:
                what = f"the rating {entry.rating} is not on the scale"
                self._complain((*path, "rating"), what, f"expected one of {', '.join(map(str, scale))}")
        return key

    def _score(self, entry: ScoreEvidence, path: Path) -> str:
        key = self._key("score", entry.score, (*path, "score")) or ""
        low, high = self._ranges.get(key, (entry.value, entry.value))
        if not low <= entry.value <= high:
            what = f"the score {entry.value} cannot be reached"
            self._complain((*path, "value"), what, f"expected {low} to {high}")
        return key

    def _course(self, entry: CourseEvidence, path: Path, common: dict[str, Any]) -> Iterator[Fact]:
        key = self._key("course", entry.course, (*path, "course"))
        if not key:
            return
        grades = self._world.frameworks[key.split(":", 1)[0]].grades
        passed = entry.result == "pass" and (entry.grade is None or entry.grade in grades)
        yield CourseResult(
            **common,
            course=key,
            passed=passed,
            grade=entry.grade,
            college=entry.college,
            credits=entry.credits,
        )
        if passed and entry.hours is not None and entry.in_ is not None:
            yield Hours(**common, minutes=entry.hours, within=self._within(entry.in_, (*path, "in")))

    def _waiver(self, entry: WaiverEvidence, path: Path, common: dict[str, Any]) -> Waiver:
        target = entry.waiver
        kind = "competency" if target.competency is not None else "credential"
        key = self._key(kind, target.competency or target.credential or "", (*path, "waiver", kind))
        of_competency = kind == "competency"
        return Waiver(
            **common,
            competency=key if of_competency else None,
            credential=None if of_competency else key,
            until=entry.until,
        )

    def _within(self, reference: str, path: Path) -> str:
        """Hours count in every program that has the work process; a qualified one only in its own."""
        if reference in RESERVED:
            return reference
        if ":" in reference:
            return self._key("work_process", reference, path) or reference
        known = {p.key.rpartition(":")[2] for o in self._world.programs.values() for p in o.work_processes}
        if reference not in known:
            right = f"expected ojl, rti or one of {', '.join(sorted(known))}"
            self._complain(path, f"the work process {reference!r} is in no document given", right)
        return reference

    def _key(self, kind: str, reference: str, path: Path) -> str | None:
        try:
            return self._names.resolve(kind, reference, None)
        except UnknownNameError as error:
            self._complain(path, error.what, error.right)
            return None

    def _complain(self, path: Path, what: str, right: str) -> None:
        self.problems.append(self._document.source.problem(path, what, right))

    def _check_ids(self, evidence: Sequence[Evidence]) -> None:
        index_of: dict[str, int] = {}
        for index, entry in enumerate(evidence):
            if entry.id in index_of:
                place = ("record", "evidence", index, "id")
                self._complain(place, f"the evidence id {entry.id!r} is given twice", "give each its own id")
            index_of.setdefault(entry.id, index)
        revokes = {e.id: e.revokes for e in evidence if isinstance(e, RevocationEvidence)}
        for name, target in revokes.items():
            place = ("record", "evidence", index_of[name], "revokes")
            if target not in index_of:
                self._complain(place, f"no evidence has the id {target!r}", "name evidence of this record")
            elif _circles(name, revokes.get):
                self._complain(place, f"{name} revokes itself", "name evidence that stands before it")


def _circles(start: str, following: Callable[[str], str | None]) -> bool:
    seen, at = {start}, following(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = following(at)
    return at == start


def _recorded(entry: Entry) -> datetime:
    return entry.recorded or start_of(entry.on)


def start_of(day: date) -> datetime:
    """The first instant of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
