"""Raises: who has reached a step beyond the one awarded, who is next, and awarding."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.raises import repo
from apprenticeship.raises.model import Award
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of, visible_standings
from apprenticeship.store import transaction
from graph.world import Step


@dataclass(frozen=True, kw_only=True)
class CrewMember:
    """One person of a crew, as an employer plans raises.

    Attributes:
        awarded: the highest wage step that was given, or None.
        reached: the wage step that the rules say today, or None.
        due: whether `reached` lies beyond `awarded`.
        following: the step after `reached`, or None at the last.
        progress: how far to `following`.
    """

    standing: Standing
    awarded: Step | None
    reached: Step | None
    due: bool
    following: Step | None
    progress: Fraction


async def crew(actor: Actor, *, as_of: date, now: datetime) -> tuple[CrewMember, ...]:
    """Return everybody whose wages the actor may know: raises due first, then who is nearest to one."""
    standings = await visible_standings(actor, as_of=as_of, now=now, action=Action.READ_WAGES)
    # off the event loop: a large crew takes seconds the first time, and others are waiting
    members = await asyncio.to_thread(lambda: [_member(standing) for standing in standings])
    return tuple(sorted(members, key=lambda one: (not one.due, -one.progress, one.standing.person.name)))


def _member(standing: Standing) -> CrewMember:
    wage = standing.evaluation.wage
    steps = {step.key: step for step in standing.program.steps}
    return CrewMember(
        standing=standing,
        awarded=standing.awarded_step,
        reached=standing.reached_step,
        due=standing.raise_due,
        following=None if wage is None or wage.next is None else steps[wage.next],
        progress=Fraction(0) if wage is None else wage.progress,
    )


async def award(
    actor: Actor, person: UUID, *, program: str, step: str, effective_on: date, now: datetime
) -> Award:
    """Give a wage step that somebody had reached on a day; what was given is never taken back by recomputing.

    `step` is the key of the step as the engine names it.

    Raises:
        Missing: there is no such person or enrolment, or the actor does not speak for its sponsor.
        Invalid: the program has no such step, it was not reached on the day, or the day lies ahead.
        AlreadyDecided: the step was given already.
    """
    if effective_on > now.date():
        raise Invalid("The day lies ahead; award the step when it has come.", where="effective_on")
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        await lock_people([person])
        # by what is known now, so that the decision can be worked out again
        found = await standings_of([person], as_of=effective_on, known_at=now, program=program)
        standing = next(iter(found), None)
        sponsored = actor.organisations(Role.EMPLOYER, now.date())
        if standing is None or standing.enrolment.sponsor not in sponsored:
            raise Missing("This person is not enrolled in this program on that day, or not by you.")
        given = _award(actor, standing, step, effective_on, now)
        if not await repo.add([given]):
            raise AlreadyDecided("This step was given already.")
        detail = {"step": step, "effective_on": effective_on, "because": given.because}
        await record(actor, Action.AWARD_STEP, "enrolment", given.enrolment, now=now, detail=detail)
    return given


def _award(actor: Actor, standing: Standing, step: str, effective_on: date, now: datetime) -> Award:
    keys = [one.key for one in standing.program.steps]
    if step not in keys:
        raise Invalid(f"The program has no wage step {step!r}.", where="step")
    reached = standing.reached_step
    if reached is None or keys.index(reached.key) < keys.index(step):
        raise Invalid(f"On {effective_on} the rules of this step do not hold yet.", where="effective_on")
    return Award(
        enrolment=standing.enrolment.id,
        step=step,
        effective_on=effective_on,
        decided_at=now,
        decided_by=actor.person,
        standards_sha256=standing.standards_sha256,
        because=reasons(standing, step),
    )


def reasons(standing: Standing, step: str) -> tuple[str, ...]:
    """Return the keys of the evidence on which a step rests; none for a step without a rule."""
    rule = next((one for one in standing.program.steps if one.key == step and one.when is not None), None)
    return () if rule is None else standing.explain(f"step:{step}").because
