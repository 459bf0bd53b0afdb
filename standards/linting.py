"""Findings: what is wrong or doubtful in documents that can be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.needs import redundant_edges
from graph.requirement import mentions
from graph.world import World
from standards.circles import circles
from standards.compiling import compile_documents
from standards.documents import FrameworkDocument, ProgramDocument
from standards.lint_programs import program_findings
from standards.lint_rules import rule_findings
from standards.naming import definitions
from standards.problems import Problem
from standards.reading import Document

ERROR, WARNING = "error", "warning"
WARNINGS = frozenset(
    {
        "redundant-prerequisite",
        "orphan",
        "hours-do-not-add-up",
        "step-beyond-term",
        "wage-does-not-rise",
        "dollars-and-percent-disagree",
        "misprinted-code",
        "current-prerequisite",
        "probation-too-long",
        "term-too-short",
        "no-twelve-months",
    }
)

Complaint = tuple[str, Problem]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``where`` is ``FILE:LINE:COLUMN: path``."""

    code: str
    severity: str
    where: str
    message: str


def lint(documents: Sequence[Document]) -> list[Finding]:
    """All findings in the order of files and lines; errors only where names do not resolve or rules circle."""
    compilation = compile_documents(documents)
    complaints: list[Complaint] = [*compilation.complaints, *circles(documents, compilation.world)]
    if not complaints:
        for check in CHECKS:
            complaints += check(documents, compilation.world)
    return sorted((_finding(code, problem) for code, problem in complaints), key=_place)


def _redundant(documents: Sequence[Document], world: World) -> Iterator[Complaint]:
    places = _item_places(documents)
    for (_, earlier), place in redundant_edges(world):
        document, path = places[place]
        what = f"{earlier} is needed by another prerequisite anyway"
        yield (
            "redundant-prerequisite",
            document.source.problem((*path, "prerequisites"), what, "leave it out"),
        )


def _orphans(documents: Sequence[Document], world: World) -> Iterator[Complaint]:
    """Competencies that refer to nothing and that nothing refers to."""
    used = _referred(world)
    for document in documents:
        if not isinstance(document.model, FrameworkDocument):
            continue
        for index, entry in enumerate(document.model.competencies):
            key = f"{document.model.id}:{entry.id}"
            alone = entry.prerequisites is None and entry.satisfied_by is None and entry.part_of is None
            if alone and key not in used:
                what = f"nothing refers to {entry.id}, and it refers to nothing"
                right = "name it in a rule, an area or a work process"
                yield "orphan", document.source.problem(("competencies", index), what, right)


def _referred(world: World) -> set[str]:
    rules = [item.prerequisites for item in world.competencies.values()]
    rules += [item.satisfied_by for item in world.competencies.values()]
    rules += [rule for item in world.credentials.values() for rule in (item.prerequisites, item.composed_of)]
    rules += [named.when for named in world.requirements.values()]
    for program in world.programs.values():
        rules += [program.completion, *(step.when for step in program.steps)]
    used = {leaf.key for rule in rules for leaf in mentions(rule)}
    used |= {item.part_of for item in world.competencies.values() if item.part_of}
    for program in world.programs.values():
        used = used.union(*(process.competencies for process in program.work_processes))
    return used


def _programs(documents: Sequence[Document], world: World) -> Iterator[Complaint]:
    for document in documents:
        if isinstance(document.model, ProgramDocument):
            yield from program_findings(document, document.model, world.programs[document.model.id])


CHECKS: tuple[Callable[[Sequence[Document], World], Iterator[Complaint]], ...] = (
    rule_findings,
    _redundant,
    _orphans,
    _programs,
)


def _item_places(
    documents: Sequence[Document],
) -> dict[tuple[str, str], tuple[Document, tuple[str | int, ...]]]:
    return {
        (kind, f"{document.model.id}:{name}"): (document, path)
        for document in documents
        for kind, name, path in definitions(document)
        if kind in ("competency", "credential")
    }


def _finding(code: str, problem: Problem) -> Finding:
    severity = WARNING if code in WARNINGS else ERROR
    where = f"{problem.file}:{problem.line}:{problem.column}: {problem.path}"
    return Finding(code, severity, where, f"{problem.what}; {problem.right}")


def _place(finding: Finding) -> tuple[str, int, int, str]:
    file, line, column, _ = finding.where.split(":", 3)
    return file, int(line), int(column), finding.code
