"""Read documents from YAML or JSON text; every complaint names file, line, column and path."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from standards.complaints import complaint
from standards.documents import KINDS, Model
from standards.problems import DocumentError, Path, Problem, parse_path, path_text
from standards.yaml12 import DEEPEST, Positions, YamlError, load_all

LARGEST_BYTES = 5_000_000
MOST_ITEMS = 50_000
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"[-+.\w]+")

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """The text a document came from, kept to say where something stands."""

    name: str
    text: str
    index: int
    in_list: bool

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a path, or of its nearest parent that stands in the text."""
        found = self._positions
        full = (self.index, *path) if self.in_list else path
        while full and full not in found:
            full = full[:-1]
        return found.get(full, (1, 1))

    @cached_property
    def _positions(self) -> Positions:
        """Where everything stands; worked out when there is something to say, and once, however much that is."""
        positions: list[Positions] = []
        try:
            load_all(self.text, positions)
        except YamlError:
            return {}
        return positions[0 if self.in_list else self.index]

    @cached_property
    def _lines(self) -> list[str]:
        return _LINE_END.split(self.text)

    def written(self, path: Path) -> str:
        """The plain word that stands at a path: ``0296`` as it was typed, not the number it was read as."""
        line, column = self.place(path)
        word = _WORD.match(self._lines[line - 1], column - 1)
        return word.group() if word else ""

    def problem(self, path: Path, what: str, right: str) -> Problem:
        """A complaint about a path of this document."""
        return Problem(self.name, *self.place(path), path_text(path), what, right)

    def problem_at(self, path: str, what: str, right: str) -> Problem:
        """A complaint about a path given as text, ``competencies[0].id``."""
        return self.problem(parse_path(path), what, right)


@dataclass(frozen=True)
class Document:
    """One document: its kind, its model, the plain data it was read from, and where that stands."""

    kind: str
    model: Model
    raw: dict[str, Any]
    source: Source

    def clause(self, path: Path) -> str:
        """``FILE#path``."""
        return f"{self.source.name}#{path_text(path)}"


def read_files(paths: Iterable[str | FilePath]) -> tuple[Document, ...]:
    """Read files in order, all complaints together.

    Raises:
        DocumentError: where anything cannot be read.
        OSError: where a file cannot be opened.
    """
    found: list[Document] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found += read_bytes(str(path), FilePath(path).read_bytes())
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(tuple(problems))
    return tuple(found)


def read_bytes(name: str, data: bytes) -> tuple[Document, ...]:
    """Read the documents of one file, at most 5 MB of UTF-8."""
    return read_text(name, _decoded(name, data))


def read_form(name: str, data: bytes, kind: str, model: type[Form]) -> tuple[Form, Source]:
    """Read a file that holds one document of a kind of its own, written as all documents are.

    Raises:
        DocumentError: where it cannot be read.
    """
    text = _decoded(name, data)
    documents, in_list = _plain(name, text)
    if len(documents) != 1:
        raise _failure(
            name, 1, 1, f"{len(documents)} documents", f"give a file with exactly one document of {kind}"
        )
    source = Source(name, text, 0, in_list)
    _kind(documents[0], source, (kind,))
    return _checked(documents[0], source, model), source


def _decoded(name: str, data: bytes) -> str:
    if len(data) > LARGEST_BYTES:
        raise _failure(name, 1, 1, f"{len(data):,} bytes", "5,000,000 are the limit")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _failure(name, line, 1, "bytes that are not UTF-8", "save the file as UTF-8 text") from error


def read_text(name: str, text: str) -> tuple[Document, ...]:
    """Read the documents of one text: YAML, several with ``---``, or JSON, several in an array."""
    documents, in_list = _plain(name, text)
    found: list[Document] = []
    problems: list[Problem] = []
    for index, raw in enumerate(documents):
        try:
            found.append(_document(raw, Source(name, text, index, in_list)))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(tuple(problems))
    if not found:
        raise _failure(name, 1, 1, "no document", "begin with journeymark: 1")
    return tuple(found)


def read_data(name: str, raw: Any) -> Document:
    """A document from plain data, as stored or built in a program."""
    return _document(raw, Source(name, json.dumps(raw, default=str), 0, in_list=False))


def _plain(name: str, text: str) -> tuple[list[Any], bool]:
    """The plain values of a text, and whether they are the members of one array."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = _json(text)
        except ValueError:
            value = None  # flow-style YAML begins like JSON
        if value is not None:
            return (value, True) if isinstance(value, list) else ([value], False)
    try:
        values = load_all(text)
    except YamlError as error:
        raise _failure(name, error.line, error.column, error.what, error.right) from error
    values = [value for value in values if value is not None]
    if len(values) == 1 and isinstance(values[0], list):
        return values[0], True
    return values, False


def _json(text: str) -> Any:
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value if _depth(value) <= DEEPEST else None


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _depth(value: Any) -> int:
    deepest, stack = 0, [(value, 0)]
    while stack:
        at, depth = stack.pop()
        deepest = max(deepest, depth)
        members = at.values() if isinstance(at, dict) else at if isinstance(at, list) else ()
        stack.extend((member, depth + 1) for member in members)
    return deepest


def _document(raw: Any, source: Source) -> Document:
    kind = _kind(raw, source, tuple(KINDS))
    return Document(kind, _checked(raw, source, KINDS[kind]), raw, source)


def _checked(raw: Any, source: Source, model: type[Form]) -> Form:
    items = sum(len(value) for value in _lists(raw))
    if items > MOST_ITEMS:
        raise DocumentError(
            (source.problem((), f"{items:,} items", "50,000 are the limit; split the document"),)
        )
    _refuse_what_no_text_may_hold(raw, source)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        found = dict.fromkeys(complaint(e, raw, model, source.written) for e in _worth_saying(error))
        problems = [source.problem(path, what, right) for path, what, right in found]
        raise DocumentError(tuple(sorted(problems, key=lambda p: (p.line, p.column)))) from error


def _refuse_what_no_text_may_hold(raw: dict[str, Any], source: Source) -> None:
    """NUL and halves of surrogate pairs can be neither stored nor printed; only an escape can write them."""
    if "\\" not in source.text:
        return
    stack: list[tuple[Path, Any]] = [((), raw)]
    while stack:
        path, at = stack.pop()
        members = at.items() if isinstance(at, dict) else enumerate(at) if isinstance(at, list) else ()
        stack.extend(((*path, name), member) for name, member in members)
        texts = [at, *path[-1:]]
        if any(isinstance(text, str) and _NO_CHARACTER.search(text) for text in texts):
            raise DocumentError((source.problem(path, "a character that no text may hold", "leave it out"),))


def _worth_saying(error: ValidationError) -> Iterable[ErrorDetails]:
    """A list whose members are all wrong counts as empty for pydantic; only the members are news."""
    return (e for e in error.errors() if not (e["type"] == "too_short" and e["input"]))


def _kind(raw: Any, source: Source, known: Sequence[str]) -> str:
    if not isinstance(raw, dict):
        raise DocumentError((source.problem((), "not a mapping", "begin with journeymark: 1"),))
    if "journeymark" not in raw or isinstance(raw["journeymark"], bool) or raw["journeymark"] != 1:
        given = "no format version" if "journeymark" not in raw else f"format version {raw['journeymark']!r}"
        raise DocumentError((source.problem(("journeymark",), given, "write journeymark: 1"),))
    kinds = [kind for kind in known if kind in raw]
    if len(kinds) != 1:
        named = " and ".join(kinds) or "none of them"
        raise DocumentError((source.problem((), f"found {named}", f"expected {_one_of(known)}"),))
    return kinds[0]


def _one_of(known: Sequence[str]) -> str:
    return f"exactly one of {', '.join(known)}" if len(known) > 1 else known[0]


def _lists(raw: dict[str, Any]) -> Iterable[list[Any]]:
    for value in raw.values():
        if isinstance(value, list):
            yield value
        elif isinstance(value, dict):
            yield from (inner for inner in value.values() if isinstance(inner, list))


def _failure(name: str, line: int, column: int, what: str, right: str) -> DocumentError:
    return DocumentError((Problem(name, line, column, "", what, right),))
