"""Rules that are asked about people who are registered under different versions of the standards."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from apprenticeship.standing.worlds import world_of
from graph.requirement import (
    OJL,
    RTI,
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
    leaves,
)
from graph.world import World
from standards.storage import repo as standards
from standards.storage.model import Published

Name = tuple[str, str]
"""The kind of a thing and its key."""


async def newest_standards() -> tuple[Published, ...]:
    """Return the newest version of every published framework and program."""
    return (*await standards.newest("framework"), *await standards.newest("program"))


async def newest_world() -> World:
    """Return the world of all of them: what a rule that somebody asks may name."""
    return await world_of([one.id for one in await newest_standards()])


def overlaid(newest: Sequence[Published], pinned: Sequence[Published]) -> dict[Name, UUID]:
    """Return the newest versions, but where somebody is registered under another one that one, by kind and key."""
    return {(one.kind, one.key): one.id for one in (*newest, *pinned)}


KINDS: Mapping[type, str] = {
    CredentialLeaf: "credential",
    CompetencyLeaf: "competency",
    CourseLeaf: "course",
    ScoreLeaf: "score",
    NamedLeaf: "requirement",
    StepLeaf: "step",
    ProgramLeaf: "program",
}


def names_in(rule: Requirement) -> Iterator[Name]:
    """Give everything that a rule names."""
    for leaf in leaves(rule):
        if isinstance(leaf, HoursLeaf):
            if leaf.within not in (OJL, RTI):
                yield "work_process", leaf.within
        elif isinstance(leaf, CredentialCount | CompetencyCount):
            yield from _counted(leaf)
        elif not isinstance(leaf, MonthsLeaf):
            yield KINDS[type(leaf)], leaf.key


def _counted(count: CredentialCount | CompetencyCount) -> Iterator[Name]:
    if count.framework is not None:
        yield "framework", count.framework
    if isinstance(count, CompetencyCount) and count.work_process is not None:
        yield "work_process", count.work_process


def unknown(rule: Requirement, world: World) -> tuple[Name, ...]:
    """Return what a rule names that a world does not have."""
    return tuple(name for name in names_in(rule) if not _has(world, *name))


def _has(world: World, kind: str, key: str) -> bool:
    if kind == "step":
        program = world.programs.get(key.rpartition(":")[0])
        return program is not None and any(step.key == key for step in program.steps)
    kinds = {
        "credential": world.credentials,
        "competency": world.competencies,
        "course": world.courses,
        "score": world.scores,
        "requirement": world.requirements,
        "program": world.programs,
        "framework": world.frameworks,
        "work_process": world.work_processes,
    }
    return key in kinds[kind]
