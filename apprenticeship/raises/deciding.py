"""Drawing a decision up from how somebody stands: pure, so that it can be drawn up again."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from apprenticeship.raises.model import Kind, RaiseDecision, Verdict
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.texts import check_text, in_words
from graph.evaluating import cents_of
from standards.answers import Labels, explanation_answer
from standards.canonical import digest

LONGEST_REASON = 4_000


def check_verdict(verdict: Verdict, today: date) -> None:
    """Go on only with a verdict that holds together.

    Raises:
        Invalid: it is no decision about a step that was reached, a day is missing or on the wrong side of today,
            or there is no reason where one is needed.
    """
    check_reason(verdict.reason, needed=verdict.kind is not Kind.APPROVED)
    if verdict.kind is Kind.UNDONE:
        raise Invalid("An undo takes back a decision; name which.", where="kind")
    _check_effective(verdict, today)
    _check_postponed(verdict, today)


def _check_effective(verdict: Verdict, today: date) -> None:
    day, is_needed = verdict.effective_on, verdict.kind is Kind.APPROVED
    if day is None and is_needed:
        raise Invalid("Say from which day it is paid.", where="effective_on")
    if day is not None and not is_needed:
        raise Invalid("Only an approval is paid from a day.", where="effective_on")
    if day is not None and day > today:
        raise Invalid("The day lies ahead; award the step when it has come.", where="effective_on")


def _check_postponed(verdict: Verdict, today: date) -> None:
    day, is_needed = verdict.postponed_until, verdict.kind is Kind.POSTPONED
    if day is None and is_needed:
        raise Invalid("Say until which day.", where="postponed_until")
    if day is not None and not is_needed:
        raise Invalid("Only what is postponed waits for a day.", where="postponed_until")
    if day is not None and day <= today:
        raise Invalid("This day is past; name one that is to come.", where="postponed_until")


def check_reason(reason: str, *, needed: bool, reader: str = "the apprentice") -> None:
    """Go on only with a reason that can be kept, and with one where it is needed.

    Raises:
        Invalid: it is missing, too long or no text.
    """
    if needed and not reason.strip():
        raise Invalid(f"Say why; {reader} reads it.", where="reason")
    check_text(reason, longest=LONGEST_REASON, where="reason")


def check_reached(standing: Standing, step: str) -> None:
    """Go on only with a step that somebody has reached.

    Raises:
        Invalid: the program has no such step, or its rule does not hold on the day.
    """
    keys = [one.key for one in standing.program.steps]
    if step not in keys:
        raise Invalid(f"The program has no wage step {step!r}.", where="step")
    reached = standing.reached_step
    if reached is None or keys.index(reached.key) < keys.index(step):
        where = "effective_on"
        raise Invalid(f"On {in_words(standing.as_of)} the rules of this step do not hold yet.", where=where)


def drawn_up(
    standing: Standing, step: str, verdict: Verdict, *, number: int, by: UUID | None
) -> tuple[RaiseDecision, Any]:
    """Return a decision about a step with its proof as plain data; `number` is the id it will have.

    `by` is None where nobody decides and a raise stands by itself. It is decided at the moment as of which the
    standing is known.
    """
    return _drawn_up(standing, step, verdict, number=number, by=by, refers_to=None)


def undo_of(
    standing: Standing, undone: RaiseDecision, reason: str, *, number: int, by: UUID
) -> tuple[RaiseDecision, Any]:
    """Return the decision that takes another one back, with how the step stands then."""
    verdict = Verdict(kind=Kind.UNDONE, reason=reason)
    return _drawn_up(standing, undone.step, verdict, number=number, by=by, refers_to=undone.id)


def drawn_again(standing: Standing, decision: RaiseDecision, labels: Labels) -> tuple[RaiseDecision, Any]:
    """Return what a decision comes to from how somebody stood when it was made; see `drawn_up`."""
    verdict = Verdict(
        kind=decision.kind,
        effective_on=decision.effective_on,
        postponed_until=decision.postponed_until,
        reason=decision.reason or "",
    )
    return _drawn_up(
        standing,
        decision.step,
        verdict,
        number=decision.id,
        by=decision.decided_by,
        refers_to=decision.refers_to,
        labels=labels,
    )


def _drawn_up(
    standing: Standing,
    step: str,
    verdict: Verdict,
    *,
    number: int,
    by: UUID | None,
    refers_to: int | None,
    labels: Labels | None = None,
) -> tuple[RaiseDecision, Any]:
    if standing.known_at is None:
        raise ValueError("A decision rests on what is known at a moment.")
    proof = proof_of(standing, step, labels)
    given = {one.step for one in standing.awarded}
    kept = {one.step for one in standing.awarded if one.id != refers_to}
    after = kept | {step} if verdict.kind is Kind.APPROVED else kept
    decision = RaiseDecision(
        id=number,
        enrolment=standing.enrolment.id,
        step=step,
        kind=verdict.kind,
        effective_on=verdict.effective_on,
        postponed_until=verdict.postponed_until,
        refers_to=refers_to,
        decided_at=standing.known_at,
        decided_by=by,
        as_of=standing.as_of,
        evidence_up_to=max((row.id for row in standing.evidence), default=0),
        standards=standing.enrolment.standards,
        standards_sha256=standing.standards_sha256,
        because=standing.rests_on(step),
        explanation_sha256=digest(proof),
        cents_before=_cents(standing, given),
        cents_after=_cents(standing, after),
        reason=verdict.reason.strip() or None,
    )
    return decision, proof


def proof_of(standing: Standing, step: str, labels: Labels | None = None) -> Any:
    """Return the proof of a step as plain data, in the words of its world; None for a step without a rule."""
    if step not in {one.key for one in standing.program.steps if one.when is not None}:
        return None
    return explanation_answer(standing.explain(f"step:{step}"), labels or Labels(standing.world))


def _cents(standing: Standing, given: Iterable[str]) -> int | None:
    """Return what is paid an hour with some steps given: the highest of them, else the first."""
    steps = standing.program.steps
    paid = next((one for one in reversed(steps) if one.key in set(given)), next(iter(steps), None))
    return None if paid is None else cents_of(standing.program, paid.key, standing.as_of)


def repeated(standing: Standing, step: str, verdict: Verdict) -> RaiseDecision | None:
    """Return the decision in force that leaves nothing to decide: the step is given, or the same was said before."""
    before = standing.in_force.of(step)
    if before is None or before.kind is Kind.APPROVED:
        return before
    if before.kind is not verdict.kind or standing.set_aside(step) is None:
        return None
    return before if before.postponed_until == verdict.postponed_until else None
