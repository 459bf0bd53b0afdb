"""A degree with everything that it contains: its groups, with every name in them resolved.

A degree that contains another one has the groups of that one too, and before its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.requirement import Requirement
from standards.documents import DegreeDocument, FrameworkDocument
from standards.documents.degree import CreditPool, DegreeHeader
from standards.naming import Names
from standards.problems import Complaint, DocumentError, Path
from standards.reading import Document
from standards.rules import UNRESOLVED, Resolution

ELECTIVES = "electives"
SHARES = 10_000
Degrees = Mapping[str, tuple[Document, DegreeDocument]]


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A course of a group; ``taken_as``: the keys of the courses that evidence of it may name."""

    course: str
    title: str | None
    credits: int
    taken_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Hundredths of credit to be filled. ``key``: ``degree:group``; ``awards``: keys, ``agreement:award``."""

    key: str
    title: str
    credits: int
    courses: tuple[PlannedCourse, ...]
    awards: frozenset[str]
    free: bool
    elective: bool


@dataclass(frozen=True)
class Plan:
    """A degree as it is worked out. ``requires``: what each degree in it asks for besides credits."""

    head: DegreeHeader
    groups: tuple[PlannedGroup, ...]
    requires: tuple[tuple[str, Requirement], ...]

    @cached_property
    def asked(self) -> int:
        """Hundredths that the groups ask for."""
        return sum(group.credits for group in self.groups)

    @cached_property
    def here(self) -> int:
        """Hundredths to be earned at the college: a share of the degree is rounded up."""
        residency = self.head.residency
        if residency is None:
            return 0
        if residency.credits is not None:
            return residency.credits
        size = self.asked if self.head.credits is None else self.head.credits
        return -(-size * (residency.share or 0) // SHARES)


def compile_degree(document: Document, documents: Sequence[Document]) -> Plan:
    """The plan of one degree, resolved among the documents given, the degrees that it contains among them.

    Raises:
        DocumentError: where a name is unknown or ambiguous, or degrees contain each other.
    """
    everything = [*(one for one in documents if one is not document), document]
    compiler = DegreeCompiler(everything)
    plan = compiler.plan(document.model.id)
    if compiler.complaints:
        raise DocumentError(tuple(problem for _, problem in compiler.complaints))
    return plan


def degrees_in(documents: Sequence[Document]) -> Degrees:
    """Every degree, by its id."""
    return {d.model.id: (d, d.model) for d in documents if isinstance(d.model, DegreeDocument)}


class DegreeCompiler:
    """Resolves degrees among documents and keeps the complaints, each with its code."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._names = Names(documents)
        self._degrees = degrees_in(documents)
        self._grades = {
            d.model.id: d.model.framework.grades for d in documents if isinstance(d.model, FrameworkDocument)
        }
        self.complaints: list[Complaint] = []

    def plan(self, name: str) -> Plan:
        """The plan of a degree that is among the documents."""
        _, model = self._degrees[name]
        groups: list[PlannedGroup] = []
        requires: list[tuple[str, Requirement]] = []
        for inner in within(name, self._degrees):
            found, rule = self._own(inner)
            groups += found
            requires += [(inner, rule)] if rule is not None else []
        return Plan(model.degree, tuple(groups), tuple(requires))

    def _own(self, name: str) -> tuple[list[PlannedGroup], Requirement | None]:
        """The groups that a degree writes down itself, and what it requires."""
        document, model = self._degrees[name]
        resolution = Resolution(self._names, document, lambda key: self._grades.get(key.split(":", 1)[0], ()))
        head = model.degree
        for place, inner in enumerate(head.contains):
            resolution.key("degree", inner, ("degree", "contains", place))
        for place, lower in enumerate(head.stacks_on):
            resolution.key("degree", lower, ("degree", "stacks_on", place))
        if head.agreement is not None:
            resolution.key("agreement", head.agreement, ("degree", "agreement"))
        groups = [
            self._group(resolution, model, group, (group.id, group.title), ("groups", place))
            for place, group in enumerate(model.groups)
        ]
        if model.electives is not None:
            names = (ELECTIVES, "Electives")
            groups.append(self._group(resolution, model, model.electives, names, (ELECTIVES,)))
        rule = None
        if head.requires is not None:
            rule = resolution.rule(head.requires, ("degree", "requires"))
        self.complaints += [one for one in resolution.complaints if one not in self.complaints]
        return groups, rule

    def _group(
        self,
        resolution: Resolution,
        model: DegreeDocument,
        pool: CreditPool,
        names: tuple[str, str],
        path: Path,
    ) -> PlannedGroup:
        courses = []
        for at, course in enumerate(pool.courses):
            place = (*path, "courses", at, "taken_as")
            keys = [resolution.key("course", one, (*place, nth)) for nth, one in enumerate(course.taken_as)]
            known = tuple(key for key in keys if key != UNRESOLVED)
            courses.append(PlannedCourse(course.course, course.title, course.credits, known))
        agreement = model.degree.agreement
        awards = [
            resolution.key(
                "award", f"{agreement}:{one}" if agreement and ":" not in one else one, (*path, "awards", at)
            )
            for at, one in enumerate(pool.awards)
        ]
        return PlannedGroup(
            key=f"{model.id}:{names[0]}",
            title=names[1],
            credits=pool.credits,
            courses=tuple(courses),
            awards=frozenset(awards) - {UNRESOLVED},
            free=pool.free,
            elective=path == (ELECTIVES,),
        )


def within(name: str, degrees: Degrees) -> tuple[str, ...]:
    """A degree and all that it contains, however far in, each once and the innermost first; unknown ones left out."""
    found: dict[str, None] = {}

    def visit(one: str, above: frozenset[str]) -> None:
        if one in found or one in above or one not in degrees:
            return
        for inner in degrees[one][1].degree.contains:
            visit(inner, above | {one})
        found[one] = None

    visit(name, frozenset())
    return tuple(found)


def below(head: DegreeHeader) -> Iterator[str]:
    """The degrees that come straight before a degree: those that it contains and those that it stacks on."""
    yield from dict.fromkeys((*head.contains, *head.stacks_on))
