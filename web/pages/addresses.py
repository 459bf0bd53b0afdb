"""Where an item or a person has a page."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode
from uuid import UUID

from graph.actions import Action, Earn, EarnHours
from web import words

FOLDERS = {"competency": "competencies", "credential": "credentials"}


def item_address(base: str, kind: str, key: str) -> str:
    """Give the page of an item; `base` is empty for one's own, else the person's page."""
    framework, _, item = key.partition(":")
    return f"{base}/{FOLDERS[kind]}/{framework}/{item}"


def anchor(item: tuple[str, str]) -> str:
    """Give the anchor of an item, as kind and key, on the page of its framework."""
    kind, key = item
    return f"{kind}-{key.rpartition(':')[2]}"


def framework_address(kind: str, key: str) -> str:
    """Give the place of an item on the page of its framework."""
    return f"/standards/frameworks/{key.partition(':')[0]}#{anchor((kind, key))}"


def items_at(base: str) -> Callable[[str, str], str]:
    """Give a function that addresses items below `base`."""
    return lambda kind, key: item_address(base, kind, key)


def person_address(person: UUID) -> str:
    """Give the page of an apprentice as others see it."""
    return f"/apprentices/{person}"


def what_if_address(base: str, actions: Iterable[Action]) -> str:
    """Give the question what would change, were all of a way done; `base` is empty for oneself."""
    asked = urlencode([_asked(action) for action in actions])
    return f"{base}/what-if{'?' if asked else ''}{asked}"


def plan_address(base: str, goal: str | None) -> str:
    """Give the plan to a goal; `base` is empty for oneself, None is the plan to completion."""
    return f"{base}/plan{'' if goal is None else '?' + urlencode({'goal': goal})}"


def _asked(action: Action) -> tuple[str, str]:
    if isinstance(action, EarnHours):
        return f"hours-{action.within.rpartition(':')[2]}", words.hours(action.minutes).replace(",", "")
    if not isinstance(action, Earn):
        return "on", action.day.isoformat()
    well = next((w for w in (action.rating, action.grade, action.at_least) if w is not None), None)
    return "earn", f"{action.kind}:{action.key}{'' if well is None else f'={well}'}"
