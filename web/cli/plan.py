"""``plan``: the cheapest way to a goal, from files alone."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from web.cli import files, text

if TYPE_CHECKING:
    from graph.planning import Wishes
    from standards.naming import Names

MEASURES = ("count", "hours", "usd")
ITEM = "credential:ID, competency:ID, course:ID or score:ID"


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(subparsers, "plan", "the cheapest way to a goal, proven or with its bound", _plan)
    files.person(parser)
    goals = "completion, step:ID, credential:ID, competency:ID or requirement:ID"
    parser.add_argument("--goal", required=True, help=goals)
    parser.add_argument("--minimise", choices=MEASURES, default="count", help="default count")
    parser.add_argument(
        "--ties", type=files.whole(), default=10, metavar="N", help="others as good; default 10"
    )
    parser.add_argument("--refuse", action="append", default=[], metavar="ITEM", help=f"never this: {ITEM}")
    parser.add_argument(
        "--waive",
        action="append",
        default=[],
        metavar="ITEM",
        help="as if a credential or competency were waived",
    )
    parser.add_argument(
        "--by", action="append", default=[], metavar="ITEM=DATE", help="done by then, if at all"
    )
    parser.add_argument(
        "--hours-per-week", type=files.whole(), default=40, metavar="N", help="the pace; default 40"
    )
    parser.add_argument(
        "--time-limit", type=files.whole(), metavar="SECONDS", help="stop looking for better then"
    )


def _plan(arguments: argparse.Namespace) -> int:
    from graph.planning import NoPlan, plan  # noqa: PLC0415 - help must come at once
    from graph.pricing import Minimise  # noqa: PLC0415
    from standards.answers import Labels  # noqa: PLC0415
    from standards.goals import GoalError, goal_of  # noqa: PLC0415
    from standards.plan_answers import no_plan_answer, plan_answer  # noqa: PLC0415

    evaluation, names, _ = files.situation(arguments)
    try:
        goal = goal_of(arguments.goal, names, evaluation)
    except GoalError as error:
        raise files.InputError(f"--goal: {error}") from error
    minimise = Minimise(arguments.minimise)
    wishes = _wishes(arguments, names)
    found = plan(evaluation, goal.requirement, goal.scope, minimise=minimise, wishes=wishes)
    if isinstance(found, NoPlan):
        data = no_plan_answer(goal.text, minimise, found)
        files.write(arguments, data, lambda: [f"No plan for {goal.text}: {found.reason}."])
        return files.FOUND
    data = plan_answer(goal.text, found, Labels(evaluation.world))
    files.write(arguments, data, lambda: list(_lines(data)))
    return files.ANSWERED


def _wishes(arguments: argparse.Namespace, names: "Names") -> "Wishes":
    from dataclasses import replace  # noqa: PLC0415 - help must come at once

    from standards.wishing import AskedWishes, WishError, wishes_of  # noqa: PLC0415

    if not arguments.hours_per_week:
        raise files.InputError("--hours-per-week 0: nothing would ever be done; write 1 or more")
    asked = AskedWishes(refuse=arguments.refuse, waive=arguments.waive, by=arguments.by)
    try:
        wishes = wishes_of(asked, names)
    except WishError as error:
        raise files.InputError(f"--{error.where} {error.word}: {error}") from error
    return replace(
        wishes,
        weekly=arguments.hours_per_week * 60,
        ties=arguments.ties,
        seconds=arguments.time_limit,
    )


def _lines(data: dict[str, Any]) -> Iterator[str]:
    unit = {"count": "things", "hours": "hours", "usd": "dollars"}[data["minimise"]]
    unit = unit.removesuffix("s") if data["total"] == 1 else unit
    proven = "proven least" if data["optimal"] else f"not proven; no less than {data['bound']}"
    yield f"{data['goal']}: {data['total']} {unit}, {proven}"
    for number, step in enumerate(data["steps"], 1):
        after = f", after {', '.join(step['after'])}" if step["after"] else ""
        yield f"  {number}. {_action(step)}{_effort(step)}{after}; done by {step['done_by']}"
    for tie in data["ties"]:
        yield f"  as good: {', '.join(_action(one) for one in tie) or 'nothing'}"
    for other in data["alternatives"]:
        more = f"{other['more']} {unit} more" if other["more"] else "no more"
        yield f"  without {other['without']}: {other['total']} {unit}, {more}"


def _action(action: dict[str, Any]) -> str:
    if "earn" in action:
        return str(action["earn"])
    return f"wait until {action['wait_until']}" if "wait_until" in action else text.rule(action)


def _effort(step: dict[str, Any]) -> str:
    effort, assumed = step["effort"], " assumed" if step.get("assumed") else ""
    said = [f"{effort['hours']} h"] if "hours" in effort and "earn" in step else []
    said += [f"${effort['usd']:g}"] if "usd" in effort else []
    return f" ({', '.join(said)}{assumed})" if said else assumed and " (effort assumed)"
