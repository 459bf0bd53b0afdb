"""From the written form of a requirement to the engine's, with every name resolved."""

from collections.abc import Callable
from dataclasses import dataclass, field

from graph import requirement as engine
from graph.requirement import Requirement
from standards.documents.requirement import (
    AllForm,
    AnyForm,
    AtLeastForm,
    CompetenciesForm,
    CompetencyForm,
    CourseForm,
    CredentialForm,
    CredentialsForm,
    HoursForm,
    MonthsForm,
    ProgramForm,
    RequirementForm,
    RequirementRef,
    ScoreForm,
    StepForm,
)
from standards.naming import RESERVED, Names, UnknownNameError
from standards.problems import Path, Problem
from standards.reading import Document

DEEPEST_REQUIREMENT = 100
UNRESOLVED = "?"
"""Stands for a name that could not be resolved, so that the rest can still be looked at; never holds."""


@dataclass
class Resolution:
    """Resolves the names of one document and keeps the complaints.

    Args:
        names: everything the documents define.
        document: whose names are resolved.
        scale_of: the passing grades, best first, that apply to a course key.
    """

    names: Names
    document: Document
    scale_of: Callable[[str], tuple[str, ...]]
    complaints: list[tuple[str, Problem]] = field(default_factory=list)

    def complain(self, code: str, path: Path, what: str, right: str) -> None:
        """Note a complaint about a path of the document."""
        self.complaints.append((code, self.document.source.problem(path, what, right)))

    def key(self, kind: str, reference: str, path: Path) -> str:
        """The qualified key; ``UNRESOLVED`` and a complaint where there is none."""
        try:
            return self.names.resolve(kind, reference, self.document.model.id)
        except UnknownNameError as error:
            self.complain(
                "ambiguous-name" if error.several else "unknown-name", path, error.what, error.right
            )
            return UNRESOLVED

    def within(self, reference: str, path: Path) -> str:
        """A work process, or one of the reserved words."""
        return reference if reference in RESERVED else self.key("work_process", reference, path)

    def rule(self, form: RequirementForm, path: Path, depth: int = 1) -> Requirement:
        """The engine's requirement for a written one."""
        clause = self.document.clause(path)
        match form:
            case AllForm():
                return engine.All(self._members(form.all, (*path, "all"), depth), clause=clause)
            case AnyForm():
                return engine.Any(self._members(form.any, (*path, "any"), depth), clause=clause)
            case AtLeastForm():
                return self._at_least(form, path, depth)
            case _:
                return self._leaf(form, path, clause)

    def _members(self, forms: tuple[RequirementForm, ...], path: Path, depth: int) -> tuple[Requirement, ...]:
        if depth >= DEEPEST_REQUIREMENT:
            self.complain("too-deep", path, "nested too deeply", "100 levels of requirements are the limit")
            return (engine.NamedLeaf(UNRESOLVED),)
        return tuple(self.rule(form, (*path, index), depth + 1) for index, form in enumerate(forms))

    def _at_least(self, form: AtLeastForm, path: Path, depth: int) -> Requirement:
        members = self._members(form.of, (*path, "of"), depth)
        if form.at_least > len(members):
            what = f"at least {form.at_least} of {len(members)}"
            self.complain("unsatisfiable", (*path, "at_least"), what, f"ask for {len(members)} or fewer")
        return engine.AtLeast(form.at_least, members, clause=self.document.clause(path))

    def _leaf(self, form: RequirementForm, path: Path, clause: str) -> Requirement:
        match form:
            case CredentialForm():
                key = self.key("credential", form.credential, (*path, "credential"))
                return engine.CredentialLeaf(key, form.current, clause=clause)
            case CompetencyForm():
                key = self.key("competency", form.competency, (*path, "competency"))
                return engine.CompetencyLeaf(key, form.rating, clause=clause)
            case HoursForm():
                return engine.HoursLeaf(form.hours, self.within(form.in_, (*path, "in")), clause=clause)
            case MonthsForm():
                return engine.MonthsLeaf(form.months, form.since, clause=clause)
            case CredentialsForm() | CompetenciesForm():
                return self._count(form, path, clause)
            case CourseForm():
                return self._course(form, path, clause)
            case ScoreForm():
                key = self.key("score", form.score, (*path, "score"))
                return engine.ScoreLeaf(key, form.at_least, clause=clause)
            case RequirementRef():
                key = self.key("requirement", form.requirement, (*path, "requirement"))
                return engine.NamedLeaf(key, clause=clause)
            case StepForm():
                return engine.StepLeaf(self.key("step", form.step, (*path, "step")), clause=clause)
            case ProgramForm():
                return engine.ProgramLeaf(
                    self.key("program", form.program, (*path, "program")), clause=clause
                )
            case _:
                raise TypeError(type(form).__name__)

    def _count(self, form: CredentialsForm | CompetenciesForm, path: Path, clause: str) -> Requirement:
        where = form.where
        if where.framework is not None:
            self.key("framework", where.framework, (*path, "where", "framework"))
        if isinstance(form, CredentialsForm):
            found = form.where
            return engine.CredentialCount(
                form.credentials, found.framework, found.level, found.current, clause=clause
            )
        process = form.where.work_process
        if process is not None:
            process = self.key("work_process", process, (*path, "where", "work_process"))
        return engine.CompetencyCount(
            form.competencies, form.where.framework, process, form.where.kind, clause=clause
        )

    def _course(self, form: CourseForm, path: Path, clause: str) -> Requirement:
        key = self.key("course", form.course, (*path, "course"))
        accepted: tuple[str, ...] = ()
        if form.grade is not None and key != UNRESOLVED:
            scale = self.scale_of(key)
            if form.grade in scale:
                accepted = scale[: scale.index(form.grade) + 1]
            else:
                what = f"the grade {form.grade!r} is not on the scale"
                self.complain("unknown-grade", (*path, "grade"), what, f"expected one of {', '.join(scale)}")
        return engine.CourseLeaf(key, form.grade, accepted, clause=clause)
