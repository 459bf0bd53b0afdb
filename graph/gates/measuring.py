"""Progress of a rule as sums of truths and amounts over a denominator that never moves: `graph.progress`, compiled."""

from collections.abc import Iterator
from dataclasses import replace

from graph.gates.building import Finished
from graph.gates.program import TRUE, Best, Measure, Months, Share, Truth
from graph.gates.rules import Rules, minutes_of
from graph.order import Scope
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CredentialCount,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    Requirement,
)


def measure_of(rules: Rules, rule: Requirement, scope: Scope) -> Measure:
    """The progress of a requirement; nodes are numbered as its builder does."""
    match rule:
        case All() | Any() | AtLeast():
            return Best(rule.needed, tuple(measure_of(rules, member, scope) for member in rule.members))
        case CredentialCount() | CompetencyCount():
            return Best(rule.needed, tuple(map(Truth, rules.counted(rule, scope))))
        case HoursLeaf():
            return Share(minutes_of(rule, scope), rule.minutes) if rule.minutes > 0 else Truth(TRUE)
        case MonthsLeaf():
            found = rules.months(rule, scope)
            return Best(rule.months, ()) if found is None else Share(found[1], rule.months, found[0])
        case NamedLeaf():
            return measure_of(rules, rules.world.requirements[rule.key].when, Scope(scope.program))
        case _:
            return Truth(rules.holds(rule, scope))


def nodes_of(measure: Measure) -> Iterator[int]:
    """The nodes that a measure reads."""
    match measure:
        case Truth():
            yield measure.node
        case Share():
            yield measure.gate
            if isinstance(measure.amount, Months) and measure.amount.step is not None:
                yield measure.amount.step
        case Best():
            for member in measure.members:
                yield from nodes_of(member)


def placed(measure: Measure, done: Finished) -> Measure:
    """The same measure with the final numbers of its nodes."""
    match measure:
        case Truth():
            return Truth(done.at(measure.node))
        case Share(amount=Months() as months):
            step = None if months.step is None else done.at(months.step)
            return replace(measure, amount=replace(months, step=step), gate=done.at(measure.gate))
        case Share():
            return replace(measure, gate=done.at(measure.gate))
        case Best():
            return Best(measure.needed, tuple(placed(member, done) for member in measure.members))
