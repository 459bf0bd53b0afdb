"""Raises: who has reached a step beyond the one awarded, who is next, and deciding."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import asyncpg

from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.house_rules.bounds import bound_of, check_bound
from apprenticeship.house_rules.houses import house_of
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people, people_of
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.proposals import repo as proposals
from apprenticeship.proposals.asking import ask_for_look
from apprenticeship.raises import repo
from apprenticeship.raises.deciding import (
    check_reached,
    check_reason,
    check_verdict,
    drawn_up,
    repeated,
    undo_of,
)
from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.seconding.deciding import needs_two
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.seconding.services import complete, completes, keep_first
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of, visible_standings
from apprenticeship.store import transaction
from apprenticeship.texts import in_words
from graph.world import Step


@dataclass(frozen=True, kw_only=True)
class CrewMember:
    """One person of a crew, as an employer plans raises.

    Attributes:
        awarded: the highest wage step that was given, or None.
        reached: the wage step that the rules say today, or None.
        due: whether a step beyond `awarded` is reached and nobody has set it aside.
        set_aside: the decision that keeps `reached` from being due: postponed or denied.
        following: the step after `reached` and above `awarded`, or None at the last.
        progress: how far to `following`.
    """

    standing: Standing
    awarded: Step | None
    reached: Step | None
    due: bool
    set_aside: RaiseDecision | None
    following: Step | None
    progress: Fraction


async def crew(actor: Actor, *, as_of: date, now: datetime) -> tuple[CrewMember, ...]:
    """Return everybody whose wages the actor may know: raises due first, then who is nearest to one."""
    standings = await visible_standings(actor, as_of=as_of, now=now, action=Action.READ_WAGES)
    # off the event loop: a large crew takes seconds the first time, and others are waiting
    members = await asyncio.to_thread(lambda: [member_of(standing) for standing in standings])
    return tuple(sorted(members, key=lambda one: (not one.due, -one.progress, one.standing.person.name)))


def member_of(standing: Standing) -> CrewMember:
    """Return how an employer plans the raises of one person."""
    wage = standing.wage
    steps = {step.key: step for step in standing.program.steps}
    return CrewMember(
        standing=standing,
        awarded=standing.awarded_step,
        reached=standing.reached_step,
        due=standing.raise_due,
        set_aside=standing.reached_set_aside if standing.raise_reached and not standing.raise_due else None,
        following=None if wage is None or wage.next is None else steps[wage.next],
        progress=Fraction(0) if wage is None else wage.progress,
    )


async def decide(
    actor: Actor, person: UUID, *, program: str, step: str, verdict: Verdict, now: datetime
) -> RaiseDecision | FirstApproval:
    """Decide about a wage step that somebody has reached: give it from a day on, deny it or put it off.

    `step` is the key of the step as the engine names it. No recomputation takes back what was given. Where the house
    rules ask two people to approve it, the first approval is kept and returned; it gives nothing.

    Raises:
        Missing: there is no such person or enrolment, or the actor does not speak for its sponsor.
        Invalid: the program has no such step, it was not reached on the day, the verdict does not hold together, or
            the house rules do not allow the day.
        AlreadyDecided: the step was given already, or the same was decided before; it says by whom.
    """
    today = now.date()
    check_verdict(verdict, today)
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        await lock_people([person])
        day = verdict.effective_on or today
        standing = await _sponsored(actor, person, program, day, now)
        check_reached(standing, step)
        before = repeated(standing, step, verdict)
        if before is not None and not await _is_appealed(before):
            raise await _too_late(before)
        (number,) = await repo.reserve(1)
        drawn = drawn_up(standing, step, verdict, number=number, by=actor.person)
        if verdict.kind is not Kind.APPROVED:
            return await _keep(actor, drawn, now)
        return await _approve(actor, standing, drawn, now)


async def _approve(
    actor: Actor, standing: Standing, drawn: tuple[RaiseDecision, Any], now: datetime
) -> RaiseDecision | FirstApproval:
    """Keep an approval as far as the house rules allow it, alone or as one of two."""
    decision, _ = drawn
    house = await house_of(standing.enrolment, today=now.date())
    bound = bound_of(house, standing, decision.step)
    check_bound(bound, decision.as_of, decision.reason or "")
    if not needs_two(standing, decision, house.rules.second_approval_above_cents, today=now.date()):
        return await _keep(actor, drawn, now)
    first = await completes(actor, decision, standing.decisions)
    if first is None:
        return await keep_first(actor, decision, standing.decisions, now=now)
    kept = await _keep(actor, drawn, now)
    await complete(first, kept)
    return kept


async def undo(actor: Actor, person: UUID, decision: int, *, reason: str, now: datetime) -> RaiseDecision:
    """Take back the decision that stands for a step, with a reason; what stood before it stands again.

    Raises:
        Missing: there is no such decision about this person, or the actor does not speak for its sponsor.
        Invalid: it is an undo itself, another decision followed it, or there is no reason.
        AlreadyDecided: it was undone before; it says by whom.
    """
    check_reason(reason, needed=True)
    async with transaction():
        permit(actor, Action.AWARD_STEP, await learner_of(person), now)
        await lock_people([person])
        enrolled = {one.id: one.program_key for one in await enrolments.of_people([person])}
        made = await repo.of_enrolments(list(enrolled))
        undone = next((one for one in made if one.id == decision), None)
        if undone is None:
            raise Missing("There is no such decision about this person.")
        standing = await _sponsored(actor, person, enrolled[undone.enrolment], now.date(), now)
        await _check_undoable(standing, undone)
        (number,) = await repo.reserve(1)
        drawn = undo_of(standing, undone, reason, number=number, by=actor.person)
        await ask_for_look([person], f"decision {number}", now=now)
        return await _keep(actor, drawn, now)


async def _is_appealed(before: RaiseDecision) -> bool:
    """Tell whether the apprentice appealed against a decision: then the same again is an answer."""
    if before.kind is Kind.APPROVED:
        return False
    return any(one.decision == before.id for one in await proposals.statements_of([before.enrolment]))


async def _sponsored(actor: Actor, person: UUID, program: str, day: date, now: datetime) -> Standing:
    """Return how somebody stands by what is known now, so that the decision can be worked out again.

    A clock set back makes no decision older than the one before it.
    """
    enrolled = await enrolments.of_people([person])
    made = await repo.of_enrolments([one.id for one in enrolled])
    known_at = max([now, *(one.decided_at for one in made)])
    found = await standings_of([person], as_of=day, known_at=known_at, program=program)
    standing = next(iter(found), None)
    sponsored = actor.organisations(Role.EMPLOYER, now.date())
    if standing is None and day < now.date():
        own = next((one for one in enrolled if one.program_key == program and one.sponsor in sponsored), None)
        if own is not None:
            text = f"Nobody is paid before they are registered, which was on {in_words(own.registered)}."
            raise Invalid(text, where="effective_on")
    if standing is None or standing.enrolment.sponsor not in sponsored:
        raise Missing("This person is not enrolled in this program on that day, or not by you.")
    return standing


async def _check_undoable(standing: Standing, undone: RaiseDecision) -> None:
    if undone.kind is Kind.UNDONE:
        raise Invalid("An undo is not undone; decide about the step again instead.", where="decision")
    if undone.enrolment != standing.enrolment.id:
        raise Invalid("This belongs to an earlier registration and stays as it is.", where="decision")
    earlier = next((one for one in standing.decisions if one.refers_to == undone.id), None)
    if earlier is not None:
        raise await _too_late(earlier)
    if standing.in_force.of(undone.step) != undone:
        raise Invalid("Another decision about this step followed; undo that one first.", where="decision")


async def _keep(actor: Actor, drawn: tuple[RaiseDecision, Any], now: datetime) -> RaiseDecision:
    decision, _ = drawn
    try:
        await repo.add([drawn])
    except asyncpg.UniqueViolationError as error:
        raise AlreadyDecided("This was decided by somebody else meanwhile; nothing was changed.") from error
    detail = {
        "decision": decision.id,
        "kind": decision.kind,
        "step": decision.step,
        "as_of": decision.as_of,
        "because": decision.because,
    }
    await record(actor, Action.AWARD_STEP, "enrolment", decision.enrolment, now=now, detail=detail)
    return decision


async def _too_late(before: RaiseDecision) -> AlreadyDecided:
    """Say who was first; whoever may decide a raise may know who decided it."""
    people = [] if before.decided_by is None else await people_of([before.decided_by])
    said = {
        Kind.APPROVED: "given",
        Kind.DENIED: "denied",
        Kind.POSTPONED: "postponed",
        Kind.UNDONE: "taken back",
    }
    nobody = "nobody (the time to object was over)" if before.decided_by is None else "somebody"
    by = people[0].name if people else nobody
    day = in_words(before.decided_at.date())
    return AlreadyDecided(f"This was {said[before.kind]} already by {by} on {day}; nothing was changed.")
