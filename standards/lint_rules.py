"""Findings about single rules: what can never hold, what stands where it means nothing."""

from collections.abc import Iterator, Sequence

from graph.order import counted_competencies, counted_credentials
from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    Requirement,
    ScoreLeaf,
    leaves,
)
from graph.world import World
from standards.naming import RESERVED, definitions
from standards.problems import Problem
from standards.reading import Document
from standards.scales import score_ranges

Complaint = tuple[str, Problem]
Where = tuple[str, str | None, bool]
"""(role, program in scope, whether the item's framework enforces its gate)."""


def rule_findings(documents: Sequence[Document], world: World) -> Iterator[Complaint]:
    """Every leaf of every rule that can never hold or stands in a wrong place."""
    ranges = score_ranges(documents)
    sources = {document.source.name: document for document in documents}
    for rule, where in _rules(world):
        for leaf in leaves(rule):
            for code, what, right in _leaf_findings(world, ranges, leaf, where):
                yield code, _problem(sources, leaf.clause, what, right)
    for document in documents:
        for kind, name, path in definitions(document):
            if kind == "work_process" and name in RESERVED:
                what = f"the work process {name!r} has a reserved name"
                yield "reserved-name", document.source.problem((*path, "id"), what, "choose another id")


def _rules(world: World) -> Iterator[tuple[Requirement, Where]]:
    for competency in world.competencies.values():
        enforce = competency.framework.enforce
        yield from _present(competency.prerequisites, ("prerequisites", None, enforce))
        yield from _present(competency.satisfied_by, ("satisfied_by", None, enforce))
    for credential in world.credentials.values():
        enforce = credential.framework.enforce
        yield from _present(credential.prerequisites, ("prerequisites", None, enforce))
        yield from _present(credential.composed_of, ("composed_of", None, enforce))
    for named in world.requirements.values():
        yield named.when, ("requirement", None, False)
    for program in world.programs.values():
        yield from _present(program.completion, ("completion", program.key, False))
        for step in program.steps:
            yield from _present(step.when, ("step", program.key, False))


def _present(rule: Requirement | None, where: Where) -> Iterator[tuple[Requirement, Where]]:
    if rule is not None:
        yield rule, where


def _leaf_findings(
    world: World, ranges: dict[str, tuple[int, int]], leaf: Requirement, where: Where
) -> Iterator[tuple[str, str, str]]:
    role, program, enforce = where
    if isinstance(leaf, MonthsLeaf) and leaf.since == "step" and role != "step":
        yield "step-outside-wages", "months since a step outside a wage step", "write since: registered"
    if role == "composed_of" and not isinstance(leaf, CredentialLeaf):
        yield "composed-of-credentials", "composed_of may name only credentials", "name credentials"
    if role == "prerequisites" and enforce and isinstance(leaf, CredentialLeaf) and leaf.current:
        what = "under gate: enforce what was earned is lost again when this prerequisite expires"
        yield "current-prerequisite", what, "leave out current: true"
    if isinstance(leaf, CredentialCount | CompetencyCount):
        yield from _count_findings(world, leaf, program)
    elif isinstance(leaf, HoursLeaf):
        yield from _hours_findings(world, leaf)
    elif isinstance(leaf, CompetencyLeaf) and leaf.rating is not None:
        scale = world.competencies[leaf.key].framework.scale
        if leaf.rating not in scale:
            right = f"expected one of {', '.join(map(str, scale))}"
            yield "rating-off-scale", f"the rating {leaf.rating} is not on the scale", right
    elif isinstance(leaf, ScoreLeaf) and leaf.key in ranges:
        low, high = ranges[leaf.key]
        if not low <= leaf.at_least <= high:
            yield (
                "score-out-of-range",
                f"the score {leaf.at_least} cannot be reached",
                f"expected {low} to {high}",
            )


def _count_findings(
    world: World, count: CredentialCount | CompetencyCount, program: str | None
) -> Iterator[tuple[str, str, str]]:
    if isinstance(count, CredentialCount):
        there = len(counted_credentials(world, count))
    else:
        there = len(counted_competencies(world, count, program))
    if there < count.needed:
        yield "unsatisfiable", f"asks for {count.needed}, and {there} match", f"ask for {there} or fewer"


def _hours_findings(world: World, leaf: HoursLeaf) -> Iterator[tuple[str, str, str]]:
    if leaf.within in RESERVED:
        return
    owner = world.programs[leaf.within.rpartition(":")[0]]
    process = next(p for p in owner.work_processes if p.key == leaf.within)
    if process.maximum is not None and leaf.minutes > process.maximum:
        cap = f"{process.maximum / 60:g}"
        yield "unsatisfiable", f"hours above {cap} count nowhere here", f"ask for {cap} hours or fewer"


def _problem(sources: dict[str, Document], clause: str, what: str, right: str) -> Problem:
    """The complaint at a clause ``FILE#path``."""
    name, _, path = clause.partition("#")
    return sources[name].source.problem_at(path, what, right)
