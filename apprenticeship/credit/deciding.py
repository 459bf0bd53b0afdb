"""Whether a rule of an agreement holds on one day, for very many people: rules are made into functions once.

The day is everything: what agreements ask of dates is settled when evidence is sorted (``shown``). Rules that go in
circles, or rest on when a wage step was reached, are not made into functions; the engine decides them, one by one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apprenticeship.credit.grounding import OUTSIDE
from apprenticeship.credit.shown import Shown, Source
from graph.awards import expiry
from graph.dates import months_reached
from graph.order import Scope, counted_competencies, counted_credentials
from graph.requirement import (
    OJL,
    RTI,
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
)
from graph.world import Competency, Credential, Lifetime, World

Test = Callable[[Shown], bool]
Name = tuple[object, ...]


class Undecided(Exception):  # noqa: N818 - no error: a sign to ask the engine
    """A rule that cannot be made into a function."""


@dataclass(frozen=True, slots=True)
class Decider:
    """A rule as a function; ``sources``: the evidence it looks at; ``dated``: it also asks how old that is."""

    holds: Test
    sources: frozenset[Source] = frozenset()
    dated: bool = False


NEVER = Decider(lambda _: False)


class Deciding:
    """Rules of one world on one day.

    Args:
        world: the compiled documents.
        as_of: the day.
    """

    def __init__(self, world: World, as_of: date) -> None:
        self._world = world
        self._day = as_of
        self._made: dict[Name, Decider | None] = {}

    def rule(self, rule: Requirement, scope: Scope = OUTSIDE) -> Decider:  # noqa: C901, PLR0911 - one for each form
        """The function of a rule.

        Raises:
            Undecided: it goes in circles, or rests on when a wage step was reached.
        """
        match rule:
            case All() | Any() | AtLeast():
                return _several(rule.needed, [self.rule(member, scope) for member in rule.members])
            case CompetencyLeaf():
                return self._competency_leaf(rule)
            case CredentialLeaf():
                return self._credential_leaf(rule.key, current=rule.current)
            case CredentialCount():
                keys = counted_credentials(self._world, rule)
                found = [self._credential_leaf(key, current=rule.current) for key in keys]
                return _several(rule.needed, found)
            case CompetencyCount():
                keys = counted_competencies(self._world, rule, scope.program)
                return _several(rule.needed, [self._competency(key) for key in keys])
            case HoursLeaf():
                return self._hours(rule, scope.program)
            case MonthsLeaf():
                return self._months(rule, scope.program)
            case CourseLeaf() | ScoreLeaf():
                return _result(rule)
            case NamedLeaf():
                when = self._world.requirements[rule.key].when
                name = ("requirement", rule.key, scope.program)
                return self._once(name, lambda: self.rule(when, Scope(scope.program)))
            case ProgramLeaf():
                return self._once(("program", rule.key), lambda: self._program(rule.key))
            case _:
                raise Undecided

    def _once(self, name: Name, make: Callable[[], Decider]) -> Decider:
        """A thing with a truth of its own, worked out once for each person."""
        if name not in self._made:
            self._made[name] = None
            made = make()
            self._made[name] = Decider(_kept(name, made.holds), made.sources, made.dated)
        found = self._made[name]
        if found is None:
            raise Undecided
        return found

    def _program(self, key: str) -> Decider:
        completion = self._world.programs[key].completion
        return NEVER if completion is None else self.rule(completion, Scope(key))

    # items

    def _competency_leaf(self, leaf: CompetencyLeaf) -> Decider:
        met = self._competency(leaf.key)
        return met if leaf.rating is None else _several(2, [met, _rated(leaf.key, leaf.rating)])

    def _competency(self, key: str) -> Decider:
        item = self._world.competencies[key]
        return self._once(("competency", key), lambda: self._met(item))

    def _met(self, item: Competency) -> Decider:
        proofs = [_rated(item.key, item.framework.competent)]
        if item.satisfied_by is not None:
            proofs.append(self.rule(item.satisfied_by))
        return self._gated(item, proofs)

    def _credential_leaf(self, key: str, *, current: bool) -> Decider:
        held = self._credential(key)
        lifetime = self._world.credentials[key].valid_for
        if not current or lifetime is None:
            return held
        return _several(2, [held, self._awarded(key, lifetime)])

    def _credential(self, key: str) -> Decider:
        item = self._world.credentials[key]
        return self._once(("credential", key), lambda: self._held(item))

    def _held(self, item: Credential) -> Decider:
        proofs = [_own(item)]
        if item.composed_of is not None:
            proofs.append(self.rule(item.composed_of))
        return self._gated(item, proofs)

    def _gated(self, item: Competency | Credential, proofs: list[Decider]) -> Decider:
        if not item.framework.enforce or item.prerequisites is None:
            return _several(1, proofs)
        return _several(2, [_several(1, proofs), self.rule(item.prerequisites)])

    def _awarded(self, key: str, lifetime: Lifetime) -> Decider:
        """Awarded so lately that it has not expired, by a pass of its own or by a member that holds."""
        item = self._world.credentials[key]
        return self._once(("awarded", key, lifetime), lambda: self._renewed(item, lifetime))

    def _renewed(self, item: Credential, lifetime: Lifetime) -> Decider:
        tests, day = tuple(item.tests.values()), self._day.toordinal()

        def late(shown: Shown) -> bool:
            return any((expiry(shown.passed.get(test, 0), lifetime) or 0) > day for test in tests)

        own = _several(2, [_own(item), Decider(late, dated=True)])
        if item.composed_of is None:
            return own
        return _several(1, [own, self._member_awarded(item.composed_of, lifetime)])

    def _member_awarded(self, rule: Requirement, lifetime: Lifetime) -> Decider:
        if isinstance(rule, All | Any | AtLeast):
            members = [self._member_awarded(member, lifetime) for member in rule.members]
            return _several(2, [self.rule(rule), _several(1, members)])
        if isinstance(rule, CredentialLeaf):
            return _several(2, [self._credential(rule.key), self._awarded(rule.key, lifetime)])
        return NEVER

    # hours and months

    def _hours(self, leaf: HoursLeaf, program: str | None) -> Decider:
        needed = leaf.minutes
        if leaf.within == RTI:
            return Decider(lambda shown: shown.minutes.get(RTI, 0) >= needed, frozenset({("hours", RTI)}))
        if leaf.within != OJL:
            name, key, room = self._process(leaf.within)
            sources = frozenset({("hours", name), ("hours", key)})
            return Decider(lambda shown: _counted(shown, name, key, room) >= needed, sources)
        pools = {
            owner.key: [self._process(process.key) for process in owner.work_processes]
            for owner in self._world.programs.values()
            if program is None or owner.key == program
        }
        named = {name for found in pools.values() for process in found for name in process[:2]}
        sources = frozenset(("hours", name) for name in (OJL, *named))

        def worked(shown: Shown) -> bool:
            total = shown.minutes.get(OJL, 0)
            for owner in (program,) if program else shown.enrolled:
                for name, key, room in pools[owner]:
                    total += _counted(shown, name, key, room)
            return total >= needed

        return Decider(worked, sources)

    def _process(self, key: str) -> tuple[str, str, int | None]:
        return key.rpartition(":")[2], key, self._world.work_processes[key].maximum

    def _months(self, leaf: MonthsLeaf, program: str | None) -> Decider:
        """Months since registration, of the registration that counts."""
        if leaf.since != "registered":
            raise Undecided
        if program is None:
            return NEVER

        def long_enough(shown: Shown) -> bool:
            one = shown.enrolled.get(program)
            if one is None:
                return False
            reached = months_reached(one.registered, leaf.months, one.suspended)
            return reached is not None and reached <= min(self._day, one.ended or self._day)

        return Decider(long_enough, dated=True)


def _kept(name: Name, holds: Test) -> Test:
    def kept(shown: Shown) -> bool:
        found = shown.known.get(name)
        if found is None:
            found = shown.known[name] = holds(shown)
        return found

    return kept


def _several(needed: int, members: Iterable[Decider]) -> Decider:
    """So many of the members; of one that is needed of one, that one."""
    found = list(members)
    if needed == len(found) == 1:
        return found[0]
    tests = tuple(one.holds for one in found)
    sources = frozenset().union(*(one.sources for one in found))
    return Decider(_at_least(needed, tests), sources, any(one.dated for one in found))


def _at_least(needed: int, tests: tuple[Test, ...]) -> Test:
    def holds(shown: Shown) -> bool:
        left, spare = needed, len(tests) - needed
        for test in tests:
            if left <= 0 or spare < 0:
                break
            if test(shown):
                left -= 1
            else:
                spare -= 1
        return left <= 0

    return holds


def _rated(key: str, needed: int) -> Decider:
    return Decider(lambda shown: shown.rated.get(key, -1) >= needed, frozenset({("rating", key)}))


def _own(item: Credential) -> Decider:
    """A pass for every part; a pass of the whole is one for each."""
    tests = tuple(item.tests.values())
    return Decider(
        lambda shown: bool(tests) and all(test in shown.passed for test in tests), frozenset(_of(tests))
    )


def _of(tests: Iterable[str]) -> Iterator[Source]:
    return (("test", test) for test in tests)


def _result(leaf: CourseLeaf | ScoreLeaf) -> Decider:
    key = leaf.key
    if isinstance(leaf, ScoreLeaf):
        least = leaf.at_least
        return Decider(
            lambda shown: key in shown.scored and shown.scored[key] >= least, frozenset({("score", key)})
        )
    sources = frozenset({("course", key)})
    if leaf.grade is None:
        return Decider(lambda shown: key in shown.graded, sources)
    accepted = frozenset(leaf.accepted)
    return Decider(lambda shown: not accepted.isdisjoint(shown.graded.get(key, ())), sources)


def _counted(shown: Shown, name: str, key: str, room: int | None) -> int:
    minutes = shown.minutes.get(name, 0) + shown.minutes.get(key, 0)
    return minutes if room is None else min(minutes, room)
