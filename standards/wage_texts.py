"""The wage schedule of a program as a text of its own: to be read, changed and tried, as the contract writes it."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import yaml

from graph.world import World
from standards.canonical import canonical_json
from standards.compiling import compile_world
from standards.problems import DocumentError, Problem
from standards.reading import Document, read_data
from standards.yaml12 import YamlError, load_all

NAME = "wages"
WIDTH = 100


def wages_text(program: Document) -> str:
    """Write the `wages:` of a program document as YAML; empty where it has none."""
    wages = json.loads(canonical_json(program.raw["program"].get("wages")))
    if wages is None:
        return ""
    text: str = yaml.safe_dump(
        wages, sort_keys=False, default_flow_style=None, width=WIDTH, allow_unicode=True
    )
    return text


def with_wages(program: Document, text: str) -> Document:
    """Return a program document with another wage schedule.

    Args:
        program: as published.
        text: what stands under `wages:`, as YAML or JSON.

    Raises:
        DocumentError: the text is no wage schedule; each complaint says where and what would be right.
    """
    return read_data(NAME, {**program.raw, "program": {**program.raw["program"], "wages": _plain(text)}})


def with_rate(program: Document, cents: int, since: str) -> Document:
    """Return a program document with one more journey rate, in cents an hour, from a day on.

    Raises:
        DocumentError: the program has no wage schedule.
    """
    wages = program.raw["program"].get("wages")
    if wages is None:
        raise _complaint(1, 1, "this program has no wage schedule", "write one first")
    rates = wages.get("journey_rate", [])
    before = [one for one in ([rates] if isinstance(rates, dict) else rates) if str(one["from"]) != since]
    new = {"usd_per_hour": Decimal(cents) / 100, "from": since}
    changed = {**wages, "journey_rate": [*before, new]}
    return read_data(NAME, {**program.raw, "program": {**program.raw["program"], "wages": changed}})


def compiled(documents: Sequence[Document], program: Document) -> World:
    """Return the world of published documents with one program document in place of its own.

    Raises:
        DocumentError: they do not fit together.
    """
    others = [one for one in documents if one.kind != "program" or one.model.id != program.model.id]
    return compile_world([*others, program])


def _plain(text: str) -> Any:
    try:
        found = [one for one in load_all(text) if one is not None]
    except YamlError as error:
        raise _complaint(error.line, error.column, error.what, error.right) from error
    if len(found) != 1 or not isinstance(found[0], dict):
        raise _complaint(1, 1, "this is no wage schedule", "write journey_rate: and steps:, as shown")
    return found[0]


def _complaint(line: int, column: int, what: str, right: str) -> DocumentError:
    return DocumentError((Problem(NAME, line, column, "", what, right),))
