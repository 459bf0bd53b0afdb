"""What each row of a roster does, given what is there already. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprenticeship.evidence.checking import DAY_MINUTES
from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.roster.model import Finding, RosterRow, RowState, spelled


@dataclass(frozen=True)
class There:
    """What is in the database about the people of a file.

    Attributes:
        people: by the organisation's number.
        names: of these people.
        enrolments: (person, program, registered).
        facts: by person and source key, as a file gave them.
        minutes: standing for a person on a day.
        gone: those of them who work or learn here no longer; who they are now is nobody's business here.
        importer: who imports; nobody vouches for their own work.
    """

    people: Mapping[str, UUID]
    names: Mapping[UUID, str]
    enrolments: frozenset[tuple[UUID, str, date]]
    facts: Mapping[tuple[UUID, str], Fact]
    minutes: Mapping[tuple[UUID, date], int]
    gone: frozenset[UUID]
    importer: UUID


@dataclass(frozen=True)
class Outcome:
    """What becomes of one row; a refused one has a finding."""

    row: RosterRow
    state: RowState
    finding: Finding | None = None
    new_enrolment: bool = False
    new_fact: bool = False


def decide(rows: Sequence[RosterRow], there: There) -> tuple[Outcome, ...]:
    """Decide every row, in order; rows before count as done."""
    decider = _Decider(there)
    return tuple(decider.outcome(row) for row in rows)


class _Decider:
    def __init__(self, there: There) -> None:
        self._there = there
        self._new_people: set[str] = set()
        self._enrolled: set[tuple[str, str, date]] = set()
        self._minutes: dict[tuple[str, date], int] = {}

    def outcome(self, row: RosterRow) -> Outcome:
        finding = self._finding(row)
        if finding is not None:
            return Outcome(row, RowState.REFUSED, finding)
        new_person = row.number not in self._there.people and row.number not in self._new_people
        self._new_people.add(row.number)
        enrolment, fact = self._is_new_enrolment(row), self._is_new_fact(row)
        if fact:
            self._count(row)
        changed = new_person or enrolment or fact
        state = RowState.CHANGED if changed else RowState.UNCHANGED
        return Outcome(row, state, new_enrolment=enrolment, new_fact=fact)

    def _finding(self, row: RosterRow) -> Finding | None:
        person = self._there.people.get(row.number)
        if person == self._there.importer:
            return _finding(row, "number", "your own record", "let somebody else import it")
        if person in self._there.gone:
            what = f"{row.number} is somebody who is not here today"
            return _finding(row, "number", what, "the number of somebody who is")
        here = None if person is None else self._there.names.get(person)
        if here is not None and spelled(here) != spelled(row.name):
            return _finding(
                row, "name", f"{row.number} is {here!r} here", "the name as it is here, or another number"
            )
        known = None if person is None else self._there.facts.get((person, str(row.source_key)))
        if known is not None:
            return _difference(row, known)
        if row.minutes is not None and self._standing(row) + row.minutes > DAY_MINUTES:
            hours = (self._standing(row) + row.minutes) / 60
            return _finding(row, "hours", f"{hours:g} hours on {row.on} with what stands", "at most 24 a day")
        return None

    def _standing(self, row: RosterRow) -> int:
        person, day = self._there.people.get(row.number), row.on
        if day is None:
            return 0
        before = 0 if person is None else self._there.minutes.get((person, day), 0)
        return before + self._minutes.get((row.number, day), 0)

    def _count(self, row: RosterRow) -> None:
        if row.minutes is not None and row.on is not None:
            key = (row.number, row.on)
            self._minutes[key] = self._minutes.get(key, 0) + row.minutes

    def _is_new_enrolment(self, row: RosterRow) -> bool:
        if row.program is None or row.registered is None:
            return False
        person = self._there.people.get(row.number)
        if person is not None and (person, row.program, row.registered) in self._there.enrolments:
            return False
        key = (row.number, row.program, row.registered)
        new = key not in self._enrolled
        self._enrolled.add(key)
        return new

    def _is_new_fact(self, row: RosterRow) -> bool:
        if row.source_key is None:
            return False
        person = self._there.people.get(row.number)
        return person is None or (person, row.source_key) not in self._there.facts


def _difference(row: RosterRow, known: Fact) -> Finding | None:
    """Say where a row differs from what an earlier file gave; a correction is made in the record."""
    if known.kind is EvidenceKind.HOURS and known.minutes != row.minutes:
        was = f"{(known.minutes or 0) / 60:g} hours were imported for this day and work process"
        return _finding(row, "hours", was, "correct it in the record")
    if known.kind is EvidenceKind.CREDENTIAL and known.result != row.result:
        return _finding(row, "result", f"{known.result} was imported", "correct it in the record")
    return None


def _finding(row: RosterRow, column: str, what: str, right: str) -> Finding:
    return Finding(row=row.row, column=column, what=what, right=right)
