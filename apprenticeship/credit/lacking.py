"""What a rule lacks, at its first level; what a name stands for is looked into."""

from apprenticeship.credit.grounding import OUTSIDE
from graph import timeline
from graph.evaluating import Evaluation
from graph.explaining import Missing, More, explain
from graph.requirement import Group, Requirement


def missing_of(evaluation: Evaluation, rule: Requirement) -> tuple[Missing, ...]:
    """What is missing of a rule that does not hold.

    The same as the first level of its explanation, without explaining every member of it.
    """
    if not isinstance(rule, Group):
        return explain(evaluation, rule, OUTSIDE).missing
    day = evaluation.as_of.toordinal()
    open_ones = tuple(
        member
        for member in rule.members
        if not timeline.is_true(evaluation.actual.holds(member, OUTSIDE), day)
    )
    held = len(rule.members) - len(open_ones)
    return (More(rule.needed - held, open_ones),)
