"""What a rule still lacks: what holds of it already is left out, what a name stands for is looked into."""

from apprenticeship.credit.grounding import OUTSIDE
from graph import timeline
from graph.evaluating import Evaluation
from graph.explaining import Missing, More, explain
from graph.requirement import All, Any, AtLeast, Group, NamedLeaf, Requirement


def missing_of(evaluation: Evaluation, rule: Requirement) -> tuple[Missing, ...]:
    """What is missing of a rule that does not hold: how many more of what is open."""
    while isinstance(rule, NamedLeaf):
        rule = evaluation.world.requirements[rule.key].when
    if not isinstance(rule, Group):
        return explain(evaluation, rule, OUTSIDE).missing
    left = open_part(evaluation, rule)
    if not isinstance(left, Group):
        return missing_of(evaluation, left)
    return (More(left.needed, left.members),)


def open_part(evaluation: Evaluation, rule: Requirement) -> Requirement:
    """The part of a rule that does not hold yet: three of five of which one holds are two of four."""
    if not isinstance(rule, Group):
        return rule
    day = evaluation.as_of.toordinal()
    open_ones = tuple(
        open_part(evaluation, member)
        for member in rule.members
        if not timeline.is_true(evaluation.actual.holds(member, OUTSIDE), day)
    )
    needed = rule.needed - (len(rule.members) - len(open_ones))
    if len(open_ones) == 1:
        return open_ones[0]
    if needed == len(open_ones):
        return All(open_ones, clause=rule.clause)
    return (
        Any(open_ones, clause=rule.clause) if needed == 1 else AtLeast(needed, open_ones, clause=rule.clause)
    )
