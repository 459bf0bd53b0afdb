"""Where an item or a person has a page."""

from collections.abc import Callable
from uuid import UUID

FOLDERS = {"competency": "competencies", "credential": "credentials"}


def item_address(base: str, kind: str, key: str) -> str:
    """Give the page of an item; `base` is empty for one's own, else the person's page."""
    framework, _, item = key.partition(":")
    return f"{base}/{FOLDERS[kind]}/{framework}/{item}"


def anchor(item: tuple[str, str]) -> str:
    """Give the anchor of an item, as kind and key, on the page of its framework."""
    kind, key = item
    return f"{kind}-{key.rpartition(':')[2]}"


def items_at(base: str) -> Callable[[str, str], str]:
    """Give a function that addresses items below `base`."""
    return lambda kind, key: item_address(base, kind, key)


def person_address(person: UUID) -> str:
    """Give the page of an apprentice as others see it."""
    return f"/apprentices/{person}"
