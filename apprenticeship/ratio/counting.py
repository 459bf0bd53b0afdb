"""The ratio of apprentices to journeyworkers at one site, day by day, as a step function. Pure.

The registered ratio must hold at all times: 29 CFR 29.5(b)(7), "Standards of apprenticeship".
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from apprenticeship.ratio.model import Breach, Change, Level, Presence, Ratio, Side


def share_of(ratio: Ratio | None) -> Fraction:
    """Return how many journeyworkers one apprentice needs; 0 where no ratio is registered."""
    return Fraction(0) if ratio is None else Fraction(ratio[1], ratio[0])


def levels_of(presences: Iterable[Presence]) -> tuple[Level, ...]:
    """Return who counts, from the first day that anybody does; the last level has no end.

    Neighbours differ, and every day from the first on is in exactly one level.
    """
    there = [one for one in presences if one.until is None or one.since < one.until]
    days = sorted({one.since for one in there} | {one.until for one in there if one.until is not None})
    found: list[Level] = []
    for day, following in pairwise([*days, None]):
        if day is None:
            continue
        level = _level([one for one in there if one.covers(day)], day, following)
        if found and _same(found[-1], level):
            level = Level(
                since=found.pop().since,
                until=following,
                apprentices=level.apprentices,
                journeyworkers=level.journeyworkers,
            )
        found.append(level)
    return tuple(found)


def _level(there: Sequence[Presence], since: date, until: date | None) -> Level:
    apprentices: Counter[Fraction] = Counter()
    for one in there:
        if one.side is Side.APPRENTICE:
            apprentices[one.share] += one.number
    journeyworkers = sum(one.number for one in there if one.side is Side.JOURNEYWORKER)
    return Level(
        since=since, until=until, apprentices=dict(sorted(apprentices.items())), journeyworkers=journeyworkers
    )


def _same(one: Level, other: Level) -> bool:
    return (one.apprentices, one.journeyworkers) == (other.apprentices, other.journeyworkers)


def level_on(levels: Sequence[Level], day: date) -> Level:
    """Return the level of a day; nobody at all before the first."""
    empty = Level(since=day, until=None, apprentices={}, journeyworkers=0)
    return next((one for one in levels if one.covers(day)), empty)


def breaches_of(presences: Sequence[Presence]) -> tuple[Breach, ...]:
    """Return every run of days on which the ratio does not hold, with who brought it about."""
    runs: list[list[Level]] = []
    before: Level | None = None
    for level in levels_of(presences):
        if not level.holds and (before is None or before.holds):
            runs.append([])
        if not level.holds:
            runs[-1].append(level)
        before = level
    eased = levels_of(_completed(presences))
    return tuple(
        Breach(
            since=run[0].since,
            until=run[-1].until,
            causes=_causes(presences, run[0].since),
            levels=tuple(run),
            eased=_eased(eased, run[0].since, run[-1].until),
        )
        for run in runs
    )


def _causes(presences: Sequence[Presence], day: date) -> tuple[Change, ...]:
    """Return who made it harder on a day: apprentices who came, journeyworkers who went."""
    harder = [
        Change(one, begins=one.side is Side.APPRENTICE)
        for one in presences
        if (one.since != one.until)
        and (one.since if one.side is Side.APPRENTICE else one.until) == day
        and (one.side is Side.JOURNEYWORKER or one.share)
    ]
    return tuple(sorted(harder, key=lambda one: (one.presence.side, one.presence.who, one.presence.key)))


def _completed(presences: Sequence[Presence]) -> list[Presence]:
    """Return the presences, were everybody to complete when expected and then leave the apprentices' side."""
    return [
        Presence(
            since=min(one.since, one.expected),
            until=one.expected,
            key=one.key,
            who=one.who,
            side=one.side,
            number=one.number,
            share=one.share,
        )
        if one.expected is not None and (one.until is None or one.expected < one.until)
        else one
        for one in presences
    ]


def _eased(levels: Sequence[Level], since: date, until: date | None) -> date | None:
    """Return the first day from `since` on, before `until`, on which the ratio holds."""
    days = [since, *(level.since for level in levels if level.since > since)]
    holding = (day for day in days if (until is None or day < until) and level_on(levels, day).holds)
    return next(holding, None)
