"""What people lack of a rule: which one thing alone would do, and who has nothing that can be begun."""

from collections.abc import Iterator, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from graph.evaluating import DONE, State
from graph.gates.everybody import STATES, Answers
from graph.gates.parts import leaves_of
from graph.gates.program import Part
from graph.order import counted_competencies, counted_credentials
from graph.requirement import (
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    Requirement,
)

Truths = NDArray[np.bool_]

BEGUN = frozenset(State) - DONE - {State.LOCKED}
"""States of what is not done and can be worked on, or is being decided on."""


def alone(part: Part, answers: Answers) -> Mapping[Requirement, Truths]:
    """For each leaf of a rule the people who lack the rule, and would not if that leaf held.

    Several leaves may do for one person where the rule offers a choice. A count is one thing where one more would do.
    What a leaf itself rests on (prerequisites, what proves it) is not gone into.
    """
    lacks = ~answers.holds(part.node)
    return {
        leaf.rule: lacks & answers.holds(leaf.near) & _would(part, leaf, answers) for leaf in _distinct(part)
    }


def _distinct(part: Part) -> list[Part]:
    return list({leaf.rule: leaf for leaf in leaves_of(part)}.values())


def _would(part: Part, given: Part, answers: Answers) -> Truths:
    """Whether a rule would hold if a leaf did."""
    if not part.members:
        return np.ones(answers.size, bool) if part.rule == given.rule else answers.holds(part.node)
    if given.rule not in {leaf.rule for leaf in leaves_of(part)}:
        return answers.holds(part.node)
    members = [_would(member, given, answers) for member in part.members]
    if part.needed == 1:
        return reduce(np.logical_or, members)
    if part.needed == len(members):
        return reduce(np.logical_and, members)
    enough: Truths = np.sum(members, axis=0) >= part.needed
    return enough


def stuck(part: Part, answers: Answers, focus: str | None) -> Truths:
    """The people who lack a rule of which nothing can be begun: every item it still asks for is locked.

    Hours, months, courses and scores can always be gone on with.
    """
    found = ~answers.holds(part.node)
    for leaf in _distinct(part):
        found &= ~_open(leaf, answers, focus)
    return found


def _open(leaf: Part, answers: Answers, focus: str | None) -> Truths:
    """The people for whom a leaf is missing and can be worked on."""
    lacks = ~answers.holds(leaf.node)
    items = list(_items(leaf.rule, answers, focus))
    if not items:
        return lacks
    if isinstance(leaf.rule, CompetencyLeaf | CredentialLeaf):
        # an item that is done, and here asked for with a rating or as current, can be done again
        return lacks & ~_in(items[0], {State.LOCKED}, answers)
    begun = reduce(np.logical_or, (_in(item, BEGUN, answers) for item in items))
    return lacks & begun


def _items(rule: Requirement, answers: Answers, focus: str | None) -> Iterator[tuple[str, str]]:
    """The items that a leaf can be satisfied with."""
    world = answers.program.world
    match rule:
        case CompetencyLeaf():
            yield "competency", rule.key
        case CredentialLeaf():
            yield "credential", rule.key
        case CompetencyCount():
            yield from (("competency", key) for key in counted_competencies(world, rule, focus))
        case CredentialCount():
            yield from (("credential", key) for key in counted_credentials(world, rule))


def _in(item: tuple[str, str], states: frozenset[State] | set[State], answers: Answers) -> Truths:
    return np.isin(answers.state(*item), [STATES.index(state) for state in states])
