"""The snapshots of many people, as they are evaluated."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import Crowd

Numbers = NDArray[np.void]
"""People by the sixteen bytes of their identifiers."""

Versions = tuple[UUID, ...]
"""A program version, and those of the frameworks that it is read with."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What is kept of people.

    Attributes:
        people: who they are, in the order of the crowd.
        standards: for each registration of the crowd the number of the versions that it is read with.
        versions: by number.
    """

    people: Numbers
    crowd: Crowd
    standards: NDArray[np.uint32]
    versions: tuple[Versions, ...]

    def members(self, program: str, as_of: date) -> dict[Versions, "Kept"]:
        """Those who are in a program on a day, by the versions that they are read with.

        The latest registration by the day decides; whose has ended by then is not in it.
        """
        rows = self._latest(program, as_of.toordinal())
        found = {}
        for number in np.unique(self.standards[rows]):
            places = self.crowd.enrolled[rows[self.standards[rows] == number]].astype(np.int64)
            found[self.versions[number]] = self.only(places)
        return found

    def _latest(self, program: str, day: int) -> NDArray[np.int64]:
        """Registrations stand by person, the oldest first; of those on one day the last one counts."""
        ours = self.crowd.enrolments
        number = self.crowd.vocabulary.programs.get(program, -1)
        rows = np.flatnonzero((ours["program"] == number) & (ours["registered"] <= day))
        person = self.crowd.enrolled[rows]
        rows = rows[np.append(person[1:] != person[:-1], True)[: len(rows)]]
        found: NDArray[np.int64] = rows[ours["ended"][rows] > day]
        return found

    def only(self, places: NDArray[np.int64]) -> "Kept":
        """Those at some places, which rise."""
        if len(places) == self.crowd.size:
            return self
        whose = np.zeros(self.crowd.size, bool)
        whose[places] = True
        standards = self.standards[whose[self.crowd.enrolled]]
        return Kept(self.people[places], self.crowd.only(places), standards, self.versions)


def identifiers(numbers: Numbers) -> list[UUID]:
    """The identifiers of people."""
    return [UUID(bytes=one.tobytes()) for one in numbers]
