"""Requirements that are asked and not published: searches and target roles, as text or as in documents."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.requirement import MonthsLeaf, Requirement, leaves
from graph.world import World
from standards.documents import FrameworkDocument
from standards.naming import Names
from standards.problems import DocumentError, Path, Problem, parse_path, path_text
from standards.reading import read_data
from standards.rule_text import LONGEST_TEXT, MOST_CONDITIONS, RuleTextError, read_rule
from standards.rules import Resolution
from standards.yaml12 import YamlError, load_all

# a rule that stands alone is read as the one named requirement of a document of its own
HOME = "asked"
_PLAIN_DATA = re.compile(r"\s*(?:[{\[\"']|---|[a-z_]+\s*:(?:\s|$))")
PLACE: Path = ("requirements", 0, "when")


class RuleProblem(Exception):  # noqa: N818 - the complaint, raised
    """What is wrong with a requirement that was asked.

    Attributes:
        place: ``position 14`` of a text, or the path in plain data; empty for the whole.
        what: the complaint.
        right: what would be right.
    """

    def __init__(self, place: str, what: str, right: str) -> None:
        super().__init__(place, what, right)
        self.place, self.what, self.right = place, what, right

    def __str__(self) -> str:
        """``PLACE: what; what would be right``."""
        return f"{self.place}: {self.what}; {self.right}" if self.place else f"{self.what}; {self.right}"


def rule_of(written: str, world: World) -> Requirement:
    """The requirement that somebody wrote: as text, or as in documents, in JSON or YAML.

    Raises:
        RuleProblem: as below.
    """
    if not _PLAIN_DATA.match(written):
        return rule_of_text(written, world)
    if len(written) > LONGEST_TEXT:
        raise RuleProblem("", "the rule is too long", f"{LONGEST_TEXT:,} characters are the limit")
    try:
        found = [value for value in load_all(written) if value is not None]
    except YamlError as error:
        raise RuleProblem(f"line {error.line}, column {error.column}", error.what, error.right) from error
    if len(found) != 1 or not isinstance(found[0], dict):
        raise RuleProblem("", "this is no requirement", "write one mapping, such as {credential: mms}")
    return rule_of_data(found[0], world)


def rule_of_text(text: str, world: World) -> Requirement:
    """The requirement that a text says, every name looked up in a world.

    Raises:
        RuleProblem: it cannot be read, or a name stands for nothing or for several things.
    """
    try:
        read = read_rule(text)
    except RuleTextError as error:
        raise RuleProblem(f"position {error.position}", error.what, error.right) from error
    return _resolved(read.data, world, lambda path: f"position {read.position(path)}")


def rule_of_data(data: Mapping[str, Any], world: World) -> Requirement:
    """The same of plain data, written as in documents.

    Raises:
        RuleProblem: as above; also where it has too many conditions.
    """
    rule = _resolved(data, world, path_text)
    if sum(1 for _ in leaves(rule)) > MOST_CONDITIONS:
        raise RuleProblem("", "too many conditions", f"{MOST_CONDITIONS} are the limit")
    return rule


def _resolved(data: Mapping[str, Any], world: World, said: Callable[[Path], str]) -> Requirement:
    try:
        document = read_data(HOME, _document_of(data))
    except DocumentError as error:
        raise _first(error.problems, said) from error
    if not isinstance(document.model, FrameworkDocument):
        raise TypeError(document.kind)
    resolution = Resolution(Names.of_world(world), document, lambda key: _grades(world, key))
    rule = resolution.rule(document.model.requirements[0].when, PLACE)
    if resolution.complaints:
        raise _first([problem for _, problem in resolution.complaints], said)
    _check_months(rule, said)
    return rule


def _document_of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "journeymark": 1,
        "framework": {"id": HOME, "title": HOME, "version": "1"},
        "requirements": [{"id": HOME, "title": HOME, "when": dict(data)}],
    }


def _check_months(rule: Requirement, said: Callable[[Path], str]) -> None:
    for leaf in leaves(rule):
        if isinstance(leaf, MonthsLeaf) and leaf.since == "step":
            path = parse_path(leaf.clause.partition("#")[2])[len(PLACE) :]
            right = "write since registered; only a wage step has one before it"
            raise RuleProblem(said((*path, "since")), "months since a wage step", right)


def _first(problems: Sequence[Problem], said: Callable[[Path], str]) -> RuleProblem:
    problem = problems[0]
    path = parse_path(problem.path)
    inside = path[len(PLACE) :] if path[: len(PLACE)] == PLACE else ()
    return RuleProblem(said(inside), problem.what, problem.right)


def _grades(world: World, course: str) -> tuple[str, ...]:
    framework = world.frameworks.get(course.partition(":")[0])
    return () if framework is None else framework.grades
