"""Findings: what is wrong or doubtful in documents that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from standards.circles import circles
from standards.compiling import compile_documents
from standards.documents import ProgramDocument
from standards.documents.program import RateEntry
from standards.lint_additions import addition_findings
from standards.lint_agreements import agreement_findings
from standards.lint_degrees import degree_findings
from standards.lint_items import item_findings
from standards.lint_ladders import ladder_findings
from standards.lint_programs import program_findings
from standards.lint_rules import rule_findings
from standards.lint_wages import wage_findings
from standards.problems import Complaint, Problem
from standards.reading import Document
from standards.written import Given

ERROR, WARNING, INFO = "error", "warning", "info"
WARNINGS = frozenset(
    {
        "redundant-prerequisite",
        "redundant-condition",
        "pointless-alternative",
        "counted-twice",
        "always-holds",
        "orphan",
        "hours-do-not-add-up",
        "step-beyond-term",
        "wage-does-not-rise",
        "dollars-and-percent-disagree",
        "wage-under-minimum",
        "step-never-paid",
        "misprinted-code",
        "current-prerequisite",
        "probation-too-long",
        "term-too-short",
        "no-twelve-months",
        "core-not-given",
        "limit-without-awards",
        "course-twice",
        "credits-do-not-add-up",
        "course-listed-twice",
        "stack-upside-down",
    }
)
INFOS = frozenset({"unproven-competency", "idle-credential", "more-than-ten-periods", "limit-never-reached"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``where`` is ``FILE:LINE:COLUMN: path``."""

    code: str
    severity: str
    where: str
    message: str


def lint(documents: Sequence[Document], minimum_wages: Sequence[RateEntry] = ()) -> list[Finding]:
    """All findings in the order of files and lines; errors only where names do not resolve or rules circle.

    Args:
        documents: what to look at.
        minimum_wages: the least that the law lets anybody be paid, each from a day on; none: nothing is said of it.
    """
    compilation = compile_documents(documents)
    complaints: list[Complaint] = [*compilation.complaints, *circles(documents, compilation.world)]
    degrees = degree_findings(documents)
    if not complaints:
        given = Given(documents, compilation.world, compilation.awards)
        complaints += [
            *rule_findings(given),
            *item_findings(given),
            *ladder_findings(given),
            *addition_findings(given),
            *agreement_findings(given),
        ]
        for document in documents:
            if isinstance(document.model, ProgramDocument):
                program = compilation.world.programs[document.model.id]
                complaints += program_findings(document, document.model, program)
                complaints += wage_findings(document, document.model, program, minimum_wages)
    return sorted((_finding(code, problem) for code, problem in (*complaints, *degrees)), key=_place)


def _finding(code: str, problem: Problem) -> Finding:
    severity = WARNING if code in WARNINGS else INFO if code in INFOS else ERROR
    where = f"{problem.file}:{problem.line}:{problem.column}: {problem.path}"
    return Finding(code, severity, where, f"{problem.what}; {problem.right}")


def _place(finding: Finding) -> tuple[str, int, int, str]:
    file, line, column, _ = finding.where.split(":", 3)
    return file, int(line), int(column), finding.code
