"""Findings about the order of wage steps: beyond the term, and passed over by whoever reaches them."""

from collections.abc import Iterator, Sequence

from graph.bounds import least_minutes, least_months
from graph.implication import Implication
from graph.names import Names
from graph.requirement import (
    RTI,
    All,
    HoursLeaf,
    MonthsLeaf,
    Requirement,
    StepLeaf,
    leaves,
)
from graph.world import Program, Step
from standards.naming import bare
from standards.problems import Complaint
from standards.written import Given

MOST_LEAVES = 500
"""Of rules with more leaves before it a step is not said to follow."""
Said = tuple[str, int, str, str]
"""(code, the place of the step in the schedule, what is wrong, what would be right)."""


def ladder_findings(given: Given) -> Iterator[Complaint]:
    """All findings about the order of the steps of every program."""
    names, implication = Names(given.world), Implication(given.world)
    for key, program in given.world.programs.items():
        document, path = given.places["program", key]
        for code, at, what, right in (*_beyond_term(names, program), *_never_paid(implication, program)):
            place = (*path, "wages", "steps", at, "when")
            yield code, document.source.problem(place, what, right)


def _beyond_term(names: Names, program: Program) -> Iterator[Said]:
    """29 CFR 29.5(b)(5): a schedule rising over the term; a step that lies beyond it is never needed."""
    months = 0
    for at, step in enumerate(program.steps):
        if step.when is None:
            continue
        months = least_months(names, step.when, months)
        found = [*_leaves_beyond_term(program, step.when)] or [
            *_rule_beyond_term(program, months, least_minutes(names, step.when))
        ]
        for what, right in found:
            yield "step-beyond-term", at, what, right


def _leaves_beyond_term(program: Program, rule: Requirement) -> Iterator[tuple[str, str]]:
    for leaf in leaves(rule):
        match leaf:
            case HoursLeaf(within=within) if within == RTI:
                if _is_over(leaf.minutes, program.rti_minutes):
                    what = f"{leaf.minutes / 60:g} hours are more than the related instruction as registered"
                    yield what, "ask for fewer hours"
            case HoursLeaf() if _is_over(leaf.minutes, program.term_minutes):
                yield f"{leaf.minutes / 60:g} hours lie above the minimum term", "ask for fewer hours"
            case MonthsLeaf(since="registered") if _is_over(leaf.months, program.term_months):
                yield f"{leaf.months} months lie beyond the term", "ask for fewer months"
            case _:
                pass


def _rule_beyond_term(program: Program, months: int, minutes: int) -> Iterator[tuple[str, str]]:
    """What no leaf says alone: months after months, work processes beside each other."""
    if _is_over(minutes, program.term_minutes):
        yield f"{minutes / 60:g} hours together lie above the minimum term", "ask for fewer hours"
    if _is_over(months, program.term_months):
        yield f"step after step it takes {months} months, beyond the term", "ask for fewer months"


def _is_over(asked: int, term: int | None) -> bool:
    return term is not None and asked > term


def _never_paid(implication: Implication, program: Program) -> Iterator[Said]:
    """Steps that are reached with the step before them, so that nobody is ever paid that one."""
    for at, (before, step) in enumerate(zip(program.steps, program.steps[1:], strict=False), start=1):
        if at > 1 and _follows(implication, program.steps[:at], step):
            what = f"whoever reaches {bare(before.key)} has reached {bare(step.key)} as well"
            right = f"ask for something more, or leave {bare(before.key)} out"
            yield "step-never-paid", at, f"{what}, so that {bare(before.key)} is never paid", right


def _follows(implication: Implication, earlier: Sequence[Step], step: Step) -> bool:
    """Months since the step before count from another day in every rule, so those of others say nothing of them."""
    if step.when is None:
        return False
    dated = _counts_from_a_step(step.when)
    rules = [one.when for one in earlier if one.when and not (dated and _counts_from_a_step(one.when))]
    if sum(1 for rule in rules for _ in leaves(rule)) > MOST_LEAVES:
        return False
    reached = StepLeaf(earlier[-1].key)
    # what the step before alone brings is said of the rule itself: it always holds
    return not implication.holds(reached, step.when) and implication.holds(All((reached, *rules)), step.when)


def _counts_from_a_step(rule: Requirement) -> bool:
    return any(isinstance(leaf, MonthsLeaf) and leaf.since == "step" for leaf in leaves(rule))
