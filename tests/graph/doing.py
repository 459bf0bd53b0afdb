"""Do what a fix says, on the as-of date, and ask again."""

from collections.abc import Sequence
from typing import Any

from graph.actions import Action, Earn, EarnHours, WaitUntil
from tests.oracle.smallest import Today

Tree = dict[str, Any]


def name_of(action: Action) -> str:
    if isinstance(action, Earn):
        return action.name
    return f"hours:{action.within}" if isinstance(action, EarnHours) else "wait"


def record_after(today: Today, record: Tree, actions: Sequence[Action]) -> Tree:
    """The record with the evidence that the actions leave, exactly as well as they say."""
    body = record["record"]
    found = [entry_of(today, action) for action in actions if not isinstance(action, WaitUntil)]
    return {**record, "record": {**body, "evidence": [*body["evidence"], *found]}}


def entry_of(today: Today, action: Earn | EarnHours) -> Tree:
    head = today.head(name_of(action))
    if isinstance(action, EarnHours):
        return {**head, "hours": action.minutes / 60, "in": action.within}
    entry: Tree = {**head, action.kind: action.key}
    if action.rating is not None:
        entry["rating"] = action.rating
    if action.grade is not None:
        entry["grade"] = action.grade
    if action.kind == "score":
        entry["value"] = action.at_least
    return entry
