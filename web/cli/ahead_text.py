"""The answers of ``what-if`` and ``next`` in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from web.cli.text import action

if TYPE_CHECKING:
    from graph.evaluating import Evaluation


def what_if(evaluated: "Evaluation", data: dict[str, Any]) -> list[str]:
    """What is pretended, then what changes; what stays is not said."""
    supposed = data["supposed"]
    moved = f", asked for {supposed['as_of']}" if supposed["as_of"] != data["as_of"] else ""
    lines = [f"{_head(evaluated, data)}{moved}", "Supposing:"]
    lines += [f"  {_thing(thing)}" for thing in supposed["things"]] or ["  nothing"]
    changes = [*_whole(data), *_states(data), *_rest(data)]
    lines += ["", *(changes or ["Nothing changes."])]
    lines += ["", *(_credit(one) for one in data["credit"])] if data["credit"] else []
    return [*lines, "", "Nothing is stored."]


def steps(evaluated: "Evaluation", data: dict[str, Any]) -> list[str]:
    """One step a line, the best first, each with its reasons."""
    lines = [_head(evaluated, data)]
    for number, step in enumerate(data["steps"], start=1):
        rating = f", rating {step['rating']}" if "rating" in step else ""
        lines.append(f"{number}. {step['item']} ({step['state'].replace('_', ' ')}{rating})")
        lines.append(f"   {step['why']}")
    if not data["steps"]:
        lines.append("Nothing can be started now.")
    return [*lines, f"{data['more']} more."] if data["more"] else lines


def _head(evaluated: "Evaluation", data: dict[str, Any]) -> str:
    who = evaluated.person.name or evaluated.person.id
    title = evaluated.program.title if evaluated.program else ""
    return f"{who}, {title}, as of {data['as_of']}"


def _thing(thing: dict[str, Any]) -> str:
    said = {key: value for key, value in thing.items() if key != "on"}
    words = f"revoke {said['revoke']}" if "revoke" in said else action(said)
    return f"{words}, on {thing['on']}" if "on" in thing else words


def _whole(data: dict[str, Any]) -> Iterator[str]:
    """Progress, completion and wage, as far as they differ."""
    progress, complete, step = data["progress"], data["complete"], data["step"]
    if progress["from"] != progress["to"]:
        was, now = (f"{progress[end]['percent']} % ({progress[end]['fraction']})" for end in ("from", "to"))
        yield f"Progress: {was} -> {now}"
    if complete["from"] != complete["to"]:
        yield "Complete: the sponsor may certify." if complete["to"] else "No longer complete."
    if step is None:
        return
    was, now = (f"{step[end] or 'none'}{_pay(data['usd_per_hour'][end])}" for end in ("from", "to"))
    if was != now:
        yield f"Wage step: {was} -> {now}"
    before, after = ((data["next"][end], data["next_progress"][end]["percent"]) for end in ("from", "to"))
    if before != after:
        yield f"Next raise: {_way(*before)} -> {_way(*after)}"


def _pay(dollars: str | None) -> str:
    return f", ${dollars} an hour" if dollars else ""


def _way(step: str | None, percent: float) -> str:
    return f"{step}, {percent} % of the way" if step else "none, the top is reached"


def _states(data: dict[str, Any]) -> Iterator[str]:
    width = max((len(turn["item"]) for turn in data["states"]), default=0)
    for turn in data["states"]:
        was, now = (turn[end].replace("_", " ") for end in ("from", "to"))
        yield f"{turn['item']:<{width}}  {was} -> {now}"


def _rest(data: dict[str, Any]) -> Iterator[str]:
    for name, turn in data["hours"].items():
        was, now = turn["from"], turn["to"]
        lost = f" ({now['approved']} approved)" if now["approved"] != now["counted"] else ""
        yield f"Hours in {name}: {was['counted']} -> {now['counted']}{lost}"
    if data["out_of_order"]:
        yield f"Out of order: {', '.join(data['out_of_order'])}"


def _credit(change: dict[str, Any]) -> str:
    said = [
        f"{change['college']}, {change['program']}: {change['from']} -> {change['to']} {change['unit']} hours"
    ]
    said += [f"gained {', '.join(change['gained'])}"] if change["gained"] else []
    said += [f"lost {', '.join(change['lost'])}"] if change["lost"] else []
    return f"{'; '.join(said)}. {change['estimate']}"
