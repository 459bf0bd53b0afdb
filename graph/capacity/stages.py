"""What brings a person's goals: things to be trained in, chosen by what they cost, goal after goal."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.capacity.least_time import LeastMinutes
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.trainings import Outlook


@dataclass(frozen=True, slots=True)
class Stage:
    """What brings a person's next goal: things to be trained in, beyond those of the stages before."""

    names: tuple[str, ...]
    weight: int
    goal: str


Prices = Mapping[str, float]
"""What a thing costs by some measure: minutes, cents, or what these are worth to the plan."""


def minutes_of(outlook: Outlook) -> Prices:
    """What a training costs where nothing but time is short: its minutes, and one, so that none is free."""
    return {name: training.thing.minutes + 1 for name, training in outlook.trainings.items()}


def worth_taken(outlook: Outlook, values: Mapping[Resource, float]) -> Prices:
    """What a thing takes of everything, by what that is worth; its minutes decide where that is nothing."""
    found = {}
    for name, training in outlook.trainings.items():
        minutes, cents = training.thing.minutes, training.thing.cents
        stations = [values.get(Resource("station", at, "minutes"), 0.0) for at in training.stations]
        mentors = [values.get(Resource("mentor", at, "minutes"), 0.0) for at in training.mentors]
        each = values.get(Resource("all", 0, "minutes"), 0.0) + min(stations) + min(mentors, default=0.0)
        found[name] = (
            1e-3 * (minutes + 1) + minutes * each + cents * values.get(Resource("budget", 0, "cents"), 0.0)
        )
    return found


def stages_of(
    outlook: Outlook, question: Question, prices: Prices, least: LeastMinutes | None = None
) -> list[Stage]:
    """What brings each goal before it comes by itself, cheapest for the last of them, then for each before."""
    if not outlook.goals:
        return []
    least = least or LeastMinutes(outlook)
    certain = outlook.unfolder.with_finished({})
    months = {goal.name: min(question.months, certain[goal.node]) - 1 for goal in outlook.goals}
    path: set[str] = set()
    for goal in reversed(outlook.goals):
        path |= least.names(goal.node, months[goal.name], prices, path)
    taken: set[str] = set()
    found = []
    for goal in outlook.goals:
        fresh = least.names(goal.node, months[goal.name], prices, path, free=taken) - taken
        if fresh:
            found.append(Stage(tuple(sorted(fresh)), goal.weight, goal.name))
        taken |= fresh
    return found
