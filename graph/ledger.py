"""One person's facts indexed for the engine, each with the days on which it is valid."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from graph import timeline
from graph.facts import (
    CourseResult,
    Enrolment,
    Fact,
    Hours,
    Pass,
    Person,
    Rating,
    Revocation,
    ScoreResult,
    Status,
    Waiver,
)
from graph.timeline import Timeline

Changes = list[tuple[int, int]]


@dataclass(frozen=True)
class Ledger:
    """The facts that count, by what they are about.

    Args of ``open_ledger``: only facts recorded at or before ``known_at`` are seen, and only facts and registrations
    dated at or before ``as_of``; ``submitted`` also counts facts that still wait for verification.
    """

    facts: tuple[Fact, ...]
    enrolments: tuple[Enrolment, ...]

    @cached_property
    def _revoking(self) -> tuple[int, ...]:
        return tuple(place for place, fact in enumerate(self.facts) if isinstance(fact, Revocation))

    @cached_property
    def _revocations(self) -> dict[str, list[Revocation]]:
        found = defaultdict(list)
        for fact in self.facts:
            if isinstance(fact, Revocation):
                found[fact.revokes].append(fact)
        return dict(found)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for place, fact in enumerate(self.facts):
            found[fact.id].append(place)
        return dict(found)

    def places(self, evidence: Iterable[str]) -> list[int]:
        """The positions of some evidence and of every revocation, in order."""
        named = (place for name in set(evidence) for place in self._places.get(name, ()))
        return sorted({*named, *self._revoking})

    @cached_property
    def _valid(self) -> dict[Fact, Timeline]:
        return {}

    def valid(self, fact: Fact) -> Timeline:
        """The days on which a fact counts: from its own on, less revocations that count themselves."""
        if fact.id not in self._revocations:
            if isinstance(fact, Waiver):
                return timeline.between(fact.on, fact.until)
            return (fact.on.toordinal(),)
        until = fact.until if isinstance(fact, Waiver) else None
        if fact not in self._valid:
            revoked = timeline.any_of(map(self.valid, self._revocations[fact.id]))
            self._valid[fact] = timeline.all_of(timeline.between(fact.on, until), timeline.invert(revoked))
        return self._valid[fact]

    def counts(self, fact: Fact, day: int) -> bool:
        """Whether a fact counts on a day number."""
        if fact.id not in self._revocations and not isinstance(fact, Waiver):
            return fact.on.toordinal() <= day
        return timeline.is_true(self.valid(fact), day)

    @cached_property
    def passes(self) -> dict[str, list[Pass]]:
        """By credential."""
        return _by(self.facts, Pass, "credential")

    @cached_property
    def ratings(self) -> dict[str, list[Rating]]:
        """By competency."""
        return _by(self.facts, Rating, "competency")

    @cached_property
    def hours(self) -> dict[str, list[Hours]]:
        """By work process as logged: bare, ``program:id``, ``ojl`` or ``rti``."""
        return _by(self.facts, Hours, "within")

    @cached_property
    def courses(self) -> dict[str, list[CourseResult]]:
        """By course."""
        return _by(self.facts, CourseResult, "course")

    @cached_property
    def scores(self) -> dict[str, list[ScoreResult]]:
        """By score."""
        return _by(self.facts, ScoreResult, "score")

    @cached_property
    def waivers(self) -> dict[tuple[str, str], list[Waiver]]:
        """By ("competency" or "credential", key)."""
        found = defaultdict(list)
        for fact in self.facts:
            if isinstance(fact, Waiver):
                kind = "competency" if fact.competency else "credential"
                found[kind, fact.competency or fact.credential or ""].append(fact)
        return found

    def waived(self, kind: str, key: str) -> Timeline:
        """The days on which an item is waived."""
        waivers = self.waivers.get((kind, key))
        return timeline.any_of(map(self.valid, waivers)) if waivers else timeline.NEVER

    def minutes(self, *names: str) -> Changes:
        """(day number, change in minutes) of everything logged under any of the names."""
        revoked, found = self._revocations, []
        for name in names:
            for hours in self.hours.get(name, ()):
                if hours.id not in revoked:
                    found.append((hours.on.toordinal(), hours.minutes))
                    continue
                for place, day in enumerate(self.valid(hours)):
                    found.append((day, hours.minutes * (1 - 2 * (place % 2))))
        return found

    def enrolments_in(self, program: str) -> list[Enrolment]:
        """Registrations in a program, earliest first."""
        return sorted((e for e in self.enrolments if e.program == program), key=lambda e: e.registered)

    def enrolment(self, program: str, on: date) -> Enrolment | None:
        """The latest registered by the day, the one that counts."""
        return next((e for e in reversed(self.enrolments_in(program)) if e.registered <= on), None)


def open_ledger(
    person: Person,
    known_at: datetime | None = None,
    *,
    as_of: date | None = None,
    submitted: bool = False,
) -> Ledger:
    """The facts of a person that count by a day, as known at an instant (None: everything)."""
    counted = {Status.VERIFIED, Status.SUBMITTED} if submitted else {Status.VERIFIED}
    facts = tuple(
        fact
        for fact in person.facts
        if fact.status in counted
        and (known_at is None or fact.recorded <= known_at)
        and (as_of is None or fact.on <= as_of)
    )
    return Ledger(facts, tuple(e for e in person.enrolments if as_of is None or e.registered <= as_of))


def only(ledger: Ledger, evidence: Iterable[str]) -> Ledger:
    """The same ledger reduced to some evidence ids and every revocation."""
    return replace(ledger, facts=tuple(ledger.facts[place] for place in ledger.places(evidence)))


def capped(changes: Sequence[tuple[int, int]], maximum: int | None) -> Changes:
    """The same running sum, cut off at ``maximum``, as changes."""
    if maximum is None:
        return list(changes)
    out: Changes = []
    total = counted = 0
    for day, change in sorted(changes):
        total += change
        out.append((day, min(total, maximum) - counted))
        counted = min(total, maximum)
    return out


def total_on(changes: Iterable[tuple[int, int]], day: int) -> int:
    """The running sum on a day."""
    return sum(change for on, change in changes if on <= day)


F = TypeVar("F", bound=Fact)


def _by(facts: Iterable[Fact], kind: type[F], field: str) -> dict[str, list[F]]:
    found: dict[str, list[F]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, kind):
            found[getattr(fact, field)].append(fact)
    return found
