"""What one person has shown by a day, sorted once so that many agreements can be asked about it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property

from graph.dates import add_months
from graph.facts import (
    CourseResult,
    Enrolment,
    Fact,
    Hours,
    Pass,
    Person,
    Rating,
    Revocation,
    ScoreResult,
    Status,
    Waiver,
)
from graph.ledger import open_ledger
from graph.reckoning import value_of
from graph.world import World

Source = tuple[str, str]
"""What evidence is about: ("test", name), ("rating", competency), ("hours", name), ("course" or "score", key)."""


class Odd(Exception):  # noqa: N818 - no error: a sign to ask the engine
    """A record that only the engine reads.

    Revocations were taken back, several facts have one id, or hours are negative.
    """


def counted(person: Person, as_of: date, known_at: datetime | None = None) -> list[Fact]:
    """The facts that count on a day, waivers left aside.

    Raises:
        Odd: see there.
    """
    facts = [
        fact
        for fact in person.facts
        if fact.status is Status.VERIFIED
        and fact.on <= as_of
        and (known_at is None or fact.recorded <= known_at)
        and not isinstance(fact, Waiver)
    ]
    if any(isinstance(fact, Revocation) for fact in facts):
        facts = _standing(person, facts, as_of, known_at)
    if len({fact.id for fact in facts}) < len(facts):
        raise Odd
    return facts


def _standing(person: Person, facts: list[Fact], as_of: date, known_at: datetime | None) -> list[Fact]:
    ledger, day = open_ledger(person, known_at, as_of=as_of), as_of.toordinal()
    revoked = {fact.revokes for fact in facts if isinstance(fact, Revocation)}
    left = [fact for fact in facts if not isinstance(fact, Revocation) and ledger.counts(fact, day)]
    if any(fact.id in revoked for fact in left):
        raise Odd
    return left


class Shown:
    """Facts by what they are about, and what rules ask of them.

    Attributes:
        passed: by test the day number of the latest pass.
        rated: by competency the rating that decides.
        minutes: by name as logged. ``graded``: by course the grades of passed ones. ``scored``: the highest.
        courses: the results of passed courses.
        enrolled: by program, in order, the registration that counts.
        known: what has been worked out already, by name.
    """

    def __init__(self, world: World, facts: list[Fact], enrolled: dict[str, Enrolment]) -> None:
        self._world = world
        self.facts = facts
        self.enrolled = enrolled
        self.passed: dict[str, int] = {}
        self.minutes: dict[str, int] = {}
        self.graded: dict[str, set[str | None]] = {}
        self.courses: list[CourseResult] = []
        self.scored: dict[str, int] = {}
        self._ratings: dict[str, list[Rating]] = {}
        self.known: dict[tuple[object, ...], bool] = {}
        for fact in facts:
            self._sort(fact)
        self.rated = {key: self._deciding(key, found) for key, found in self._ratings.items()}

    def _sort(self, fact: Fact) -> None:
        match fact:
            case Hours():
                if fact.minutes < 0:
                    raise Odd
                self.minutes[fact.within] = self.minutes.get(fact.within, 0) + fact.minutes
            case Pass():
                day = fact.on.toordinal()
                for test in self.tests_of(fact):
                    if self.passed.get(test, 0) < day:
                        self.passed[test] = day
            case Rating():
                self._ratings.setdefault(fact.competency, []).append(fact)
            case CourseResult():
                if fact.passed:
                    self.courses.append(fact)
                    self.graded.setdefault(fact.course, set()).add(fact.grade)
            case ScoreResult():
                self.scored[fact.score] = max(self.scored.get(fact.score, fact.value), fact.value)

    def tests_of(self, fact: Pass) -> Iterable[str]:
        """The tests that a pass passes."""
        tests = self._world.credentials[fact.credential].tests
        return tests.values() if fact.part is None else (tests[fact.part],)

    def _deciding(self, key: str, ratings: list[Rating]) -> int:
        framework = self._world.competencies[key].framework
        if framework.latest:
            return value_of(max(ratings, key=latest_first), framework)
        return max(value_of(rating, framework) for rating in ratings)

    @cached_property
    def by_source(self) -> dict[Source, list[Fact]]:
        """The facts by what they are about; a pass of several tests is there several times."""
        found: dict[Source, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for source in self._sources(fact):
                found[source].append(fact)
        return found

    def _sources(self, fact: Fact) -> Iterable[Source]:
        match fact:
            case Pass():
                return [("test", test) for test in self.tests_of(fact)]
            case Rating():
                return [("rating", fact.competency)]
            case Hours():
                return [("hours", fact.within)]
            case CourseResult():
                return [("course", fact.course)]
            case ScoreResult():
                return [("score", fact.score)]
            case _:
                return []

    def about(self, sources: Iterable[Source]) -> dict[str, Fact]:
        """The facts about some things, by id."""
        return {fact.id: fact for source in sources for fact in self.by_source.get(source, ())}

    def since(self, last: date) -> "Shown":
        """Only what was shown after a day; a rating that was overruled by a later one does not come back."""
        if all(fact.on > last for fact in self.facts):
            return self
        return Shown(self._world, [f for f in self.facts if f.on > last], self.enrolled)

    def until(self, last: date) -> "Shown":
        """Only what was shown by a day, as if nothing had come after it."""
        return Shown(self._world, [f for f in self.facts if f.on <= last], self.enrolled)


def latest_first(rating: Rating) -> tuple[object, ...]:
    """In which order ratings overrule each other."""
    return rating.on, rating.recorded, rating.id


def shown_of(world: World, person: Person, as_of: date, known_at: datetime | None = None) -> Shown:
    """What somebody has shown by a day.

    Raises:
        Odd: see there.
    """
    registered = [one for one in person.enrolments if one.registered <= as_of]
    counts: dict[str, Enrolment] = {}
    for one in sorted(registered, key=lambda one: one.registered):
        counts[one.program] = one
    return Shown(world, counted(person, as_of, known_at), dict(sorted(counts.items())))


def last_day_over(months: int, as_of: date) -> date:
    """The last day from which so many months are over by a day: what began on it or before is too old."""
    day = max(date.min.toordinal(), as_of.toordinal() - 31 * months - 1)
    while add_months(date.fromordinal(day + 1), months) <= as_of:
        day += 1
    return date.fromordinal(day)
