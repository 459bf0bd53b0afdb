"""What alone would do: the single things any one of which makes a requirement hold.

No search is needed for it: from what holds today each thing that can be done at once is tried by itself.
"""

from graph.actions import Action
from graph.circuit import Circuit, Enough, Growth, Solution
from graph.evaluating import Evaluation
from graph.fixing import actions_of
from graph.order import Scope
from graph.reaching import Reach
from graph.requirement import Requirement


def one_things(
    evaluation: Evaluation, requirement: Requirement, scope: Scope | None = None
) -> tuple[Action, ...]:
    """Every single action that makes a requirement hold, sorted by name; hours and waits as short as will do.

    Empty where it holds already, and where it takes more than one thing or cannot hold. The first is the one that
    `graph.fixing.fix` gives.

    Args:
        evaluation: where the person stands.
        requirement: what is to hold.
        scope: where it stands; the program in focus where none is given.
    """
    reach = Reach(evaluation)
    goal = reach.rule(requirement, scope or evaluation.scope)
    reach.finish()
    return tuple(
        action for one in _alone(reach.circuit, goal) for action in actions_of(reach, evaluation, one)
    )


def _alone(circuit: Circuit, goal: int) -> list[Solution]:
    start = Growth(circuit)
    if goal in start.true:
        return []
    found = [Solution(frozenset({name}), {}) for name in start.open if _takes(start, name, goal)]
    for pool in circuit.pools:
        amount = _least(circuit, start, pool, goal)
        if amount is not None:
            found.append(Solution(frozenset(), {pool: amount}))
    return sorted(found, key=lambda one: one.names)


def _takes(start: Growth, name: str, goal: int) -> bool:
    grown = start.branch()
    grown.take(name)
    return goal in grown.true


def _least(circuit: Circuit, start: Growth, pool: str, goal: int) -> int | None:
    """The smallest amount of one pool that does alone: one of those that are asked for."""
    asked = {part.needed for part in circuit.parts if isinstance(part, Enough) and pool in part.pools}
    room = circuit.pools[pool]
    for amount in sorted(amount for amount in asked if amount <= room):
        grown = start.branch()
        grown.log(pool, amount)
        if goal in grown.true:
            return amount
    return None
