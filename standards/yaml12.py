"""YAML 1.2 core schema from PyYAML's event stream: exact decimals, no anchors, aliases, tags or duplicate keys.

PyYAML on its own reads YAML 1.1, where ``on`` is true and ``0296`` an octal number; so only its parser is used and
scalars are resolved here.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import yaml

from standards.problems import Path

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_BEGINS_A_NUMBER = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_OTHER_INT = re.compile(r"0(o[0-7]{1,18}|x[0-9a-fA-F]{1,15})\Z")
_NO_NUMBER = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")

DEEPEST = 250
"""Raw nesting; a requirement level takes two (the mapping and its list)."""

Positions = dict[Path, tuple[int, int]]


class YamlError(Exception):
    """Text that is not the YAML we read; line and column count from 1."""

    def __init__(self, line: int, column: int, what: str, right: str) -> None:
        super().__init__(what)
        self.line, self.column, self.what, self.right = line, column, what, right


def load_all(text: str, positions: list[Positions] | None = None) -> list[Any]:
    """All documents of a text as plain values; fills ``positions`` (one mapping a document) when given.

    Raises:
        YamlError: on anything that is not plain data.
    """
    try:
        return list(_documents(_Reader(text), positions))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(line, column, f"not YAML: {error.problem}", "mend the syntax here") from error
    except yaml.YAMLError as error:
        raise YamlError(
            1, 1, "not YAML: a character that no text may hold", "save the file as UTF-8 text"
        ) from error


class _Reader:
    def __init__(self, text: str) -> None:
        self.next: Callable[[], Any] = yaml.CLoader(text).get_event
        self.positions: Positions | None = None


def _documents(reader: _Reader, positions: list[Positions] | None) -> Iterator[Any]:
    while not isinstance(event := reader.next(), yaml.StreamEndEvent):
        if isinstance(event, yaml.DocumentStartEvent):
            if positions is not None:
                reader.positions = {}
                positions.append(reader.positions)
            yield _value(reader, reader.next(), (), 0)


def _value(reader: _Reader, event: Any, path: Path, depth: int) -> Any:
    if reader.positions is not None:
        reader.positions[path] = _place(event)
    kind = type(event)
    if kind is yaml.AliasEvent or event.anchor is not None:
        raise YamlError(*_place(event), "an anchor or alias", "write the value out; documents are plain data")
    if event.tag is not None and event.tag != "!":
        raise YamlError(*_place(event), f"a tag ({event.tag})", "leave it out; documents are plain data")
    if kind is yaml.ScalarEvent:
        return _scalar(event.value) if event.implicit[0] else event.value
    if depth > DEEPEST:
        raise YamlError(*_place(event), "nested too deeply", "100 levels of requirements are the limit")
    if kind is yaml.MappingStartEvent:
        return _mapping(reader, path, depth)
    return _sequence(reader, path, depth)


def _mapping(reader: _Reader, path: Path, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while type(event := reader.next()) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
            raise YamlError(*_place(event), "a key that is not text", "keys are plain words")
        key = event.value
        if key in found:
            raise YamlError(*_place(event), f"the key {key!r} twice", "keep one of them")
        found[key] = _value(reader, reader.next(), (*path, key), depth + 1)
    return found


def _sequence(reader: _Reader, path: Path, depth: int) -> list[Any]:
    found: list[Any] = []
    while type(event := reader.next()) is not yaml.SequenceEndEvent:
        found.append(_value(reader, event, (*path, len(found)), depth + 1))
    return found


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if text[0] in _BEGINS_A_NUMBER else text


def _number(text: str) -> Any:
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return Decimal(text)
    if _OTHER_INT.match(text):
        return int(text, 0)
    return Decimal(text.replace(".", "")) if _NO_NUMBER.match(text) else text


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
