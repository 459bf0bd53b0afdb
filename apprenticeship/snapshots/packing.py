"""From rows as PostgreSQL copies them out to the columns of each person. Pure: bytes in, bytes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from graph.dates import Span, merge_spans
from graph.gates.columns import ENROLMENT, EPOCH, FACT, MICROSECOND, NEVER_ENDS, PAUSE

UNKNOWN = -2
"""A number that no subject, program or grade has: it is not in the vocabulary yet."""

NOTHING = -3
"""The subject of what proves nothing: a failed test."""

WORD = 2**32 - 1
NUMBER = np.dtype("<u4")

# COPY ... (FORMAT binary): a header, then for each row the number of fields and each field after its length
HEADER, TRAILER = 19, 2
FIELDS = (
    ("person", "V16"),
    ("id", ">i8"),
    ("entry", ">i8"),
    ("supersedes", ">i8"),
    ("subject", ">i4"),
    ("on", ">i4"),
    ("value", ">i8"),
    ("recorded", ">i8"),
    ("status", ">i2"),
    ("part", ">i2"),
    ("revokes", ">i2"),
)
COPIED = np.dtype(
    [
        ("fields", ">i2"),
        *(part for name, kind in FIELDS for part in ((f"{name} length", ">i4"), (name, kind))),
    ]
)
# PostgreSQL counts days and microseconds from here
MILLENNIUM = date(2000, 1, 1).toordinal()
MILLENNIUM_RECORDED = (datetime(2000, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One registration, its program and standards by number (`UNKNOWN`: they have none yet)."""

    program: int
    standards: int
    registered: date
    ended: date | None
    suspended: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What is kept of a person: facts, registrations and suspended spans, each as the bytes of its columns.

    Attributes:
        standards: for each registration the number of the versions that it is read with.
        last_row: the highest row of evidence that it is made from, 0 for none.
        evidence_rows: how many rows there were.
    """

    person: UUID
    facts: bytes
    enrolments: bytes
    pauses: bytes
    standards: bytes
    last_row: int
    evidence_rows: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the rows of one person say: the facts, as bytes, and what rows they are made from."""

    facts: bytes = b""
    last_row: int = 0
    evidence_rows: int = 0


def copied_rows(data: bytes) -> NDArray[Any]:
    """The rows of a copy, every column without NULLs."""
    return np.frombuffer(data, COPIED, count=(len(data) - HEADER - TRAILER) // COPIED.itemsize, offset=HEADER)


def is_complete(rows: NDArray[Any]) -> bool:
    """Tell whether all that the rows speak of has a number."""
    return not ((rows["subject"] == UNKNOWN).any() or (rows["value"] == UNKNOWN).any())


def told_by(rows: NDArray[Any]) -> dict[UUID, Told]:
    """What the rows of each person say, from rows in the order of people."""
    if not len(rows):
        return {}
    numbers = np.ascontiguousarray(rows["person"])
    starts = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))
    person = np.zeros(len(rows), np.int64)
    person[starts[1:]] = 1
    person = np.cumsum(person)
    whose, facts = _standing(rows, person)
    bounds = np.searchsorted(whose, np.arange(len(starts) + 1))
    lasts = np.maximum.reduceat(rows["id"].astype(np.int64), starts)
    counts = np.bincount(person, weights=rows["part"] == 0, minlength=len(starts))
    return {
        UUID(bytes=numbers[start].tobytes()): Told(
            facts=facts[begin:end].tobytes(), last_row=int(last), evidence_rows=int(count)
        )
        for start, (begin, end), last, count in zip(starts, pairwise(bounds), lasts, counts, strict=True)
    }


def _standing(rows: NDArray[Any], person: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The facts that stand, by person, day, recording and entry, and whose they are."""
    stands = ~np.isin(rows["id"], rows["supersedes"])
    rows, person = rows[stands], person[stands]
    entries, places = _numbered(rows["entry"].astype(np.int64), person)
    facts = np.empty(len(rows), FACT)
    facts["subject"] = rows["subject"].astype(np.uint32)
    facts["on"] = rows["on"] + MILLENNIUM
    facts["recorded"] = rows["recorded"] + MILLENNIUM_RECORDED
    facts["status"] = rows["status"]
    at = np.searchsorted(entries, rows["entry"])
    facts["entry"] = places[at]
    revokes = rows["revokes"] == 1
    facts["value"] = np.where(revokes, 0, rows["value"])
    facts["value"][revokes] = places[np.searchsorted(entries, rows["value"][revokes])]
    order = np.lexsort((rows["part"], facts["entry"], facts["recorded"], facts["on"], person))
    order = order[rows["subject"][order] != NOTHING]
    return person[order], facts[order]


def _numbered(
    entry: NDArray[np.int64], person: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All entries in order, and for each its number among its own person's."""
    entries, first = np.unique(entry, return_index=True)
    whose = person[first]
    by_person = np.argsort(whose, kind="stable")
    begins = np.searchsorted(whose[by_person], np.arange(int(person.max(initial=-1)) + 1))
    places = np.empty(len(entries), np.int64)
    places[by_person] = np.arange(len(entries)) - begins[whose[by_person]]
    return entries, places


def packed_registrations(registrations: Sequence[Registration]) -> tuple[bytes, bytes]:
    """A person's registrations and their suspended spans, as bytes."""
    enrolments = [(one.program & WORD, one.registered.toordinal(), _end(one.ended)) for one in registrations]
    pauses = [
        (place, since.toordinal(), NEVER_ENDS if until == date.max else until.toordinal())
        for place, one in enumerate(registrations)
        for since, until in merge_spans(one.suspended)
    ]
    return np.array(enrolments, ENROLMENT).tobytes(), np.array(pauses, PAUSE).tobytes()


def _end(day: date | None) -> int:
    return NEVER_ENDS if day is None else day.toordinal()


def snapshots(
    people: Sequence[UUID], rows: NDArray[Any], registrations: Mapping[UUID, Sequence[Registration]]
) -> tuple[Snapshot, ...]:
    """Everybody's snapshot.

    Args:
        people: whose, in order.
        rows: of a copy, by person.
        registrations: of those who have any, the oldest first.
    """
    told = told_by(rows)
    return tuple(_snapshot(one, told.get(one, Told()), registrations.get(one, ())) for one in people)


def _snapshot(person: UUID, told: Told, registrations: Sequence[Registration]) -> Snapshot:
    enrolments, pauses = packed_registrations(registrations)
    return Snapshot(
        person=person,
        facts=told.facts,
        enrolments=enrolments,
        pauses=pauses,
        standards=np.array([one.standards & WORD for one in registrations], NUMBER).tobytes(),
        last_row=told.last_row,
        evidence_rows=told.evidence_rows,
    )
