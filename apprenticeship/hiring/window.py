"""What a search may see, as a world of its own: nothing that is not in it can be found out by asking. Pure.

In this world credentials and competencies stand alone: nothing leads to them, nothing proves them but what a person
has shown, and there are no hours, wages, courses or scores. A credential that is current was passed on the day, one
that has expired two months before, and all of them last a month, so that its dates say no more than that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from apprenticeship.hiring.model import Holding, Profile
from graph import facts
from graph.evaluating import DONE, Evaluation, State
from graph.progress import progress_on
from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    HoursLeaf,
    Leaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
    leaves,
)
from graph.world import Lifetime, World

MONTH = Lifetime(months=1)
LONG_AGO = timedelta(days=62)
LONG_KNOWN = datetime(1, 1, 1, tzinfo=UTC)


KINDS: Mapping[type, str] = {
    HoursLeaf: "hours",
    MonthsLeaf: "months",
    CourseLeaf: "courses",
    ScoreLeaf: "test scores",
    StepLeaf: "wage steps",
    ProgramLeaf: "programs",
    CompetencyCount: "work processes",
}


def hidden(rule: Requirement, world: World) -> str | None:
    """Say what of a rule a search may not ask about, in a word; None where it may be asked."""
    return next((KINDS[type(leaf)] for leaf in _leaves(rule, world) if not _may_be_asked(leaf)), None)


def _may_be_asked(leaf: Leaf) -> bool:
    if isinstance(leaf, CompetencyCount):
        return leaf.work_process is None
    return type(leaf) not in KINDS


def _leaves(rule: Requirement, world: World) -> Iterator[Leaf]:
    """Every leaf of a rule, and of the named requirements that it names."""
    named: set[str] = set()
    rules = [rule]
    while rules:
        for leaf in leaves(rules.pop()):
            yield leaf
            if isinstance(leaf, NamedLeaf) and leaf.key not in named:
                named.add(leaf.key)
                rules.append(world.requirements[leaf.key].when)


def window(world: World) -> World:
    """Return what a search sees of some standards."""
    shown = World(
        frameworks={key: replace(one, enforce=False, latest=False) for key, one in world.frameworks.items()},
        competencies={
            key: replace(one, prerequisites=None, satisfied_by=None)
            for key, one in world.competencies.items()
        },
        credentials={
            key: replace(
                one, prerequisites=None, composed_of=None, valid_for=MONTH, tests={"performance": key}
            )
            for key, one in world.credentials.items()
        },
    )
    named = {key: one for key, one in world.requirements.items() if hidden(one.when, world) is None}
    return replace(shown, requirements=named)


def profile(evaluation: Evaluation) -> Profile:
    """Return what a search may see of somebody: what is verified, and what rests on it without any waiver."""
    learner = evaluation.person
    shown = tuple(one for one in learner.facts if _counts(one))
    bare = Evaluation(
        evaluation.world,
        replace(learner, facts=shown),
        program=None,
        as_of=evaluation.as_of,
        known_at=evaluation.known_at,
    )
    return Profile(
        person=UUID(learner.id),
        name=learner.name,
        credentials=dict(_credentials(bare)),
        competencies=dict(_competencies(bare)),
        evaluation=bare,
    )


def _counts(fact: facts.Fact) -> bool:
    return fact.status is facts.Status.VERIFIED and not isinstance(fact, facts.Waiver)


def _credentials(evaluation: Evaluation) -> Iterator[tuple[str, Holding]]:
    for key, answer in evaluation.credentials.items():
        if answer.state in DONE:
            yield (
                key,
                Holding(
                    key=key,
                    title=evaluation.world.credentials[key].title or key,
                    since=answer.since,
                    expires=answer.expires,
                    current=answer.state is not State.EXPIRED,
                ),
            )


def _competencies(evaluation: Evaluation) -> Iterator[tuple[str, Holding]]:
    for key, answer in evaluation.competencies.items():
        item = evaluation.world.competencies[key]
        if answer.state in DONE:
            title = f"{item.code} {item.title}" if item.code else item.title or key
            yield key, Holding(key=key, title=title, since=answer.since)


def seen(of: Profile, rule: Requirement, through: World, day: date) -> Evaluation:
    """Return somebody as a search sees them.

    Args:
        of: what may be seen of them.
        rule: what is looked for; ratings that it does not ask for are not read.
        through: the standards as a search sees them.
        day: the day of the search.
    """
    asked = dict(_ratings(of, rule, through))
    shown: list[facts.Fact] = []
    for key, held in of.credentials.items():
        if key in through.credentials:
            on = day if held.current else day - LONG_AGO
            shown.append(facts.Pass(id=f"c:{key}", on=on, recorded=LONG_KNOWN, credential=key))
    shown += [
        facts.Rating(id=f"k:{key}", on=day, recorded=LONG_KNOWN, competency=key, value=asked.get(key))
        for key in of.competencies
        if key in through.competencies
    ]
    learner = facts.Person(id=str(of.person), name="", facts=tuple(shown))
    return Evaluation(through, learner, program=None, as_of=day, known_at=None)


def _ratings(of: Profile, rule: Requirement, world: World) -> Iterator[tuple[str, int]]:
    """Give the highest rating asked for that somebody reaches, of each competency that is asked with one."""
    asked: dict[str, set[int]] = {}
    for leaf in _leaves(rule, world):
        if isinstance(leaf, CompetencyLeaf) and leaf.rating is not None and leaf.key in of.competencies:
            asked.setdefault(leaf.key, set()).add(leaf.rating)
    for key, ratings in asked.items():
        reached = [one for one in ratings if _reaches(of.evaluation, CompetencyLeaf(key, one))]
        if reached:
            yield key, max(reached)


def _reaches(evaluation: Evaluation, leaf: CompetencyLeaf) -> bool:
    return progress_on(evaluation.actual, leaf, evaluation.scope, evaluation.as_of) == 1
