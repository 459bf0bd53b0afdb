"""A rule taken apart: the node of each of its parts, so that one can ask which of them are missing."""

from collections.abc import Iterator
from dataclasses import replace

from graph.gates.building import Finished
from graph.gates.program import Part
from graph.gates.rules import Rules
from graph.order import Scope
from graph.requirement import All, Any, AtLeast, CompetencyCount, CredentialCount, NamedLeaf, Requirement


def part_of(rules: Rules, rule: Requirement, scope: Scope) -> Part:
    """A rule taken apart; nodes are numbered as its builder does."""
    node = rules.holds(rule, scope)
    match rule:
        case All() | Any() | AtLeast():
            members = tuple(part_of(rules, member, scope) for member in rule.members)
            return Part(rule, node, needed=rule.needed, members=members)
        case NamedLeaf():
            return part_of(rules, rules.world.requirements[rule.key].when, Scope(scope.program))
        case CredentialCount() | CompetencyCount():
            return Part(rule, node, near=rules.builder.gate(rule.needed - 1, rules.counted(rule, scope)))
        case _:
            return Part(rule, node)


def leaves_of(part: Part) -> Iterator[Part]:
    """The leaves of a rule taken apart, in reading order; one that is named twice comes twice."""
    if not part.members:
        yield part
    for member in part.members:
        yield from leaves_of(member)


def read_by(part: Part) -> Iterator[int]:
    """The nodes that a rule taken apart reads."""
    yield part.node
    yield part.near
    for member in part.members:
        yield from read_by(member)


def placed_part(part: Part, done: Finished) -> Part:
    """The same with the final numbers of its nodes."""
    return replace(
        part,
        node=done.at(part.node),
        near=done.at(part.near),
        members=tuple(placed_part(member, done) for member in part.members),
    )
