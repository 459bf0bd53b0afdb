"""What one person could still reach, month by month: gates over trainings, hours at a pace and waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph import timeline
from graph.actions import Earn
from graph.capacity.hours import Logged
from graph.capacity.question import Question, Trainee
from graph.circuit import Choice, Enough, Part
from graph.dates import merge_spans
from graph.evaluating import Evaluation, cents_of
from graph.order import Scope
from graph.pricing import Minimise, effort_of, price_of, shares_left
from graph.reaching import WAIT, Reach
from graph.requirement import MonthsLeaf, ProgramLeaf, Requirement, StepLeaf
from graph.world import Effort


@dataclass(frozen=True, slots=True)
class Goal:
    """A raise or the completion.

    Attributes:
        name: ``step:p:s2`` or ``completion:p``.
        node: what must hold.
        cents: an hour that it brings; None for the completion and where no pay is stated.
        weight: what a month earlier is worth.
    """

    name: str
    node: int
    cents: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be trained: what it asks for first, and what is still to be done and paid of it.

    Attributes:
        assumed: the standard states no hours, and 40 were taken.
    """

    earn: Earn
    requires: int
    minutes: int
    cents: int
    assumed: bool


@dataclass(frozen=True)
class Ahead:
    """One person's way, as numbered nodes.

    Attributes:
        parts: what each node is; one that is none holds by ``given`` or ``delays``, or never.
        given: for nodes that time decides the month by whose end they hold.
        delays: nodes that hold so many months after another.
        away: months in which the person is suspended or no longer there.
    """

    id: str
    parts: tuple[Part | None, ...]
    given: Mapping[int, int]
    delays: Mapping[int, tuple[int, int]]
    things: Mapping[str, Thing]
    goals: tuple[Goal, ...]
    away: frozenset[int] = frozenset()
    impossible: tuple[str, ...] = field(default=(), compare=False)


class _Ahead(Reach):
    """Rules asked for twice are one node, and a wait since a step still to come is a delay after it."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(evaluation)
        self.delays: dict[int, tuple[int, int]] = {}
        self._known: dict[tuple[Requirement, Scope], int] = {}
        self._steps: dict[str, int] = {}

    def rule(self, requirement: Requirement, scope: Scope) -> int:
        name = (requirement, scope)
        if name not in self._known:
            self._known[name] = super().rule(requirement, scope)
        return self._known[name]

    def _step(self, key: str) -> int:
        if key not in self._steps:
            self._steps[key] = super()._step(key)
        return self._steps[key]

    def _months(self, leaf: MonthsLeaf, scope: Scope) -> int:
        previous = scope.previous if leaf.since == "step" else None
        if previous is None or timeline.is_true(self._actual.step(previous.key), self._day):
            return super()._months(leaf, scope)
        node = self.circuit.reserve()
        self.delays[node] = (self._step(previous.key), leaf.months)
        return node


def ahead_of(trainee: Trainee, question: Question) -> Ahead:
    """What a person could still reach within the months of a plan."""
    evaluation = trainee.evaluation
    reach = _Ahead(evaluation)
    goals = _goals(evaluation, reach, question)
    reach.finish()
    away = _away(evaluation, question)
    return Ahead(
        trainee.id,
        tuple(reach.circuit.parts),
        _given(evaluation, reach, question, away),
        reach.delays,
        _things(evaluation, reach, question),
        goals,
        away,
        tuple(dict.fromkeys(reach.impossible)),
    )


def _goals(evaluation: Evaluation, reach: Reach, question: Question) -> tuple[Goal, ...]:
    """The steps still to reach, in order, then the completion."""
    program = evaluation.program
    if program is None or evaluation.enrolment is None:
        return ()
    found = []
    day = evaluation.as_of
    for before, step in zip(program.steps, program.steps[1:], strict=False):
        if timeline.is_true(evaluation.actual.step(step.key), day.toordinal()):
            continue
        old, new = cents_of(program, before.key, day), cents_of(program, step.key, day)
        gained = None if old is None or new is None else max(0, new - old)
        weight = max(1, (gained or 1) * question.weights.raise_percent // 100)
        found.append(
            Goal(f"step:{step.key}", reach.rule(StepLeaf(step.key), evaluation.scope), gained, weight)
        )
    if program.completion is not None and not evaluation.complete:
        node = reach.rule(ProgramLeaf(program.key), evaluation.scope)
        found.append(Goal(f"completion:{program.key}", node, None, max(1, question.weights.completion)))
    return tuple(found)


def _away(evaluation: Evaluation, question: Question) -> frozenset[int]:
    """Months of which any day is suspended or after the end of the enrolment."""
    enrolment = evaluation.enrolment
    if enrolment is None:
        return frozenset(range(question.months))
    spans = [*enrolment.suspended, *([(enrolment.ended, None)] if enrolment.ended else [])]
    merged = merge_spans(spans)
    return frozenset(
        month
        for month in range(question.months)
        if any(start < question.ends(month) and question.ends(month - 1) < end for start, end in merged)
    )


def _given(evaluation: Evaluation, reach: Reach, question: Question, away: frozenset[int]) -> dict[int, int]:
    """The month by whose end hours at the pace, or a wait, are enough; what that is not within the plan is left out."""
    logged = Logged(evaluation, question, away)
    found = {}
    for node, part in enumerate(reach.circuit.parts):
        if isinstance(part, Enough):
            if WAIT in part.pools:
                day = evaluation.as_of.toordinal() + part.needed
                month = next((m for m in range(question.months) if day <= _last(question, m)), None)
            else:
                rooms = {pool: reach.circuit.pools[pool] for pool in part.pools}
                month = logged.reaches(rooms, part.needed)
            if month is not None:
                found[node] = month
    return found


def _last(question: Question, month: int) -> int:
    """The last day of a month of the plan."""
    return question.ends(month).toordinal() - 1


def _things(evaluation: Evaluation, reach: Reach, question: Question) -> dict[str, Thing]:
    choices = {part.name: part.requires for part in reach.circuit.parts if isinstance(part, Choice)}
    return {
        name: _thing(evaluation, reach.earned(name), requires, question) for name, requires in choices.items()
    }


def _thing(evaluation: Evaluation, earn: Earn, requires: int, question: Question) -> Thing:
    """What is left of a thing: for credentials without the parts that are passed already."""
    stated = effort_of(evaluation, earn)
    own = question.efforts.get(earn.name, Effort())
    effort = Effort(
        stated.minutes if own.minutes is None else own.minutes,
        stated.cents if own.cents is None else own.cents,
    )
    minutes, cents = price_of(effort, Minimise.HOURS), price_of(effort, Minimise.USD)
    if earn.kind == "credential":
        minutes = sum(shares_left(evaluation, earn.key, minutes).values())
        cents = sum(shares_left(evaluation, earn.key, cents).values())
    return Thing(earn, requires, minutes, cents, effort.minutes is None)


def day_reached(question: Question, month: int) -> date:
    """The last day of a month of the plan: what comes in it has come by then."""
    return date.fromordinal(_last(question, month))
