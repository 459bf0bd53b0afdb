"""Trainings booked month by month, by a rule of thumb that says whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.capacity.question import Question
from graph.capacity.room import Booking, Room
from graph.capacity.stages import Prices, Stage
from graph.capacity.targets import Targets
from graph.capacity.trainings import Outlook


@dataclass(frozen=True)
class Recipe:
    """How a plan is made: the stages of everybody, what orders them, and who is moved forward or back by how much.

    Attributes:
        targets: by when which goals are to come; where there are some, their order is that of all stages.
    """

    stages: Sequence[list[Stage]]
    prices: Sequence[Prices]
    patient: bool
    thrifty: bool
    factors: tuple[float, ...]
    targets: Targets | None = None


@dataclass
class _Standing:
    """How far a person has come in a plan that is being made."""

    stages: list[Stage]
    came: list[int]
    finished: dict[str, int] = field(default_factory=dict)
    booked: list[Booking] = field(default_factory=list)


class Dispatcher:
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
        self._targets = recipe.targets
        for at, own in enumerate(recipe.stages):
            for stage in own:
                if (at, stage.goal) in (recipe.targets or {}):
                    self._reserved[at, stage] = self._cents(at, stage.names)
        self._people = [
            _Standing(list(own), outlook.unfolder.with_finished({}))
            for own, outlook in zip(recipe.stages, outlooks, strict=True)
        ]

    def plan(self) -> tuple[Booking, ...]:
        """All months, one after the other."""
        for month in range(self._question.months):
            booked = [len(one.booked) for one in self._people]
            if self._targets is None:
                for at in sorted(range(len(self._people)), key=lambda at: (self._urgency(at), at)):
                    self._fill(at, month)
            else:
                for _, at, stage in self._by_target(self._targets):
                    self._begin(at, stage, month)
            for at, before in enumerate(booked):
                one = self._people[at]
                if len(one.booked) > before:
                    one.came = self._outlooks[at].unfolder.with_finished(one.finished)
        return tuple(sorted(one for person in self._people for one in person.booked))

    def _by_target(self, targets: Targets) -> list[tuple[tuple[float, float, int], int, Stage]]:
        """Every stage that is open, the one that is to come soonest first; those without a target last."""
        found = []
        for at, one in enumerate(self._people):
            urgency = self._urgency(at)
            for number, stage in enumerate(one.stages):
                due = targets.get((at, stage.goal), self._question.months)
                found.append(((due * self._factors[at], urgency, number), at, stage))
        return sorted(found, key=lambda one: one[:2])

    def _urgency(self, at: int) -> float:
        """Least first: what is still to be spent for each unit of weight, by the best of the stages ahead."""
        one, prices = self._people[at], self._prices[at]
        spent, weight, best = 0.0, 0, float("inf")
        for stage in one.stages:
            spent += sum(prices[name] for name in stage.names if name not in one.finished)
            weight += stage.weight
            best = min(best, spent / weight)
        return best * self._factors[at]

    def _fill(self, at: int, month: int) -> None:
        """Book what fits in a month of a person, stage after stage."""
        for stage in list(self._people[at].stages):
            if not self._begin(at, stage, month):
                return

    def _begin(self, at: int, stage: Stage, month: int) -> bool:
        """Book what fits in a month of a stage; whether the next one has its turn, too."""
        one, outlook = self._people[at], self._outlooks[at]
        waiting = [name for name in stage.names if name not in one.finished]
        if self._too_late(at, waiting, month) or not self._affordable(at, stage, waiting):
            return False
        for name in sorted(waiting, key=lambda name: (-outlook.trainings[name].thing.minutes, name)):
            training = outlook.trainings[name]
            if month not in training.months or one.came[training.thing.requires] >= month:
                continue
            booking = self._room.places(at, training, month)
            if booking is not None:
                self._room.book(booking, training)
                one.booked.append(booking)
                one.finished[name] = month + len(training.loads) - 1
        self._reserved[at, stage] = self._cents(at, [n for n in waiting if n not in one.finished])
        if all(name in one.finished for name in stage.names):
            one.stages.remove(stage)
            return True
        return not self._patient

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
