"""Capacity plans as plain data for JSON: who is trained where and when, what comes of it, and what was too little."""

from typing import Any

from graph.capacity.ahead import day_reached
from graph.capacity.binding import Binding
from graph.capacity.planning import CapacityPlan, Coming, Scheduled
from graph.capacity.question import Question
from graph.capacity.reasons import Missed
from standards.answers import Labels, dollars, hours_number
from standards.naming import bare

BASIS = (
    "A training begins at the start of a month, after the month in which its prerequisites were met, and is done by "
    "the end of its last month. Everybody passes at the first try. Hours and months come by themselves, at the pace "
    "given. Nothing that counts today expires during the plan, and a test that several credentials share is paid with "
    "each."
)


def capacity_answer(plan: CapacityPlan, question: Question, labels: Labels) -> dict[str, Any]:
    """The answer of ``journeymark capacity``.

    Months are counted from 1; ``worth`` is in cents an hour times months: what each raise or completion brings, for
    every month of the plan from that in which it comes.
    """
    return {
        "from": question.start.isoformat(),
        "until": question.ends(question.months - 1).isoformat(),
        "months": [question.ends(month - 1).isoformat() for month in range(question.months)],
        "stations": [{"id": one.id, "title": one.title} for one in question.stations],
        "mentors": [{"id": one.id, "title": one.title} for one in question.mentors],
        "optimal": plan.proven,
        "worth": plan.worth,
        "bound": plan.bound,
        "gap_percent": gap_percent(plan),
        "without_training": plan.without,
        "cost_usd": dollars(sum(one.cents for one in plan.trainings)),
        "hours": hours_number(sum(one.minutes for one in plan.trainings)),
        "trainings": [_training(one, labels) for one in plan.trainings],
        "coming": [_coming(one, question) for one in plan.coming],
        "missed": [_missed(one, labels) for one in plan.missed],
        "not_trained": [{"person": one.person, "reason": one.reason} for one in plan.left],
        "binds": [_binding(one) for one in plan.binds],
        "basis": BASIS,
    }


def gap_percent(plan: CapacityPlan) -> float:
    """How much more a plan might be worth at most, in percent of this one; rounded up to a tenth."""
    return -(-int(plan.gap * 1_000_000) // 1000) / 10


def goal_name(name: str) -> str:
    """``step:s2`` or ``completion``."""
    kind, _, key = name.partition(":")
    return f"step:{bare(key)}" if kind == "step" else kind


def _training(one: Scheduled, labels: Labels) -> dict[str, Any]:
    answer = {
        "person": one.person,
        "item": f"{one.earn.kind}:{labels.label(one.earn.kind, one.earn.key)}",
        "station": one.station,
        "mentor": one.mentor,
        "month": one.month + 1,
        "until_month": one.until + 1,
        "hours": hours_number(one.minutes),
        "usd": dollars(one.cents),
    }
    return {**answer, "assumed": True} if one.assumed else answer


def _coming(one: Coming, question: Question) -> dict[str, Any]:
    return {
        "person": one.person,
        "goal": goal_name(one.name),
        "month": one.month + 1,
        "by": day_reached(question, one.month).isoformat(),
        "usd_per_hour": dollars(one.cents),
        "without_training": one.anyway,
        "soonest_month": one.soonest + 1,
    }


def _missed(one: Missed, labels: Labels) -> dict[str, Any]:
    needs = [{"item": _item(name, labels), "reason": why} for name, why in one.names]
    answer = {"person": one.person, "goal": goal_name(one.name), "why": one.why}
    return {**answer, "needs": needs} if needs else answer


def _item(name: str, labels: Labels) -> str:
    kind, _, key = name.partition(":")
    return f"{kind}:{labels.label(kind, key)}"


def _binding(one: Binding) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id or None,
        "months": [month + 1 for month in one.months],
        "unit": one.unit,
        "waiting": one.waiting,
        "worth_of_more": one.worth,
    }
