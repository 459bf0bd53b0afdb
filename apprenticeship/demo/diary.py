"""One person's rows of evidence as they are written down, before they have ids."""

from dataclasses import replace
from datetime import date, datetime
from random import Random
from uuid import UUID

from apprenticeship.demo.days import at_work
from apprenticeship.demo.model import Line
from apprenticeship.evidence.model import Addition, Fact, Status


class Diary:
    """Collects lines.

    Args:
        login: the short name of the person, which names the lines.
        person: whose rows they are.
        randomness: for the time of day.
    """

    def __init__(self, login: str, person: UUID, randomness: Random) -> None:
        self.login = login
        self.person = person
        self.randomness = randomness
        self.lines: list[Line] = []

    def enter(
        self,
        fact: Fact,
        day: date,
        by: UUID,
        status: Status | None = Status.VERIFIED,
        *,
        note: str | None = None,
        revokes: Line | None = None,
    ) -> Line:
        """Write a first row on a day."""
        recorded = at_work(day, self.randomness)
        return self._write(fact, recorded, by, status, note=note, revokes=revokes)

    def hand_in(self, fact: Fact, day: date, *, note: str | None = None) -> Line:
        """Write what the person hands in themselves."""
        return self.enter(fact, day, self.person, Status.SUBMITTED, note=note)

    def decide(
        self,
        line: Line,
        day: date,
        by: UUID,
        status: Status = Status.VERIFIED,
        *,
        rating: int | None = None,
        note: str | None = None,
    ) -> Line:
        """Write what somebody said about a row, never before the row itself."""
        fact = line.addition.fact if rating is None else replace(line.addition.fact, rating=rating)
        recorded = max(at_work(day, self.randomness), line.addition.recorded)
        return self._write(fact, recorded, by, status, note=note, follows=line)

    def _write(
        self,
        fact: Fact,
        recorded: datetime,
        by: UUID,
        status: Status | None,
        *,
        note: str | None,
        follows: Line | None = None,
        revokes: Line | None = None,
    ) -> Line:
        addition = Addition(
            person=self.person, fact=fact, status=status, recorded=recorded, recorded_by=by, note=note
        )
        line = Line(
            name=f"{self.login} {len(self.lines)}",
            addition=addition,
            follows=None if follows is None else follows.name,
            revokes=None if revokes is None else revokes.name,
        )
        self.lines.append(line)
        return line
