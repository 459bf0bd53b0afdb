"""The compiled input of the engine: items, rules and programs with qualified keys, every name resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long an award lasts: calendar years and months, clamped to the end of the month."""

    years: int = 0
    months: int = 0

    @property
    def in_months(self) -> int:
        """The whole lifetime in calendar months."""
        return 12 * self.years + self.months


@dataclass(frozen=True, slots=True)
class Framework:
    """What holds for all items of a framework.

    ``enforce``: proof counts only while the prerequisites hold. ``competent``: the lowest rating that meets.
    ``latest``: the latest rating decides instead of the best. ``grades``: passing grades, best first.
    """

    id: str
    title: str = ""
    enforce: bool = False
    competent: int = 3
    latest: bool = False
    scale: tuple[int, ...] = (0, 1, 2, 3, 4)
    grades: tuple[str, ...] = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Effort:
    """What earning an item takes, for planning only: minutes and cents; None where nothing is stated."""

    minutes: int | None = None
    cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Common to competencies and credentials."""

    key: str
    framework: Framework
    title: str = ""
    prerequisites: Requirement | None = None
    effort: Effort = Effort()
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency(Item):
    """One thing to be able to do."""

    code: str | None = None
    kind: str = "competency"
    part_of: str | None = None
    satisfied_by: Requirement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Item):
    """A credential; ``tests[part]`` names the test behind each part, equal for shared parts."""

    level: int | None = None
    tests: Mapping[str, str] = field(default_factory=dict)
    valid_for: Lifetime | None = None
    composed_of: Requirement | None = None


@dataclass(frozen=True, slots=True)
class WorkProcess:
    """A work process of a program; minutes above ``maximum`` count nowhere."""

    key: str
    title: str = ""
    minimum: int | None = None
    maximum: int | None = None
    competencies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """A wage step: ``percent`` of the journey rate in hundredths of a percent, or ``cents`` an hour, or both."""

    key: str
    title: str = ""
    percent: int | None = None
    cents: int | None = None
    when: Requirement | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """The journey rate in cents an hour from a day on."""

    cents: int
    since: date


@dataclass(frozen=True, slots=True)
class Program:
    """One sponsor's registered program. ``rti_minutes`` is the related instruction as registered.

    ``ratio``: so many apprentices to so many journeyworkers, as registered; both are 1 or more.
    ``extends``: the registered program that this one adds to; the engine reads nothing into it.
    ``probation_minutes``, ``probation_months``: probation in on-the-job learning, in calendar months, or both.
    """

    key: str
    title: str = ""
    frameworks: tuple[str, ...] = ()
    work_processes: tuple[WorkProcess, ...] = ()
    completion: Requirement | None = None
    steps: tuple[Step, ...] = ()
    rates: tuple[Rate, ...] = ()
    rti_minutes: int | None = None
    term_months: int | None = None
    term_minutes: int | None = None
    ratio: tuple[int, int] | None = None
    extends: str | None = None
    probation_minutes: int | None = None
    probation_months: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A named, reusable requirement."""

    key: str
    title: str
    when: Requirement


@dataclass(frozen=True)
class World:
    """All documents given, resolved: every key in every rule is a key of these mappings."""

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    competencies: Mapping[str, Competency] = field(default_factory=dict)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, Named] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)

    @cached_property
    def work_processes(self) -> Mapping[str, WorkProcess]:
        """Those of every program, by key."""
        return {found.key: found for program in self.programs.values() for found in program.work_processes}

    def step(self, key: str) -> tuple[Program, int]:
        """The program and the position of the step ``program:step``; KeyError where there is none."""
        program = self.programs[key.rsplit(":", 1)[0]]
        for position, step in enumerate(program.steps):
            if step.key == key:
                return program, position
        raise KeyError(key)
