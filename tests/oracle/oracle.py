"""The answers: every day from before the first fact to the as-of date, in three worlds."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.oracle.book import Book, Tree, minutes_of
from tests.oracle.calendar import DAY, Enrolment, expiry_of
from tests.oracle.evaluator import Inputs, Moment
from tests.oracle.ledger import Entry, Ledger, Shown

VERIFIED = ("verified",)
SUBMITTED = ("verified", "submitted")


@dataclass(frozen=True)
class World:
    """Which changes are made to the facts before the rules are asked."""

    statuses: tuple[str, ...] = VERIFIED
    expiry: bool = True


REAL = World()
LASTING = World(expiry=False)
HOPED = World(statuses=SUBMITTED)


class Timeline:
    """One world, day by day; a day whose inputs are those of the day before has its answers."""

    def __init__(
        self, book: Book, ledger: Ledger, program: str | None, world: World, days: list[date]
    ) -> None:
        self.book, self.ledger, self.world = book, ledger, world
        self.moments: list[Moment] = []
        self.reached: dict[str, date] = {}
        self._shown: dict[tuple[str, ...], Shown] = {}
        for day in days:
            inputs = self._inputs(day)
            same = bool(self.moments) and self.moments[-1].inputs == inputs
            self.moments.append(self.moments[-1] if same else Moment(book, program, inputs))
            steps = [key for kind, key in self.moments[-1].true if kind == "step"]
            self.reached = {key: self.reached.get(key, day) for key in steps}

    def _inputs(self, day: date) -> Inputs:
        shown = self._shown_by(self.ledger.counting(day, self.world.statuses))
        enrolments = {program: self.ledger.enrolment(program, day) for program in self.book.programs}
        enrolled = {program: found for program, found in enrolments.items() if found is not None}
        return Inputs(
            shown=shown,
            enrolled=frozenset(enrolled),
            months={program: found.months(found.registered, day) for program, found in enrolled.items()},
            step_months=self._step_months(enrolled, day),
            over=frozenset(over(self.book, shown, day)) if self.world.expiry else frozenset(),
        )

    def _shown_by(self, entries: list[Entry]) -> Shown:
        names = tuple(entry["id"] for entry in entries)
        if names not in self._shown:
            self._shown[names] = self.ledger.shown(entries)
        return self._shown[names]

    def _step_months(self, enrolled: dict[str, Enrolment], day: date) -> dict[str, int]:
        """Months since the step before: since yesterday's stretch, or since `registered` for the second."""
        found = {}
        for program, enrolment in enrolled.items():
            for number, (before, step) in enumerate(pairwise(self.book.steps(program))):
                start = enrolment.registered if number == 0 else self.reached.get(before, day)
                found[step] = enrolment.months(start, day)
        return found


def over(book: Book, shown: Shown, day: date) -> set[tuple[str, date]]:
    """(credential, award date) of which nothing is left on the day."""
    dates = {award for passes in shown.passes.values() for award in passes} | set(shown.waived.values())
    return {
        (key, award)
        for key, item in book.items["credential"].items()
        if item.get("valid_for")
        for award in dates
        if expiry_of(award, item["valid_for"]) <= day
    }


class Oracle:
    """What the contract says of one person on one day, for one program."""

    def __init__(
        self,
        documents: Iterable[Tree],
        record: Tree,
        *,
        program: str | None,
        as_of: date,
        known_at: datetime | None = None,
    ) -> None:
        self.book = Book(documents)
        self.ledger = Ledger(self.book, record, known_at)
        self.program, self.as_of = program, as_of
        first = min((self.ledger.first_day() or as_of), as_of) - DAY
        self.days = [date.fromordinal(n) for n in range(first.toordinal(), as_of.toordinal() + 1)]
        self.real = self._timeline(REAL)
        mortal = any(item.get("valid_for") for item in self.book.items["credential"].values())
        self.lasting = self._timeline(LASTING) if mortal else self.real
        waiting = any(entry.get("status") == "submitted" for entry in self.ledger.entries)
        self.hoped = self._timeline(HOPED) if waiting else self.real
        self.last = len(self.days) - 1

    @property
    def now(self) -> Moment:
        """Everything that is true on the day."""
        return self.real.moments[self.last]

    def on(self, day: date) -> "Oracle":
        """The answers of an earlier day; nothing in them was worked out from a later one."""
        earlier = copy(self)
        earlier.as_of, earlier.last = day, (day - self.days[0]).days
        return earlier

    def turning_points(self) -> list[date]:
        """The days on which anything that the rules look at is not as it was the day before."""
        worlds = (self.real.moments, self.lasting.moments, self.hoped.moments)
        return [
            day
            for n, day in enumerate(self.days)
            if n and any(moments[n] is not moments[n - 1] for moments in worlds)
        ]

    def competency(self, key: str) -> tuple[str, date | None]:
        """State and since."""
        return self._stretch(lambda n: self._competency_state(key, n))

    def credential(self, key: str) -> tuple[str, date | None]:
        """State and since."""
        return self._stretch(lambda n: self._credential_state(key, n))

    def out_of_order(self, kind: str, key: str) -> bool:
        """Proved under `advise`, and not yet open on the day that the proof began to count."""
        if (kind, key) not in self.now.true:
            return False
        _, since = self._stretch(lambda n: (kind, key) in self.real.moments[n].true)
        began = self.real.moments[(since - self.days[0]).days if since else 0]
        return not began.prerequisites_hold(kind, key)

    def expires(self, key: str) -> date | None:
        """Of a credential that was awarded: the day from which it is not current."""
        valid_for = self.book.items["credential"][key].get("valid_for")
        award = self.now.latest_award(key)
        if not valid_for or award is None or ("credential", key) not in self.now.true:
            return None
        return expiry_of(award, valid_for)

    def parts(self, key: str) -> dict[str, date | None]:
        """For each part the day since which it counts as passed."""
        return {part: self._passed((key, part)) for part in self.book.parts(key)}

    def minutes(self) -> dict[str, tuple[int, int]]:
        """(approved, counted) minutes for each work process of the program, for `ojl` and for `rti`."""
        logged = self.now.inputs.shown.minutes
        works = [key for key, work in self.book.items["work"].items() if work["home"] == self.program]
        found = {key: (logged.get(key, 0), self.now.minutes(key, self.program)) for key in works}
        approved = logged.get("ojl", 0) + sum(minutes for minutes, _ in found.values())
        taught = logged.get("rti", 0)
        return {**found, "ojl": (approved, self.now.minutes("ojl", self.program)), "rti": (taught, taught)}

    def wage(self) -> tuple[str | None, str | None, Fraction | None]:
        """The step reached, the next one, and the progress to it."""
        ladder = self.book.steps(self.program or "")
        reached = [step for step in ladder if ("step", step) in self.now.true]
        if len(reached) == len(ladder):
            return (reached[-1] if reached else None), None, None
        upcoming = ladder[len(reached)]
        when = self.book.items["step"][upcoming].get("when")
        progress = self.now.progress(when, program=self.program, step=upcoming) if when else Fraction(0)
        return (reached[-1] if reached else None), upcoming, progress

    def reached_since(self, step: str) -> date | None:
        """The day since which a step is reached, or not."""
        return self._stretch(lambda n: ("step", step) in self.real.moments[n].true)[1]

    def completion(self) -> tuple[bool, Fraction]:
        """Whether the program is completed, and its progress."""
        asked = self.book.programs[self.program or ""]["completion"]
        return self.now.holds(asked), self.now.progress(asked)

    def holds_since(self, requirement: Tree, step: str | None = None) -> tuple[bool, date | None]:
        """Whether it holds (as the rule of a step), and since when it has been so."""
        asked = self.book.qualified(requirement, self.program)
        return self._stretch(lambda n: self.real.moments[n].holds(asked, step=step))

    def progress(self, requirement: Tree, step: str | None = None) -> Fraction:
        return self.now.progress(self.book.qualified(requirement, self.program), step=step)

    def hours_remaining(self, leaf: Tree) -> int:
        """Minutes that an hours leaf of the program still asks for."""
        asked = self.book.qualified(leaf, self.program)
        return minutes_of(asked["hours"]) - self.now.minutes(asked["in"], self.program)

    def _timeline(self, world: World) -> Timeline:
        return Timeline(self.book, self.ledger, self.program, world, self.days)

    def _passed(self, part: tuple[str, str]) -> date | None:
        passed, since = self._stretch(lambda n: part in self.real.moments[n].inputs.shown.passes)
        return since if passed else None

    def _stretch(self, state_on: Callable[[int], Any]) -> tuple[Any, date | None]:
        """Walk back while the state is the same; None where it always was."""
        state, first = state_on(self.last), self.last
        while first > 0 and (self._same(first) or state_on(first - 1) == state):
            first -= 1
        return state, (self.days[first] if first else None)

    def _same(self, n: int) -> bool:
        """Nothing is different from the day before."""
        worlds = (self.real.moments, self.lasting.moments, self.hoped.moments)
        return all(moments[n] is moments[n - 1] for moments in worlds)

    def _competency_state(self, key: str, n: int) -> str:
        item, moment = ("competency", key), self.real.moments[n]
        if item in moment.true:
            return "met"
        if item in moment.inputs.shown.waived:
            return "waived"
        if item in self.lasting.moments[n].true:
            return "lapsed"
        if item in self.hoped.moments[n].true:
            return "pending"
        return "ready" if moment.prerequisites_hold(*item) else "locked"

    def _credential_state(self, key: str, n: int) -> str:
        item, moment = ("credential", key), self.real.moments[n]
        if item in moment.true:
            return "expired" if moment.is_over(key) else "held"
        if item in moment.inputs.shown.waived:
            return "waived"
        if item in self.hoped.moments[n].true:
            return "pending"
        if any((key, part) in moment.inputs.shown.passes for part in self.book.parts(key)):
            return "in_progress"
        return "ready" if moment.prerequisites_hold(*item) else "locked"
