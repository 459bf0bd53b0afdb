"""One person's facts indexed for the engine, each with the days on which it is valid."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

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

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Ledger:
    """The facts that count, by what they are about.

    Args of ``open_ledger``: only facts recorded at or before ``known_at`` are seen, and only facts and registrations
    dated at or before ``as_of``; ``submitted`` also counts facts that still wait for verification.
    """

    facts: tuple[Fact, ...]
    enrolments: tuple[Enrolment, ...]

    @cached_property
    def _kinds(self) -> dict[type[Fact], list[Any]]:
        found = defaultdict(list)
        for fact in self.facts:
            found[type(fact)].append(fact)
        return dict(found)

    @cached_property
    def _revocations(self) -> dict[str, list[Revocation]]:
        return self._by(Revocation, "revokes")

    def having(self, evidence: AbstractSet[str]) -> list[Fact]:
        """Some evidence and every revocation, in order."""
        return [fact for fact in self.facts if fact.id in evidence or isinstance(fact, Revocation)]

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
        return self._by(Pass, "credential")

    @cached_property
    def ratings(self) -> dict[str, list[Rating]]:
        """By competency."""
        return self._by(Rating, "competency")

    @cached_property
    def hours(self) -> dict[str, list[Hours]]:
        """By work process as logged: bare, ``program:id``, ``ojl`` or ``rti``."""
        return self._by(Hours, "within")

    @cached_property
    def courses(self) -> dict[str, list[CourseResult]]:
        """By course."""
        return self._by(CourseResult, "course")

    @cached_property
    def scores(self) -> dict[str, list[ScoreResult]]:
        """By score."""
        return self._by(ScoreResult, "score")

    @cached_property
    def waivers(self) -> dict[tuple[str, str], list[Waiver]]:
        """By ("competency" or "credential", key)."""
        found = defaultdict(list)
        for fact in self._kinds.get(Waiver, ()):
            kind = "competency" if fact.competency else "credential"
            found[kind, fact.competency or fact.credential or ""].append(fact)
        return found

    def waived(self, kind: str, key: str) -> Timeline:
        """The days on which an item is waived."""
        waivers = self.waivers.get((kind, key))
        return timeline.any_of(map(self.valid, waivers)) if waivers else timeline.NEVER

    def minutes(self, *names: str) -> Changes:
        """(day number, change in minutes) of everything logged under any of the names."""
        logged = [hours for name in names for hours in self.hours.get(name, ())]
        revoked = self._revocations
        found = [(hours.on.toordinal(), hours.minutes) for hours in logged if hours.id not in revoked]
        for hours in logged if revoked else ():
            if hours.id in revoked:
                turns = enumerate(self.valid(hours))
                found += [(day, hours.minutes * (1 - 2 * (place % 2))) for place, day in turns]
        return found

    def _by(self, kind: type[F], field: str) -> dict[str, list[F]]:
        found = defaultdict(list)
        for fact in self._kinds.get(kind, ()):
            found[getattr(fact, field)].append(fact)
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
    return replace(ledger, facts=tuple(ledger.having(frozenset(evidence))))


def capped(changes: Sequence[tuple[int, int]], maximum: int | None) -> Changes:
    """The same running sum, cut off at ``maximum``, as changes."""
    if maximum is None or sum(max(change, 0) for _, change in changes) <= maximum:
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
