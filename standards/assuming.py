"""From written assumptions to those of a simulation, and where each number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graph.simulating.assumptions import HOUR, Assumptions, Thing, ThingAssumption
from standards.documents.assumptions import WHOLE, AssumptionsDocument, ThingEntry
from standards.naming import Names, UnknownNameError
from standards.problems import DocumentError, Problem
from standards.reading import Source, read_form

MINUTES = ("hours_per_week", "related_hours_per_month", "default_hours")
SHARES = ("learning_share", "pass_rate", "retry_share", "spread", "attrition")
NUMBERS = (*MINUTES[:1], "weeks_per_year", SHARES[0], *MINUTES[1:], *SHARES[1:])
"""The general assumptions, in the order in which they are told."""


class Origin(StrEnum):
    """Where a number comes from."""

    DEFAULT = "default"
    PROGRAM = "program"
    GIVEN = "given"
    SOURCED = "sourced"


@dataclass(frozen=True)
class Assumed:
    """Assumptions with their origin.

    Attributes:
        numbers: what a simulation takes for granted.
        name: of the file; None where nothing was given.
        source: what the file names as its source.
        given: the general numbers that the file gives.
        sources: for each thing that the file speaks of, the source of what it says.
    """

    numbers: Assumptions = field(default_factory=Assumptions)
    name: str | None = None
    source: str | None = None
    given: frozenset[str] = frozenset()
    sources: Mapping[Thing, str | None] = field(default_factory=dict)

    def origin(self, number: str) -> Origin:
        """Of a general number."""
        if number not in self.given:
            return Origin.DEFAULT
        return Origin.SOURCED if self.source else Origin.GIVEN

    def origin_of(self, thing: Thing) -> Origin:
        """Of what the file says about a thing."""
        return Origin.SOURCED if self.sources[thing] else Origin.GIVEN


def read_assumptions(name: str, data: bytes, names: Names, program: str) -> Assumed:
    """The assumptions of a file; what it leaves out stays as it is.

    Raises:
        DocumentError: where the file cannot be read, names something unknown or something twice.
    """
    document, source = read_form(name, data, "assumptions", AssumptionsDocument)
    header = document.assumptions
    entries = _entries(document, source, names, program)
    given = {key: getattr(header, key) for key in NUMBERS if getattr(header, key) is not None}
    scale = {**dict.fromkeys(MINUTES, HOUR), **dict.fromkeys(SHARES, WHOLE)}
    numbers = Assumptions(
        **{key: value / scale[key] if key in scale else value for key, value in given.items()}
    )
    things = {thing: _assumed(entry) for thing, entry in entries.items()}
    sources = {thing: entry.source or header.source for thing, entry in entries.items()}
    return Assumed(replace(numbers, things=things), name, header.source, frozenset(given), sources)


def _entries(
    document: AssumptionsDocument, source: Source, names: Names, program: str
) -> dict[Thing, ThingEntry]:
    found: dict[Thing, ThingEntry] = {}
    problems: list[Problem] = []
    for place, entry in enumerate(document.things):
        path = ("things", place, entry.kind)
        try:
            thing = Thing(entry.kind, names.resolve(entry.kind, getattr(entry, entry.kind), program))
        except UnknownNameError as error:
            problems.append(source.problem(path, error.what, error.right))
            continue
        if thing in found:
            what = f"the {thing.kind} {thing.key} a second time"
            problems.append(source.problem(path, what, "say all of it in one place"))
        found[thing] = entry
    if problems:
        raise DocumentError(tuple(problems))
    return found


def _assumed(entry: ThingEntry) -> ThingAssumption:
    def share(value: int | None) -> float | None:
        return None if value is None else value / WHOLE

    return ThingAssumption(entry.hours, share(entry.pass_rate), share(entry.attrition))
