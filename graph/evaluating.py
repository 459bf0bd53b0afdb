"""Everything one can say of one person on one day: states, since-dates, hours, wage step, completion.

The rules are the published contract of the documents (``docs/documents.md``); the engine holds no other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from graph import timeline
from graph.awards import expiry, latest_on
from graph.facts import Enrolment, Person
from graph.ledger import Ledger, open_ledger, total_on
from graph.order import Node, Scope, order, previous_step
from graph.progress import progress_on
from graph.reckoning import Reckoning
from graph.requirement import OJL, RTI
from graph.searches import Searches
from graph.support import Support
from graph.timeline import Timeline
from graph.world import Competency, Credential, Program, World


class State(StrEnum):
    """What an item is for one person on one day."""

    MET = "met"
    HELD = "held"
    EXPIRED = "expired"
    WAIVED = "waived"
    LAPSED = "lapsed"
    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    LOCKED = "locked"


DONE = frozenset({State.MET, State.HELD, State.WAIVED, State.EXPIRED})
"""States that satisfy a plain reference to the item."""


@dataclass(frozen=True, slots=True)
class CompetencyAnswer:
    """One competency. ``since``: first day of the unbroken stretch in this state; None where it always was."""

    state: State
    since: date | None
    by: tuple[str, ...]
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class CredentialAnswer:
    """One credential. ``parts``: for each part the day its pass began to count, None where it is missing."""

    state: State
    since: date | None
    expires: date | None
    parts: dict[str, date | None]
    by: tuple[str, ...]
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class HoursAnswer:
    """Minutes in one work process, ``ojl`` or ``rti``: approved, and counted after the cap."""

    approved: int
    counted: int
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class WageAnswer:
    """The wage step on the day; percents in hundredths, money in cents an hour; None before registration."""

    step: str | None
    percent: int | None
    cents: int | None
    since: date | None
    next: str | None
    next_cents: int | None
    progress: Fraction


class Evaluation:
    """The answers for one person, worked out on demand and kept.

    Args:
        world: the compiled documents.
        person: the facts and enrolments.
        program: the program in whose context rules are read; None for items only.
        as_of: what was true on this day.
        known_at: what was known at this instant (UTC); None for everything.
        step: a wage step; only its rule, and what that rests on, is then asked about.
        searches: those of the same person, world and program, to be shared.
    """

    def __init__(
        self,
        world: World,
        person: Person,
        *,
        program: str | None,
        as_of: date,
        known_at: datetime | None,
        step: str | None = None,
        searches: Searches | None = None,
    ) -> None:
        self.world = world
        self.person = person
        self.focus = program
        self.as_of = as_of
        self.known_at = known_at
        self.ledger: Ledger = open_ledger(person, known_at, as_of=as_of)
        self._searches = searches
        self._day = as_of.toordinal()
        self._nodes = None if step is None else order(world, program).below([Node("step", step)])

    @cached_property
    def actual(self) -> Reckoning:
        """All rules on the facts that count."""
        return Reckoning(self.world, self.ledger, self.focus, nodes=self._nodes)

    @cached_property
    def undying(self) -> Reckoning:
        """The same, had no credential ever expired."""
        if all(c.valid_for is None for c in self.world.credentials.values()):
            return self.actual
        return Reckoning(self.world, self.ledger, self.focus, undying=True)

    @cached_property
    def hoped(self) -> Reckoning:
        """The same, were everything that waits for verification verified."""
        ledger = open_ledger(self.person, self.known_at, as_of=self.as_of, submitted=True)
        return self.actual if ledger.facts == self.ledger.facts else Reckoning(self.world, ledger, self.focus)

    @cached_property
    def support(self) -> Support:
        """The evidence that answers rest on."""
        return Support(self.actual, self.as_of, self._nodes, self._searches)

    @cached_property
    def competencies(self) -> dict[str, CompetencyAnswer]:
        """Every competency, by key."""
        return {key: self._competency(item) for key, item in self.world.competencies.items()}

    @cached_property
    def credentials(self) -> dict[str, CredentialAnswer]:
        """Every credential, by key."""
        return {key: self._credential(item) for key, item in self.world.credentials.items()}

    @cached_property
    def states(self) -> dict[tuple[str, str], State]:
        """Only the state of every item, by (kind, key): competencies, then credentials, in the order of the world."""
        kinds: tuple[tuple[str, Mapping[str, Competency] | Mapping[str, Credential]], ...] = (
            ("competency", self.world.competencies),
            ("credential", self.world.credentials),
        )
        return {
            (kind, key): _first_true(self._lines(item), self._day)
            for kind, items in kinds
            for key, item in items.items()
        }

    def out_of_order(self, item: Competency | Credential) -> bool:
        """Proven, and on the day the proof began the prerequisites did not hold."""
        if item.prerequisites is None:
            return False
        of = self.actual
        proof = of.met(item.key) if isinstance(item, Competency) else of.held(item.key).held
        if not timeline.is_true(proof, self._day):
            return False
        return not timeline.is_true(of.prerequisites(item), timeline.since(proof, self._day) or 0)

    @cached_property
    def program(self) -> Program | None:
        """The program in focus."""
        return None if self.focus is None else self.world.programs[self.focus]

    @cached_property
    def enrolment(self) -> Enrolment | None:
        """The latest registration in the program by the day."""
        return None if self.focus is None else self.ledger.enrolment(self.focus, self.as_of)

    @property
    def scope(self) -> Scope:
        """Where the program's own rules stand."""
        return Scope(self.focus)

    @cached_property
    def progress(self) -> Fraction:
        """Progress of the program's completion; 0 where there is none."""
        if self.program is None or self.program.completion is None:
            return Fraction()
        return progress_on(self.actual, self.program.completion, self.scope, self.as_of)

    @property
    def complete(self) -> bool:
        """Whether the sponsor may certify completion."""
        return self.progress == 1

    @cached_property
    def hours(self) -> dict[str, HoursAnswer]:
        """Minutes by work process of the program, then ``ojl`` and ``rti``."""
        found = {}
        for process in self.program.work_processes if self.program else ():
            name = process.key.rpartition(":")[2]
            found[process.key] = HoursAnswer(
                total_on(self.ledger.minutes(name, process.key), self._day),
                total_on(self.actual.minutes(process.key, self.focus), self._day),
                process.minimum,
                process.maximum,
            )
        logged = total_on(self.ledger.minutes(OJL), self._day) + sum(a.approved for a in found.values())
        counted = total_on(self.actual.minutes(OJL, self.focus), self._day)
        found[OJL] = HoursAnswer(logged, counted)
        taught = total_on(self.ledger.minutes(RTI), self._day)
        found[RTI] = HoursAnswer(taught, taught, self.program.rti_minutes if self.program else None)
        return found

    @cached_property
    def wage(self) -> WageAnswer | None:
        """The wage step and the way to the next; None where the program has no schedule."""
        if self.program is None or not self.program.steps:
            return None
        steps = self.program.steps
        reached = [s for s in steps if timeline.is_true(self.actual.step(s.key), self._day)]
        step = reached[-1] if reached else None
        following = steps[len(reached)] if len(reached) < len(steps) else None
        progress = Fraction(1)
        if following is not None:
            progress = self.step_progress(following.key)
        return WageAnswer(
            step=step.key if step else None,
            percent=step.percent if step else None,
            cents=cents_of(self.program, step.key, self.as_of) if step else None,
            since=_day_of(timeline.since(self.actual.step(step.key), self._day)) if step else None,
            next=following.key if following else None,
            next_cents=cents_of(self.program, following.key, self.as_of) if following else None,
            progress=progress,
        )

    def step_scope(self, key: str) -> Scope:
        """Where the rule of a wage step stands."""
        return Scope(self.world.step(key)[0].key, previous_step(self.world, key))

    def step_progress(self, key: str) -> Fraction:
        """How far to a wage step, from 0 to 1."""
        program, position = self.world.step(key)
        when = program.steps[position].when
        if when is None:
            return Fraction(int(timeline.is_true(self.actual.step(key), self._day)))
        return progress_on(self.actual, when, self.step_scope(key), self.as_of)

    def _competency(self, item: Competency) -> CompetencyAnswer:
        state, since = _state(tuple(self._lines(item)), self._day)
        by = self.support.item("competency", item.key) if state in DONE else None
        return CompetencyAnswer(state, since, tuple(sorted(by or ())), self.out_of_order(item))

    def _credential(self, item: Credential) -> CredentialAnswer:
        held = self.actual.held(item.key)
        own = self.actual.awards.own(item.key)
        state, since = _state(tuple(self._lines(item)), self._day)
        by = self.support.item("credential", item.key) if state in DONE else None
        ever = timeline.is_true(held.held, self._day)
        return CredentialAnswer(
            state=state,
            since=since,
            expires=_day_of(expiry(latest_on(held.latest, self._day), item.valid_for)) if ever else None,
            parts={part: self._passed(line) for part, line in own.parts.items()},
            by=tuple(sorted(by or ())),
            out_of_order=self.out_of_order(item),
        )

    def _lines(self, item: Competency | Credential) -> Iterator[tuple[State, Timeline]]:
        """The days on which each state would be so, the one that decides first; worked out as they are asked for."""
        if isinstance(item, Competency):
            yield State.MET, self.actual.met(item.key)
            yield State.WAIVED, self.actual.waived("competency", item.key)
            yield State.LAPSED, self.undying.met(item.key)
            yield State.PENDING, self.hoped.met(item.key)
        else:
            held = self.actual.held(item.key)
            yield State.HELD, held.current
            yield State.EXPIRED, held.held
            yield State.WAIVED, self.actual.waived("credential", item.key)
            yield State.PENDING, self.hoped.held(item.key).held
            yield State.IN_PROGRESS, timeline.any_of(self.actual.awards.own(item.key).parts.values())
        yield State.READY, self.actual.prerequisites(item)

    def _passed(self, line: Timeline) -> date | None:
        return _day_of(timeline.since(line, self._day)) if timeline.is_true(line, self._day) else None


def evaluate(
    world: World,
    person: Person,
    *,
    program: str | None,
    as_of: date,
    known_at: datetime | None = None,
    step: str | None = None,
    searches: Searches | None = None,
) -> Evaluation:
    """The answers for one person; KeyError for a program that is not in the world."""
    if program is not None and program not in world.programs:
        raise KeyError(program)
    return Evaluation(
        world, person, program=program, as_of=as_of, known_at=known_at, step=step, searches=searches
    )


def cents_of(program: Program, step: str, day: date) -> int | None:
    """Pay of a step on a day, cents an hour, half cents up; None where neither dollars nor a rate are stated."""
    found = next(s for s in program.steps if s.key == step)
    if found.cents is not None:
        return found.cents
    rate = max((r for r in program.rates if r.since <= day), key=lambda r: r.since, default=None)
    if rate is None or found.percent is None:
        return None
    return (rate.cents * found.percent + 5000) // 10000


def _state(lines: Sequence[tuple[State, Timeline]], day: int) -> tuple[State, date | None]:
    """The first line that is true decides; locked where none is."""

    def state_on(at: int) -> State:
        return _first_true(lines, at)

    return state_on(day), _day_of(_began(lines, day, state_on))


def _first_true(lines: Iterable[tuple[State, Timeline]], day: int) -> State:
    return next((state for state, line in lines if timeline.is_true(line, day)), State.LOCKED)


def _began(lines: Sequence[tuple[State, Timeline]], day: int, state_on: Callable[[int], State]) -> int | None:
    state = state_on(day)
    changes = {at for _, line in lines for at in line if 0 < at <= day}
    return next((at for at in sorted(changes, reverse=True) if state_on(at - 1) != state), None)


def _day_of(day: int | None) -> date | None:
    return None if not day else date.fromordinal(day)
