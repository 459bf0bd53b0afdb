"""What a rule takes at least: months since registration, and minutes of on-the-job learning, read off its form.

A sound answer, not the best one: nobody meets the rule with less, and perhaps nobody meets it with as little. Months
are added up as they are written, so that a bound is a calendar month off at most where months are clamped.
"""

from collections.abc import Callable

from graph.names import Names
from graph.requirement import OJL, RTI, Group, HoursLeaf, MonthsLeaf, Requirement

DEEPEST = 100
"""Rules nested deeper than this, names seen through, are taken to ask for nothing."""


def least_months(names: Names, rule: Requirement, before: int) -> int:
    """The months since registration after which a wage step can be reached at the earliest.

    Args:
        names: of the world in which the rule stands.
        rule: the rule of the step.
        before: the months after which the step before it can be.
    """

    def asked(node: Requirement) -> int:
        if not isinstance(node, MonthsLeaf):
            return before
        return before + node.months if node.since == "step" else max(before, node.months)

    return _least(names, rule, asked, _chosen, DEEPEST)


def least_minutes(names: Names, rule: Requirement) -> int:
    """The minutes of on-the-job learning without which a rule cannot hold.

    Work processes of one ``all`` are added up: an hour counts in one of them.
    """
    return _least(names, rule, _minutes, _added, DEEPEST)


def _least(
    names: Names,
    rule: Requirement,
    leaf: Callable[[Requirement], int],
    together: Callable[[Group, list[tuple[Requirement, int]]], int],
    depth: int,
) -> int:
    rule = names.rule(rule)
    if not isinstance(rule, Group) or not depth:
        return leaf(rule)
    members = [(names.rule(one), _least(names, one, leaf, together, depth - 1)) for one in rule.members]
    return together(rule, members)


def _chosen(group: Group, members: list[tuple[Requirement, int]]) -> int:
    """Of n members that hold the cheapest n ask least; the dearest of these decides."""
    return sorted(least for _, least in members)[group.needed - 1]


def _minutes(node: Requirement) -> int:
    return node.minutes if isinstance(node, HoursLeaf) and node.within != RTI else 0


def _added(group: Group, members: list[tuple[Requirement, int]]) -> int:
    least = _chosen(group, members)
    if group.needed < len(group.members):
        return least
    of_processes: dict[str, int] = {}
    for node, minutes in members:
        if isinstance(node, HoursLeaf) and node.within not in (OJL, RTI):
            of_processes[node.within] = max(minutes, of_processes.get(node.within, 0))
    return max(least, sum(of_processes.values()))
