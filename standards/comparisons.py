"""Two evaluations beside each other, and next steps, as plain data for JSON."""

from typing import Any

from graph.edges import Place
from graph.evaluating import Evaluation, HoursAnswer
from graph.next_steps import Gain, NextStep
from graph.supposing import Difference, Supposition
from standards.answers import Labels, dollars, hours_number, progress_answer
from standards.naming import bare
from standards.suppositions import supposed_answer


def what_if_answer(difference: Difference, supposition: Supposition) -> dict[str, Any]:
    """The answer of ``journeymark what-if``, but for credit: what is pretended, ``from`` and ``to`` of what differs.

    ``step``, ``usd_per_hour``, ``next`` and ``next_progress`` speak of wages.
    """
    before, after = difference.before, difference.after
    labels = Labels(before.world)

    def named(place: Place) -> str:
        return item_name(place, labels)

    return {
        "as_of": before.as_of.isoformat(),
        "known_at": before.known_at.isoformat() if before.known_at else None,
        "program": before.focus,
        "person": before.person.id,
        "supposed": supposed_answer(supposition, before, labels),
        "states": [
            {"item": named(turn.item), "from": turn.before, "to": turn.after} for turn in difference.turns
        ],
        "opened": [named(item) for item in difference.opened],
        "out_of_order": [named(item) for item in difference.out_of_order],
        "hours": {bare(key): _both(_hours(was), _hours(now)) for key, was, now in difference.hours},
        "progress": _both(progress_answer(before.progress), progress_answer(after.progress)),
        "complete": _both(before.complete, after.complete),
        **_wages(before, after),
    }


WAGE_KEYS = ("step", "usd_per_hour", "next", "next_progress")
"""What of the answer is for those who may know wages."""


def _wages(before: Evaluation, after: Evaluation) -> dict[str, Any]:
    was, now = before.wage, after.wage
    if was is None or now is None:
        return dict.fromkeys(WAGE_KEYS)
    return {
        "step": _both(was.step and bare(was.step), now.step and bare(now.step)),
        "usd_per_hour": _both(dollars(was.cents), dollars(now.cents)),
        "next": _both(was.next and bare(was.next), now.next and bare(now.next)),
        "next_progress": _both(progress_answer(was.progress), progress_answer(now.progress)),
    }


def _both(before: Any, after: Any) -> dict[str, Any]:
    return {"from": before, "to": after}


def _hours(answer: HoursAnswer) -> dict[str, Any]:
    return {"approved": hours_number(answer.approved), "counted": hours_number(answer.counted)}


def item_name(place: Place, labels: Labels) -> str:
    """``credential:mms``: as goals and fixes name it."""
    return f"{place[0]}:{labels.label(*place)}"


def step_answer(step: NextStep, labels: Labels) -> dict[str, Any]:
    """One of the next steps; ``rating`` where a way asks for more than competent."""
    answer: dict[str, Any] = {"item": item_name(step.item, labels), "state": step.state}
    if step.earn.rating is not None:
        answer["rating"] = step.earn.rating
    return {
        **answer,
        "opens": [item_name(place, labels) for place in step.opens],
        "proves": [item_name(place, labels) for place in step.proves],
        "raise": _gain(step.raising),
        "completion": _gain(step.finishing),
        "hours": None if step.minutes is None else hours_number(step.minutes),
    }


def _gain(gain: Gain | None) -> dict[str, Any] | None:
    if gain is None:
        return None
    return {
        "left": gain.left,
        "nearer": gain.nearer,
        "progress": progress_answer(gain.progress),
        "reached": gain.reached,
    }
