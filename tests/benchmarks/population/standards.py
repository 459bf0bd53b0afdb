"""What the people of a population are registered in: the shipped programs, with the hours that twenty facts can reach.

An entry of hours is one day's. Somebody with twenty facts has a handful of days, as if only every fiftieth day had been
logged; so the rules ask for a fiftieth of the hours and keep their form.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from graph.edges import in_order, prerequisite_edges
from graph.gates.columns import Subject, Vocabulary
from graph.requirement import RTI
from graph.world import World
from standards.canonical import canonical_json
from standards.catalog import load_catalog
from standards.compiling import compile_world
from standards.reading import Document, read_bytes
from tests.benchmarks.nation.crowd import Ladder

PROGRAMS = ("machinist", "cnc-operator-turning")
EVERY = 50
SCORE = "act-ncrc:ncrc-math"


def documents(every: int = EVERY) -> tuple[Document, ...]:
    """The shipped frameworks as they are, and the programs with a fiftieth of their hours."""
    return tuple(
        thinned(document, every) if document.kind == "program" else document
        for document in load_catalog()
        if document.kind in ("framework", "program")
    )


def thinned(program: Document, every: int) -> Document:
    """A program with so small a part of all hours that it speaks of."""
    (found,) = read_bytes("program.json", canonical_json(_thinned(program.raw, every)))
    return found


def _thinned(told: Any, every: int) -> Any:
    if isinstance(told, list):
        return [_thinned(one, every) for one in told]
    if not isinstance(told, Mapping):
        return told
    return {
        name: _fewer(own, every) if name == "hours" else _thinned(own, every) for name, own in told.items()
    }


def _fewer(hours: Any, every: int) -> Any:
    if isinstance(hours, Mapping):
        return {name: _fewer(own, every) for name, own in hours.items()}
    return max(1, round(hours / every))


def worlds() -> dict[str, World]:
    """Every program as it is read: with the frameworks that it uses."""
    found = documents()
    frameworks = {
        document.raw["framework"]["id"]: document for document in found if document.kind == "framework"
    }
    programs = {document.raw["program"]["id"]: document for document in found if document.kind == "program"}
    return {
        key: compile_world(
            [programs[key], *(frameworks[used] for used in programs[key].raw["program"]["uses"])]
        )
        for key in PROGRAMS
    }


def ladder(world: World, program: str, vocabulary: Vocabulary) -> Ladder:
    """What people in a program show: whatever it knows, what comes first below."""
    rungs = [rung for kind, key in in_order(prerequisite_edges(world)) for rung in _rungs(world, kind, key)]
    excused = [Subject("waiver", s.key, "competency" if s.sort == "rating" else "credential") for s in rungs]
    processes = [process.key for process in world.programs[program].work_processes]
    return Ladder(
        vocabulary.program(program),
        _numbers(vocabulary, rungs),
        np.array([subject.sort == "rating" for subject in rungs]),
        _numbers(vocabulary, excused),
        _numbers(vocabulary, [Subject("hours", key) for key in (*processes, RTI)]),
        vocabulary.subject(Subject("course", next(iter(world.courses)))),
        vocabulary.subject(Subject("score", SCORE)),
    )


def _numbers(vocabulary: Vocabulary, subjects: list[Subject]) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    return np.array([vocabulary.subject(subject) for subject in subjects], np.uint32)


def _rungs(world: World, kind: str, key: str) -> list[Subject]:
    if kind == "competency":
        return [Subject("rating", key)] if world.competencies[key].kind != "area" else []
    return [Subject("pass", key, part) for part in world.credentials[key].tests]
