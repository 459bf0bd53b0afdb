"""Why a raise does not come within a plan, and why somebody is not trained, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.capacity.ahead import Goal
from graph.capacity.question import Question
from graph.capacity.trainings import Outlook
from graph.capacity.unfolding import NEVER


@dataclass(frozen=True, slots=True)
class Missed:
    """A raise or completion that does not come within the plan.

    Attributes:
        why: ``room``: others come first; ``training``: it needs what is never trained, by name in ``names`` with the
            reason; ``time``: hours and waits come too late; ``long``: the trainings one after the other take longer.
        names: what is never trained, with why.
    """

    person: str
    name: str
    why: str
    names: tuple[tuple[str, str], ...] = ()


def missed(outlook: Outlook, came: Sequence[int]) -> list[Missed]:
    """What does not come, in order."""
    found = [
        Missed(outlook.ahead.id, goal.name, "room") for goal in outlook.goals if came[goal.node] == NEVER
    ]
    return found + [_beyond(outlook, goal) for goal in outlook.beyond]


def _beyond(outlook: Outlook, goal: Goal) -> Missed:
    """Why a goal would not come within the plan, were all there is for one person alone."""
    every = dict.fromkeys(outlook.ahead.things, 0)
    if outlook.comes(goal, every) == NEVER:
        return Missed(outlook.ahead.id, goal.name, "time")
    trained = {name: 0 for name in every if name not in outlook.untrained}
    if outlook.comes(goal, trained) < NEVER:
        return Missed(outlook.ahead.id, goal.name, "long")
    needed = dict(every)
    for name in outlook.untrained:
        tried = {other: month for other, month in needed.items() if other != name}
        if outlook.comes(goal, tried) < NEVER:
            needed = tried
    names = tuple((name, outlook.untrained[name]) for name in sorted(needed) if name in outlook.untrained)
    return Missed(outlook.ahead.id, goal.name, "training", names)


def reason_of_nothing(outlook: Outlook, came: Sequence[int], question: Question) -> str:
    """Why somebody is not trained."""
    ahead = outlook.ahead
    if len(ahead.away) == question.months:
        return "is suspended or not registered throughout the plan"
    if not ahead.goals:
        return "has no raise or completion left to reach"
    if not outlook.goals:
        return "no raise or completion can come within the plan"
    if all(came[goal.node] < NEVER for goal in outlook.goals):
        return "what can come within the plan comes without training"
    if not outlook.trainings:
        return "nothing that is trained here would bring it nearer"
    return "others come first: training them is worth more"
