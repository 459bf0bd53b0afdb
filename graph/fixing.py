"""A smallest set of things still to do that makes a requirement hold, prerequisites included under either gate."""

from dataclasses import dataclass
from datetime import timedelta

from graph.actions import Action, EarnHours, WaitUntil
from graph.cheapest import Terms, cheapest, fewest
from graph.circuit import Solution
from graph.evaluating import Evaluation
from graph.order import Scope
from graph.reaching import WAIT, Reach
from graph.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, sorted; empty where the requirement holds already. Proven smallest.

    ``ties`` are other sets as small, as many as were asked for, in the order of their sorted names.
    """

    actions: tuple[Action, ...]
    ties: tuple[tuple[Action, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NoFix:
    """Nothing that a person can still do makes it hold."""

    reason: str


def fix(
    evaluation: Evaluation, requirement: Requirement, scope: Scope | None = None, *, ties: int = 0
) -> Fix | NoFix:
    """The smallest set of actions, all taken on the as-of date, that makes a requirement hold.

    Fewest actions first, then the sorted names. Every earned item's prerequisites hold when its turn comes. Expired
    items may be earned again. What lapses while waiting is not foreseen.

    Args:
        evaluation: where the person stands.
        requirement: what is to hold.
        scope: where it stands; the program in focus where none is given.
        ties: how many other sets as small to look for.
    """
    reach = Reach(evaluation)
    goal = reach.rule(requirement, scope or evaluation.scope)
    reach.finish()
    found = cheapest(reach.circuit, goal, terms=Terms(ties=ties))
    if found is None:
        return NoFix(reach.reason)
    others = tuple(actions_of(reach, evaluation, solution) for solution in found.ties)
    return Fix(actions_of(reach, evaluation, found.solution), others)


def distance(evaluation: Evaluation, requirement: Requirement, scope: Scope | None = None) -> int | None:
    """How many actions a smallest fix has, without saying which; None where nothing can make it hold."""
    reach = Reach(evaluation)
    goal = reach.rule(requirement, scope or evaluation.scope)
    reach.finish()
    return fewest(reach.circuit, goal)


def actions_of(reach: Reach, evaluation: Evaluation, solution: Solution) -> tuple[Action, ...]:
    """What a solution asks a person to do: what to earn, then hours, then waiting, each sorted."""
    earned = [reach.earned(name) for name in sorted(solution.choices)]
    hours = [
        EarnHours(amount, pool.removeprefix("hours:"))
        for pool, amount in sorted(solution.amounts.items())
        if pool != WAIT
    ]
    days = solution.amounts.get(WAIT)
    waits = [] if days is None else [WaitUntil(evaluation.as_of + timedelta(days=days))]
    return (*earned, *hours, *waits)
