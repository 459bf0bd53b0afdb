"""Put a random world to the engine, by way of the documents, as everybody else does."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from graph.evaluating import Evaluation, evaluate
from graph.facts import Person
from graph.order import Scope
from graph.requirement import CompetencyLeaf, CredentialLeaf, ProgramLeaf, Requirement, StepLeaf
from graph.world import World
from standards.compiling import compile_world
from standards.problems import parse_path
from standards.reading import Document, read_data
from standards.recording import person_of
from tests.oracle.oracle import Oracle
from tests.oracle.worlds import PROGRAM, RandomWorld

Tree = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One written rule of a world: as the documents have it, and as the engine does."""

    name: str
    written: Tree
    requirement: Requirement
    scope: Scope
    step: str | None = None


def known_by(record: Tree, day: date) -> Tree:
    """The record without what is dated later, and without registrations to come."""
    body = record["record"]
    return {
        **record,
        "record": {
            **body,
            "evidence": _cut(body["evidence"], "on", day),
            "enrolments": _cut(body["enrolments"], "registered", day),
        },
    }


def _cut(entries: list[Tree], key: str, day: date) -> list[Tree]:
    """Without later entries, and without what revokes them."""
    kept = [entry for entry in entries if date.fromisoformat(entry[key]) <= day]
    names: set[str] = {entry["id"] for entry in kept if "id" in entry}
    while lost := [entry for entry in kept if "revokes" in entry and entry["revokes"] not in names]:
        kept = [entry for entry in kept if entry not in lost]
        names -= {entry["id"] for entry in lost}
    return kept


class Asked:
    """A random world compiled once; every question to it is put to the engine anew."""

    def __init__(self, random: RandomWorld) -> None:
        self.random = random
        self.documents: list[Document] = [
            read_data(f"{number}.json", document) for number, document in enumerate(random.documents)
        ]
        self.world: World = compile_world(self.documents)
        self.person = self.person_with(random.record)

    def person_with(self, record: Tree) -> Person:
        return person_of(read_data("record.json", record), self.documents, self.world)

    def evaluation(
        self, as_of: date | None = None, known_at: datetime | None = None, record: Tree | None = None
    ) -> Evaluation:
        person = self.person if record is None else self.person_with(record)
        day = as_of or self.random.as_of
        return evaluate(self.world, person, program=PROGRAM, as_of=day, known_at=known_at)

    def oracle(self, known_at: datetime | None = None) -> Oracle:
        return Oracle(
            self.random.documents,
            self.random.record,
            program=PROGRAM,
            as_of=self.random.as_of,
            known_at=known_at,
        )

    def written_at(self, clause: str) -> Tree:
        """The rule that a clause, ``FILE#path``, points at."""
        name, _, path = clause.partition("#")
        found: Any = self.random.documents[int(name.removesuffix(".json"))]
        for step in parse_path(path):
            found = found[step]
        return dict(found)

    @cached_property
    def rules(self) -> list[Rule]:
        """Completion, the rule of every step, every named requirement, and the rules of every item."""
        program = self.world.programs[PROGRAM]
        here = Scope(program.key)
        found = []
        for document, plain in zip(self.documents, self.random.documents, strict=True):
            if document.model.id == PROGRAM:
                written = plain["program"]
                if program.completion is not None:
                    found.append(Rule("completion", written["completion"], program.completion, here))
                for step, entry in zip(program.steps[1:], written["wages"]["steps"][1:], strict=True):
                    if step.when is not None:
                        scope = self.evaluation().step_scope(step.key)
                        found.append(Rule(step.key, entry["when"], step.when, scope, step.key))
            elif "framework" in plain:
                found += self._of_framework(document.model.id, plain, here)
        return found

    def _of_framework(self, home: str, plain: Tree, here: Scope) -> list[Rule]:
        found = []
        for entry in plain.get("requirements") or ():
            key = f"{home}:{entry['id']}"
            found.append(Rule(key, entry["when"], self.world.requirements[key].when, here))
        for section, items in (
            ("competencies", self.world.competencies),
            ("credentials", self.world.credentials),
        ):
            for entry in plain[section]:
                item = items[f"{home}:{entry['id']}"]
                for clause in ("prerequisites", "satisfied_by", "composed_of"):
                    if clause in entry:
                        rule = getattr(item, clause)
                        found.append(Rule(f"{item.key} {clause}", entry[clause], rule, here))
        return found

    @cached_property
    def goals(self) -> list[Rule]:
        """The rules, then every item, step and program by name, each also as strictly as it can be asked for."""
        here = Scope(PROGRAM)
        found = list(self.rules)
        for key in self.world.competencies:
            strict = CompetencyLeaf(key, rating=4)
            found.append(Rule(key, {"competency": key}, CompetencyLeaf(key), here))
            found.append(Rule(f"{key} at 4", {"competency": key, "rating": 4}, strict, here))
        for key in self.world.credentials:
            current = CredentialLeaf(key, current=True)
            found.append(Rule(key, {"credential": key}, CredentialLeaf(key), here))
            found.append(Rule(f"{key} current", {"credential": key, "current": True}, current, here))
        steps = [step.key for step in self.world.programs[PROGRAM].steps]
        found += [Rule(key, {"step": key}, StepLeaf(key), here) for key in steps]
        found += [Rule(key, {"program": key}, ProgramLeaf(key), here) for key in self.world.programs]
        return found
