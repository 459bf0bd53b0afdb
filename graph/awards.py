"""When a credential was awarded: passes of its parts, compositions, and how long the latest award lasts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph import timeline
from graph.dates import add_months
from graph.facts import Pass
from graph.ledger import Ledger
from graph.timeline import Timeline
from graph.world import Credential, Lifetime, World

Latest = tuple[tuple[int, int], ...]
"""(day number, day number of the latest award from that day on; 0 for none), in order."""


@dataclass(frozen=True)
class OwnAward:
    """What the passes of a credential's own parts prove, without composition or prerequisites."""

    held: Timeline
    latest: Latest
    parts: Mapping[str, Timeline]


class Awards:
    """The own awards of every credential for one ledger, worked out on demand."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        self._world = world
        self._ledger = ledger
        self._own: dict[str, OwnAward] = {}

    def own(self, key: str) -> OwnAward:
        """The award that a person's passes make; any set of passes with one for every part."""
        if key not in self._own:
            self._own[key] = self._work_out(self._world.credentials[key])
        return self._own[key]

    def passes(self, credential: Credential) -> dict[str, list[Pass]]:
        """For every part the passes that count for it, those of shared tests included."""
        return {
            part: sorted(self._by_test.get(test, ()), key=lambda p: (p.on, p.id))
            for part, test in credential.tests.items()
        }

    @cached_property
    def _by_test(self) -> dict[str, list[Pass]]:
        found: dict[str, list[Pass]] = {}
        for key, passes in self._ledger.passes.items():
            tests = self._world.credentials[key].tests
            for passed in passes:
                for test in tests.values() if passed.part is None else (tests[passed.part],):
                    found.setdefault(test, []).append(passed)
        return found

    def _work_out(self, credential: Credential) -> OwnAward:
        found = self.passes(credential)
        if not any(found.values()):
            return OwnAward(timeline.NEVER, (), dict.fromkeys(found, timeline.NEVER))
        lines = {
            part: timeline.any_of(self._ledger.valid(passed) for passed in passes)
            for part, passes in found.items()
        }
        held = timeline.all_of(*lines.values())
        valid = {p: self._ledger.valid(p) for passes in found.values() for p in passes}
        return OwnAward(held, _latest(held, valid), lines)


def _latest(held: Timeline, valid: Mapping[Pass, Timeline]) -> Latest:
    """While held, the latest of the passes valid that day is the latest award: a new pass of any part renews."""
    days = sorted({day for line in (held, *valid.values()) for day in line})
    return tuple(
        (
            day,
            max(p.on.toordinal() for p, line in valid.items() if timeline.is_true(line, day))
            if timeline.is_true(held, day)
            else 0,
        )
        for day in days
    )


def latest_on(latest: Latest, day: int) -> int:
    """The latest award known to have been made by a day, as a day number; 0 for none."""
    found = 0
    for start, award in latest:
        if start > day:
            break
        found = award
    return found


def expiry(award: int, lifetime: Lifetime | None) -> int | None:
    """The day number on which an award is expired; None where it never is."""
    if lifetime is None or not award:
        return None
    return add_months(date.fromordinal(award), lifetime.in_months).toordinal()


def current(latest: Latest, lifetime: Lifetime) -> Timeline:
    """The days on which the latest award has not expired."""
    spans: list[Timeline] = []
    ends: Sequence[int] = [*(day for day, _ in latest[1:]), date.max.toordinal() + 1]
    for (start, award), end in zip(latest, ends, strict=False):
        stop = expiry(award, lifetime)
        if stop is not None and start < min(end, stop):
            spans.append((start, min(end, stop)))
    return timeline.any_of(spans)
