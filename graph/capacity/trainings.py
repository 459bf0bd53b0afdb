"""What can be begun, where and when at the soonest, and how a training takes up the months it runs through."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graph.capacity.ahead import Ahead, Goal, Thing
from graph.capacity.question import Place, Question
from graph.capacity.unfolding import NEVER, Unfolder
from graph.circuit import Choice, Gate


@dataclass(frozen=True)
class Training:
    """One thing that one person may be trained in.

    Attributes:
        loads: minutes in each month that it runs through.
        first: the month in which it can begin at the soonest.
        stations: those that can take it, by number; and the months in which it can begin there.
        mentors: the same of mentors; none in it where none are asked for.
    """

    name: str
    thing: Thing
    loads: tuple[int, ...]
    first: int
    stations: Mapping[int, frozenset[int]]
    mentors: Mapping[int, frozenset[int]]

    @cached_property
    def months(self) -> frozenset[int]:
        """The months in which it can begin."""
        able: frozenset[int] = frozenset().union(*self.stations.values())
        return able & frozenset().union(*self.mentors.values()) if self.mentors else able


@dataclass(frozen=True)
class Outlook:
    """One person's way with what there is to train with, were nobody else there.

    Attributes:
        soonest: for each node the month by whose end it holds at the soonest.
        trainings: by name, those that a goal within the plan may need.
        goals: those within the plan, each with its soonest month.
        beyond: the others.
        untrained: what no station trains, or none has room for, by name, with why.
    """

    unfolder: Unfolder
    soonest: tuple[int, ...]
    trainings: Mapping[str, Training]
    goals: tuple[Goal, ...]
    beyond: tuple[Goal, ...]
    untrained: Mapping[str, str]

    @property
    def ahead(self) -> Ahead:
        """The person's way."""
        return self.unfolder.ahead

    def comes(self, goal: Goal, finished: Mapping[str, int]) -> int:
        """The month in which a goal comes."""
        return self.unfolder.with_finished(finished)[goal.node]


def loads_of(minutes: int, most: int) -> tuple[int, ...]:
    """A training's minutes in each of the fewest months that a person has time for, as evenly as can be."""
    months = max(1, -(-minutes // max(1, most)))
    share, rest = divmod(minutes, months)
    return tuple(share + (month < rest) for month in range(months))


def outlook_of(ahead: Ahead, question: Question) -> Outlook:
    """What a person could reach at the soonest, were all there is to train with for them alone."""
    unfolder = Unfolder(ahead, question.months)
    able, untrained = _able(ahead, question)
    soonest, begins = _soonest(unfolder, able)
    goals = tuple(goal for goal in ahead.goals if soonest[goal.node] < NEVER)
    needed = _needed(ahead, goals, soonest)
    trainings = {
        name: _from(training, begins[name])
        for name, training in able.items()
        if name in begins and soonest[unfolder.choices[name]] < NEVER and unfolder.choices[name] in needed
    }
    beyond = tuple(goal for goal in ahead.goals if soonest[goal.node] == NEVER)
    return Outlook(unfolder, tuple(soonest), trainings, goals, beyond, untrained)


def narrowed(outlook: Outlook, names: Collection[str]) -> Outlook:
    """The same outlook, were nothing trained but some things."""
    able = {name: training for name, training in outlook.trainings.items() if name in names}
    found, begins = _soonest(outlook.unfolder, able)
    soonest = tuple(max(one, before) for one, before in zip(found, outlook.soonest, strict=True))
    return replace(
        outlook,
        soonest=soonest,
        trainings={name: _from(training, begins[name]) for name, training in able.items() if name in begins},
        goals=tuple(goal for goal in outlook.goals if soonest[goal.node] < NEVER),
    )


def _soonest(unfolder: Unfolder, able: Mapping[str, Training]) -> tuple[list[int], dict[str, int]]:
    """The month in which each node comes, everything being begun as soon as it can be; and when that is."""
    begins: dict[str, int] = {}
    ending: dict[int, list[str]] = {}

    def finished(month: int, came: list[int]) -> Iterable[str]:
        for name, training in able.items():
            if name not in begins and came[training.thing.requires] < month and month in training.months:
                begins[name] = month
                ending.setdefault(month + len(training.loads) - 1, []).append(name)
        return ending.get(month, ())

    return unfolder.unfold(finished), begins


def _from(training: Training, first: int) -> Training:
    def later(places: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
        found = {at: frozenset(m for m in months if m >= first) for at, months in places.items()}
        return {at: months for at, months in found.items() if months}

    return Training(
        training.name,
        training.thing,
        training.loads,
        first,
        later(training.stations),
        later(training.mentors),
    )


def _able(ahead: Ahead, question: Question) -> tuple[dict[str, Training], dict[str, str]]:
    able: dict[str, Training] = {}
    untrained: dict[str, str] = {}
    for name, thing in sorted(ahead.things.items()):
        loads = loads_of(thing.minutes, question.training)
        there = [
            month
            for month in range(question.months - len(loads) + 1)
            if not ahead.away.intersection(range(month, month + len(loads)))
            and (question.monthly is None or thing.cents <= question.monthly[month])
        ]
        stations = _room(question.stations, name, loads, there)
        mentors = _room(question.mentors, name, loads, there)
        training = Training(name, thing, loads, 0, stations, mentors)
        if question.budget is not None and thing.cents > question.budget:
            untrained[name] = "it costs more than the budget"
        elif not any(place.takes(name) for place in question.stations):
            untrained[name] = "no station trains it"
        elif question.mentors and not any(place.takes(name) for place in question.mentors):
            untrained[name] = "no mentor teaches it"
        elif not stations or (question.mentors and not mentors) or not training.months:
            untrained[name] = "there is never room enough for it"
        else:
            able[name] = training
    return able, untrained


def _room(
    places: tuple[Place, ...], name: str, loads: tuple[int, ...], months: list[int]
) -> dict[int, frozenset[int]]:
    found = {}
    for at, place in enumerate(places):
        if place.takes(name):
            able = frozenset(month for month in months if _fits(place, loads, month))
            if able:
                found[at] = able
    return found


def _fits(place: Place, loads: tuple[int, ...], month: int) -> bool:
    return all(
        (place.minutes is None or load <= place.minutes[month + at])
        and (place.slots is None or place.slots[month + at] > 0)
        for at, load in enumerate(loads)
    )


def _needed(ahead: Ahead, goals: tuple[Goal, ...], soonest: list[int]) -> set[int]:
    """Every node below the goals that may come, and is not there already."""
    found: set[int] = set()
    stack = [goal.node for goal in goals]
    while stack:
        node = stack.pop()
        if node in found or not 0 <= soonest[node] < NEVER:
            continue
        found.add(node)
        part = ahead.parts[node]
        if isinstance(part, Gate):
            stack += part.inputs
        elif isinstance(part, Choice):
            stack.append(part.requires)
        elif node in ahead.delays:
            stack.append(ahead.delays[node][0])
    return found
