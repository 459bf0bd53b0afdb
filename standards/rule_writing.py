"""A requirement written as text: the inverse of reading it (``standards/rule_text.py``)."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)

Label = Callable[[str, str], str]
"""From kind and qualified key to how the name is written."""
_PLAIN = re.compile(r"[^\s(),\"\x00-\x1f\x7f]+\Z")


def in_full(_kind: str, key: str) -> str:
    """A name with its framework or program, which says the same among whatever standards."""
    return key


def rule_text(rule: Requirement, label: Label = in_full) -> str:
    """The text of a requirement; with names in full it reads back as the same requirement."""
    match rule:
        case All() | Any() if len(rule.members) > 1:
            joint = " and " if isinstance(rule, All) else " or "
            return joint.join(_term(member, label) for member in rule.members)
        case All() | Any() | AtLeast():
            count = rule.needed if isinstance(rule, AtLeast) else "all" if isinstance(rule, All) else "any"
            return f"{count} of ({', '.join(rule_text(member, label) for member in rule.members)})"
        case _:
            return _leaf(rule, label)


def _term(rule: Requirement, label: Label) -> str:
    text = rule_text(rule, label)
    joined = isinstance(rule, All | Any) and len(rule.members) > 1
    return f"({text})" if joined else text


def _leaf(rule: Requirement, label: Label) -> str:
    match rule:
        case CredentialLeaf():
            return f"credential {label('credential', rule.key)}{' current' * rule.current}"
        case CompetencyLeaf():
            rated = "" if rule.rating is None else f" rating {rule.rating}"
            return f"competency {label('competency', rule.key)}{rated}"
        case HoursLeaf():
            return f"{_hours(rule.minutes)} hours in {label('work_process', rule.within)}"
        case MonthsLeaf():
            return f"{_counted(rule.months, 'month', 'months')} since {rule.since}"
        case CredentialCount() | CompetencyCount():
            return _count(rule, label)
        case _:
            return _named(rule, label)


def _named(rule: Requirement, label: Label) -> str:
    match rule:
        case CourseLeaf():
            grade = "" if rule.grade is None else f" grade {_quoted(rule.grade)}"
            return f"course {label('course', rule.key)}{grade}"
        case ScoreLeaf():
            return f"score {label('score', rule.key)} at least {rule.at_least}"
        case NamedLeaf():
            return f"requirement {label('requirement', rule.key)}"
        case StepLeaf():
            return f"step {label('step', rule.key)}"
        case ProgramLeaf():
            return f"program {rule.key}"
        case _:
            raise TypeError(type(rule).__name__)


def _count(rule: CredentialCount | CompetencyCount, label: Label) -> str:
    parts = []
    if isinstance(rule, CredentialCount):
        parts.append(_counted(rule.needed, "credential", "credentials"))
    else:
        parts.append(_counted(rule.needed, "competency", "competencies"))
    if rule.framework is not None:
        parts.append(f"of {rule.framework}")
    if isinstance(rule, CredentialCount):
        parts += [] if rule.level is None else [f"level {rule.level}"]
        parts += ["current"] * rule.current
    else:
        parts += [] if rule.work_process is None else [f"in {label('work_process', rule.work_process)}"]
        parts += [] if rule.kind is None else [f"kind {rule.kind}"]
    return " ".join(parts)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _hours(minutes: int) -> str:
    """Hours to the hundredth, which is finer than a minute."""
    text = f"{Decimal(minutes) / 60:.2f}"
    return text.rstrip("0").rstrip(".")


def _quoted(word: str) -> str:
    return word if _PLAIN.match(word) else json.dumps(word)
