"""A rule in the words of the shop, whoever it is about."""

from dataclasses import dataclass

from graph.requirement import (
    OJL,
    RTI,
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)
from graph.world import Step, World
from web import words

ROMAN = {1: "I", 2: "II", 3: "III"}


def group_words(group: All | Any | AtLeast) -> str:
    """Say how many of its members a group asks for."""
    count = len(group.members)
    match group:
        case All():
            return "All of these" if count > 2 else "Both of these" if count > 1 else "This"  # noqa: PLR2004
        case Any():
            timed = any(isinstance(member, HoursLeaf | MonthsLeaf) for member in group.members)
            return f"One of these{', whichever comes first' * timed}" if count > 1 else "This"
        case AtLeast():
            return f"{group.needed} of these {count}"


def requirement_words(world: World, requirement: Requirement) -> str:
    """Say one leaf of a requirement; a group by how many of its members it asks for."""
    match requirement:
        case All() | Any() | AtLeast():
            return group_words(requirement)
        case CompetencyLeaf() | CredentialLeaf():
            return _item_words(world, requirement)
        case HoursLeaf():
            return f"{words.hours(requirement.minutes)} hours {within_words(world, requirement.within)}"
        case MonthsLeaf():
            since = "registration" if requirement.since == "registered" else "the last raise"
            return f"{words.sentence(words.counted(requirement.months, 'month'))} since {since}"
        case CredentialCount() | CompetencyCount():
            return _count_words(world, requirement)
        case _:
            return _name_words(world, requirement)


def _item_words(world: World, leaf: CompetencyLeaf | CredentialLeaf) -> str:
    if isinstance(leaf, CredentialLeaf):
        return item_title(world, "credential", leaf.key) + (", not expired" if leaf.current else "")
    rated = "" if leaf.rating is None else f", rated {leaf.rating} or better"
    return item_title(world, "competency", leaf.key) + rated


def _name_words(world: World, leaf: CourseLeaf | ScoreLeaf | NamedLeaf | StepLeaf | ProgramLeaf) -> str:
    match leaf:
        case CourseLeaf():
            grade = f" with {leaf.grade} or better" if leaf.grade else ""
            return f"{world.courses.get(leaf.key) or leaf.key}, passed{grade}"
        case ScoreLeaf():
            return f"{world.scores.get(leaf.key) or leaf.key}: {leaf.at_least} or better"
        case NamedLeaf():
            return world.requirements[leaf.key].title or leaf.key
        case StepLeaf():
            program, position = world.step(leaf.key)
            return f"{step_title(program.steps[position], position)} reached"
        case ProgramLeaf():
            return f"{world.programs[leaf.key].title or leaf.key} completed"


def _count_words(world: World, count: CredentialCount | CompetencyCount) -> str:
    place = ""
    if count.framework is not None:
        place = f" of {world.frameworks[count.framework].title or count.framework}"
    if isinstance(count, CredentialCount):
        level = "" if count.level is None else f"Level {ROMAN.get(count.level, count.level)}"
        said = f" {level}" if level and level not in place else ""
        valid = ", not expired" if count.current else ""
        return f"{count.needed}{said} {_noun('credential', count.needed)}{place}{valid}"
    process = f" {within_words(world, count.work_process)}" if count.work_process else ""
    return f"{count.needed} {_noun(count.kind, count.needed)}{place}{process} signed off"


def _noun(kind: str | None, number: int) -> str:
    noun = kind or "competency"
    if number == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def within_words(world: World, within: str) -> str:
    """Say where hours are worked."""
    if within == OJL:
        return "on the job"
    if within == RTI:
        return "in class"
    process = world.work_processes.get(within)
    return f"in {within if process is None else process.title or within}"


def item_title(world: World, kind: str, key: str) -> str:
    """Give an item's code and title."""
    if kind == "competency":
        competency = world.competencies[key]
        return f"{competency.code} {competency.title}" if competency.code else competency.title or key
    return world.credentials[key].title or key


def step_title(step: Step, position: int) -> str:
    """Name a wage step by its own title, else by its place on the ladder."""
    return step.title or f"Step {position + 1}"


@dataclass(frozen=True)
class RuleLine:
    """A rule in words with its members below it."""

    text: str
    members: tuple["RuleLine", ...] = ()


def rule_line(world: World, rule: Requirement) -> RuleLine:
    """Say a whole rule, whoever it is about."""
    members = rule.members if isinstance(rule, All | Any | AtLeast) else ()
    return RuleLine(requirement_words(world, rule), tuple(rule_line(world, member) for member in members))
