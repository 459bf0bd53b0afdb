"""The proof tree of a requirement: what holds, on which evidence, and what is missing, clause by clause."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from graph import timeline
from graph.evaluating import Evaluation
from graph.order import (
    Scope,
    counted_competencies,
    counted_credentials,
    previous_step,
    reads,
    rules_of,
)
from graph.progress import amount, progress_on
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
)


@dataclass(frozen=True, slots=True)
class More:
    """``needed`` more of ``choices`` would do."""

    needed: int
    choices: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """Minutes still to log in a work process, ``ojl`` or ``rti``."""

    minutes: int
    within: str


@dataclass(frozen=True, slots=True)
class Until:
    """The day on which waiting alone does it; None where it never does."""

    day: date | None


Missing = More | Remaining | Until | Requirement


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of the proof; ``members`` mirrors a group, or holds the one rule that a name stands for.

    ``since``: the first day of the unbroken stretch in which it has been so (or not so); None: always.
    ``because``: sufficient evidence ids, empty where it does not hold or needs none.
    """

    requirement: Requirement
    scope: Scope
    holds: bool
    progress: Fraction
    since: date | None
    because: tuple[str, ...]
    missing: tuple[Missing, ...]
    members: tuple["Explanation", ...] = ()

    @property
    def clause(self) -> str:
        """Where the rule is written: ``FILE#path``."""
        return self.requirement.clause


def explain(evaluation: Evaluation, requirement: Requirement, scope: Scope | None = None) -> Explanation:
    """Prove a requirement, or say what it lacks. ``scope`` defaults to the program in focus."""
    return _explain(evaluation, requirement, scope or evaluation.scope)


def _explain(evaluation: Evaluation, requirement: Requirement, scope: Scope) -> Explanation:
    line = evaluation.actual.holds(requirement, scope)
    day = evaluation.as_of.toordinal()
    holds = timeline.is_true(line, day)
    since = timeline.since(line, day)
    because = evaluation.support.of(requirement, scope) if holds else None
    members = tuple(_explain(evaluation, r, s) for r, s in _members(evaluation, requirement, scope))
    return Explanation(
        requirement=requirement,
        scope=scope,
        holds=holds,
        progress=progress_on(evaluation.actual, requirement, scope, evaluation.as_of),
        since=date.fromordinal(since) if since else None,
        because=tuple(sorted(because or ())),
        missing=() if holds else _missing(evaluation, requirement, scope, members),
        members=members,
    )


def _members(
    evaluation: Evaluation, requirement: Requirement, scope: Scope
) -> list[tuple[Requirement, Scope]]:
    match requirement:
        case All() | Any() | AtLeast():
            return [(member, scope) for member in requirement.members]
        case NamedLeaf() | ProgramLeaf() | StepLeaf():
            node = next(reads(evaluation.world, requirement, scope))
            rules = list(rules_of(evaluation.world, node, evaluation.focus))
            before = previous_step(evaluation.world, node.key) if node.kind == "step" else None
            earlier = [] if before is None else [(StepLeaf(before.key), Scope(scope.program))]
            return [*earlier, *rules]
        case _:
            return []


def _missing(
    evaluation: Evaluation, requirement: Requirement, scope: Scope, members: tuple[Explanation, ...]
) -> tuple[Missing, ...]:
    match requirement:
        case All() | Any() | AtLeast():
            open_ones = tuple(m.requirement for m in members if not m.holds)
            return (More(requirement.needed - len(members) + len(open_ones), open_ones),)
        case HoursLeaf():
            needed, done = amount(evaluation.actual, requirement, scope, evaluation.as_of)
            return (Remaining(needed - done, requirement.within),)
        case MonthsLeaf():
            reached = timeline.next_true(
                evaluation.actual.holds(requirement, scope), evaluation.as_of.toordinal()
            )
            return (Until(date.fromordinal(reached) if reached else None),)
        case CredentialCount() | CompetencyCount():
            needed, done = amount(evaluation.actual, requirement, scope, evaluation.as_of)
            return (More(needed - done, _uncounted(evaluation, requirement, scope)),)
        case NamedLeaf() | ProgramLeaf() | StepLeaf():
            return tuple(f for member in members if not member.holds for f in member.missing) or (
                requirement,
            )
        case _:
            return (requirement,)


def _uncounted(
    evaluation: Evaluation, count: CredentialCount | CompetencyCount, scope: Scope
) -> tuple[Requirement, ...]:
    """The items that a count could still count."""
    choices: list[Requirement]
    if isinstance(count, CredentialCount):
        keys = counted_credentials(evaluation.world, count)
        choices = [CredentialLeaf(key, current=count.current) for key in keys]
    else:
        choices = [
            CompetencyLeaf(key) for key in counted_competencies(evaluation.world, count, scope.program)
        ]
    day = evaluation.as_of.toordinal()
    return tuple(c for c in choices if not timeline.is_true(evaluation.actual.holds(c, scope), day))
