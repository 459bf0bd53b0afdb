"""From placements, registrations and employments to who counts at a site on which days. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from apprenticeship.people.model import Employment, Stretch
from apprenticeship.ratio.counting import share_of
from apprenticeship.ratio.model import Placement, Presence, Ratio, Side
from graph.dates import merge_spans, months_reached


@dataclass(frozen=True, kw_only=True)
class Registration(Stretch):
    """A registration as the ratio needs it, from the day registered until it ended.

    Attributes:
        title: of the program.
        ratio: as registered; None where the program states none.
        term_months: from which completion is expected; None where the program states none.
    """

    title: str
    ratio: Ratio | None
    term_months: int | None
    suspended: tuple[Stretch, ...] = ()

    @property
    def expected(self) -> date | None:
        """The day on which the term is over, suspensions not counted."""
        if self.term_months is None:
            return None
        pauses = [(pause.since, pause.until) for pause in self.suspended]
        return months_reached(self.since, self.term_months, pauses)


@dataclass(frozen=True)
class Roll:
    """Everybody who may be placed: names, registrations and employments by person."""

    names: Mapping[UUID, str]
    registrations: Mapping[UUID, Sequence[Registration]]
    employments: Mapping[UUID, Sequence[Employment]]


def presences_of(placements: Iterable[Placement], roll: Roll, employer: UUID) -> tuple[Presence, ...]:
    """Return who counts at a site of an employer.

    An apprentice counts while placed, employed there and registered, and not while the registration is suspended.
    Of two registrations at once the one that began later counts. Journeyworkers count while placed.
    """
    found: list[Presence] = []
    for placed in placements:
        if placed.person is None:
            found.append(_journeyworkers(placed))
        else:
            found += _apprentice(placed, placed.person, roll, employer)
    return tuple(found)


Days = list[tuple[date, date | None]]


def _journeyworkers(placed: Placement) -> Presence:
    return Presence(
        since=placed.since,
        until=placed.until,
        key=f"j{placed.id:09d}",
        who=placed.words,
        side=Side.JOURNEYWORKER,
        number=placed.number,
    )


def _apprentice(placed: Placement, person: UUID, roll: Roll, employer: UUID) -> Iterator[Presence]:
    jobs = [job for job in roll.employments.get(person, ()) if job.employer == employer]
    for registered, days in _one_at_a_time(roll.registrations.get(person, ())):
        for since, until in _all_of([[(placed.since, placed.until)], days, _spans(jobs)]):
            yield Presence(
                since=since,
                until=until,
                key=f"a{placed.id:09d}-{since}",
                who=roll.names[person],
                side=Side.APPRENTICE,
                share=share_of(registered.ratio),
                expected=registered.expected,
            )


def _one_at_a_time(registrations: Sequence[Registration]) -> Iterator[tuple[Registration, Days]]:
    """Return each registration with the days on which it is the one that counts."""
    ordered = sorted(registrations, key=lambda one: one.since)
    for registered, later in pairwise([*ordered, None]):
        if registered is None:
            continue
        ends = [end for end in (registered.until, later.since if later else None) if end is not None]
        until = min(ends, default=None)
        if until is None or registered.since < until:
            yield registered, _without([(registered.since, until)], _spans(registered.suspended))


def _spans(stretches: Iterable[Stretch]) -> Days:
    return [(one.since, one.until) for one in stretches]


def _all_of(parts: Sequence[Days]) -> Days:
    """Return the days that lie in every part; spans are half-open, an open end is None."""
    found: list[tuple[date, date]] | None = None
    for part in parts:
        merged = merge_spans(part)
        found = (
            merged
            if found is None
            else [(max(a, c), min(b, d)) for a, b in found for c, d in merged if max(a, c) < min(b, d)]
        )
    return [(since, None if until == date.max else until) for since, until in sorted(found or [])]


def _without(days: Days, pauses: Days) -> Days:
    """Return days without the pauses."""
    gaps: Days = []
    at = date.min
    for since, until in merge_spans(pauses):
        if at < since:
            gaps.append((at, since))
        at = until
    if at < date.max:
        gaps.append((at, None))
    return _all_of([days, gaps])
