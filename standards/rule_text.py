"""A requirement as one line of text, read into the same plain data as its YAML form, with the place of everything.

::

    rule       = term { "and" term } | term { "or" term }        both in one rule need brackets
    term       = "(" rule ")" | ("all" | "any" | NUMBER) "of" "(" rule { "," rule } ")" | leaf
    leaf       = "credential" NAME ["current"] | "competency" NAME ["rating" NUMBER]
               | NUMBER "credentials" { "of" FRAMEWORK | "level" NUMBER | "current" }
               | NUMBER "competencies" { "of" FRAMEWORK | "in" PROCESS | "kind" KIND }
               | HOURS "hours" "in" PROCESS | NUMBER "months" "since" ("registered" | "step")
               | "course" NAME ["grade" GRADE] | "score" NAME "at" "least" NUMBER
               | ("requirement" | "step" | "program") NAME

``at least`` may stand before any number. Words of the language may be written in capitals.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from standards.problems import Path
from standards.rules import DEEPEST_REQUIREMENT

LONGEST_TEXT = 10_000
"""Characters."""
MOST_CONDITIONS = 500
LONGEST_NUMBER = 12
GROUPS = ("all", "any")
NAMED = ("credential", "competency", "course", "score", "requirement", "step", "program")
COUNTED = {
    "credential": "credentials",
    "competency": "competencies",
    "hour": "hours",
    "month": "months",
    "of": "of",
}
BEGINNINGS = (*GROUPS, *NAMED, "at")
_TOKEN = re.compile(r'\s+|(?P<mark>[(),])|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<word>[^\s(),"]+)|(?P<open>")')
_WHOLE = re.compile(r"-?[0-9]+\Z")
_DECIMAL = re.compile(r"[0-9]+([.][0-9]+)?\Z")
START = (
    'a credential, a competency, a number such as "2 of (...)" or "500 hours in milling", or a bracket; '
    "for example credential mms and competency jpp rating 4"
)


class RuleTextError(Exception):
    """Text that is no requirement.

    Attributes:
        position: the character at fault, counted from 1.
        what: the complaint.
        right: what would be right.
    """

    def __init__(self, position: int, what: str, right: str) -> None:
        super().__init__(f"position {position}: {what}; {right}")
        self.position, self.what, self.right = position, what, right


@dataclass(frozen=True)
class ReadRule:
    """What a text says: plain data as in documents, and the position of every path of it."""

    data: dict[str, Any]
    positions: Mapping[Path, int]

    def position(self, path: Path) -> int:
        """Where a path stands, or its nearest parent."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions[path]


def read_rule(text: str) -> ReadRule:
    """Read a requirement; names are not looked up.

    Raises:
        RuleTextError: it is none, or too long.
    """
    if len(text) > LONGEST_TEXT:
        right = f"{LONGEST_TEXT:,} characters are the limit"
        raise RuleTextError(LONGEST_TEXT + 1, f"the text has {len(text):,} characters", right)
    reader = _Reader(list(_tokens(text)), len(text) + 1)
    node = reader.rule(1)
    reader.end()
    positions: dict[Path, int] = {}
    return ReadRule(_data(node, (), positions), positions)


@dataclass(frozen=True)
class _Token:
    text: str
    position: int
    quoted: bool = False

    @property
    def word(self) -> str:
        """The word in small letters; empty for what is quoted."""
        return "" if self.quoted else self.text.lower()


@dataclass(frozen=True)
class _Node:
    """A leaf with its keys, or a group with its members; ``places`` are the positions of keys."""

    position: int
    keys: dict[str, Any]
    members_key: str = ""
    members: tuple["_Node", ...] = ()
    places: dict[Path, int] = field(default_factory=dict)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found["open"]:
            raise RuleTextError(at + 1, "a quotation mark is never closed", 'write another " after the word')
        if found["quoted"]:
            yield _Token(_unquoted(found["quoted"], at + 1), at + 1, quoted=True)
        elif found["mark"] or found["word"]:
            yield _Token(found.group(), at + 1)
        at = found.end()


def _unquoted(quoted: str, position: int) -> str:
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        right = r"write \" for a quotation mark and \\ for a backslash"
        raise RuleTextError(position, "this cannot be read between quotation marks", right) from None


def _data(node: _Node, path: Path, positions: dict[Path, int]) -> dict[str, Any]:
    positions[path] = node.position
    positions.update({(*path, *place): at for place, at in node.places.items()})
    if not node.members:
        return node.keys
    members = [
        _data(member, (*path, node.members_key, number), positions)
        for number, member in enumerate(node.members)
    ]
    return {**node.keys, node.members_key: members}


class _Reader:
    """Reads one token after the other, never back."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = end
        self._conditions = 0

    def rule(self, depth: int) -> _Node:
        """Terms joined by one kind of word."""
        terms = [self._term(depth)]
        joint = self._word()
        if joint not in ("and", "or"):
            return terms[0]
        while self._word() == joint:
            self._next()
            terms.append(self._term(depth))
        if self._word() in ("and", "or"):
            what = f'"{joint}" and "{self._word()}" in one rule'
            raise self._wrong(what, "put brackets around what belongs together: (a and b) or c")
        return _Node(terms[0].position, {}, "all" if joint == "and" else "any", tuple(terms))

    def end(self) -> None:
        """Nothing may follow."""
        token = self._peek()
        if token is None:
            return
        if token.text == ")" and not token.quoted:
            raise self._wrong("this bracket closes nothing", "take it away, or open one before")
        raise self._wrong(
            f"{token.text!r} after the end of a condition", 'join conditions with "and" or "or"'
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _word(self) -> str:
        token = self._peek()
        return "" if token is None else token.word

    def _here(self) -> int:
        token = self._peek()
        return self._end if token is None else token.position

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _wrong(self, what: str, right: str) -> RuleTextError:
        return RuleTextError(self._here(), what, right)

    def _found(self) -> str:
        token = self._peek()
        return "the text ends here" if token is None else f"{token.text!r} does not fit here"

    def _expect(self, *words: str) -> str:
        if self._word() not in words:
            raise self._wrong(self._found(), f"expected {' or '.join(words)}")
        return self._next().word

    def _term(self, depth: int) -> _Node:
        if depth > DEEPEST_REQUIREMENT:
            raise self._wrong("nested too deeply", f"{DEEPEST_REQUIREMENT} levels are the limit")
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise self._wrong("too many conditions", f"{MOST_CONDITIONS} are the limit")
        position, word = self._here(), self._word()
        if word == "(":
            self._next()
            found = self.rule(depth + 1)
            self._expect(")")
            return found
        if word in GROUPS:
            self._next()
            self._expect("of")
            return _Node(position, {}, word, self._members(depth))
        if word == "at":
            self._next()
            self._expect("least")
            return self._numbered(position, depth)
        if _DECIMAL.match(word):
            return self._numbered(position, depth)
        if word in NAMED:
            return self._named(position)
        near = get_close_matches(word, BEGINNINGS, n=1, cutoff=0.7)
        raise self._wrong(self._found(), f"did you mean {near[0]}?" if near else f"expected {START}")

    def _members(self, depth: int) -> tuple[_Node, ...]:
        self._expect("(")
        members = [self.rule(depth + 1)]
        while self._expect(",", ")") == ",":
            members.append(self.rule(depth + 1))
        return tuple(members)

    def _numbered(self, position: int, depth: int) -> _Node:
        at = self._here()
        number = self._decimal()
        kind = self._expect(*COUNTED, *(word for word in COUNTED.values() if word != "of"))
        kind = COUNTED.get(kind, kind)
        value = number if kind == "hours" else self._whole(number, at)
        if kind == "of":
            places: dict[Path, int] = {("at_least",): at}
            return _Node(position, {"at_least": value}, "of", self._members(depth), places)
        keys = {kind: value}
        places = {(kind,): at}
        if kind == "hours":
            self._expect("in")
            return self._keyed(position, keys, places, "in")
        if kind == "months":
            self._expect("since")
            return self._keyed(position, keys, places, "since")
        return self._count(position, keys, places)

    def _count(self, position: int, keys: dict[str, Any], places: dict[Path, int]) -> _Node:
        where: dict[str, Any] = {}
        options: dict[str, tuple[str, Callable[[], Any]]] = (
            {
                "of": ("framework", self._name),
                "level": ("level", self._integer),
                "current": ("current", lambda: True),
            }
            if "credentials" in keys
            else {
                "of": ("framework", self._name),
                "in": ("work_process", self._name),
                "kind": ("kind", self._name),
            }
        )
        while self._word() in options:
            key, read = options[self._word()]
            if key in where:
                raise self._wrong(f"{self._word()!r} stands twice", "say it once")
            self._next()
            places["where", key] = self._here()
            where[key] = read()
        return _Node(position, {**keys, "where": where} if where else keys, places=places)

    def _named(self, position: int) -> _Node:
        kind = self._next().word
        keys: dict[str, Any] = {}
        places: dict[Path, int] = {(kind,): self._here()}
        keys[kind] = self._name()
        if kind == "credential" and self._word() == "current":
            self._next()
            keys["current"] = True
        elif kind == "competency" and self._word() == "rating":
            self._next()
            places["rating",] = self._here()
            keys["rating"] = self._integer()
        elif kind == "course" and self._word() == "grade":
            self._next()
            return self._keyed(position, keys, places, "grade")
        elif kind == "score":
            self._expect("at")
            self._expect("least")
            places["at_least",] = self._here()
            keys["at_least"] = self._integer()
        return _Node(position, keys, places=places)

    def _keyed(self, position: int, keys: dict[str, Any], places: dict[Path, int], key: str) -> _Node:
        places[(key,)] = self._here()
        return _Node(position, {**keys, key: self._name()}, places=places)

    def _name(self) -> str:
        token = self._peek()
        if token is None or (not token.quoted and token.text in "(),"):
            raise self._wrong(self._found(), "expected a name such as mms or nims-machining-1:mms")
        return self._next().text

    def _decimal(self) -> Decimal:
        word = self._word()
        if not _DECIMAL.match(word) or len(word) > LONGEST_NUMBER:
            raise self._wrong(self._found(), "expected a number")
        self._next()
        return Decimal(word)

    def _whole(self, number: Decimal, position: int) -> int:
        if number != int(number):
            raise RuleTextError(position, f"{number} is not a whole number", "only hours have parts")
        return int(number)

    def _integer(self) -> int:
        word = self._word()
        if not _WHOLE.match(word) or len(word) > LONGEST_NUMBER:
            raise self._wrong(self._found(), "expected a whole number")
        return int(self._next().text)
