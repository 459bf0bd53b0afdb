"""Whether a raise needs two people, and what the first of them approved. Pure."""

from collections.abc import Iterable
from datetime import date

from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.standing.model import Standing
from graph.evaluating import cents_of


def needs_two(standing: Standing, decision: RaiseDecision, limit: int | None, *, today: date) -> bool:
    """Whether an approval gives more cents an hour than one person may alone.

    It is asked by the rates of the day from which it is paid and by those of today: a day long ago, for which the
    program states no rate, makes no raise smaller.
    """
    if decision.kind is not Kind.APPROVED:
        return False
    program = standing.program
    paid = standing.awarded_step or program.steps[0]
    before, after = cents_of(program, paid.key, today), cents_of(program, decision.step, today)
    return is_above(decision.cents_before, decision.cents_after, limit) or is_above(before, after, limit)


def is_above(before: int | None, after: int | None, limit: int | None) -> bool:
    """Whether a raise from and to so many cents an hour is above a limit; without one, or without money, it is not."""
    return limit is not None and before is not None and after is not None and after - before > limit


def waiting_for(
    step: str, approvals: Iterable[FirstApproval], decisions: Iterable[RaiseDecision]
) -> FirstApproval | None:
    """Return the first approval of a step that waits for a second person.

    It is the last one made, and no decision about the step has been made since: what is denied, put off or taken back
    begins anew.
    """
    made = [one for one in approvals if one.step == step]
    if not made or made[-1].completed_by is not None:
        return None
    last = made[-1]
    followed = any(one.step == step and one.id > last.decisions_up_to for one in decisions)
    return None if followed else last


def same_terms(first: FirstApproval, decision: RaiseDecision) -> bool:
    """Whether a decision approves what was approved first: the step, from the same day, at the same pay."""
    return (first.enrolment, first.step, first.effective_on, first.cents_after) == (
        decision.enrolment,
        decision.step,
        decision.effective_on,
        decision.cents_after,
    )


def first_of(decision: RaiseDecision, decisions: Iterable[RaiseDecision]) -> FirstApproval:
    """Return an approval as the first of two, after the decisions made so far; its id is given when it is kept.

    Raises:
        ValueError: it is no approval.
    """
    if decision.effective_on is None or decision.decided_by is None:
        raise ValueError("Only an approval is the first of two.")
    return FirstApproval(
        id=0,
        enrolment=decision.enrolment,
        step=decision.step,
        effective_on=decision.effective_on,
        cents_before=decision.cents_before,
        cents_after=decision.cents_after,
        decisions_up_to=max((one.id for one in decisions), default=0),
        approved_at=decision.decided_at,
        approved_by=decision.decided_by,
        reason=decision.reason,
    )
