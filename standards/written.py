"""Every rule that documents have, each with the document and the place where it stands, and its leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.edges import Place, items
from graph.requirement import CompetencyLeaf, CredentialLeaf, Leaf, Requirement, leaves
from graph.world import Competency, World
from standards.naming import definitions
from standards.problems import Path, Problem
from standards.reading import Document


@dataclass(frozen=True, slots=True)
class Written:
    """One rule.

    Attributes:
        document: where it is written.
        rule: the rule.
        leaves: every leaf of it in reading order.
        role: prerequisites, satisfied_by, composed_of, requirement, completion, step or award.
        program: the program in which it is read, where it stands in one.
        enforce: whether it belongs to an item that counts only while its prerequisites hold.
        step: for the rule of a wage step its place in the schedule.
    """

    document: Document
    rule: Requirement
    leaves: Sequence[Leaf]
    role: str
    program: str | None = None
    enforce: bool = False
    step: int | None = None

    def problem(self, node: Requirement, what: str, right: str) -> Problem:
        """The complaint about a node of the rule."""
        return self.document.source.problem_at(node.clause.partition("#")[2], what, right)


@dataclass(frozen=True)
class Given:
    """What the lint looks at: the documents, the world that they describe, and the rules of college awards."""

    documents: Sequence[Document]
    world: World
    awards: Sequence[tuple[Document, Requirement]]

    @cached_property
    def places(self) -> Mapping[Place, tuple[Document, Path]]:
        """The document and the path of everything that is defined, by kind and qualified key."""
        found: dict[Place, tuple[Document, Path]] = {}
        for document in self.documents:
            home = document.model.id
            for kind, name, path in definitions(document):
                found[kind, name if kind == document.kind else f"{home}:{name}"] = document, path
        return found

    @cached_property
    def rules(self) -> Sequence[Written]:
        """Every rule of the world and of the awards."""
        awards = (Written(document, rule, tuple(leaves(rule)), "award") for document, rule in self.awards)
        return [*self._of_items(), *self._of_names(), *self._of_programs(), *awards]

    @cached_property
    def named(self) -> frozenset[Place]:
        """The competencies and credentials that some rule names."""
        found = set()
        for written in self.rules:
            for leaf in written.leaves:
                if isinstance(leaf, CompetencyLeaf):
                    found.add(("competency", leaf.key))
                elif isinstance(leaf, CredentialLeaf):
                    found.add(("credential", leaf.key))
        return frozenset(found)

    def problem(self, place: Place, key: str | None, what: str, right: str) -> Problem:
        """The complaint about something that is defined, or about one of its keys."""
        document, path = self.places[place]
        return document.source.problem(path if key is None else (*path, key), what, right)

    def _of_items(self) -> Iterator[Written]:
        for place, item in items(self.world):
            document, enforce = self.places[place][0], item.framework.enforce
            proof = item.satisfied_by if isinstance(item, Competency) else item.composed_of
            role = "satisfied_by" if isinstance(item, Competency) else "composed_of"
            for name, rule in (("prerequisites", item.prerequisites), (role, proof)):
                if rule is not None:
                    yield Written(document, rule, tuple(leaves(rule)), name, enforce=enforce)

    def _of_names(self) -> Iterator[Written]:
        for key, named in self.world.requirements.items():
            document = self.places["requirement", key][0]
            yield Written(document, named.when, tuple(leaves(named.when)), "requirement")

    def _of_programs(self) -> Iterator[Written]:
        for key, program in self.world.programs.items():
            document = self.places["program", key][0]
            if program.completion is not None:
                found = tuple(leaves(program.completion))
                yield Written(document, program.completion, found, "completion", key)
            for place, step in enumerate(program.steps):
                if step.when is not None:
                    yield Written(document, step.when, tuple(leaves(step.when)), "step", key, step=place)
