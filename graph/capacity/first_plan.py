"""A plan to begin with: month by month, everybody in the things of their goals, who gains most for an hour first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.capacity.deadline import AT_ONCE, Deadline
from graph.capacity.least_time import LeastMinutes
from graph.capacity.question import Question
from graph.capacity.resources import Resource
from graph.capacity.room import Booking, Room
from graph.capacity.trainings import Outlook

MOVES = (0.25, 4.0)
"""By how much somebody's cost is multiplied to move them forward or back."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What brings a person's next goal: things to be trained in, beyond those of the stages before."""

    names: tuple[str, ...]
    weight: int


Prices = Mapping[str, float]
"""What a thing costs by some measure: minutes, cents, or what these are worth to the plan."""


@dataclass
class _Standing:
    """How far a person has come in a plan that is being made."""

    stages: list[Stage]
    came: list[int]
    finished: dict[str, int] = field(default_factory=dict)
    booked: list[Booking] = field(default_factory=list)


def worth(outlooks: Sequence[Outlook], bookings: Sequence[Booking], months: int) -> int:
    """What a plan is worth: for each goal its weight for every month from the one in which it comes."""
    return sum(
        worth_of(outlook, finished, months)
        for outlook, finished in zip(outlooks, finished_by(outlooks, bookings), strict=True)
    )


def worth_of(outlook: Outlook, finished: Mapping[str, int], months: int) -> int:
    """The same of one person, things being finished in the months given."""
    came = outlook.unfolder.with_finished(finished)
    return sum(goal.weight * max(0, months - max(0, came[goal.node])) for goal in outlook.goals)


def finished_by(outlooks: Sequence[Outlook], bookings: Sequence[Booking]) -> list[dict[str, int]]:
    """For each person the month in which each thing is finished."""
    found: list[dict[str, int]] = [{} for _ in outlooks]
    for one in bookings:
        loads = outlooks[one.person].trainings[one.name].loads
        found[one.person][one.name] = one.month + len(loads) - 1
    return found


@dataclass(frozen=True)
class Recipe:
    """How a plan is made: the stages of everybody, what orders them, and who is moved forward or back by how much."""

    stages: Sequence[list[Stage]]
    prices: Sequence[Prices]
    patient: bool
    thrifty: bool
    factors: tuple[float, ...]


def first_plan(
    outlooks: Sequence[Outlook],
    question: Question,
    values: Mapping[Resource, float] | None = None,
    *,
    until: Deadline = AT_ONCE,
) -> tuple[Booking, ...]:
    """The best of some plans, each by one measure, bettered by moving people forward and back while there is time.

    Args:
        outlooks: of the people.
        question: what there is to train with.
        values: what a minute or a cent of each resource is worth, where that is known.
        until: a moment.
    """
    measures = [
        [_minutes(outlook) for outlook in outlooks],
        *(
            [[_worth_taken(outlook, values) for outlook in outlooks]]
            if values and any(values.values())
            else []
        ),
    ]
    made: list[tuple[tuple[Booking, ...], Recipe]] = []
    for recipe in _recipes(outlooks, question, measures):
        made.append((_made(outlooks, question, recipe), recipe))
        if until.over:
            break
    best, recipe = max(made, key=lambda one: worth(outlooks, one[0], question.months))
    return _moved(outlooks, question, recipe, best, until=until)


def _recipes(
    outlooks: Sequence[Outlook], question: Question, measures: Sequence[Sequence[Prices]]
) -> Iterator[Recipe]:
    """What is worth most by its price first; there is always one."""
    for chosen_by in reversed(measures):
        stages = [
            stages_of(outlook, question, prices) for outlook, prices in zip(outlooks, chosen_by, strict=True)
        ]
        for ordered_by in reversed(measures):
            for thrifty in (False, True) if question.budget is not None else (False,):
                for patient in (False, True):
                    yield Recipe(stages, ordered_by, patient, thrifty, (1.0,) * len(outlooks))


def _made(outlooks: Sequence[Outlook], question: Question, recipe: Recipe) -> tuple[Booking, ...]:
    return spared(outlooks, _Dispatcher(outlooks, question, recipe).plan(), question.months)


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


def _minutes(outlook: Outlook) -> Prices:
    return {name: training.thing.minutes + 1 for name, training in outlook.trainings.items()}


def _worth_taken(outlook: Outlook, values: Mapping[Resource, float]) -> Prices:
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


def stages_of(outlook: Outlook, question: Question, prices: Prices) -> list[Stage]:
    """What brings each goal before it comes by itself, cheapest for the last of them, then for each before."""
    if not outlook.goals:
        return []
    least = LeastMinutes(outlook)
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
            found.append(Stage(tuple(sorted(fresh)), goal.weight))
        taken |= fresh
    return found


class _Dispatcher:
    """Books month by month; whoever's present stage still costs least for what it brings comes first.

    No stage is begun that would take longer than the plan. A patient one books all of a stage before the next, a
    thrifty one begins none that cannot be paid.
    """

    def __init__(
        self,
        outlooks: Sequence[Outlook],
        question: Question,
        recipe: Recipe,
    ) -> None:
        self._outlooks = outlooks
        self._question = question
        self._prices = recipe.prices
        self._patient = recipe.patient
        self._thrifty = recipe.thrifty
        self._factors = recipe.factors
        self._room = Room(question, len(outlooks))
        self._reserved: dict[tuple[int, Stage], int] = {}
        self._people = [
            _Standing(list(own), outlook.unfolder.with_finished({}))
            for own, outlook in zip(recipe.stages, outlooks, strict=True)
        ]

    def plan(self) -> tuple[Booking, ...]:
        """All months, one after the other."""
        for month in range(self._question.months):
            for at in sorted(range(len(self._people)), key=lambda at: (self._urgency(at), at)):
                one, booked = self._people[at], len(self._people[at].booked)
                self._fill(at, month, one.came)
                if len(one.booked) > booked:
                    one.came = self._outlooks[at].unfolder.with_finished(one.finished)
        return tuple(sorted(one for person in self._people for one in person.booked))

    def _urgency(self, at: int) -> float:
        """Least first: what is still to be spent for each unit of weight, by the best of the stages ahead."""
        one, prices = self._people[at], self._prices[at]
        spent, weight, best = 0.0, 0, float("inf")
        for stage in one.stages:
            spent += sum(prices[name] for name in stage.names if name not in one.finished)
            weight += stage.weight
            best = min(best, spent / weight)
        return best * self._factors[at]

    def _fill(self, at: int, month: int, came: Sequence[int]) -> None:
        """Book what fits in a month of a person, stage after stage."""
        one, outlook = self._people[at], self._outlooks[at]
        for stage in list(one.stages):
            waiting = [name for name in stage.names if name not in one.finished]
            if self._too_late(at, waiting, month) or not self._affordable(at, stage, waiting):
                return
            for name in sorted(waiting, key=lambda name: (-outlook.trainings[name].thing.minutes, name)):
                training = outlook.trainings[name]
                if month not in training.months or came[training.thing.requires] >= month:
                    continue
                booking = self._room.places(at, training, month)
                if booking is not None:
                    self._room.book(booking, training)
                    one.booked.append(booking)
                    one.finished[name] = month + len(training.loads) - 1
            self._reserved[at, stage] = self._cents(at, [n for n in waiting if n not in one.finished])
            if all(name in one.finished for name in stage.names):
                one.stages.remove(stage)
            elif self._patient:
                return

    def _affordable(self, at: int, stage: Stage, waiting: Sequence[str]) -> bool:
        """Whether a stage can be paid for beside what is meant for those that are begun."""
        if self._room.budget is None or not self._thrifty:
            return True
        others = sum(cents for one, cents in self._reserved.items() if one != (at, stage))
        return self._cents(at, waiting) <= self._room.budget - others

    def _cents(self, at: int, names: Sequence[str]) -> int:
        return sum(self._outlooks[at].trainings[name].thing.cents for name in names)

    def _too_late(self, at: int, waiting: Sequence[str], month: int) -> bool:
        """Whether what is still missing of a stage takes a person longer than the plan."""
        minutes = sum(self._outlooks[at].trainings[name].thing.minutes for name in waiting)
        return minutes > self._question.training * (self._question.months - month)


def spared(outlooks: Sequence[Outlook], bookings: Sequence[Booking], months: int) -> tuple[Booking, ...]:
    """The same plan without what it is worth as much without, the longest left out first."""
    kept = list(bookings)
    for person, outlook in enumerate(outlooks):
        own = [one for one in kept if one.person == person]
        finished = finished_by(outlooks, own)[person]
        before = worth_of(outlook, finished, months)
        for one in sorted(own, key=lambda one: (-outlook.trainings[one.name].thing.minutes, one)):
            tried = {name: month for name, month in finished.items() if name != one.name}
            if _begins_right(outlook, tried) and worth_of(outlook, tried, months) == before:
                finished = tried
                kept.remove(one)
    return tuple(sorted(kept))


def _begins_right(outlook: Outlook, finished: Mapping[str, int]) -> bool:
    """Whether everything begins after the month in which what it asks for first has come."""
    came = outlook.unfolder.with_finished(finished)
    return all(
        came[outlook.trainings[name].thing.requires] < month - len(outlook.trainings[name].loads) + 1
        for name, month in finished.items()
    )
