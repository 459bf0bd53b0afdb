"""What would be worth earning for credit: things ranked by the credit they would gain for an hour or a dollar.

For each thing that awards ask for and that is not there yet: the cheapest plan to it (``graph.planning``; what its
prerequisites cost is counted in, a missing effort is 1, 40 hours or 0 dollars and is flagged), everything in that plan
supposed on the day, and the college asked again. The gain is the difference of the two answers, never a sum of tables:
caps, alternatives and evidence that counts once are in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import awards_given
from apprenticeship.credit.granted import Granted
from graph.actions import WaitUntil
from graph.names import Names
from graph.order import Scope, counted_credentials
from graph.planning import NoPlan, Plan, PlanStep, Wishes, plan
from graph.pricing import ASSUMED_MINUTES, Minimise
from graph.requirement import (
    All,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    Requirement,
    ScoreLeaf,
)
from graph.supposing import Earned, Supposition, suppose
from graph.world import World
from standards.documents import AgreementDocument

MOST_THINGS = 200
"""Things looked at; further ones are left out, and counted."""

MOST_PAIRS = 100
"""Pairs looked at, those that one award asks for together first."""

MOST_LEAVES = 10_000
OUTSIDE = Scope()

Thing = CredentialLeaf | CompetencyLeaf | CourseLeaf | ScoreLeaf
Measure = Callable[[Applicant], int]
"""Hundredths of credit for a person."""


@dataclass(frozen=True, slots=True)
class Worthwhile:
    """One thing, or two that gain nothing alone.

    ``credits``: hundredths gained. ``minutes`` and ``cents``: the effort of all the steps. ``assumed``: the effort of
    some step is not stated. ``proven``: nothing costs less.
    """

    things: tuple[Thing, ...]
    steps: tuple[PlanStep, ...]
    credits: int
    minutes: int
    cents: int
    assumed: bool
    proven: bool

    def price(self, by: Minimise) -> int:
        """Minutes, cents or things."""
        return {Minimise.HOURS: self.minutes, Minimise.USD: self.cents, Minimise.COUNT: len(self.steps)}[by]

    def rate(self, by: Minimise) -> Fraction | None:
        """Hundredths of credit for each minute, cent or thing; None where it costs nothing."""
        price = self.price(by)
        return Fraction(self.credits, price) if price else None


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What would be worth earning, the best first.

    Attributes:
        before: hundredths that are given as things are.
        pairs: of two things that gain nothing alone and something together.
        nothing: things that gain nothing alone.
        unreachable: things that no plan leads to today.
        left_out: things not looked at, for there were more than `MOST_THINGS`.
        pairs_tried: how many pairs were looked at; `pairs_left_out`: how many were not.
    """

    by: Minimise
    before: int
    things: tuple[Worthwhile, ...]
    pairs: tuple[Worthwhile, ...]
    nothing: tuple[Thing, ...]
    unreachable: tuple[Thing, ...]
    left_out: int
    pairs_tried: int
    pairs_left_out: int


def agreement_worth(
    agreement: AgreementDocument,
    rules: Mapping[str, Requirement],
    applicant: Applicant,
    by: Minimise = Minimise.HOURS,
    most_pairs: int = MOST_PAIRS,
    *,
    granted: Sequence[Granted] = (),
) -> Worth:
    """What would be worth earning for the credit of one agreement.

    Args:
        agreement: the document.
        rules: the ``when`` of each award, by award id.
        applicant: the person on the day, outside any program and without waivers.
        by: what a gain is divided by.
        most_pairs: how many pairs are looked at.
        granted: what the college has granted already.
    """

    def credits_of(one: Applicant) -> int:
        return sum(award.credits for award in awards_given(agreement, rules, one, granted=granted))

    return worth(list(rules.values()), credits_of, applicant, by, most_pairs)


def worth(
    rules: Sequence[Requirement],
    measure: Measure,
    applicant: Applicant,
    by: Minimise,
    most_pairs: int = MOST_PAIRS,
) -> Worth:
    """What would be worth earning, by any measure of credit that more evidence never lowers."""
    return _Weighing(rules, measure, applicant, by).answer(most_pairs)


def things_of(world: World, rule: Requirement) -> tuple[Thing, ...]:
    """The things that a rule asks for, names and compositions seen through, each once and in order of names."""
    found: dict[tuple[str, str], Thing] = {}
    stack, names, seen = [rule], Names(world), set[str]()
    while stack:
        for leaf in names.leaves(stack.pop(), MOST_LEAVES):
            for thing in _of_leaf(world, leaf):
                known = found.setdefault(_name(thing), thing)
                found[_name(thing)] = max(known, thing, key=_demand)
                composed = (
                    world.credentials[thing.key].composed_of if isinstance(thing, CredentialLeaf) else None
                )
                if composed is not None and thing.key not in seen:
                    seen.add(thing.key)
                    stack.append(composed)
    return tuple(found[name] for name in sorted(found))


def _of_leaf(world: World, leaf: Requirement) -> Iterator[Thing]:
    if isinstance(leaf, CredentialCount):
        yield from (CredentialLeaf(key, leaf.current) for key in counted_credentials(world, leaf))
    elif isinstance(leaf, Thing):
        yield leaf


def _name(thing: Thing) -> tuple[str, str]:
    """Scores and ratings at different heights are different things to aim for."""
    match thing:
        case CredentialLeaf():
            return "credential", thing.key
        case CompetencyLeaf():
            return "competency", f"{thing.key} {thing.rating or 0:03}"
        case CourseLeaf():
            return "course", thing.key
        case ScoreLeaf():
            return "score", f"{thing.key} {thing.at_least:04}"


def _demand(thing: Thing) -> tuple[int, ...]:
    """How much a thing asks: a current credential more than a held one, a better grade more than a worse."""
    match thing:
        case CredentialLeaf():
            return (int(thing.current),)
        case CourseLeaf():
            return (-len(thing.accepted) if thing.accepted else -1_000,)
        case _:
            return (0,)


class _Weighing:
    def __init__(
        self, rules: Sequence[Requirement], measure: Measure, applicant: Applicant, by: Minimise
    ) -> None:
        self._rules = rules
        self._measure = measure
        self._applicant = applicant
        self._evaluation = applicant.evaluation
        self._by = by
        self._wishes = Wishes(refused=_made_of_others(self._evaluation.world), ties=0, alternatives=0)
        self._gained: dict[frozenset[str], int] = {}
        self._before = measure(Applicant(self._evaluation, self._evaluation.as_of, asks_why=False))

    def answer(self, most_pairs: int) -> Worth:
        wanted = self._wanted()
        looked_at, left_out = wanted[:MOST_THINGS], len(wanted[MOST_THINGS:])
        weighed: list[Worthwhile] = []
        nothing: list[Thing] = []
        unreachable: list[Thing] = []
        for thing in looked_at:
            found = self._weigh((thing,))
            if found is None:
                unreachable.append(thing)
            elif found.credits:
                weighed.append(found)
            else:
                nothing.append(thing)
        pairs = self._pairs(nothing)
        together = [self._weigh(pair) for pair in pairs[:most_pairs]]
        return Worth(
            by=self._by,
            before=self._before,
            things=self._ranked(weighed),
            pairs=self._ranked(one for one in together if one is not None and one.credits),
            nothing=tuple(nothing),
            unreachable=tuple(unreachable),
            left_out=left_out,
            pairs_tried=len(together),
            pairs_left_out=len(pairs) - len(together),
        )

    def _wanted(self) -> list[Thing]:
        """What is asked for and not there."""
        world = self._evaluation.world
        found: dict[tuple[str, str], Thing] = {}
        for rule in self._rules:
            for thing in things_of(world, rule):
                known = found.setdefault(_name(thing), thing)
                found[_name(thing)] = max(known, thing, key=_demand)
        return [found[name] for name in sorted(found) if not self._applicant.holds(found[name])]

    def _pairs(self, nothing: Sequence[Thing]) -> list[tuple[Thing, ...]]:
        """Pairs of what gains nothing alone, those that one rule asks for first."""
        left = {_name(thing): thing for thing in nothing}
        together: list[tuple[Thing, ...]] = []
        for rule in self._rules:
            inside = sorted({_name(one) for one in things_of(self._evaluation.world, rule)} & left.keys())
            together += combinations([left[name] for name in inside], 2)
        return list(dict.fromkeys(chain(together, combinations(nothing, 2))))

    def _weigh(self, things: tuple[Thing, ...]) -> Worthwhile | None:
        goal = things[0] if len(things) == 1 else All(things)
        found = plan(self._evaluation, goal, OUTSIDE, minimise=self._by, wishes=self._wishes)
        if isinstance(found, NoPlan) or any(isinstance(step.action, WaitUntil) for step in found.steps):
            return None
        return Worthwhile(
            things=things,
            steps=found.steps,
            credits=self._gain(found),
            minutes=sum(_minutes(step) for step in found.steps),
            cents=sum(step.effort.cents or 0 for step in found.steps),
            assumed=any(step.assumed for step in found.steps),
            proven=found.proven,
        )

    def _gain(self, found: Plan) -> int:
        """The credits of the same person with the whole plan done, less those without."""
        key = frozenset(repr(step.action) for step in found.steps)
        if key not in self._gained:
            things = tuple(
                Earned(step.action) for step in found.steps if not isinstance(step.action, WaitUntil)
            )
            then = suppose(self._evaluation, Supposition(things))
            after = self._measure(Applicant(then, then.as_of, asks_why=False))
            self._gained[key] = after - self._before
        return self._gained[key]

    def _ranked(self, found: Iterable[Worthwhile]) -> tuple[Worthwhile, ...]:
        """The best first; of several that one and the same plan leads to, the one that the plan names."""
        best: dict[frozenset[str], Worthwhile] = {}
        for one in found:
            key = frozenset(repr(step.action) for step in one.steps)
            if key not in best or _is_named(one) > _is_named(best[key]):
                best[key] = one
        return tuple(sorted(best.values(), key=self._order))

    def _order(self, one: Worthwhile) -> tuple[bool, Fraction, int, list[tuple[str, str]]]:
        rate = one.rate(self._by)
        return rate is not None, -(rate or Fraction(0)), -one.credits, [_name(thing) for thing in one.things]


def _made_of_others(world: World) -> frozenset[str]:
    """Credentials that come with their members and state no effort of their own: those are earned, not it."""
    return frozenset(
        f"credential:{key}"
        for key, item in world.credentials.items()
        if item.composed_of is not None and item.effort.minutes is None and item.effort.cents is None
    )


def _minutes(step: PlanStep) -> int:
    return ASSUMED_MINUTES if step.effort.minutes is None else step.effort.minutes


def _is_named(one: Worthwhile) -> int:
    """How many of the things are steps themselves; what is composed of several steps names them all."""
    names = {step.name for step in one.steps}
    return sum(f"{_name(thing)[0]}:{thing.key}" in names for thing in one.things)
