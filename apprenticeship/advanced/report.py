"""Equal treatment: what became of all claims, with small cells hidden. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from apprenticeship.advanced.model import Claim, Outcome

SMALLEST = 10
"""Fewer people than this are not shown: others could tell who they are."""


@dataclass(frozen=True)
class OutcomeLine:
    """Claims of one outcome. Numbers are None where so few are hidden; minutes are totals."""

    outcome: Outcome
    claims: int | None
    asked: int | None
    granted: int | None


def outcome_lines(claims: Iterable[Claim]) -> tuple[OutcomeLine, ...]:
    """Count claims by outcome.

    A cell of one to nine is hidden, and where that is the only one the smallest other cell with it, so that nothing
    is found by taking the shown ones from the total.
    """
    found: dict[Outcome, list[Claim]] = {outcome: [] for outcome in Outcome}
    for claim in claims:
        found[claim.outcome].append(claim)
    counts = {outcome: len(of) for outcome, of in found.items()}
    hidden = {outcome for outcome, number in counts.items() if 0 < number < SMALLEST}
    others = [outcome for outcome in Outcome if counts[outcome] and outcome not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda outcome: counts[outcome]))
    return tuple(_line(outcome, of, hidden=outcome in hidden) for outcome, of in found.items())


def _line(outcome: Outcome, of: list[Claim], *, hidden: bool) -> OutcomeLine:
    if hidden:
        return OutcomeLine(outcome, None, None, None)
    asked = sum(sum(one.asked.values()) for one in of)
    granted = sum(sum(one.decided.granted.values()) for one in of if one.decided is not None)
    return OutcomeLine(outcome, len(of), asked, granted)
