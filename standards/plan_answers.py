"""Plans as plain data for JSON, in the words of the contract."""

from typing import Any

from graph.actions import Action
from graph.planning import NoPlan, Plan, PlanStep
from graph.pricing import Minimise
from graph.world import Effort
from standards.answers import Labels, action_answer, hours_number
from standards.naming import bare


def plan_answer(goal: str, plan: Plan, labels: Labels) -> dict[str, Any]:
    """The answer of ``journeymark plan``; ``bound`` only where the plan is not proven optimal."""
    answer: dict[str, Any] = {
        "goal": goal,
        "minimise": plan.minimise.value,
        "optimal": plan.proven,
        "total": _total(plan.total, plan.minimise),
        "steps": [_step(step, labels) for step in plan.steps],
        "ties": [_actions(tie, labels) for tie in plan.ties],
        "alternatives": [
            {
                "without": action_answer(other.without, labels)["earn"],
                "total": _total(other.total, plan.minimise),
                "more": _total(other.more, plan.minimise),
                "steps": _actions(other.actions, labels),
            }
            for other in plan.alternatives
        ],
    }
    if not plan.proven:
        answer["bound"] = _total(plan.bound, plan.minimise)
    return answer


def no_plan_answer(goal: str, minimise: Minimise, found: NoPlan) -> dict[str, Any]:
    """The same where there is no way: ``steps`` is null, and ``reason`` says why."""
    return {"goal": goal, "minimise": minimise.value, "steps": None, "reason": found.reason}


def _total(total: int, minimise: Minimise) -> int | float:
    """Things, hours or dollars."""
    if minimise is Minimise.HOURS:
        return hours_number(total)
    return total / 100 if minimise is Minimise.USD else total


def _actions(actions: tuple[Action, ...], labels: Labels) -> list[dict[str, Any]]:
    return [action_answer(action, labels) for action in actions]


def _step(step: PlanStep, labels: Labels) -> dict[str, Any]:
    answer = {
        **action_answer(step.action, labels),
        "after": [_name(name, labels) for name in step.after],
        "effort": _effort(step.effort),
        "done_by": step.done_by.isoformat(),
    }
    return {**answer, "assumed": True} if step.assumed else answer


def _name(name: str, labels: Labels) -> str:
    kind, _, key = name.partition(":")
    return f"{kind}:{bare(key)}" if kind == "hours" else f"{kind}:{labels.label(kind, key)}" if key else name


def _effort(effort: Effort) -> dict[str, int | float]:
    found: dict[str, int | float] = {}
    if effort.minutes is not None:
        found["hours"] = hours_number(effort.minutes)
    if effort.cents is not None:
        found["usd"] = effort.cents / 100
    return found
