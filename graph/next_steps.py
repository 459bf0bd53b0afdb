"""What can be started today, ranked by what it opens, each step with everything that follows from it.

Which items open is worked out and not guessed: the rules are asked again with one fact more, going on from where they
stand. How much nearer a goal comes takes no further search where an item is on the proven smallest way to it: earning
it leaves a way one thing shorter, and none can be shorter still, for with the item before it that would have been a
shorter way from the start. So nothing that can be started brings a goal nearer by more than one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from graph import timeline
from graph.actions import Earn
from graph.edges import Place, items
from graph.evaluating import Evaluation, State
from graph.fixing import Fix, NoFix, distance, fix
from graph.ledger import Ledger
from graph.order import Node, Scope, order
from graph.pricing import ASSUMED_MINUTES, shares_left
from graph.progress import progress_on
from graph.reckoning import Reckoning
from graph.requirement import ProgramLeaf, Requirement, StepLeaf
from graph.supposing import Earned, Supposition, person_supposing, suppose
from graph.world import Competency, Credential

KINDS = ("competency", "credential")
STARTABLE = frozenset({State.READY, State.LAPSED, State.EXPIRED, State.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Ways:
    """The smallest ways from here to the next wage step and to completion; None where there is no such goal."""

    raising: Fix | NoFix | None
    finishing: Fix | NoFix | None


@dataclass(frozen=True, slots=True)
class Gain:
    """What one step does for a goal.

    Attributes:
        left: how many things the smallest way to the goal takes today; None where there is none.
        nearer: how many fewer it takes afterwards: 1 or 0, and None where only a search would tell.
        progress: by how much the progress of its rule grows.
        reached: the goal itself is reached with it.
    """

    left: int | None
    nearer: int | None
    progress: Fraction
    reached: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """One item that can be started now, and what follows from earning it.

    Attributes:
        earn: how well, where a way asks for more than passing.
        opens: items locked today whose prerequisites hold then.
        proves: other items that are done with it.
        raising: what it does for the next wage step; None where there is none.
        finishing: what it does for completion; None where the program has no rule for it.
        minutes: the effort that is still to come, where any is stated.
    """

    item: Place
    state: State
    earn: Earn
    opens: tuple[Place, ...]
    proves: tuple[Place, ...]
    raising: Gain | None
    finishing: Gain | None
    minutes: int | None


def ways_of(evaluation: Evaluation) -> Ways:
    """Both smallest ways, each proven smallest."""
    ways = (None if goal is None else fix(evaluation, goal.leaf, goal.scope) for goal in _goals(evaluation))
    return Ways(*ways)


def next_steps(evaluation: Evaluation, ways: Ways, *, exact: bool = False) -> tuple[NextStep, ...]:
    """Everything that can be started and has an effect, the most useful first.

    First come the items on the smallest way to the next raise, then those on the smallest way to completion; among
    equals what opens and proves most, then what adds most to the progress of the raise and of completion, then the
    least effort, then kind and name.

    Args:
        evaluation: the person as they stand.
        ways: the smallest ways; one that is None is left out of account.
        exact: find by search what items that are on no way here do for the distances: one is enough of several ties.
    """
    found = [step for earn in _candidates(evaluation, ways) if (step := _step(evaluation, ways, earn))]
    if exact:
        found = [_measured(evaluation, step) for step in found]
    return tuple(sorted(found, key=_rank))


def _rank(step: NextStep) -> tuple[object, ...]:
    gains = (step.raising, step.finishing)
    nearer = [-(gain.nearer or 0) if gain else 0 for gain in gains]
    progress = [-gain.progress if gain else Fraction() for gain in gains]
    effort = ASSUMED_MINUTES if step.minutes is None else step.minutes
    return (*nearer, -len(step.opens) - len(step.proves), *progress, effort, step.item)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal by name, and the rule whose progress is that of the goal."""

    leaf: StepLeaf | ProgramLeaf
    rule: Requirement
    scope: Scope
    progress: Fraction


def _goals(evaluation: Evaluation) -> tuple[Goal | None, Goal | None]:
    """The next wage step and completion, as far as they are still to be reached."""
    wage, program = evaluation.wage, evaluation.program
    raising = finishing = None
    if wage is not None and wage.next is not None:
        of, position = evaluation.world.step(wage.next)
        step = StepLeaf(wage.next)
        rule = of.steps[position].when or step
        raising = Goal(step, rule, evaluation.step_scope(wage.next), wage.progress)
    if program is not None and program.completion is not None and not evaluation.complete:
        done = ProgramLeaf(program.key)
        finishing = Goal(done, program.completion, evaluation.scope, evaluation.progress)
    return raising, finishing


def _candidates(evaluation: Evaluation, ways: Ways) -> Iterator[Earn]:
    """What can be started: its prerequisites hold, and it is open, or on a way that asks more of it.

    Nobody signs off an area, and a composed credential takes its members: they are steps only where a way says so.
    """
    asked = {(earn.kind, earn.key): earn for earn in (*_earns(ways.finishing), *_earns(ways.raising))}
    day = evaluation.as_of.toordinal()
    for place, item in items(evaluation.world):
        state = evaluation.states[place]
        wanted = (place in asked and state is not State.PENDING) or (state in STARTABLE and not _is_sum(item))
        if wanted and timeline.is_true(evaluation.actual.prerequisites(item), day):
            yield asked.get(place, Earn(*place))


def _is_sum(item: Competency | Credential) -> bool:
    return item.kind == "area" if isinstance(item, Competency) else item.composed_of is not None


def _earns(way: Fix | NoFix | None) -> tuple[Earn, ...]:
    if not isinstance(way, Fix):
        return ()
    return tuple(action for action in way.actions if isinstance(action, Earn))


def _step(evaluation: Evaluation, ways: Ways, earn: Earn) -> NextStep | None:
    """What follows from earning one thing; None where nothing does."""
    item = (earn.kind, earn.key)
    then, changed = _with(evaluation, earn)
    day = evaluation.as_of.toordinal()
    fresh = [
        place
        for place in _items(changed)
        if not _done(evaluation.actual, place, day) and _done(then, place, day)
    ]
    gains = [
        _gain(evaluation, then, goal, way, earn)
        for goal, way in zip(_goals(evaluation), (ways.raising, ways.finishing), strict=True)
    ]
    step = NextStep(
        item=item,
        state=evaluation.states[item],
        earn=earn,
        opens=tuple(_opened(evaluation, then, changed)),
        proves=tuple(place for place in fresh if place != item),
        raising=gains[0],
        finishing=gains[1],
        minutes=_minutes(evaluation, item),
    )
    gained = any(gain and (gain.progress or gain.nearer) for gain in gains)
    return step if item in fresh or step.opens or step.proves or gained else None


def _minutes(evaluation: Evaluation, item: Place) -> int | None:
    """The effort that is still to come, where any is stated: tests that are passed are done with, as in a plan."""
    kind, key = item
    minutes = _item(evaluation, item).effort.minutes
    if kind != "credential" or minutes is None:
        return minutes
    return sum(shares_left(evaluation, key, minutes).values())


def _with(evaluation: Evaluation, earn: Earn) -> tuple[Reckoning, frozenset[Node]]:
    """Every rule had this been earned on the day, and the nodes that it changes."""
    person = person_supposing(evaluation, Supposition((Earned(earn),)))
    ledger = evaluation.ledger
    longer = Ledger((*ledger.facts, person.facts[-1]), ledger.enrolments)
    return evaluation.actual.with_more(longer, _about(evaluation, earn))


def _about(evaluation: Evaluation, earn: Earn) -> Iterator[Node]:
    """The nodes that evidence of this is about: a credential, and those that share a test with it."""
    yield Node(earn.kind, earn.key)
    if earn.kind == "credential":
        credentials = evaluation.world.credentials
        tests = set(credentials[earn.key].tests.values())
        yield from (
            Node("credential", key)
            for key, other in credentials.items()
            if key != earn.key and not tests.isdisjoint(other.tests.values())
        )


def _opened(evaluation: Evaluation, then: Reckoning, changed: Iterable[Node]) -> Iterator[Place]:
    """Items locked today whose prerequisites hold then, and that are not done with it at once."""
    day = evaluation.as_of.toordinal()
    readers = order(evaluation.world, evaluation.focus).readers
    for place in sorted(
        {(node.kind, node.key) for one in changed for node in readers[one] if node.kind in KINDS}
    ):
        locked = evaluation.states[place] is State.LOCKED and not _done(then, place, day)
        if locked and timeline.is_true(then.prerequisites(_item(evaluation, place)), day):
            yield place


def _gain(
    evaluation: Evaluation, then: Reckoning, goal: Goal | None, way: Fix | NoFix | None, earn: Earn
) -> Gain | None:
    if goal is None or way is None:
        return None
    day = evaluation.as_of
    reached = timeline.is_true(then.holds(goal.leaf, goal.scope), day.toordinal())
    return Gain(
        left=len(way.actions) if isinstance(way, Fix) else None,
        nearer=1 if reached or earn in _earns(way) else None,
        progress=progress_on(then, goal.rule, goal.scope, day) - goal.progress,
        reached=reached,
    )


def _measured(evaluation: Evaluation, step: NextStep) -> NextStep:
    """The same step with its distances searched for where they are not known."""
    after = suppose(evaluation, Supposition((Earned(step.earn),)))

    def measured(goal: Goal | None, gain: Gain | None) -> Gain | None:
        if goal is None or gain is None or gain.left is None or gain.nearer is not None:
            return gain
        left = distance(after, goal.leaf, goal.scope)
        return replace(gain, nearer=0 if left is None else gain.left - left)

    raising, finishing = map(measured, _goals(evaluation), (step.raising, step.finishing))
    return replace(step, raising=raising, finishing=finishing)


def _items(nodes: Iterable[Node]) -> list[Place]:
    return sorted((node.kind, node.key) for node in nodes if node.kind in KINDS)


def _item(evaluation: Evaluation, place: Place) -> Competency | Credential:
    kind, key = place
    return (evaluation.world.competencies if kind == "competency" else evaluation.world.credentials)[key]


def _done(reckoning: Reckoning, place: Place, day: int) -> bool:
    """Met or held on a day, or waived."""
    kind, key = place
    proof = reckoning.met(key) if kind == "competency" else reckoning.held(key).held
    return timeline.is_true(proof, day) or timeline.is_true(reckoning.waived(kind, key), day)
