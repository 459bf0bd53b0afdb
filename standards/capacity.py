"""From written capacities to the question of a capacity plan: names resolved, months counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from graph.capacity.question import FULL_MONTH, Pace, Place, Question, Weights
from graph.world import Effort
from standards.documents.capacity import CapacityDocument, PlaceEntry, ThingName
from standards.naming import Names, UnknownNameError
from standards.problems import DocumentError, Path, Problem
from standards.reading import Source, read_form

Amount = TypeVar("Amount")


def read_capacity(
    name: str, data: bytes, names: Names, *, program: str, start: date, seconds: float
) -> Question:
    """The question that a file asks.

    Args:
        name: of the file.
        data: its text.
        names: of the documents that it speaks of.
        program: where names are looked up first.
        start: the first day of the plan.
        seconds: how long to look.

    Raises:
        DocumentError: it cannot be read, names something unknown or twice, or tells of too few or too many months.
    """
    document, source = read_form(name, data, "capacity", CapacityDocument)
    reader = _Reader(document, source, names, program)
    header = document.capacity
    weights = Weights()
    question = Question(
        start,
        header.months,
        reader.places("stations", document.stations),
        reader.places("mentors", document.mentors),
        header.budget.usd,
        reader.by_month(header.budget.usd_by_month, ("capacity", "budget", "usd_by_month")),
        FULL_MONTH if header.training_hours_per_month is None else header.training_hours_per_month,
        Pace(
            FULL_MONTH if header.job_hours_per_month is None else header.job_hours_per_month,
            header.related_hours_per_month,
        ),
        Weights(
            weights.raise_percent if header.weights.raise_percent is None else header.weights.raise_percent,
            weights.completion
            if header.weights.completion_usd_per_hour is None
            else header.weights.completion_usd_per_hour,
        ),
        reader.efforts(),
        seconds,
    )
    if reader.problems:
        raise DocumentError(tuple(reader.problems))
    return question


@dataclass
class _Reader:
    document: CapacityDocument
    source: Source
    names: Names
    program: str
    problems: list[Problem] = field(default_factory=list)

    def places(self, kind: str, entries: Sequence[PlaceEntry]) -> tuple[Place, ...]:
        """Stations or mentors, each id once."""
        found, seen = [], set()
        for at, entry in enumerate(entries):
            if entry.id in seen:
                self._wrong((kind, at, "id"), f"{entry.id} a second time", "give each an id of its own")
            seen.add(entry.id)
            trains = None
            if entry.trains is not None:
                things = [self._thing(thing, (kind, at, "trains", n)) for n, thing in enumerate(entry.trains)]
                trains = frozenset(thing for thing in things if thing is not None)
            hours = self.by_month(entry.hours, (kind, at, "hours"))
            slots = self.by_month(entry.slots, (kind, at, "slots"))
            found.append(Place(entry.id, entry.title or entry.id, trains, hours, slots))
        return tuple(found)

    def efforts(self) -> Mapping[str, Effort]:
        """What things take here, each once."""
        found: dict[str, Effort] = {}
        for at, entry in enumerate(self.document.things):
            name = self._thing(entry, ("things", at))
            if name in found:
                self._wrong(("things", at, entry.kind), f"{name} a second time", "say all of it in one place")
            if name is not None:
                found[name] = Effort(entry.hours, entry.usd)
        return found

    def by_month(self, amounts: tuple[Amount, ...] | None, path: Path) -> tuple[Amount, ...] | None:
        """An amount for each month; one alone stands for all."""
        months = self.document.capacity.months
        if amounts is None or len(amounts) == months:
            return amounts
        if len(amounts) == 1:
            return amounts * months
        right = f"give one number, or {months}, one for each month"
        self._wrong(path, f"{len(amounts)} months, and the plan has {months}", right)
        return None

    def _thing(self, thing: ThingName, path: Path) -> str | None:
        try:
            return f"{thing.kind}:{self.names.resolve(thing.kind, getattr(thing, thing.kind), self.program)}"
        except UnknownNameError as error:
            self._wrong((*path, thing.kind), error.what, error.right)
            return None

    def _wrong(self, path: Path, what: str, right: str) -> None:
        self.problems.append(self.source.problem(path, what, right))
