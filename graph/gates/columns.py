"""What many people have shown, as columns: a row a fact, sorted by person and then by day.

A person's own part of the columns is a few hundred bytes and can be kept, so that everybody is loaded by putting the
parts one after the other instead of asking row by row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.dates import merge_spans
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

Days: TypeAlias = NDArray[np.int32]
"""Day numbers, as ``date.toordinal`` gives them."""

FACT = np.dtype(
    [
        ("subject", "<u4"),
        ("on", "<i4"),
        ("value", "<i4"),
        ("recorded", "<i8"),
        ("entry", "<u4"),
        ("status", "u1"),
    ]
)
"""A fact: ``recorded`` in microseconds since 1970 (UTC), ``entry`` the person's pieces of evidence in the order of
their ids. ``value`` is a rating (``UNRATED``: a sign-off), minutes, a score, a grade's number (``UNRATED``: passed
without one), the day a waiver ends, or the entry that a revocation takes out."""

ENROLMENT = np.dtype([("program", "<u4"), ("registered", "<i4"), ("ended", "<i4")])
PAUSE = np.dtype([("enrolment", "<u4"), ("since", "<i4"), ("until", "<i4")])
"""A suspended span; ``enrolment`` counts the person's registrations in the order given."""

UNRATED = -1
NEVER_ENDS = date.max.toordinal() + 1
STATUSES = (Status.VERIFIED, Status.SUBMITTED, Status.CLAIMED, Status.REJECTED)
COMMON = ("on", "recorded", "entry", "status")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Subject(NamedTuple):
    """What a fact is about: ``sort`` is pass, rating, hours, course, score, waiver or revocation.

    ``detail`` is the part of a pass (empty: the whole credential) and the kind of item that a waiver excuses.
    """

    sort: str
    key: str = ""
    detail: str = ""


@dataclass
class Vocabulary:
    """Numbers for what facts are about, for programs and for grades; it only ever grows."""

    subjects: dict[Subject, int] = field(default_factory=dict)
    programs: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)

    def subject(self, subject: Subject) -> int:
        """The number of a subject, a new one where it has none."""
        return self.subjects.setdefault(subject, len(self.subjects))

    def program(self, key: str) -> int:
        """The number of a program."""
        return self.programs.setdefault(key, len(self.programs))

    def grade(self, grade: str | None) -> int:
        """The number of a grade; ``UNRATED`` for none."""
        return UNRATED if grade is None else self.grades.setdefault(grade, len(self.grades))


@dataclass(frozen=True, eq=False)
class Rows:
    """One person's facts, registrations and suspended spans, each as an array of its type."""

    facts: NDArray[Any]
    enrolments: NDArray[Any]
    pauses: NDArray[Any]


class Reordered(dict[str, NDArray[Any]]):
    """Columns in another order, each put into it when it is first asked for."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], order: NDArray[np.int64]) -> None:
        super().__init__()
        self._columns = columns
        self._order = order

    def __missing__(self, name: str) -> NDArray[Any]:
        """The column of that name."""
        self[name] = self._columns[name][self._order]
        return self[name]


@dataclass(frozen=True, eq=False)
class Ranked:
    """Facts by subject, then by person and day, with the half-open range of each subject that there are facts about."""

    size: int
    person: NDArray[np.intp]
    facts: Mapping[str, NDArray[Any]]
    ranges: Mapping[Subject, tuple[int, int]]

    @cached_property
    def revocations(self) -> "Revocations":
        """What is revoked by what; whether a revocation counts is left aside."""
        rows = np.arange(*self.ranges.get(Subject("revocation"), (0, 0)))
        if not len(rows):
            return Revocations(rows, rows, rows, rows)
        shaken = np.zeros(self.size, bool)
        shaken[self.person[rows]] = True
        number, revoked = np.cumsum(shaken) - 1, self.facts["value"][rows]
        theirs = np.flatnonzero(shaken[self.person])
        entries = self.facts["entry"][theirs]
        width = max(int(entries.max()), int(revoked.max())) + 1
        target = number[self.person[rows]] * width + revoked
        evidence = number[self.person[theirs]] * width + entries
        named = np.zeros((int(number[-1]) + 1) * width, bool)
        named[target] = True
        place, taken = np.cumsum(named) - 1, named[evidence]
        return Revocations(rows, place[target], theirs[taken], place[evidence[taken]])


class Revocations(NamedTuple):
    """Rows of revocations, each with the number of the ``target``, and rows that are ``revoked``, with theirs."""

    rows: NDArray[np.int64]
    target: NDArray[np.int64]
    revoked: NDArray[np.int64]
    number: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Crowd:
    """The columns of many people; ``person``, ``enrolled`` and ``paused`` say whose a row is, from 0 and rising.

    Attributes:
        size: how many people, those without any row included.
        pauses: ``enrolment`` counts the registrations of the whole crowd.
    """

    vocabulary: Vocabulary
    size: int
    person: NDArray[np.int32]
    facts: dict[str, NDArray[Any]]
    enrolled: NDArray[np.int32]
    enrolments: dict[str, NDArray[Any]]
    pauses: dict[str, NDArray[Any]]

    @cached_property
    def ranked(self) -> "Ranked":
        """The facts by subject, then by person and day: sorted once, whatever is asked of them afterwards."""
        known = len(self.vocabulary.subjects)
        subjects = self.facts["subject"].astype(np.uint16 if known < 1 << 16 else np.uint32)
        order = np.argsort(subjects, kind="stable")
        ends = np.cumsum(np.bincount(subjects, minlength=known)).tolist()
        ranges = zip(self.vocabulary.subjects, pairwise([0, *ends]), strict=True)
        return Ranked(
            self.size,
            self.person[order].astype(np.intp),  # what indices are: no array is put right again and again
            Reordered(self.facts, order),
            {subject: (start, stop) for subject, (start, stop) in ranges if start < stop},
        )

    @cached_property
    def waiting(self) -> NDArray[np.bool_]:
        """Of whom a fact waits for verification."""
        found = np.zeros(self.size, bool)
        found[self.person[self.facts["status"] == STATUSES.index(Status.SUBMITTED)]] = True
        return found

    @property
    def is_waiting(self) -> bool:
        """Whether any fact waits for verification."""
        return bool(self.waiting.any())

    @cached_property
    def asked_alone(self) -> dict[Any, dict[str, int]]:
        """What `graph.gates.dating` has asked of single people so far."""
        return {}

    def part(self, start: int, stop: int) -> "Crowd":
        """The people from ``start`` to ``stop`` (out), numbered from 0 again."""
        rows = slice(*np.searchsorted(self.person, (start, stop)))
        ours = slice(*np.searchsorted(self.enrolled, (start, stop)))
        pauses = slice(*np.searchsorted(self.pauses["enrolment"], (ours.start, ours.stop)))
        return Crowd(
            self.vocabulary,
            stop - start,
            self.person[rows] - start,
            {name: column[rows] for name, column in self.facts.items()},
            self.enrolled[ours] - start,
            {name: column[ours] for name, column in self.enrolments.items()},
            {
                name: column[pauses] - (ours.start if name == "enrolment" else 0)
                for name, column in self.pauses.items()
            },
        )

    def only(self, places: NDArray[np.int64]) -> "Crowd":
        """The people at some places, which rise, numbered from 0 again."""
        number = np.full(self.size, -1, np.int32)
        number[places] = np.arange(len(places), dtype=np.int32)
        rows, ours = number[self.person] >= 0, number[self.enrolled] >= 0
        pauses = ours[self.pauses["enrolment"]]
        place = np.cumsum(ours) - 1
        columns = {name: column[pauses] for name, column in self.pauses.items()}
        return Crowd(
            self.vocabulary,
            len(places),
            number[self.person[rows]],
            {name: column[rows] for name, column in self.facts.items()},
            number[self.enrolled[ours]],
            {name: column[ours] for name, column in self.enrolments.items()},
            {**columns, "enrolment": place[columns["enrolment"]]},
        )


def rows_of(person: Person, vocabulary: Vocabulary) -> Rows:
    """One person's rows, facts by day and then in the order in which the latest of several is told."""
    entries = {name: place for place, name in enumerate(sorted({fact.id for fact in person.facts}))}
    facts = [
        (vocabulary.subject(subject), fact.on.toordinal(), value, *_entered(fact, entries))
        for fact in sorted(person.facts, key=lambda f: (f.on, f.recorded, f.id))
        for subject, value in _meaning(fact, vocabulary, entries)
    ]
    enrolments = [
        (vocabulary.program(one.program), one.registered.toordinal(), _day(one.ended))
        for one in person.enrolments
    ]
    pauses = [
        (place, since.toordinal(), NEVER_ENDS if until == date.max else until.toordinal())
        for place, one in enumerate(person.enrolments)
        for since, until in merge_spans(one.suspended)
    ]
    return Rows(np.array(facts, FACT), np.array(enrolments, ENROLMENT), np.array(pauses, PAUSE))


def _day(day: date | None) -> int:
    return NEVER_ENDS if day is None else day.toordinal()


def _entered(fact: Fact, entries: dict[str, int]) -> tuple[int, int, int]:
    return (fact.recorded - EPOCH) // MICROSECOND, entries[fact.id], STATUSES.index(fact.status)


def _meaning(fact: Fact, vocabulary: Vocabulary, entries: dict[str, int]) -> Iterable[tuple[Subject, int]]:
    """What a fact says; nothing for a failed course and for a revocation of what is not there."""
    match fact:
        case Pass():
            yield Subject("pass", fact.credential, fact.part or ""), 0
        case Rating():
            yield Subject("rating", fact.competency), UNRATED if fact.value is None else fact.value
        case Hours():
            yield Subject("hours", fact.within), fact.minutes
        case CourseResult():
            if fact.passed:
                yield Subject("course", fact.course), vocabulary.grade(fact.grade)
        case ScoreResult():
            yield Subject("score", fact.score), fact.value
        case Waiver():
            kind = "competency" if fact.competency else "credential"
            yield Subject("waiver", fact.competency or fact.credential or "", kind), _day(fact.until)
        case Revocation():
            if fact.revokes in entries:
                yield Subject("revocation"), entries[fact.revokes]


def crowd_of(everybody: Iterable[Rows], vocabulary: Vocabulary) -> Crowd:
    """The columns of people in the order given."""
    parts = list(everybody)
    return crowd_from(
        vocabulary,
        [[len(part.facts), len(part.enrolments), len(part.pauses)] for part in parts],
        Rows(
            _joined([part.facts for part in parts], FACT),
            _joined([part.enrolments for part in parts], ENROLMENT),
            _joined([part.pauses for part in parts], PAUSE),
        ),
    )


def crowd_from(
    vocabulary: Vocabulary, counts: Sequence[Sequence[int]] | NDArray[np.int64], rows: Rows
) -> Crowd:
    """The columns from people's rows put one after the other.

    Args:
        vocabulary: that the rows were written with.
        counts: for each person the number of facts, registrations and suspended spans.
        rows: of everybody.
    """
    facts, enrolments, pauses = np.asarray(counts, np.int64).reshape(-1, 3).T
    place = np.arange(len(facts), dtype=np.int32)
    first = np.cumsum(enrolments) - enrolments
    columns = {name: np.ascontiguousarray(rows.pauses[name]) for name in PAUSE.names or ()}
    columns["enrolment"] = columns["enrolment"].astype(np.int64) + np.repeat(first, pauses)
    return Crowd(
        vocabulary,
        len(facts),
        np.repeat(place, facts),
        {name: np.ascontiguousarray(rows.facts[name]) for name in FACT.names or ()},
        np.repeat(place, enrolments),
        {name: np.ascontiguousarray(rows.enrolments[name]) for name in ENROLMENT.names or ()},
        columns,
    )


def _joined(parts: list[NDArray[Any]], kind: "np.dtype[Any]") -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.array([], kind)


def person_at(crowd: Crowd, place: int) -> Person:
    """The person behind the rows at a place; evidence goes by the number of its entry, in the same order.

    Names are not in the columns.
    """
    one = crowd.part(place, place + 1)
    spoken = list(crowd.vocabulary.subjects)
    grades = list(crowd.vocabulary.grades)
    columns = (one.facts[name].tolist() for name in ("subject", "value", *COMMON))
    facts = [
        _fact(spoken[subject], grades, value, common)
        for subject, value, *common in zip(*columns, strict=True)
    ]
    return Person(str(place), "", tuple(_enrolments(one)), tuple(facts))


def _fact(subject: Subject, grades: list[str], value: int, common: list[int]) -> Fact:
    on, recorded, entry, status = common
    told: dict[str, Any] = {
        "id": _name(entry),
        "on": date.fromordinal(on),
        "recorded": EPOCH + recorded * MICROSECOND,
        "status": STATUSES[status],
    }
    return _SORTS[subject.sort](subject, value, grades, told)


def _waiver(subject: Subject, value: int, _: list[str], told: dict[str, Any]) -> Waiver:
    return Waiver(**{**told, subject.detail: subject.key}, until=_date(value))


_SORTS: dict[str, Callable[[Subject, int, list[str], dict[str, Any]], Fact]] = {
    "pass": lambda s, _, __, told: Pass(**told, credential=s.key, part=s.detail or None),
    "rating": lambda s, value, _, told: Rating(
        **told, competency=s.key, value=None if value == UNRATED else value
    ),
    "hours": lambda s, value, _, told: Hours(**told, minutes=value, within=s.key),
    "course": lambda s, value, grades, told: CourseResult(
        **told, course=s.key, passed=True, grade=None if value == UNRATED else grades[value]
    ),
    "score": lambda s, value, _, told: ScoreResult(**told, score=s.key, value=value),
    "waiver": _waiver,
    "revocation": lambda _, value, __, told: Revocation(**told, revokes=_name(value)),
}


def _name(entry: int) -> str:
    return f"{entry:010d}"


def _date(day: int) -> date | None:
    return None if day == NEVER_ENDS else date.fromordinal(day)


def _enrolments(one: Crowd) -> Iterable[Enrolment]:
    programs = list(one.vocabulary.programs)
    pauses = list(zip(*(one.pauses[name].tolist() for name in PAUSE.names or ()), strict=True))
    columns = (one.enrolments[name].tolist() for name in ENROLMENT.names or ())
    for place, (program, registered, ended) in enumerate(zip(*columns, strict=True)):
        spans = tuple((date.fromordinal(since), _date(until)) for at, since, until in pauses if at == place)
        yield Enrolment(programs[program], date.fromordinal(registered), spans, _date(ended))
