"""A piece of evidence in words: what it shows, what became of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apprenticeship.evidence.model import Evidence, EvidenceKind, Fact, Status
from graph.world import World
from web import words
from web.rules import item_title, within_words

STANDING = words.Look("done", "Stands")


@dataclass(frozen=True)
class Shown:
    """One row of evidence as a list shows it."""

    row: int
    entry: str
    number: int
    text: str
    look: words.Look
    on: date
    recorded: datetime
    note: str
    by: str


def shown(world: World, row: Evidence) -> Shown:
    """Say one row."""
    return Shown(
        row=row.id,
        entry=row.key,
        number=row.entry,
        text=fact_words(world, row.fact),
        look=STANDING if row.status is None else words.STATUS_LOOKS[row.status.value],
        on=row.fact.happened_on,
        recorded=row.recorded,
        note=row.note or "",
        by=row.fact.attested_by or "",
    )


def fact_words(world: World, fact: Fact) -> str:
    """Say what a fact is about."""
    return SAID[fact.kind](world, fact)


def _competency_words(world: World, fact: Fact) -> str:
    rating = "" if fact.rating is None else f", rated {fact.rating}"
    return f"{_item(world, 'competency', fact.subject)}{rating}"


def _credential_words(world: World, fact: Fact) -> str:
    part = f", {fact.part} test" if fact.part else ""
    failed = ", not passed" if fact.result == "fail" else ""
    return f"{_item(world, 'credential', fact.subject)}{part}{failed}"


def _course_words(world: World, fact: Fact) -> str:
    grade = f", grade {fact.grade}" if fact.grade else ""
    return f"{world.courses.get(fact.subject or '') or fact.subject}{grade}"


def _score_words(world: World, fact: Fact) -> str:
    return f"{world.scores.get(fact.subject or '') or fact.subject}: {fact.score}"


def _waiver_words(world: World, fact: Fact) -> str:
    return f"Excused from {_item(world, str(fact.waives), fact.subject)}"


def _revocation_words(_: World, fact: Fact) -> str:
    return f"Evidence {fact.revokes} taken back"


def _hours_words(world: World, fact: Fact) -> str:
    within = fact.work_process or "rti"
    process = next((key for key in world.work_processes if key.rpartition(":")[2] == within), within)
    return f"{words.hours(fact.minutes or 0)} hours {within_words(world, process)}"


def _item(world: World, kind: str, key: str | None) -> str:
    known: Collection[str] = world.competencies if kind == "competency" else world.credentials
    return item_title(world, kind, key) if key is not None and key in known else str(key)


SAID: Mapping[EvidenceKind, Callable[[World, Fact], str]] = {
    EvidenceKind.HOURS: _hours_words,
    EvidenceKind.COMPETENCY: _competency_words,
    EvidenceKind.CREDENTIAL: _credential_words,
    EvidenceKind.COURSE: _course_words,
    EvidenceKind.SCORE: _score_words,
    EvidenceKind.WAIVER: _waiver_words,
    EvidenceKind.REVOCATION: _revocation_words,
}


def about(rows: tuple[Evidence, ...], subject: str) -> tuple[Evidence, ...]:
    """Give the rows that are about one item, the latest first."""
    found = [row for row in rows if row.fact.subject == subject]
    return tuple(sorted(found, key=lambda row: (row.recorded, row.id), reverse=True))


def waiting(rows: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Give what waits for sign-off, the longest waiting first."""
    return tuple(row for row in rows if row.status is Status.SUBMITTED)


def latest(rows: tuple[Evidence, ...], number: int) -> tuple[Evidence, ...]:
    """Give the last row of each piece of evidence, those recorded last first."""
    last = {row.entry: row for row in sorted(rows, key=lambda row: row.id)}
    return tuple(sorted(last.values(), key=lambda row: (row.recorded, row.id), reverse=True)[:number])
