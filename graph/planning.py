"""The cheapest way to a goal: what to earn and log, in which order, by when, and what else would do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from graph.actions import Action, Earn, EarnHours, WaitUntil
from graph.cheapest import Cheapest, Search, Terms
from graph.circuit import Solution
from graph.evaluating import Evaluation
from graph.facts import Waiver
from graph.order import Scope
from graph.prices import Prices
from graph.pricing import Minimise, effort_of, place_of, prices_of
from graph.reaching import WAIT, Reach
from graph.requirement import Requirement
from graph.scheduling import Turn, finished, in_turn
from graph.world import Effort

FULL_TIME = 40 * 60
"""Minutes a week, where no pace is given."""


@dataclass(frozen=True)
class Wishes:
    """What a person sets.

    Attributes:
        refused: things never to be taken (``competency:f:c0``).
        waived: items to be read as waived from the as-of date on, as (kind, key).
        deadlines: for things the last day on which they are to be done, where they are taken.
        weekly: minutes a week, all told.
        ties: how many others of the same total and size to look for.
        alternatives: for how many things of the plan to look for what would do without them.
        seconds: how long to look for something cheaper; None until it is proven.
    """

    refused: frozenset[str] = frozenset()
    waived: frozenset[tuple[str, str]] = frozenset()
    deadlines: Mapping[str, date] = field(default_factory=dict)
    weekly: int = FULL_TIME
    ties: int = 10
    alternatives: int = 5
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to do in its turn.

    Attributes:
        name: what others call it: ``credential:f:m1``, ``hours:p:milling`` or ``wait``.
        after: the things of the plan that it builds on.
        opens: how many others of the plan build on it.
        effort: what of it is still to be done and paid; for hours the minutes themselves. None where nothing is
            stated. Of a test that several things of the plan share, the dearest of them has it all.
        assumed: the effort is not stated, and 40 hours and 0 dollars were taken.
        done_by: when it would be finished at the pace, one after the other.
    """

    action: Action
    name: str
    after: tuple[str, ...]
    opens: int
    effort: Effort
    assumed: bool
    done_by: date


@dataclass(frozen=True, slots=True)
class Alternative:
    """The cheapest plan that leaves one thing out, and what it costs more."""

    without: Action
    total: int
    more: int
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A cheapest plan. Totals in things, minutes or cents.

    Attributes:
        proven: nothing costs less; else nothing less than ``bound``.
        ties: others of the same total and size.
    """

    minimise: Minimise
    total: int
    proven: bool
    bound: int
    steps: tuple[PlanStep, ...]
    ties: tuple[tuple[Action, ...], ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """The goal cannot be reached as wished."""

    reason: str


def plan(
    evaluation: Evaluation,
    requirement: Requirement,
    scope: Scope | None = None,
    *,
    minimise: Minimise = Minimise.COUNT,
    wishes: Wishes | None = None,
) -> Plan | NoPlan:
    """The cheapest plan for a goal: least in total, then the fewest things, then the first by their sorted names.

    Everything is earned on the as-of date, each thing once its prerequisites hold; months are waits at no cost.

    Args:
        evaluation: where the person stands.
        requirement: the goal.
        scope: where it stands; the program in focus where none is given.
        minimise: things, hours or dollars.
        wishes: what the person sets.
    """
    wished = wishes or Wishes()
    return _Planner(_waived(evaluation, wished), minimise, wished).plan(requirement, scope)


def _waived(evaluation: Evaluation, wishes: Wishes) -> Evaluation:
    """The same person with the waivers wished for."""
    if not wishes.waived:
        return evaluation
    known = evaluation.known_at or datetime(1, 1, 1, tzinfo=UTC)
    waivers = tuple(
        Waiver(
            id=f"wished {kind} {key}",
            on=evaluation.as_of,
            recorded=known,
            competency=key if kind == "competency" else None,
            credential=key if kind == "credential" else None,
        )
        for kind, key in sorted(wishes.waived)
    )
    person = replace(evaluation.person, facts=(*evaluation.person.facts, *waivers))
    return Evaluation(
        evaluation.world,
        person,
        program=evaluation.focus,
        as_of=evaluation.as_of,
        known_at=evaluation.known_at,
    )


class _Planner:
    def __init__(self, evaluation: Evaluation, minimise: Minimise, wishes: Wishes) -> None:
        self._evaluation = evaluation
        self._minimise = minimise
        self._wishes = wishes
        self._reach = Reach(evaluation, wishes.refused)

    def plan(self, requirement: Requirement, scope: Scope | None) -> Plan | NoPlan:
        """Look for the plan."""
        reach, wishes = self._reach, self._wishes
        goal = reach.rule(requirement, scope or self._evaluation.scope)
        reach.finish()
        prices = self._prices(self._minimise)
        terms = Terms(wishes.ties, wishes.seconds, self._in_time if wishes.deadlines else None)
        search = Search(reach.circuit, goal, prices, terms)
        found = search.cheapest()
        if found is None:
            return NoPlan(self._reason(goal, search))
        return Plan(
            self._minimise,
            found.price,
            found.proven,
            found.bound,
            self._steps(found.solution),
            tuple(self._actions(tie) for tie in found.ties),
            self._alternatives(lambda: Search(reach.circuit, goal, prices, terms), found),
        )

    def _reason(self, goal: int, search: Search) -> str:
        if search.ran_out:
            return f"nothing was found in {self._wishes.seconds:g} seconds, which is not to say that there is none"
        if (
            not self._wishes.deadlines
            or Search(self._reach.circuit, goal, self._hours, Terms()).fewest() is None
        ):
            return self._reach.reason
        said = ", ".join(f"{name} by {day}" for name, day in sorted(self._wishes.deadlines.items()))
        return f"no plan was found that is in time for {said} at {self._wishes.weekly / 60:g} hours a week"

    # order and time

    def _turns(self, solution: Solution) -> tuple[list[Turn], dict[str, date]]:
        turns = in_turn(self._reach.circuit, solution, self._wishes.deadlines)
        minutes = self._hours.shares(solution)
        minutes |= {pool: amount for pool, amount in solution.amounts.items() if pool != WAIT}
        waits = {pool: self._day(days) for pool, days in solution.amounts.items() if pool == WAIT}
        return turns, finished(turns, minutes, waits, self._evaluation.as_of, self._wishes.weekly)

    def _in_time(self, solution: Solution) -> bool:
        _, done = self._turns(solution)
        return all(done[name] <= day for name, day in self._wishes.deadlines.items() if name in done)

    def _day(self, days: int) -> date:
        return self._evaluation.as_of + timedelta(days=days)

    # words of the answer

    def _action(self, name: str, amount: int) -> Action:
        if name == WAIT:
            return WaitUntil(self._day(amount))
        return EarnHours(amount, place_of(name)) if amount else self._reach.earned(name)

    def _actions(self, solution: Solution) -> tuple[Action, ...]:
        return tuple(self._action(name, solution.amounts.get(name, 0)) for name in solution.names)

    def _steps(self, solution: Solution) -> tuple[PlanStep, ...]:
        turns, done = self._turns(solution)
        minutes, cents = self._hours.shares(solution), self._dollars.shares(solution)
        found = []
        for turn in turns:
            action = self._action(turn.name, solution.amounts.get(turn.name, 0))
            effort, assumed = self._effort(action, minutes.get(turn.name, 0), cents.get(turn.name, 0))
            found.append(
                PlanStep(action, turn.name, turn.after, turn.opens, effort, assumed, done[turn.name])
            )
        return tuple(found)

    def _effort(self, action: Action, minutes: int, cents: int) -> tuple[Effort, bool]:
        match action:
            case Earn():
                stated = effort_of(self._evaluation, action)
                left = Effort(
                    None if stated.minutes is None else minutes, None if stated.cents is None else cents
                )
                missing = stated.cents if self._minimise is Minimise.USD else stated.minutes
                return left, missing is None and self._minimise is not Minimise.COUNT
            case EarnHours():
                return Effort(minutes=action.minutes), False
            case WaitUntil():
                return Effort(), False

    @cached_property
    def _hours(self) -> Prices:
        return self._prices(Minimise.HOURS)

    @cached_property
    def _dollars(self) -> Prices:
        return self._prices(Minimise.USD)

    def _prices(self, minimise: Minimise) -> Prices:
        return prices_of(self._evaluation, self._reach.earns, self._reach.circuit.pools, minimise)

    def _alternatives(self, search: Callable[[], Search], found: Cheapest) -> tuple[Alternative, ...]:
        """For the first things by name that can be left out, what would do instead; the cheapest first."""
        alternatives: list[Alternative] = []
        if not self._wishes.alternatives:
            return ()
        others = search()
        for name in sorted(found.solution.choices):
            if len(alternatives) == self._wishes.alternatives:
                break
            other = others.without(name)
            if other is not None and other.proven:
                more = other.price - found.price
                actions = self._actions(other.solution)
                alternatives.append(Alternative(self._reach.earned(name), other.price, more, actions))
        return tuple(sorted(alternatives, key=lambda one: one.more))
