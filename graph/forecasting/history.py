"""How fast people were: what each showed in each of the last twelve months, from dated verified evidence."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.dates import add_months
from graph.facts import MOST_OF_A_MONTH
from graph.forecasting.needs import KINDS, Flags, Kind, Needs, Numbers
from graph.gates.columns import Subject
from graph.gates.program import Source
from graph.gates.reading import Reading, Rows
from graph.requirement import OJL, RTI

MONTHS = 12
"""How far back a pace is measured."""

QUIET = 6
"""So many measured months without any evidence, and nothing is foreseen of a person."""

HALF = 2


@dataclass(frozen=True, eq=False)
class History:
    """The last months of some people, the latest first; months run back from the as-of date.

    Attributes:
        counts: people by months by kinds: minutes; of things the effort of what was shown for the first time.
        measured: people by months: registered all through the month, and suspended less than half of it.
    """

    counts: Numbers
    measured: Flags

    def goes_on(self, other: "History") -> bool:
        """Whether the first people are those of another history as they were, and others bring no months."""
        known = len(other.measured)
        return (
            np.array_equal(self.counts[:known], other.counts)
            and np.array_equal(self.measured[:known], other.measured)
            and not self.measured[known:].any()
        )

    @cached_property
    def months(self) -> NDArray[np.intp]:
        """How many months of each person are measured."""
        found: NDArray[np.intp] = self.measured.sum(axis=1)
        return found

    @cached_property
    def pace(self) -> NDArray[np.float64]:
        """What all of them together showed in a month, by kind; nothing where no month is measured."""
        total = (self.counts * self.measured[:, :, None]).sum(axis=(0, 1))
        found: NDArray[np.float64] = total / max(1, int(self.months.sum()))
        return found

    @cached_property
    def own_pace(self) -> NDArray[np.float64]:
        """What each of them showed in a month, people by kinds."""
        total = (self.counts * self.measured[:, :, None]).sum(axis=1)
        found: NDArray[np.float64] = total / np.maximum(1, self.months)[:, None]
        return found

    @cached_property
    def quiet(self) -> Flags:
        """Who was in the program for six measured months and showed nothing in the last six of them."""
        active = self.counts.any(axis=2) & self.measured
        recent = self.measured & (np.cumsum(self.measured, axis=1) <= QUIET)
        found: Flags = (self.months >= QUIET) & ~(active & recent).any(axis=1)
        return found

    @cached_property
    def compressed(self) -> Numbers:
        """The counts of the measured months, put together at the front."""
        order = np.argsort(~self.measured, axis=1, kind="stable")
        found: Numbers = np.take_along_axis(self.counts, order[:, :, None], axis=1)
        return found


def history_of(needs: Needs, reading: Reading) -> History:
    """The last twelve months of a crowd.

    Args:
        needs: what counts: only what the program's steps and completion rest on.
        reading: of the crowd, by an as-of date.
    """
    counts = np.zeros((reading.crowd.size, MONTHS, KINDS), np.int64)
    for proof, effort in zip(needs.proofs, needs.efforts.tolist(), strict=True):
        _add_first(counts, reading, proof, effort)
    for name in {OJL, *needs.processes, *(key.rpartition(":")[2] for key in needs.processes)}:
        _add_minutes(counts, reading, name, Kind.JOB)
    _add_minutes(counts, reading, RTI, Kind.RELATED)
    return History(counts, _measured(needs, reading))


def _edges(as_of: date) -> NDArray[np.int64]:
    """The last days of the months, the earliest first; a month begins on the day after the one before."""
    return np.array([add_months(as_of, -back).toordinal() for back in range(MONTHS, -1, -1)])


def _months(reading: Reading, rows: Rows) -> tuple[Rows, NDArray[np.intp]]:
    """The rows of the last months, with how many months ago each was."""
    place = np.searchsorted(_edges(reading.as_of), reading.facts["on"][rows], side="left")
    inside = (place >= 1) & (place <= MONTHS)
    return rows[inside], MONTHS - place[inside]


def _add_first(counts: Numbers, reading: Reading, proof: Source, effort: int) -> None:
    rows = np.sort(reading.proving(proof))
    order = np.lexsort((reading.facts["on"][rows], reading.person[rows]))
    rows = rows[order]
    person = reading.person[rows]
    rows = rows[np.append(True, person[1:] != person[:-1])[: len(rows)]]
    rows, ago = _months(reading, rows)
    np.add.at(counts[:, :, Kind.LEARNING], (reading.person[rows], ago), effort)


def _add_minutes(counts: Numbers, reading: Reading, name: str, kind: Kind) -> None:
    rows = reading.rows(Subject("hours", name))
    rows, ago = _months(reading, rows[reading.facts["value"][rows] <= MOST_OF_A_MONTH])
    np.add.at(counts[:, :, kind], (reading.person[rows], ago), reading.facts["value"][rows])


def _measured(needs: Needs, reading: Reading) -> Flags:
    edges = _edges(reading.as_of)
    crowd = reading.crowd
    rows = reading.enrolments(needs.own.key)
    found = np.zeros((crowd.size, MONTHS), bool)
    begins, ends = edges[:-1][::-1], edges[1:][::-1]
    registered, ended = crowd.enrolments["registered"][rows], crowd.enrolments["ended"][rows]
    within = (registered[:, None] <= begins + 1) & (ended[:, None] > ends)
    out = np.zeros((len(crowd.enrolled), MONTHS), np.int64)
    pauses = crowd.pauses
    since, until = pauses["since"][:, None], pauses["until"][:, None]
    days = np.maximum(np.minimum(until, ends + 1) - np.maximum(since, begins + 1), 0)
    np.add.at(out, pauses["enrolment"], days)
    found[crowd.enrolled[rows]] = within & (HALF * out[rows] < ends - begins)
    return found
