"""A record, and what in it counts on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from tests.oracle.book import KINDS, Book, Tree, minutes_of
from tests.oracle.calendar import Enrolment, day_of, enrolment_of, moment_of

GRADES = ("A", "B", "C", "D")
Entry = Mapping[str, Any]


@dataclass
class Shown:
    """What the counting evidence shows, before any rule is asked."""

    passes: dict[tuple[str, str], set[date]] = field(default_factory=dict)
    ratings: dict[str, list[Entry]] = field(default_factory=dict)
    minutes: dict[str, int] = field(default_factory=dict)
    grades: dict[str, set[int | None]] = field(default_factory=dict)  # None: passed without a grade
    scores: dict[str, float] = field(default_factory=dict)
    waived: dict[tuple[str, str], date] = field(default_factory=dict)  # the latest waiver's day


class Ledger:
    """The entries that are known, with names in full."""

    def __init__(self, book: Book, record: Tree, known_at: datetime | None = None) -> None:
        self.book = book
        self.entries = [
            self.entry(entry)
            for entry in record["record"].get("evidence") or ()
            if known_at is None or recorded(entry) <= known_at
        ]
        self.revocations: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if "revokes" in entry:
                self.revocations.setdefault(entry["revokes"], []).append(entry)
        self.enrolments = [enrolment_of(written) for written in record["record"].get("enrolments") or ()]

    def first_day(self) -> date | None:
        days = [entry["on"] for entry in self.entries]
        days += [enrolment.registered for enrolment in self.enrolments]
        return min(days, default=None)

    def enrolment(self, program: str, day: date) -> Enrolment | None:
        """The latest registered by the day."""
        found = [e for e in self.enrolments if e.program == program and e.registered <= day]
        return max(found, key=lambda enrolment: enrolment.registered, default=None)

    def counting(self, day: date, statuses: tuple[str, ...]) -> list[Entry]:
        """The entries in force: dated by then, of a status that counts, and not revoked by one in force."""
        return [
            entry
            for entry in self.entries
            if ("waiver" in entry or "revokes" in entry or entry["status"] in statuses)
            and self._in_force(entry, day)
        ]

    def shown(self, entries: list[Entry]) -> Shown:
        found = Shown()
        for entry in entries:
            if not failed(entry):
                self._read(found, entry)
        return found

    def _in_force(self, entry: Entry, day: date) -> bool:
        if entry["on"] > day or ("waiver" in entry and entry["until"] <= day):
            return False
        return not any(self._in_force(other, day) for other in self.revocations.get(entry["id"], ()))

    def entry(self, entry: Entry) -> dict[str, Any]:
        found = {**entry, "on": day_of(entry["on"]), "recorded": recorded(entry)}
        if "waiver" in found:
            found["until"] = day_of(entry["until"]) if entry.get("until") else date.max
            found["waiver"] = {kind: self.book.key(kind, name) for kind, name in found["waiver"].items()}
        for kind in KINDS:
            if kind in found:
                found[kind] = self.book.key(kind, found[kind])
        if "in" in found and found["in"] not in ("ojl", "rti"):
            found["in"] = self.book.key("work", found["in"])
        return found

    def _read(self, found: Shown, entry: Entry) -> None:
        if "waiver" in entry:
            for item in entry["waiver"].items():
                found.waived[item] = max(entry["on"], found.waived.get(item, date.min))
        elif "credential" in entry:
            for part in self._parts_passed(entry):
                found.passes.setdefault(part, set()).add(entry["on"])
        elif "competency" in entry:
            found.ratings.setdefault(entry["competency"], []).append(entry)
        elif "course" in entry:
            grade = entry.get("grade")
            found.grades.setdefault(entry["course"], set()).add(GRADES.index(grade) if grade else None)
        elif "score" in entry:
            found.scores[entry["score"]] = max(
                entry["value"], found.scores.get(entry["score"], entry["value"])
            )
        if "hours" in entry:
            found.minutes[entry["in"]] = found.minutes.get(entry["in"], 0) + minutes_of(entry["hours"])

    def _parts_passed(self, entry: Entry) -> set[tuple[str, str]]:
        credential = entry["credential"]
        parts = [entry["part"]] if entry.get("part") else self.book.parts(credential)
        return {shared for part in parts for shared in self.book.shared_parts(credential, part)}


def failed(entry: Entry) -> bool:
    return entry.get("result") == "fail" or entry.get("grade", "A") not in GRADES


def recorded(entry: Entry) -> datetime:
    if entry.get("recorded"):
        return moment_of(entry["recorded"])
    return datetime.combine(day_of(entry["on"]), time(), UTC)
