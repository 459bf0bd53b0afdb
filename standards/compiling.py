"""From documents to the engine's world: names resolved, shared tests joined, rules compiled once per version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.requirement import Requirement
from graph.world import (
    Competency,
    Credential,
    Effort,
    Framework,
    Lifetime,
    Named,
    Program,
    Rate,
    Step,
    WorkProcess,
    World,
)
from standards.award_rules import award_rules
from standards.circles import circles
from standards.documents import AgreementDocument, FrameworkDocument, ProgramDocument
from standards.documents.award_rows import row_ids
from standards.documents.framework import CompetencyEntry, CredentialEntry, ItemForm, NamedEntry
from standards.duplicates import given_twice
from standards.naming import Names
from standards.problems import DocumentError, Path, Problem
from standards.reading import Document
from standards.rules import UNRESOLVED, Resolution


@dataclass
class Compilation:
    """A world and the complaints met on the way, each with its code; the rules of awards with their agreements."""

    world: World
    complaints: list[tuple[str, Problem]] = field(default_factory=list)
    awards: list[tuple[Document, Requirement]] = field(default_factory=list)


def compile_world(documents: Sequence[Document]) -> World:
    """The world that the documents describe; records and agreements in between are left aside.

    Raises:
        DocumentError: where a name is unknown, ambiguous or given twice, or a requirement refers to itself.
    """
    compilation = compile_documents(documents)
    complaints = compilation.complaints or circles(documents, compilation.world)
    if complaints:
        raise DocumentError(tuple(problem for _, problem in complaints))
    return compilation.world


def compile_documents(documents: Sequence[Document]) -> Compilation:
    """As ``compile_world``, with the complaints kept instead of raised and unresolved names never holding."""
    names = Names(documents)
    builder = _Builder(names, {d.model.id: d for d in documents if d.kind == "framework"})
    builder.complaints += given_twice(documents)
    for document in documents:
        if isinstance(document.model, FrameworkDocument):
            builder.add_framework(document, document.model)
    for document in documents:
        if isinstance(document.model, ProgramDocument):
            builder.add_program(document, document.model)
        elif isinstance(document.model, AgreementDocument):
            builder.check_agreement(document, document.model)
    return Compilation(builder.world(), builder.complaints, builder.awards)


def compile_awards(document: Document, documents: Sequence[Document]) -> dict[str, Requirement]:
    """The rule of each award of an agreement, by what it is called where it is counted, resolved among the documents.

    That is its ``when``; for a table by hours the ``when`` and the hours of each row.

    Raises:
        DocumentError: where a name is unknown or ambiguous.
    """
    if not isinstance(document.model, AgreementDocument):
        raise TypeError(document.kind)
    others = [d for d in documents if d is not document]
    resolution = agreement_resolution(Names([*others, document]), document, document.model)
    rules = award_rules(resolution, document.model)
    if resolution.complaints:
        raise DocumentError(tuple(problem for _, problem in resolution.complaints))
    return rules


def agreement_resolution(names: Names, document: Document, model: AgreementDocument) -> Resolution:
    """Resolution of an agreement's names; grades are read on its own scale."""
    return Resolution(names, document, lambda _: model.agreement.grades)


class _Builder:
    def __init__(self, names: Names, frameworks: Mapping[str, Document]) -> None:
        self._names = names
        self._grades = {
            key: document.model.framework.grades
            for key, document in frameworks.items()
            if isinstance(document.model, FrameworkDocument)
        }
        self._tests = _Tests()
        self._frameworks: dict[str, Framework] = {}
        self._competencies: dict[str, Competency] = {}
        self._credentials: dict[str, tuple[CredentialEntry, Credential]] = {}
        self._courses: dict[str, str] = {}
        self._scores: dict[str, str] = {}
        self._requirements: dict[str, Named] = {}
        self._programs: dict[str, Program] = {}
        self.complaints: list[tuple[str, Problem]] = []
        self.awards: list[tuple[Document, Requirement]] = []

    def world(self) -> World:
        credentials = {
            key: _with_tests(credential, self._tests.named(key, entry.parts))
            for key, (entry, credential) in self._credentials.items()
        }
        return World(
            self._frameworks,
            self._competencies,
            credentials,
            self._courses,
            self._scores,
            self._requirements,
            self._programs,
        )

    def add_framework(self, document: Document, model: FrameworkDocument) -> None:
        header = model.framework
        framework = Framework(
            id=header.id,
            title=header.title,
            enforce=header.gate == "enforce",
            competent=header.ratings.competent,
            latest=header.ratings.policy == "latest",
            scale=header.ratings.scale,
            grades=header.grades,
        )
        self._frameworks[header.id] = framework
        resolution = self._resolution(document)
        for index, entry in enumerate(model.competencies):
            found = _competency(resolution, framework, entry, ("competencies", index))
            self._competencies[found.key] = found
        for index, credential in enumerate(model.credentials):
            path = ("credentials", index)
            built = _credential(resolution, framework, credential, path)
            self._credentials[built.key] = (credential, built)
            self._share(resolution, built.key, credential, path)
        self._courses |= {f"{header.id}:{course.id}": course.title for course in model.courses}
        self._scores |= {f"{header.id}:{score.id}": score.title for score in model.scores}
        self._name(resolution, header.id, model.requirements, ("requirements",))
        self.complaints += resolution.complaints

    def add_program(self, document: Document, model: ProgramDocument) -> None:
        body = model.program
        resolution = self._resolution(document)
        for index, used in enumerate(body.uses):
            resolution.key("framework", used, ("program", "uses", index))
        self._name(resolution, body.id, body.requirements, ("program", "requirements"))
        completion = None
        if body.completion is not None:
            completion = resolution.rule(body.completion, ("program", "completion"))
        self._programs[body.id] = Program(
            key=body.id,
            title=body.title,
            frameworks=body.uses,
            work_processes=_processes(resolution, model),
            completion=completion,
            steps=_steps(resolution, model),
            rates=tuple(Rate(r.usd_per_hour, r.from_) for r in body.wages.journey_rate) if body.wages else (),
            rti_minutes=body.related_instruction.hours if body.related_instruction else None,
            term_months=body.term.months,
            term_minutes=body.term.hours.min,
            extends=body.extends,
            ratio=_ratio(body.ratio),
            probation_minutes=body.probation.hours if body.probation else None,
            probation_months=body.probation.months if body.probation else None,
        )
        self.complaints += resolution.complaints

    def check_agreement(self, document: Document, model: AgreementDocument) -> None:
        resolution = agreement_resolution(self._names, document, model)
        rules = award_rules(resolution, model)
        # of a table by hours the highest row asks for everything that the others do
        self.awards += [(document, rules[row_ids(award)[-1]]) for award in model.awards]
        _check_reuse(resolution, model)
        self.complaints += resolution.complaints

    def _resolution(self, document: Document) -> Resolution:
        return Resolution(self._names, document, lambda key: self._grades.get(key.split(":", 1)[0], ()))

    def _name(
        self, resolution: Resolution, home: str, entries: Sequence[NamedEntry], path: tuple[str, ...]
    ) -> None:
        for index, entry in enumerate(entries):
            key = f"{home}:{entry.id}"
            rule = resolution.rule(entry.when, (*path, index, "when"))
            self._requirements[key] = Named(key, entry.title, rule)

    def _share(self, resolution: Resolution, key: str, entry: CredentialEntry, path: Path) -> None:
        for part, reference in entry.shares.items():
            place = (*path, "shares", part)
            if part not in entry.parts:
                right = f"expected one of {', '.join(entry.parts)}"
                resolution.complain("unknown-part", place, f"{part!r} is no part of {entry.id}", right)
                continue
            other = resolution.key("credential", reference, place)
            if other != UNRESOLVED:
                self._tests.join((key, part), (other, part))


def _check_reuse(resolution: Resolution, model: AgreementDocument) -> None:
    """Pairs that may share evidence name awards of the agreement."""
    known = [award.id for award in model.awards]
    pairs = model.agreement.reuse if not isinstance(model.agreement.reuse, str) else ()
    for index, pair in enumerate(pairs):
        for place, name in enumerate(pair):
            if name not in known:
                path = ("agreement", "reuse", index, place)
                right = f"expected one of {', '.join(known)}"
                resolution.complain(
                    "unknown-name", path, f"the award {name!r} is not in this agreement", right
                )


class _Tests:
    """Parts that are one and the same test: sharing is symmetric and transitive."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, str], tuple[str, str]] = {}

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        if low != high:
            self._parent[high] = low

    def named(self, key: str, parts: Iterable[str]) -> dict[str, str]:
        return {part: "/".join(self._root((key, part))) for part in parts}

    def _root(self, at: tuple[str, str]) -> tuple[str, str]:
        while at in self._parent:
            at = self._parent[at]
        return at


def _competency(
    resolution: Resolution, framework: Framework, entry: CompetencyEntry, path: Path
) -> Competency:
    part_of = entry.part_of and resolution.key("competency", entry.part_of, (*path, "part_of"))
    return Competency(
        key=f"{framework.id}:{entry.id}",
        framework=framework,
        title=entry.title,
        code=entry.code,
        kind=entry.kind,
        part_of=None if part_of == UNRESOLVED else part_of,
        prerequisites=_optional(resolution, entry, "prerequisites", path),
        satisfied_by=_optional(resolution, entry, "satisfied_by", path),
        effort=Effort(entry.effort.hours, entry.effort.usd),
        clause=resolution.document.clause(path),
    )


def _credential(
    resolution: Resolution, framework: Framework, entry: CredentialEntry, path: Path
) -> Credential:
    return Credential(
        key=f"{framework.id}:{entry.id}",
        framework=framework,
        title=entry.title,
        level=entry.level,
        valid_for=Lifetime(entry.valid_for.years, entry.valid_for.months) if entry.valid_for else None,
        prerequisites=_optional(resolution, entry, "prerequisites", path),
        composed_of=_optional(resolution, entry, "composed_of", path),
        effort=Effort(entry.effort.hours, entry.effort.usd),
        clause=resolution.document.clause(path),
    )


def _optional(resolution: Resolution, entry: ItemForm, field_name: str, path: Path) -> Requirement | None:
    form = getattr(entry, field_name)
    return None if form is None else resolution.rule(form, (*path, field_name))


def _with_tests(credential: Credential, tests: Mapping[str, str]) -> Credential:
    return replace(credential, tests=tests)


def _processes(resolution: Resolution, model: ProgramDocument) -> tuple[WorkProcess, ...]:
    found = []
    for index, process in enumerate(model.program.work_processes):
        path = ("program", "work_processes", index, "competencies")
        keys = [
            resolution.key("competency", reference, (*path, place))
            for place, reference in enumerate(process.competencies)
        ]
        key = f"{model.program.id}:{process.id}"
        hours = process.hours
        found.append(WorkProcess(key, process.title, hours.min, hours.max, frozenset(keys) - {UNRESOLVED}))
    return tuple(found)


def _ratio(written: str | None) -> tuple[int, int] | None:
    """Apprentices to journeyworkers; None where nothing is registered, or a side is nobody (the lint says so)."""
    apprentices, journeyworkers = map(int, (written or "0:0").split(":"))
    return (apprentices, journeyworkers) if apprentices and journeyworkers else None


def _steps(resolution: Resolution, model: ProgramDocument) -> tuple[Step, ...]:
    found = []
    for index, step in enumerate(model.program.wages.steps if model.program.wages else ()):
        path = ("program", "wages", "steps", index)
        found.append(
            Step(
                key=f"{model.program.id}:{step.id}",
                title=step.title or "",
                percent=step.percent,
                cents=step.usd_per_hour,
                when=None if step.when is None else resolution.rule(step.when, (*path, "when")),
                clause=resolution.document.clause(path),
            )
        )
    return tuple(found)
