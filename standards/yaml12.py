"""YAML 1.2 core schema from PyYAML's event stream: exact decimals, no anchors, aliases, tags or duplicate keys.

PyYAML on its own reads YAML 1.1, where ``on`` is true and ``0296`` an octal number; so only its parser is used and
scalars are resolved here.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from standards.problems import Path

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
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
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CLoader))
        self.positions: Positions | None = None

    def next(self) -> Any:
        return next(self._events)

    def note(self, path: Path, event: Any) -> None:
        if self.positions is not None:
            self.positions[path] = _place(event)


def _documents(reader: _Reader, positions: list[Positions] | None) -> Iterator[Any]:
    while not isinstance(event := reader.next(), yaml.StreamEndEvent):
        if isinstance(event, yaml.DocumentStartEvent):
            if positions is not None:
                reader.positions = {}
                positions.append(reader.positions)
            yield _value(reader, reader.next(), (), 0)


def _value(reader: _Reader, event: Any, path: Path, depth: int) -> Any:
    line, column = _place(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise YamlError(line, column, "an anchor or alias", "write the value out; documents are plain data")
    if event.tag is not None and event.tag != "!":
        raise YamlError(line, column, f"a tag ({event.tag})", "leave it out; documents are plain data")
    if depth > DEEPEST:
        raise YamlError(line, column, "nested too deeply", "100 levels of requirements are the limit")
    reader.note(path, event)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(reader, path, depth)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(reader, path, depth)
    return _scalar(event) if event.implicit[0] else event.value


def _mapping(reader: _Reader, path: Path, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(event := reader.next(), yaml.MappingEndEvent):
        line, column = _place(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlError(line, column, "a key that is not text", "keys are plain words")
        if event.value in found:
            raise YamlError(line, column, f"the key {event.value!r} twice", "keep one of them")
        found[event.value] = None
        found[event.value] = _value(reader, reader.next(), (*path, event.value), depth + 1)
    return found


def _sequence(reader: _Reader, path: Path, depth: int) -> list[Any]:
    found: list[Any] = []
    while not isinstance(event := reader.next(), yaml.SequenceEndEvent):
        found.append(_value(reader, event, (*path, len(found)), depth + 1))
    return found


def _scalar(event: Any) -> Any:
    text: str = event.value
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return Decimal(text)
    return text


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
