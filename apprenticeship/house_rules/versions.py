"""Which version of the house rules holds on a day: pure."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime

from apprenticeship.house_rules.model import OFF, HouseRules, RulesVersion


def timeline_of(versions: Iterable[RulesVersion], *, known_at: datetime | None) -> tuple[RulesVersion, ...]:
    """Return the versions that hold one after the other, the earliest first, by what was known at a moment.

    Of two from the same day the one entered later replaces the other. None knows everything.
    """
    known = [one for one in versions if known_at is None or one.entered_at <= known_at]
    latest = {one.since: one for one in sorted(known, key=lambda one: one.id)}
    return tuple(latest[since] for since in sorted(latest))


def version_on(timeline: Iterable[RulesVersion], on: date) -> RulesVersion | None:
    """Return the version that holds on a day; None before the first."""
    begun = [one for one in timeline if one.since <= on]
    return begun[-1] if begun else None


def rules_on(timeline: Iterable[RulesVersion], on: date) -> HouseRules:
    """Return the rules that hold on a day: all off before the first version."""
    version = version_on(timeline, on)
    return OFF if version is None else version.rules


def late_logs_since(timeline: Iterable[RulesVersion], on: date) -> date | None:
    """Return the first day of the unbroken stretch up to `on` in which a rule about late logs was on; None if off."""
    start = None
    for version in timeline:
        if version.since > on:
            break
        if version.rules.late_logs is None:
            start = None
        elif start is None:
            start = version.since
    return start


def carried_on(
    timeline: Iterable[RulesVersion], before: HouseRules, after: HouseRules, since: date
) -> tuple[tuple[tuple[date, HouseRules], ...], date | None]:
    """Return later versions as a change of the rules makes them, with their days, and the day on which it ends.

    A change goes on into versions that have what it changes as it was before, and ends with the first that says
    otherwise: somebody meant that. None where nothing ends it.
    """
    names = [one.name for one in fields(HouseRules) if getattr(before, one.name) != getattr(after, one.name)]
    carried: list[tuple[date, HouseRules]] = []
    for version in timeline:
        if version.since <= since or not names:
            continue
        theirs = [getattr(version.rules, name) for name in names]
        if theirs == [getattr(after, name) for name in names]:
            continue
        if theirs != [getattr(before, name) for name in names]:
            return tuple(carried), version.since
        changed = {name: getattr(after, name) for name in names}
        carried.append((version.since, replace(version.rules, **changed)))
    return tuple(carried), None
