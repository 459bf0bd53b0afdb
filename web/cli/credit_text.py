"""The answer of ``articulate`` in words."""

from collections.abc import Iterator
from typing import Any

from web.cli.text import rule

REASONS = {
    "not_in_force": "the agreement is not in force",
    "not_met": "not met",
    "stale": "the evidence is stale",
    "window_over": "asked for too late",
    "too_early": "too early",
    "alternative_chosen": "an alternative is chosen",
    "cap_reached": "a limit is reached",
    "evidence_used": "its evidence is used",
    "college_decides": "the college decides how many credits",
    "no_credits": "gives no credit",
}
HINTS = {
    "pending": "evidence waits for verification",
    "expired": "a credential has expired",
    "waived": "a waiver, which counts in programs only",
}


def credit(who: str, data: dict[str, Any]) -> list[str]:
    """What is given, why not the rest, the limits and what remains."""
    lines = [
        f"{who}: {data['program']}, {data['college']}, as of {data['as_of']}",
        f"{data['credits']} {data['unit']} hours of credit. {data['estimate']}",
    ]
    if not data["in_force"]:
        lines.append("The agreement is not in force on that day.")
    lines += ["", "Given", *(_given(award) for award in data["awards"])] if data["awards"] else []
    lines += ["", "Left out", *(_left_out(award) for award in data["left_out"])] if data["left_out"] else []
    lines += ["", "Limits", *(_limit(*limit) for limit in data["limits"].items())] if data["limits"] else []
    return [*lines, "", *_rest(data)]


def _given(award: dict[str, Any]) -> str:
    earned = f", earned {award['earned_on']}" if award["earned_on"] else ""
    fee = f", fee {award['fee']}" if award["fee"] else ""
    conditions = f"; {'; '.join(award['conditions'])}" if award["conditions"] else ""
    evidence = ", ".join(award["evidence"]) or "no evidence needed"
    return f"  {award['credits']:>5}  {_name(award)}, by {evidence}{earned}{fee}{conditions}"


def _name(award: dict[str, Any]) -> str:
    return f"{award['id']} ({award['course']}, {award['title']})"


def _left_out(award: dict[str, Any]) -> str:
    also = "".join(f"; also {REASONS[reason]}" for reason in award.get("also", ()))
    amount = f"<= {award['up_to']}" if award.get("up_to") else award["credits"]
    return f"  {amount:>5}  {_name(award)}: {'; '.join(_why(award))}{also}"


def _why(award: dict[str, Any]) -> Iterator[str]:
    yield REASONS[award["reason"]]
    if award.get("missing"):
        yield f"missing {', '.join(_missing(missing) for missing in award['missing'])}"
    if award.get("hint"):
        yield HINTS[award["hint"]]
    if award.get("limits"):
        yield f"limit {', '.join(award['limits'])}"
    if award.get("awards"):
        yield f"by {', '.join(award['awards'])}"
    if award.get("evidence"):
        yield f"evidence {', '.join(award['evidence'])}"
    if award.get("over_on"):
        yield f"over since {award['over_on']}"
    if award.get("credits_short"):
        yield f"{award['credits_short']} more credits to be earned at the college first"


def _missing(missing: dict[str, Any]) -> str:
    if "more" in missing:
        choices = [_rule(choice) for choice in missing["from"]]
        return (
            f"{missing['more']} of {', '.join(choices)}"
            if len(choices) > missing["more"]
            else " and ".join(choices)
        )
    if "wait_until" in missing:
        return f"waiting until {missing['wait_until']}"
    return _rule(missing)


def _rule(requirement: dict[str, Any]) -> str:
    """A rule in one line, groups in brackets."""
    members = requirement.get("all") or requirement.get("any") or requirement.get("of")
    if members is None:
        return rule(requirement)
    return f"({rule(requirement)} {', '.join(_rule(member) for member in members)})"


def _limit(name: str, limit: dict[str, Any]) -> str:
    return f"  {name}: {limit['used']} of {limit['allowed']}"


def _rest(data: dict[str, Any]) -> Iterator[str]:
    remaining, following = data["remaining"], data["next_best"]
    if remaining["credits"] is not None:
        here = f", {remaining['here']} of them at the college" if remaining["here"] else ""
        yield f"{remaining['credits']} of {remaining['program']} remain to the degree{here}."
    if data["fee_usd"]:
        yield f"Fees: ${data['fee_usd']:,.2f}."
    if following:
        names = ", ".join(award["id"] for award in following["awards"])
        yield f"Next best: {following['credits']} with {names}."
    if not data["search"]["proven"]:
        yield f"Not proven to be the most: no set gives more than {data['search']['at_most']}."
