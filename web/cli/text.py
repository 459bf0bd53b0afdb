"""Answers of the command line in words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.evaluating import Evaluation
    from standards.linting import Finding


def findings(found: "Sequence[Finding]") -> list[str]:
    """One line a finding, then the count."""
    lines = [f"{f.where}: {f.severity} {f.code}: {f.message}" for f in found]
    count = f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "no findings"
    return [*lines, count]


def evaluation(evaluated: "Evaluation", data: dict[str, Any]) -> list[str]:
    """The three answers first, then every item."""
    who = evaluated.person.name or evaluated.person.id
    title = evaluated.program.title if evaluated.program else ""
    under = [f"Under version {version} of {name}" for name, version in data.get("versions", {}).items()]
    lines = [f"{who}, {title}, as of {data['as_of']}", *under, _progress(data), *_wage(data["wage"])]
    lines += ["", "Competencies", *_items(data["competencies"])]
    lines += ["", "Credentials", *_items(data["credentials"])]
    lines += ["", "Hours", *(_hours(name, hours) for name, hours in data["hours"].items())]
    if data["completion"]:
        lines += ["", "Completion", *_proof(data["completion"], 1)]
    return lines


def explanation(goal: str, data: dict[str, Any]) -> list[str]:
    """The proof as an indented tree, then the smallest fix."""
    lines = [goal, *_proof(data, 1)]
    if data["fix"] is None:
        return [*lines, f"Nothing can make it hold: {data['reason']}"]
    if data["fix"]:
        lines += ["A smallest way:", *(f"  {action(step)}" for step in data["fix"])]
        return lines + [f"As small: {', '.join(map(action, tie))}" for tie in data.get("ties", ())]
    return [*lines, "Nothing is missing."]


def action(step: dict[str, Any]) -> str:
    """One thing to do."""
    if "earn" in step:
        more = "".join(f", {name.replace('_', ' ')} {step[name]}" for name in step if name != "earn")
        return f"earn {step['earn']}{more}"
    if "hours" in step:
        return f"log {step['hours']} hours in {step['in']}"
    return f"wait until {step['wait_until']}"


def rule(requirement: dict[str, Any]) -> str:
    """A requirement in one line."""
    match requirement:
        case {"all": _}:
            return "all of"
        case {"any": _}:
            return "one of"
        case {"at_least": needed, "of": _}:
            return f"at least {needed} of"
        case {"hours": hours, "in": within}:
            return f"{hours} hours in {within}"
        case {"months": months, "since": since}:
            return f"{months} months since {'registration' if since == 'registered' else 'the last step'}"
        case {"credentials": count} | {"competencies": count}:
            kind = "credentials" if "credentials" in requirement else "competencies"
            return f"{count} {kind}{_where(requirement)}"
        case _:
            return " ".join(f"{key.replace('_', ' ')} {value}" for key, value in requirement.items())


def _where(requirement: dict[str, Any]) -> str:
    where = requirement.get("where", {})
    return "".join(f", {key.replace('_', ' ')} {value}" for key, value in where.items())


def _progress(data: dict[str, Any]) -> str:
    if data["complete"]:
        return "Complete: the sponsor may certify; the registration agency issues the certificate."
    return f"{data['progress']['percent']} % to journeyworker ({data['progress']['fraction']})"


def _wage(wage: dict[str, Any] | None) -> Iterator[str]:
    if wage is None:
        return
    now = f"Wage step {wage['step']}" if wage["step"] else "No wage step yet"
    pay = f", ${wage['usd_per_hour']} an hour" if wage["usd_per_hour"] else ""
    yield now + pay
    if wage["next"]:
        then = f" (${wage['next_usd_per_hour']} an hour)" if wage["next_usd_per_hour"] else ""
        yield f"Next raise: {wage['next']}{then}, {wage['progress']['percent']} % of the way"


def _items(items: dict[str, dict[str, Any]]) -> Iterator[str]:
    width = max(map(len, items), default=0)
    for name, item in items.items():
        since = f" since {item['since']}" if item["since"] else ""
        early = ", out of order" if item["out_of_order"] else ""
        expires = f", expires {item['expires']}" if item.get("expires") else ""
        yield f"  {name:<{width}}  {item['state'].replace('_', ' ')}{since}{expires}{early}"


def _hours(name: str, hours: dict[str, Any]) -> str:
    lost = f" ({hours['approved']} approved)" if hours["approved"] != hours["counted"] else ""
    most = f" of at most {hours['max']}" if "max" in hours else ""
    return f"  {name}: {hours['counted']}{most}{lost}"


def _proof(node: dict[str, Any], depth: int) -> Iterator[str]:
    mark = "yes" if node["holds"] else f"no, {node['progress']['percent']} %"
    because = f", by {', '.join(node['because'])}" if node["because"] and "members" not in node else ""
    clause = f"  [{node['clause']}]" if node["clause"] else ""
    yield f"{'  ' * depth}{rule(node['requirement'])}: {mark}{because}{clause}"
    for member in node.get("members", ()):
        yield from _proof(member, depth + 1)
