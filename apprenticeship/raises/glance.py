"""What an employer sees of each apprentice at a glance: small answers, kept by what they rest on (decision 43)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Status
from apprenticeship.people.model import Person
from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.raises.services import member_of
from apprenticeship.shelves import Shelves
from apprenticeship.standing.kept import Basis
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import answers_of
from graph import actions, timeline
from graph.edges import Place
from graph.evaluating import DONE, Evaluation, State, WageAnswer
from graph.one_thing import one_things
from graph.within_reach import Coming, coming
from graph.world import Program, Step, World

DAYS = 90
"""How far the glance looks ahead, and how far back for the pace of hours."""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """One person of a crew in one program on one day.

    Attributes:
        wage: the step reached and the next; None where the program has no schedule.
        due: a raise is reached and to be decided.
        aside: a raise is reached and set aside.
        following: the step after the one reached, and above what is paid; None on the last.
        to_step: progress to `following`; `progress` is that of completion.
        coming: how `following` comes by itself within `DAYS`.
        alone: every one thing that alone would reach `following`, sorted by name.
        handed_in: those of `alone` that wait for a sign-off, by name.
        states: the state of every item.
        lapsing: items done today, by the day within `DAYS` on which they lapse or expire.
    """

    person: Person
    enrolment: Enrolment
    world: World
    as_of: date
    wage: WageAnswer | None
    due: bool
    aside: bool
    following: Step | None
    to_step: Fraction
    progress: Fraction
    coming: Coming | None
    alone: tuple[actions.Action, ...]
    handed_in: frozenset[str]
    states: Mapping[Place, State]
    lapsing: Mapping[Place, date]

    @property
    def program(self) -> Program:
        """The program in which the person is enrolled."""
        return self.world.programs[self.enrolment.program_key]


GLANCES: Shelves[Basis, Glance] = Shelves(5_000, lambda _: 1)


async def glances(actor: Actor, *, as_of: date, now: datetime) -> tuple[Glance, ...]:
    """Return a glance at everybody whose wages the actor may know, by name."""
    listed = await visible_learners(actor, Action.READ_WAGES, now=now)
    return await answers_of([one.id for one in listed], as_of=as_of, shelf=GLANCES, work=glance_of)


def glance_of(standing: Standing) -> Glance:
    """Work out the glance at one person."""
    member, evaluation = member_of(standing), standing.evaluation
    alone = alone_of(standing)
    return Glance(
        person=standing.person,
        enrolment=standing.enrolment,
        world=standing.world,
        as_of=standing.as_of,
        wage=standing.wage,
        due=member.due,
        aside=member.set_aside is not None,
        following=member.following,
        to_step=member.progress,
        progress=evaluation.progress,
        coming=coming_of(standing),
        alone=alone,
        handed_in=frozenset(thing_of(one) for one in alone if _is_handed_in(standing, one)),
        states=evaluation.states,
        lapsing=lapsing_of(evaluation),
    )


def coming_of(standing: Standing) -> Coming | None:
    """Return how the next step comes by itself within `DAYS`; None where it does not, or there is none."""
    wage = standing.wage
    return None if wage is None or wage.next is None else coming(standing.evaluation, wage.next, DAYS)


def alone_of(standing: Standing) -> tuple[actions.Action, ...]:
    """Return every one thing that alone would reach the next step, sorted by name."""
    wage = standing.wage
    if wage is None or wage.next is None:
        return ()
    try:
        requirement, scope = standing.goal(f"step:{wage.next}")
    except KeyError:
        return ()  # a step without a rule comes with the one before
    return one_things(standing.evaluation, requirement, scope)


def thing_of(action: actions.Action) -> str:
    """Name what an action is about, its amount left aside: ``credential:f:m1``, ``hours:p:milling`` or ``wait``."""
    match action:
        case actions.Earn():
            return action.name
        case actions.EarnHours():
            return f"hours:{action.within}"
        case actions.WaitUntil():
            return "wait"


def _is_handed_in(standing: Standing, action: actions.Action) -> bool:
    return isinstance(action, actions.Earn) and any(
        row.status is Status.SUBMITTED
        and row.fact.kind.value == action.kind
        and row.fact.subject == action.key
        for row in standing.evidence
    )


def lapsing_of(evaluation: Evaluation) -> dict[Place, date]:
    """Return what is done today and lapses or expires within `DAYS`, if nothing is done about it, by the day."""
    actual, day = evaluation.actual, evaluation.as_of.toordinal()
    last = (evaluation.as_of + timedelta(days=DAYS)).toordinal()
    found = {}
    for (kind, key), state in evaluation.states.items():
        if state not in DONE or state is State.EXPIRED:
            continue
        proof = actual.met(key) if kind == "competency" else actual.held(key).current
        line = timeline.any_of((proof, actual.waived(kind, key)))
        ends = timeline.next_true(timeline.invert(line), day)
        if ends is not None and ends <= last:
            found[kind, key] = date.fromordinal(ends)
    return found
