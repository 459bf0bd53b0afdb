"""Findings about single rules: what can never hold, what stands where it means nothing."""

from collections.abc import Iterator

from graph.order import counted_competencies, counted_credentials
from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    Leaf,
    MonthsLeaf,
    ProgramLeaf,
    ScoreLeaf,
)
from graph.world import World
from standards.lint_groups import group_findings
from standards.naming import RESERVED
from standards.problems import Complaint
from standards.scales import score_ranges
from standards.written import Given, Written

Said = tuple[str, str, str]
"""(code, what is wrong, what would be right)."""

NEVER = frozenset({"unsatisfiable", "step-outside-wages"})
"""What is said of conditions that cannot hold for anybody."""


def rule_findings(given: Given) -> Iterator[Complaint]:
    """Every condition that can never hold or stands in a wrong place, and what groups make of them."""
    ranges = score_ranges(given.documents)
    never: set[int] = set()
    for written in given.rules:
        for leaf in written.leaves:
            for code, what, right in _leaf_findings(given.world, ranges, leaf, written):
                if code in NEVER:
                    never.add(id(leaf))
                yield code, written.problem(leaf, what, right)
    yield from group_findings(given, never)
    for (kind, key), (document, path) in given.places.items():
        name = key.rpartition(":")[2]
        if kind == "work_process" and name in RESERVED:
            what = f"the work process {name!r} has a reserved name"
            yield "reserved-name", document.source.problem((*path, "id"), what, "choose another id")


def _leaf_findings(
    world: World, ranges: dict[str, tuple[int, int]], leaf: Leaf, written: Written
) -> Iterator[Said]:
    yield from _misplaced(leaf, written)
    match leaf:
        case CredentialCount() | CompetencyCount():
            yield from _count_findings(world, leaf, written.program)
        case HoursLeaf():
            yield from _hours_findings(world, leaf)
        case CompetencyLeaf() if leaf.rating is not None:
            scale = world.competencies[leaf.key].framework.scale
            if leaf.rating not in scale:
                right = f"expected one of {', '.join(map(str, scale))}"
                yield "rating-off-scale", f"the rating {leaf.rating} is not on the scale", right
        case ScoreLeaf() if leaf.key in ranges:
            low, high = ranges[leaf.key]
            if not low <= leaf.at_least <= high:
                what = f"the score {leaf.at_least} cannot be reached"
                yield "score-out-of-range", what, f"expected {low} to {high}"
        case ProgramLeaf() if world.programs[leaf.key].completion is None:
            what = f"the program {leaf.key} has no completion"
            yield "unsatisfiable", what, "say there when it is completed"
        case _:
            pass


def _misplaced(leaf: Leaf, written: Written) -> Iterator[Said]:
    role = written.role
    if isinstance(leaf, MonthsLeaf) and leaf.since == "step" and role != "step":
        yield "step-outside-wages", "months since a step outside a wage step", "write since: registered"
    if role == "composed_of" and not isinstance(leaf, CredentialLeaf):
        yield "composed-of-credentials", "composed_of may name only credentials", "name credentials"
    if role == "prerequisites" and written.enforce and isinstance(leaf, CredentialLeaf) and leaf.current:
        what = "under gate: enforce what was earned is lost again when this prerequisite expires"
        yield "current-prerequisite", what, "leave out current: true"


def _count_findings(
    world: World, count: CredentialCount | CompetencyCount, program: str | None
) -> Iterator[Said]:
    if isinstance(count, CredentialCount):
        there = len(counted_credentials(world, count))
    else:
        there = len(counted_competencies(world, count, program))
    if there < count.needed:
        right = f"ask for {there} or fewer" if there else "count something that there is"
        yield "unsatisfiable", f"asks for {count.needed}, and {there or 'none'} match", right


def _hours_findings(world: World, leaf: HoursLeaf) -> Iterator[Said]:
    if leaf.within in RESERVED:
        return
    owner = world.programs[leaf.within.rpartition(":")[0]]
    process = next(p for p in owner.work_processes if p.key == leaf.within)
    if process.maximum is not None and leaf.minutes > process.maximum:
        cap = f"{process.maximum / 60:g}"
        yield "unsatisfiable", f"hours above {cap} count nowhere here", f"ask for {cap} hours or fewer"
