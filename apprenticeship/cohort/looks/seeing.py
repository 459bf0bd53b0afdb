"""What a look at people comes to: how far they are, and what a candidate would change for them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apprenticeship.cohort import tally
from apprenticeship.cohort.counting import count
from apprenticeship.cohort.moving import moves
from apprenticeship.cohort.reading import Reader, evaluated
from apprenticeship.cohort.tally import Tally, tally_of, titles_of
from apprenticeship.snapshots.model import Kept, identifiers

NAMED = 100
GAINS, LOSES, STUCK = "gains", "loses", "stuck"


@dataclass(frozen=True)
class Seen:
    """Counts of people, and what would change for them.

    Attributes:
        today: by the standards that each is read with.
        candidate: by the candidate, and `moves` from one to the other; empty where none was asked about.
        titles: of items and steps.
        who: some of those who gain, lose or would be stuck.
    """

    today: Tally = field(default_factory=Tally)
    candidate: Tally = field(default_factory=Tally)
    moves: Tally = field(default_factory=Tally)
    titles: Mapping[str, str] = field(default_factory=dict)
    who: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many were looked at."""
        return self.today["people",]


def look_at(reader: Reader, other: Reader | None, members: Kept, as_of: date) -> Seen:
    """Look at people who are read with the same standards, and at the same people by others."""
    before = evaluated(reader, members, as_of)
    today = tally_of(reader.layout, count(reader.layout, before))
    if other is None:
        return Seen(today, titles=titles_of(reader.layout))
    after = evaluated(other, members, as_of)
    found = moves(reader.layout, before, other.layout, after)
    chosen = ((GAINS, found.gains), (LOSES, found.loses), (STUCK, found.stuck))
    return Seen(
        today,
        tally_of(other.layout, count(other.layout, after)),
        found.tally,
        titles_of(reader.layout) | titles_of(other.layout),
        {word: tuple(identifiers(members.people[mask][:NAMED])) for word, mask in chosen},
    )


def together(parts: Iterable[Seen]) -> Seen:
    """Several looks as one."""
    today, candidate, moved = Tally(), Tally(), Tally()
    titles: dict[str, str] = {}
    who: dict[str, tuple[UUID, ...]] = {}
    for part in parts:
        today.update(part.today)
        candidate.update(part.candidate)
        moved.update(part.moves)
        titles |= part.titles
        for word, people in part.who.items():
            who[word] = (*who.get(word, ()), *people)[:NAMED]
    return Seen(today, candidate, moved, titles, who)


def as_data(seen: Seen) -> dict[str, Any]:
    """A look as plain data, without anybody's name or number."""
    return {
        "today": tally.as_data(seen.today),
        "candidate": tally.as_data(seen.candidate),
        "moves": tally.as_data(seen.moves),
        "titles": list(seen.titles.items()),  # in order, which JSON objects do not keep everywhere
    }


def from_data(data: Mapping[str, Any]) -> Seen:
    """The look that was kept."""
    today, candidate, moved = (tally.from_data(data[name]) for name in ("today", "candidate", "moves"))
    return Seen(today, candidate, moved, titles=dict(data["titles"]))
