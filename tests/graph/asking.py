"""Put a random world to the engine, by way of the documents, as everybody else does."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from graph.evaluating import Evaluation, evaluate
from graph.order import Scope
from graph.requirement import Requirement
from standards.compiling import compile_world
from standards.naming import Names
from standards.reading import Document, read_data
from standards.recording import person_of
from standards.rules import Resolution
from tests.oracle.worlds import PROGRAM, RandomWorld

Tree = dict[str, Any]


def read(documents: list[Tree]) -> list[Document]:
    return [read_data(f"{number}.json", document) for number, document in enumerate(documents)]


def asked(world: RandomWorld, *, as_of: date | None = None, known_at: datetime | None = None) -> Evaluation:
    """The engine's evaluation of a random world in its program."""
    documents = read(world.documents)
    compiled = compile_world(documents)
    person = person_of(read_data("record.json", world.record), documents, compiled)
    return evaluate(compiled, person, program=PROGRAM, as_of=as_of or world.as_of, known_at=known_at)


def goals(world: RandomWorld, evaluation: Evaluation) -> dict[str, tuple[Requirement, Scope]]:
    """Every rule of the world with a name of its own: completion, steps, named requirements."""
    compiled = evaluation.world
    program = compiled.programs[PROGRAM]
    found: dict[str, tuple[Requirement, Scope]] = {}
    if program.completion is not None:
        found["completion"] = (program.completion, evaluation.scope)
    for step in program.steps[1:]:
        if step.when is not None:
            found[step.key] = (step.when, evaluation.step_scope(step.key))
    for key, named in compiled.requirements.items():
        found[key] = (named.when, evaluation.scope)
    return found


def compiled_rule(world: RandomWorld, requirement: Tree) -> Requirement:
    """A requirement written in the program of a world, compiled."""
    from pydantic import TypeAdapter

    raise NotImplementedError
