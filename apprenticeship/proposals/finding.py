"""What the rules propose about somebody, worked out from how they stand; pure, so that it can be worked out again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from apprenticeship.evidence.model import Evidence, EvidenceKind, entry_key, known_rows
from apprenticeship.proposals.model import Flow, Proposal, ProposalKind, turns_of
from apprenticeship.raises.model import RaiseDecision
from apprenticeship.standing.model import Standing
from graph import timeline
from graph.timeline import Timeline


def proposed(
    standing: Standing, flow: Flow, history: Sequence[Evidence], *, known_at: datetime
) -> tuple[Proposal, ...]:
    """Return what is to be proposed about somebody and was not yet, corrections first.

    Args:
        standing: how they stand today by everything that is known.
        flow: what was proposed, said and decided before.
        history: every row ever recorded about them, in the order of recording.
        known_at: the moment of proposing, not before anything that is known.
    """
    if _has_ended(standing):
        return ()
    return (
        *_corrections(standing, flow, history, known_at),
        *_raises(standing, flow, known_at),
    )


def _has_ended(standing: Standing) -> bool:
    ended = standing.enrolment.ended
    return ended is not None and ended <= standing.as_of


def holds_since(standing: Standing, step: str, day: date) -> date | None:
    """Return the first day of the stretch with a day in it on which a step's rule holds; None where it does not."""
    line = standing.evaluation.actual.step(step)
    if not timeline.is_true(line, day.toordinal()):
        return None
    first = timeline.since(line, day.toordinal())
    return date.fromordinal(first) if first else standing.enrolment.registered


def next_look(standing: Standing, flow: Flow) -> date | None:
    """Return the next day on which somebody is looked at although nobody wrote anything; None for no such day.

    A step comes with time alone, or a proposal waits for its objection period to end.
    """
    if _has_ended(standing):
        return None
    tomorrow = standing.as_of + timedelta(days=1)
    if flow.open_raises:
        return tomorrow
    lines = [standing.evaluation.actual.step(step.key) for step in standing.program.steps[1:]]
    days = [timeline.next_true(line, standing.as_of.toordinal()) for line in lines]
    ahead = [day for day in days if day is not None]
    return date.fromordinal(min(ahead)) if ahead else None


def _raises(standing: Standing, flow: Flow, known_at: datetime) -> Iterator[Proposal]:
    turns = turns_of(flow.decisions)
    known = {(one.step, one.turn) for one in flow.proposals if one.kind is ProposalKind.RAISE}
    for step in standing.open_steps:
        since = holds_since(standing, step.key, standing.as_of)
        turn = turns.get(step.key, 0)
        if since is not None and (step.key, turn) not in known:
            yield _proposal(
                standing,
                step.key,
                turn,
                known_at,
                holds_since=since,
                because=standing.rests_on(step.key),
            )


def _proposal(
    standing: Standing,
    step: str,
    turn: int,
    known_at: datetime,
    *,
    because: tuple[str, ...],
    holds_since: date | None = None,
    change: "Change | None" = None,
) -> Proposal:
    return Proposal(
        id=0,
        enrolment=standing.enrolment.id,
        step=step,
        kind=ProposalKind.RAISE if change is None else ProposalKind.CORRECTION,
        turn=turn,
        refers_to=None if change is None else change.decision.id,
        as_of=standing.as_of,
        known_at=known_at,
        evidence_up_to=max((row.id for row in standing.evidence), default=0),
        was_on=None if change is None else change.was_on,
        holds_since=holds_since if change is None else change.holds_since,
        lost_on=None if change is None else change.lost_on,
        standards=standing.enrolment.standards,
        standards_sha256=standing.standards_sha256,
        because=because,
    )


@dataclass(frozen=True, kw_only=True)
class Change:
    """How what is known now differs from what was known when a step was given; days as in `Proposal`."""

    decision: RaiseDecision
    was_on: date
    holds_since: date | None
    lost_on: date | None


def _corrections(
    standing: Standing, flow: Flow, history: Sequence[Evidence], known_at: datetime
) -> Iterator[Proposal]:
    turns = turns_of(flow.decisions)
    known = {(one.refers_to, one.holds_since, one.lost_on) for one in flow.proposals}
    for decision in standing.awarded:
        change = changed(standing, decision, history)
        if change is None or (decision.id, change.holds_since, change.lost_on) in known:
            continue
        turn = turns.get(decision.step, 0)
        because = _what_changed(standing, decision, history)
        yield _proposal(standing, decision.step, turn, known_at, because=because, change=change)


def changed(standing: Standing, decision: RaiseDecision, history: Sequence[Evidence]) -> Change | None:
    """Say what evidence that came later means for a step that was given; None where nothing.

    Both are asked today, so that what only time takes away (a certificate that ran out) is no correction.
    """
    if decision.effective_on is None or all(row.id <= decision.evidence_up_to for row in history):
        return None
    then = replace(
        standing,
        known_at=decision.decided_at,
        evidence=known_rows(history, at=decision.decided_at, up_to=decision.evidence_up_to),
    )
    was_on = holds_since(then, decision.step, decision.effective_on)
    if was_on is None:
        return None  # it did not hold when it was given: a replay reports that
    day = standing.as_of
    line = standing.evaluation.actual.step(decision.step)
    since = holds_since(standing, decision.step, decision.effective_on)
    is_lost = not timeline.is_true(line, day.toordinal())
    if is_lost and (since is None or holds_since(then, decision.step, day) is not None):
        return Change(decision=decision, was_on=was_on, holds_since=None, lost_on=_lost_on(line, day))
    if since == was_on:
        return None
    moved = since or holds_since(standing, decision.step, day)
    return Change(decision=decision, was_on=was_on, holds_since=moved, lost_on=None)


def _lost_on(line: Timeline, day: date) -> date | None:
    last = timeline.since(line, day.toordinal())
    return date.fromordinal(last) if last else None


def _what_changed(
    standing: Standing, decision: RaiseDecision, history: Sequence[Evidence]
) -> tuple[str, ...]:
    """Return the keys of the evidence a step rested on that was corrected or taken out since; else of what is new."""
    later = [row for row in history if row.id > decision.evidence_up_to]
    touched = {row.key for row in later if row.supersedes is not None}
    touched |= {entry_key(row.fact.revokes or 0) for row in later if row.fact.kind is EvidenceKind.REVOCATION}
    rested = touched & set(decision.because)
    return tuple(sorted(rested or set(standing.rests_on(decision.step)) - set(decision.because)))
