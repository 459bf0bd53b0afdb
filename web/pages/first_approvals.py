"""First approvals of raises that need two people, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from apprenticeship.seconding.deciding import waiting_for
from apprenticeship.seconding.model import FirstApproval
from apprenticeship.seconding.services import approvals_of
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from graph.world import Step
from web import words

COMPLETED = words.Look("done", "Approved first")
WAITING = words.Look("wait", "Waits for a second person")
OVER = words.Look("locked", "Was approved first")


@dataclass(frozen=True)
class FirstLine:
    """One first approval in words."""

    approval: FirstApproval
    text: str
    look: words.Look


async def first_lines(standing: Standing, named: Callable[[str], str]) -> list[FirstLine]:
    """Tell every first approval of somebody's, the first one first; `named` says a step."""
    made = await approvals_of(standing.enrolment.id)
    names = await names_of(one.approved_by for one in made) if made else {}
    told = []
    for one in made:
        waits = waiting_for(one.step, made, standing.decisions) == one
        look = COMPLETED if one.completed_by is not None else WAITING if waits else OVER
        by = names.get(one.approved_by, "Somebody")
        text = f"{by} approved the raise to {named(one.step)}{_terms(one)}{_ends(look)}{_why(one)}"
        told.append(FirstLine(one, text, look))
    return told


def _terms(one: FirstApproval) -> str:
    pay = "" if one.cents_after is None else f", {words.money(one.cents_after)} an hour"
    return f"{pay}, from {words.day(one.effective_on)}"


def _ends(look: words.Look) -> str:
    if look == COMPLETED:
        return "; a second person approved it too"
    return "; a second person is to approve it too" if look == WAITING else ""


def _why(one: FirstApproval) -> str:
    return f". {one.reason}" if one.reason else ""


async def waiting_first(standing: Standing, step: Step | None) -> FirstApproval | None:
    """Return the first approval of a step that waits for a second person."""
    if step is None:
        return None
    return waiting_for(step.key, await approvals_of(standing.enrolment.id), standing.decisions)


async def waiting_words(first: FirstApproval | None) -> str:
    """Say who approved first and from which day; empty where nothing waits."""
    if first is None:
        return ""
    name = (await names_of([first.approved_by])).get(first.approved_by, "Somebody")
    day = words.day(first.effective_on)
    return f"{name} approved it from {day}. Another person gives it by approving it from the same day."
