"""The answers: every day from before the first fact to the as-of date, in three worlds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.oracle.book import Book, Tree
from tests.oracle.calendar import DAY, day_of, expiry_of, months_enrolled
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
        entries = self.ledger.counting(day, self.world.statuses)
        shown = self._shown_by(entries)
        enrolments = {program: self.ledger.enrolment(program, day) for program in self.book.programs}
        enrolled = {program: found for program, found in enrolments.items() if found is not None}
        return Inputs(
            shown=shown,
            enrolled=frozenset(enrolled),
            months={
                program: months_enrolled(enrolment, day_of(enrolment["registered"]), day)
                for program, enrolment in enrolled.items()
            },
            step_months=self._step_months(enrolled, day),
            over=frozenset(self._over(shown, day)) if self.world.expiry else frozenset(),
        )

    def _shown_by(self, entries: list[Entry]) -> Shown:
        names = tuple(entry["id"] for entry in entries)
        if names not in self._shown:
            self._shown[names] = self.ledger.shown(entries)
        return self._shown[names]

    def _step_months(self, enrolled: dict[str, Entry], day: date) -> dict[str, int]:
        """Months since the step before: since yesterday's stretch, or since `registered` for the second."""
        found = {}
        for program, enrolment in enrolled.items():
            ladder = self.book.steps(program)
            for number, (before, step) in enumerate(pairwise(ladder)):
                start = day_of(enrolment["registered"]) if number == 0 else self.reached.get(before, day)
                found[step] = months_enrolled(enrolment, start, day)
        return found

    def _over(self, shown: Shown, day: date) -> set[tuple[str, date]]:
        dates = {award for passes in shown.passes.values() for award in passes} | set(shown.waived.values())
        return {
            (key, award)
            for key, item in self.book.items["credential"].items()
            for award in dates
            if item.get("valid_for") and expiry_of(award, item["valid_for"]) <= day
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
        self.lasting = self._timeline(LASTING)
        self.hoped = self._timeline(HOPED)
        self.now = self.real.moments[-1]

    def competency(self, key: str) -> tuple[str, date | None]:
        """State and since."""
        return self._stretch(lambda n: self._competency_state(key, n))

    def credential(self, key: str) -> tuple[str, date | None]:
        """State and since."""
        return self._stretch(lambda n: self._credential_state(key, n))

    def expires(self, key: str) -> date | None:
        """Of a credential that was awarded: the day from which it is not current."""
        valid_for = self.book.items["credential"][key].get("valid_for")
        award = self.now.latest_award(key)
        if not valid_for or award is None or ("credential", key) not in self.now.true:
            return None
        return expiry_of(award, valid_for)

    def parts(self, key: str) -> dict[str, bool]:
        return {part: (key, part) in self.now.inputs.shown.passes for part in self.book.parts(key)}

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

    def holds_since(self, requirement: Tree) -> tuple[bool, date | None]:
        """Whether it holds, and since when it has been so."""
        asked = self.book.qualified(requirement, self.program)
        return self._stretch(lambda n: self.real.moments[n].holds(asked))

    def progress(self, requirement: Tree) -> Fraction:
        return self.now.progress(self.book.qualified(requirement, self.program))

    def _timeline(self, world: World) -> Timeline:
        return Timeline(self.book, self.ledger, self.program, world, self.days)

    def _stretch(self, state_on: Callable[[int], Any]) -> tuple[Any, date | None]:
        """Walk back while the state is the same; None where it always was."""
        last = len(self.days) - 1
        state, first = state_on(last), last
        while first > 0 and state_on(first - 1) == state:
            first -= 1
        return state, (self.days[first] if first else None)

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
