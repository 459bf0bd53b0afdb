"""The requirement language: one small tree for every rule.

Prerequisites, completion, wage steps, articulation and searches are all built from these frozen values. Keys are
qualified (``framework:id``, ``program:step``). Every node carries the clause it was written in (``FILE#path``); the
clause does not take part in equality, so the same rule written twice is one rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

OJL = "ojl"
RTI = "rti"


def _clause() -> str:
    return field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class All:
    """Every member holds. Never empty."""

    members: tuple["Requirement", ...]
    clause: str = _clause()

    @property
    def needed(self) -> int:
        """How many members must hold: all of them."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one member holds. Never empty."""

    members: tuple["Requirement", ...]
    clause: str = _clause()

    @property
    def needed(self) -> int:
        """How many members must hold: one."""
        return 1


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``needed`` or more of the members hold; 1 <= needed <= number of members."""

    needed: int
    members: tuple["Requirement", ...]
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class CredentialLeaf:
    """The credential is held on the date; with ``current`` also not expired."""

    key: str
    current: bool = False
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class CompetencyLeaf:
    """The competency is met or waived; with ``rating`` met with that rating or better."""

    key: str
    rating: int | None = None
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class HoursLeaf:
    """Approved minutes in a work process (``program:id``), or ``ojl``/``rti`` over all of them, caps applied."""

    minutes: int
    within: str
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class MonthsLeaf:
    """Whole calendar months since ``registered`` or since the previous ``step``, suspended time not counted."""

    months: int
    since: str
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class CredentialCount:
    """How many distinct credentials held match; a None matches everything."""

    needed: int
    framework: str | None = None
    level: int | None = None
    current: bool = False
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class CompetencyCount:
    """How many distinct competencies are met (or waived) and match; a None matches everything."""

    needed: int
    framework: str | None = None
    work_process: str | None = None
    kind: str | None = None
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class CourseLeaf:
    """A passed course; with ``grade`` one of the ``accepted`` grades, which are that grade and the better ones."""

    key: str
    grade: str | None = None
    accepted: tuple[str, ...] = ()
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class ScoreLeaf:
    """A test score of ``at_least`` or more."""

    key: str
    at_least: int
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class NamedLeaf:
    """A named requirement, by its key."""

    key: str
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class StepLeaf:
    """A wage step reached, ``program:step``."""

    key: str
    clause: str = _clause()


@dataclass(frozen=True, slots=True)
class ProgramLeaf:
    """A program completed."""

    key: str
    clause: str = _clause()


Group = All | Any | AtLeast
Leaf = (
    CredentialLeaf
    | CompetencyLeaf
    | HoursLeaf
    | MonthsLeaf
    | CredentialCount
    | CompetencyCount
    | CourseLeaf
    | ScoreLeaf
    | NamedLeaf
    | StepLeaf
    | ProgramLeaf
)
Requirement = Group | Leaf


def walk(requirement: Requirement) -> Iterator[Requirement]:
    """Every node of the tree in reading order, the root first."""
    stack = [requirement]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Group):
            stack.extend(reversed(node.members))


def leaves(requirement: Requirement) -> Iterator[Leaf]:
    """Every leaf of the tree in reading order."""
    if not isinstance(requirement, Group):
        yield requirement
        return
    stack = list(reversed(requirement.members))
    while stack:
        node = stack.pop()
        if isinstance(node, Group):
            stack.extend(reversed(node.members))
        else:
            yield node


def mentions(requirement: Requirement | None) -> Iterator[CredentialLeaf | CompetencyLeaf]:
    """The credentials and competencies that the tree names, under any group; counts name none."""
    if requirement is None:
        return
    for leaf in leaves(requirement):
        if isinstance(leaf, CredentialLeaf | CompetencyLeaf):
            yield leaf
