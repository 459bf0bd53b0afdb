"""House rules as plain data and back: what the database keeps and the API speaks."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from apprenticeship.house_rules.model import HouseRules

ADAPTER: TypeAdapter[HouseRules] = TypeAdapter(HouseRules)


def as_plain(rules: HouseRules) -> dict[str, Any]:
    """Return house rules as JSON data, also what is off."""
    found: dict[str, Any] = ADAPTER.dump_python(rules, mode="json")
    return found


def from_plain(data: Any) -> HouseRules:
    """Return the house rules that were kept as JSON data.

    Raises:
        ValueError: it is none.
    """
    try:
        return ADAPTER.validate_python(data)
    except ValidationError as error:
        raise ValueError(str(error)) from error
