"""Approvals by two people: the first is kept and gives nothing, the second completes it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.policy import Action, Actor
from apprenticeship.raises.model import RaiseDecision
from apprenticeship.refusals import AlreadyDecided
from apprenticeship.seconding import repo
from apprenticeship.seconding.deciding import first_of, same_terms, waiting_for
from apprenticeship.seconding.model import FirstApproval


async def completes(
    actor: Actor, decision: RaiseDecision, decisions: Sequence[RaiseDecision]
) -> FirstApproval | None:
    """Return the first approval that an approval completes; None where it is the first itself.

    An approval on other terms than the first is a first one itself, and waits in its place.

    Raises:
        AlreadyDecided: the actor was the first, on the same terms.
    """
    first = waiting_for(decision.step, await repo.of_enrolments([decision.enrolment]), decisions)
    if first is None or not same_terms(first, decision):
        return None
    if first.approved_by == actor.person:
        day = first.approved_at.date()
        raise AlreadyDecided(f"You approved this already on {day}; another person is to approve it too.")
    return first


async def keep_first(
    actor: Actor, decision: RaiseDecision, decisions: Sequence[RaiseDecision], *, now: datetime
) -> FirstApproval:
    """Keep an approval as the first of two, after the decisions made so far; inside a transaction."""
    first = await repo.add(first_of(decision, decisions))
    detail = {"first_approval": first.id, "step": first.step, "as_of": first.effective_on}
    await record(actor, Action.AWARD_STEP, "enrolment", first.enrolment, now=now, detail=detail)
    return first


async def complete(first: FirstApproval, decision: RaiseDecision) -> None:
    """Keep that a decision completes a first approval; inside a transaction, after the decision."""
    await repo.complete(first.id, decision.id)


async def approvals_of(enrolment: UUID) -> tuple[FirstApproval, ...]:
    """Return every first approval of an enrolment, in order, without asking who may know: the caller has."""
    return await repo.of_enrolments([enrolment])
