"""Since when a set of evidence has proven a rule: the engine itself, on that evidence alone."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from apprenticeship.credit.grounding import OUTSIDE, Grounding
from graph import timeline
from graph.evaluating import Evaluation
from graph.facts import Pass, Rating
from graph.ledger import only
from graph.reckoning import Reckoning
from graph.requirement import Requirement
from graph.world import Competency, Credential, Program, World


class Tracing:
    """Asks the engine about parts of a person's evidence.

    Args:
        evaluation: without program and without waivers.
        grounding: after every rule that will be asked about has been grounded in it: the engine is run on the items
            that those rules rest on, not on the whole world.
    """

    def __init__(self, evaluation: Evaluation, grounding: Grounding) -> None:
        self._ledger = evaluation.ledger
        self._day = evaluation.as_of.toordinal()
        self._world = _slice(evaluation, grounding)
        self._reckonings: dict[tuple[str, ...], Reckoning] = {}

    def proves(self, rule: Requirement, evidence: tuple[str, ...]) -> bool:
        """Whether a rule holds on the day on this evidence alone."""
        return timeline.is_true(self._line(rule, evidence), self._day)

    def since(self, rule: Requirement, evidence: tuple[str, ...]) -> date | None:
        """The first day of the unbroken stretch in which this evidence alone has proven the rule; None: always."""
        began = timeline.since(self._line(rule, evidence), self._day)
        return date.fromordinal(began) if began else None

    def _line(self, rule: Requirement, evidence: tuple[str, ...]) -> timeline.Timeline:
        if evidence not in self._reckonings:
            ledger = only(self._ledger, evidence)
            self._reckonings[evidence] = Reckoning(self._world, ledger, None)
        return self._reckonings[evidence].holds(rule, OUTSIDE)


def _slice(evaluation: Evaluation, grounding: Grounding) -> World:
    """The items, names and programs that the rules rest on; prerequisites that are only advice are left out."""
    world = evaluation.world
    visited = _visited(grounding)
    competencies = {
        key: _without_advice(world.competencies[key])
        if key in visited["competency"]
        else replace(world.competencies[key], prerequisites=None, satisfied_by=None)
        for key in visited["competency"] | _rated(grounding)
    }
    credentials = {
        key: _without_advice(world.credentials[key])
        if key in visited["credential"]
        else replace(world.credentials[key], prerequisites=None, composed_of=None)
        for key in visited["credential"] | visited["awarded"] | _passed(grounding)
    }
    return replace(
        world,
        competencies={key: competencies[key] for key in world.competencies if key in competencies},
        credentials={key: credentials[key] for key in world.credentials if key in credentials},
        requirements={k: r for k, r in world.requirements.items() if k in visited["requirement"]},
        programs={key: _program(program, visited) for key, program in world.programs.items()},
    )


def _visited(grounding: Grounding) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {
        kind: set() for kind in ("competency", "credential", "awarded", "requirement", "step", "program")
    }
    for kind, key, _ in grounding.visited:
        found[kind].add(key)
    return found


Proven = TypeVar("Proven", Competency, Credential)


def _without_advice(item: Proven) -> Proven:
    return item if item.framework.enforce else replace(item, prerequisites=None)


def _rated(grounding: Grounding) -> set[str]:
    return {fact.competency for fact in grounding.facts.values() if isinstance(fact, Rating)}


def _passed(grounding: Grounding) -> set[str]:
    return {fact.credential for fact in grounding.facts.values() if isinstance(fact, Pass)}


def _program(program: Program, visited: dict[str, set[str]]) -> Program:
    """A program keeps its work processes, for hours; its rules only where they are asked about."""
    last = max(
        (place for place, step in enumerate(program.steps, 1) if step.key in visited["step"]), default=0
    )
    completion = program.completion if program.key in visited["program"] else None
    return replace(program, steps=program.steps[:last], completion=completion)
