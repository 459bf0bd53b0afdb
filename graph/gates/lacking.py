"""What people lack of a rule: which one thing alone would do, and who has nothing that can be begun."""

from collections.abc import Collection, Iterator, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from graph.evaluating import DONE, State
from graph.gates.everybody import Answers
from graph.gates.packing import Plane, packed, unpacked
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
    lacks = ~answers.found.plane(part.node)
    return {
        leaf.rule: unpacked(
            lacks & answers.found.plane(leaf.near) & _would(part, leaf.rule, answers), answers.size
        )
        for leaf in _distinct(part)
    }


def _distinct(part: Part) -> list[Part]:
    return list({leaf.rule: leaf for leaf in leaves_of(part)}.values())


def _would(part: Part, given: Requirement, answers: Answers) -> Plane:
    """Whether a rule would hold if a leaf did."""
    return answers.found.plane(part.node) if (found := _changed(part, given, answers)) is None else found


def _changed(part: Part, given: Requirement, answers: Answers) -> Plane | None:
    """The same; None where the rule does not name the leaf."""
    if not part.members:
        return answers.everybody if part.rule == given else None
    changed = [_changed(member, given, answers) for member in part.members]
    if all(one is None for one in changed):
        return None
    members = [
        answers.found.plane(member.node) if one is None else one
        for member, one in zip(part.members, changed, strict=True)
    ]
    if part.needed == 1:
        return reduce(np.bitwise_or, members)
    if part.needed == len(members):
        return reduce(np.bitwise_and, members)
    held: NDArray[np.uint32] = np.sum(
        [unpacked(member, answers.size) for member in members], axis=0, dtype=np.uint32
    )
    return packed(np.asarray(held >= part.needed))


def stuck(part: Part, answers: Answers, focus: str | None) -> Truths:
    """The people who lack a rule of which nothing can be begun: every item it still asks for is locked.

    Hours, months, courses and scores can always be gone on with.
    """
    found = ~answers.found.plane(part.node)
    for leaf in _distinct(part):
        found &= ~_open(leaf, answers, focus)
    return unpacked(found, answers.size)


def _open(leaf: Part, answers: Answers, focus: str | None) -> Plane:
    """The people for whom a leaf is missing and can be worked on."""
    lacks = ~answers.found.plane(leaf.node)
    items = list(_items(leaf.rule, answers, focus))
    if not items:
        return lacks
    if isinstance(leaf.rule, CompetencyLeaf | CredentialLeaf):
        # an item that is done, and here asked for with a rating or as current, can be done again
        return lacks & ~_in(items[0], {State.LOCKED}, answers)
    return lacks & reduce(np.bitwise_or, (_in(item, BEGUN, answers) for item in items))


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


def _in(item: tuple[str, str], states: Collection[State], answers: Answers) -> Plane:
    """The people for whom an item is in one of some states."""
    planes = [plane for state, plane in answers.states(*item) if state in states]
    return reduce(np.bitwise_or, planes, np.zeros_like(answers.everybody))
