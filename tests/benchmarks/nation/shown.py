"""From a person's bits back to facts that decide every test in just that way, so that the engine can be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from graph.dates import add_months
from graph.facts import CourseResult, Enrolment, Fact, Hours, Pass, Person, Rating, ScoreResult
from graph.world import World
from tests.benchmarks.nation.gates import Leaf

TODAY = date(2026, 11, 1)
LONG_AGO = date(2016, 1, 4)
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    """The tests that somebody passes."""

    world: World
    holds: frozenset[Leaf]

    def person(self) -> Person:
        """Somebody whose facts pass just these tests on `TODAY`."""
        return Person("one", "", tuple(self._enrolments()), tuple(self._facts()))

    def _enrolments(self) -> Iterator[Enrolment]:
        for leaf in self._of("registered"):
            months = max((other.amount for other in self._of("months", leaf.key)), default=0)
            yield Enrolment(leaf.key, add_months(TODAY, -months))

    def _facts(self) -> Iterator[Fact]:
        for number, leaf in enumerate(sorted(self.holds)):
            yield from self._fact(f"{number:06d}", leaf)

    def _fact(self, name: str, leaf: Leaf) -> Iterator[Fact]:
        match leaf.sort:
            case "rated":
                yield Rating(id=name, on=LONG_AGO, recorded=RECORDED, competency=leaf.key, value=leaf.amount)
            case "passed":
                lasting = Leaf("lasting", leaf.key) in self.holds
                on = TODAY - timedelta(days=9) if lasting else LONG_AGO
                yield Pass(id=name, on=on, recorded=RECORDED, credential=leaf.key, part=leaf.detail)
            case "hours" if leaf.amount == max(other.amount for other in self._of("hours", leaf.key)):
                processes = self.world.programs[leaf.key].work_processes
                for place, process in enumerate(processes):
                    yield Hours(
                        id=f"{name}-{place}",
                        on=LONG_AGO,
                        recorded=RECORDED,
                        minutes=leaf.amount // len(processes),
                        within=process.key,
                    )
            case "course":
                yield CourseResult(
                    id=name, on=LONG_AGO, recorded=RECORDED, course=leaf.key, passed=True, grade="B"
                )
            case "score":
                yield ScoreResult(id=name, on=LONG_AGO, recorded=RECORDED, score=leaf.key, value=leaf.amount)
            case _:
                pass

    def _of(self, sort: str, key: str | None = None) -> list[Leaf]:
        return [leaf for leaf in self.holds if leaf.sort == sort and key in (None, leaf.key)]
