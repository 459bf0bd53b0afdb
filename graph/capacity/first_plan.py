"""A plan to begin with: month by month, everybody in the things of their goals, who gains most for an hour first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.capacity.deadline import AT_ONCE, Deadline
from graph.capacity.dispatching import Dispatcher, Recipe
from graph.capacity.least_time import LeastMinutes
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.room import Booking
from graph.capacity.stages import Prices, minutes_of, stages_of, worth_taken
from graph.capacity.targets import targets_of
from graph.capacity.trainings import Outlook
from graph.capacity.value import spared, worth

MOVES = (0.25, 4.0)
"""By how much somebody's cost is multiplied to move them forward or back."""

AIMING = 2.0
"""Seconds for the small program of goals and months."""


@dataclass(frozen=True)
class FirstPlan:
    """A plan to begin with.

    Attributes:
        names: for each person the things that were thought of.
    """

    bookings: tuple[Booking, ...]
    names: Sequence[frozenset[str]]


def first_plan(
    outlooks: Sequence[Outlook],
    question: Question,
    values: Mapping[Resource, float] | None = None,
    *,
    until: Deadline = AT_ONCE,
    latest: Deadline | None = None,
    least: Sequence[LeastMinutes] | None = None,
) -> FirstPlan:
    """The best of some plans, each by one measure, bettered by moving people forward and back while there is time.

    Args:
        outlooks: of the people.
        question: what there is to train with.
        values: what a minute or a cent of each resource is worth, where that is known.
        until: a moment; one measure is always tried.
        latest: a later moment; who was not looked at by then is not trained by the first measure.
        least: the least that things take, for each of the people, where it is there already.
    """
    if not outlooks:
        return FirstPlan((), ())
    measures = [
        [minutes_of(outlook) for outlook in outlooks],
        *(
            [[worth_taken(outlook, values) for outlook in outlooks]]
            if values and any(values.values())
            else []
        ),
    ]
    best: tuple[Booking, ...] = ()
    recipe, value = None, -1
    names: list[frozenset[str]] = [frozenset()] * len(outlooks)
    for tried in _recipes(outlooks, question, measures, until, latest=latest or until, least=least):
        made = _made(outlooks, question, tried)
        if (found := worth(outlooks, made, question.months)) > value:
            best, recipe, value = made, tried, found
        for at, stages in enumerate(tried.stages):
            names[at] = names[at].union(*(stage.names for stage in stages))
        if until.over:
            break
    if recipe is not None:
        best = _moved(outlooks, question, recipe, best, until=until)
    return FirstPlan(best, names)


def _recipes(
    outlooks: Sequence[Outlook],
    question: Question,
    measures: Sequence[Sequence[Prices]],
    until: Deadline,
    *,
    latest: Deadline,
    least: Sequence[LeastMinutes] | None,
) -> Iterator[Recipe]:
    """What takes least time first, then what is worth most by its price; there is always one."""
    for number, chosen_by in enumerate(measures):
        if number and until.over:
            return
        stages = [
            []
            if (until if number else latest).over
            else stages_of(outlook, question, prices, None if least is None else least[at])
            for at, (outlook, prices) in enumerate(zip(outlooks, chosen_by, strict=True))
        ]
        same = (1.0,) * len(outlooks)
        for ordered_by in reversed(measures):
            for thrifty in (False, True) if question.budget is not None else (False,):
                for patient in (False, True):
                    yield Recipe(stages, ordered_by, patient, thrifty, same)
        targets = {} if until.over else targets_of(outlooks, stages, question, until.within(AIMING))
        if targets:
            for thrifty in (False, True) if question.budget is not None else (False,):
                yield Recipe(stages, chosen_by, patient=False, thrifty=thrifty, factors=same, targets=targets)


def _made(outlooks: Sequence[Outlook], question: Question, recipe: Recipe) -> tuple[Booking, ...]:
    return spared(outlooks, Dispatcher(outlooks, question, recipe).plan(), question.months)


def _moved(
    outlooks: Sequence[Outlook],
    question: Question,
    recipe: Recipe,
    best: tuple[Booking, ...],
    *,
    until: Deadline,
) -> tuple[Booking, ...]:
    """Move one person forward or back at a time, and keep what is better, until nothing is or the time is over."""
    better, value = True, worth(outlooks, best, question.months)
    while better:
        better = False
        for at in range(len(outlooks)):
            for factor in MOVES:
                if until.over:
                    return best
                factors = (*recipe.factors[:at], recipe.factors[at] * factor, *recipe.factors[at + 1 :])
                tried = replace(recipe, factors=factors)
                plan = _made(outlooks, question, tried)
                found = worth(outlooks, plan, question.months)
                if found > value:
                    recipe, best, value, better = tried, plan, found, True
    return best
