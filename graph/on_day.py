"""Rules on one day, on any part of the evidence: truth values, where a reckoning works out whole timelines.

What is asked only for whether it holds, and not for when something was shown, is settled by the evidence that counts on
the day. So asking again without one piece of it needs no timeline, and looks only at as much as decides. Leaves that do
ask when something was shown are put to timelines, where nothing else has decided before.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any as Anything
from typing import TypeVar, assert_never

from graph import timeline
from graph.facts import Fact
from graph.order import (
    Node,
    Scope,
    counted_competencies,
    counted_credentials,
    previous_step,
    reads,
)
from graph.reckoning import Reckoning, value_of
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
    Leaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)

Ids = frozenset[str]
Minutes = Mapping[str, int]
Entries = tuple[tuple[str, int], ...]
OverDays = Callable[[Leaf, Scope], bool]
T = TypeVar("T")
F = TypeVar("F", bound=Fact)

SHALLOW = 60  # so few nodes are gone into as they are asked for; more could lie too deep below one another


class OnDay:
    """What the evidence of a reckoning comes to on one day, ready to be asked about any part of it.

    Rules must not ask for themselves (`graph.order.Order.turning`). ``about`` says what evidence nodes rest on; None
    where some of them ask when something was shown.
    """

    def __init__(
        self, reckoning: Reckoning, day: date, about: Callable[[Iterable[Node]], Ids | None]
    ) -> None:
        self.counts: dict[tuple[CompetencyCount | CredentialCount, str | None, Ids], bool] = {}
        self._about = about
        self.world = reckoning.world
        self.focus = reckoning.focus
        self._reckoning = reckoning
        self._day = day.toordinal()
        self._kept: dict[Hashable, Anything] = {}

    def holds(
        self,
        requirement: Requirement,
        scope: Scope,
        kept: Ids,
        nodes: Sequence[Node],
        over_days: OverDays,
    ) -> bool:
        """Whether a requirement holds on some evidence ids and every revocation; it rests on the nodes, in order.

        `over_days` says whether a leaf holds that asks when something was shown (`graph.order.asks_when`).
        """
        part = _Part(self, kept, over_days)
        if len(nodes) > SHALLOW:
            part.settle(nodes)
        return part.holds(requirement, scope)

    def competencies(self, count: CompetencyCount, program: str | None) -> Sequence[str]:
        """The keys that a count looks at."""
        return self._once((count, program), lambda: counted_competencies(self.world, count, program))

    def credentials(self, count: CredentialCount) -> Sequence[str]:
        """The keys that a count looks at."""
        return self._once(count, lambda: counted_credentials(self.world, count))

    def about(self, count: CompetencyCount | CredentialCount, scope: Scope) -> Ids | None:
        """The evidence that a count rests on; None where it is dated."""
        return self._once(
            ("about", count, scope.program), lambda: (self._about(reads(self.world, count, scope)),)
        )[0]

    def rated(self, key: str, rating: int | None, kept: Ids) -> bool:
        """Whether the deciding rating among the kept ones is as high (None: competent)."""
        framework = self.world.competencies[key].framework
        if not framework.latest:
            return not kept.isdisjoint(self._high(key, rating))
        latest = next((one for one in self._rated(key) if one[0] in kept), None)
        needed = framework.competent if rating is None else rating
        return latest is not None and latest[1] >= needed

    def _high(self, key: str, rating: int | None) -> Ids:
        framework = self.world.competencies[key].framework
        needed = framework.competent if rating is None else rating
        return self._once(
            ("rated", key, rating), lambda: frozenset(i for i, value in self._rated(key) if value >= needed)
        )

    def ratings(self, key: str) -> Ids:
        """Every rating of a competency."""
        return self._once(("ids", key), lambda: frozenset(name for name, _ in self._rated(key)))

    def _rated(self, key: str) -> Entries:
        """(id, rating), the latest first."""
        framework = self.world.competencies[key].framework
        ratings = self._reckoning.ledger.ratings.get(key, ())

        def found() -> Entries:
            ordered = sorted(self._counting(ratings), key=lambda r: (r.on, r.recorded, r.id), reverse=True)
            return tuple((one.id, value_of(one, framework)) for one in ordered)

        return self._once(("ratings", key), found)

    def parts(self, key: str) -> tuple[Ids, ...]:
        """For every part of a credential the passes that count for it."""
        item = self.world.credentials[key]
        return self._once(
            ("parts", key),
            lambda: tuple(self._ids(found) for found in self._reckoning.awards.passes(item).values()),
        )

    def waivers(self, kind: str, key: str) -> Ids:
        """The waivers of an item."""
        found = self._reckoning.ledger.waivers.get((kind, key), ())
        return self._once(("waivers", kind, key), lambda: self._ids(found))

    def proving(self, leaf: CourseLeaf | ScoreLeaf) -> Ids:
        """The course results or scores that prove a leaf."""
        return self._once(leaf, lambda: self._ids(self._reckoning.proving(leaf)))

    def hours(self, within: str, program: str | None) -> tuple[tuple[Minutes, int | None], ...]:
        """Groups of minutes by id, each with the most that counts of it; None for no limit."""
        return self._once(("hours", within, program), lambda: tuple(self._groups(within, program)))

    def _groups(self, within: str, program: str | None) -> Iterable[tuple[Minutes, int | None]]:
        if within in (OJL, RTI):
            yield self._entries(within), None
        keys = self._reckoning.process_keys(program) if within == OJL else [within] if within != RTI else []
        for key in keys:
            process = self.world.work_processes[key]
            yield self._entries(key.rpartition(":")[2], key), process.maximum

    def _entries(self, *names: str) -> Minutes:
        hours = self._reckoning.ledger.hours
        found: Counter[str] = Counter()
        for name in names:
            for one in self._counting(hours.get(name, ())):
                found[one.id] += one.minutes
        return dict(found)

    def always(self, leaf: MonthsLeaf, scope: Scope) -> bool:
        """Whether months since registration have passed, whatever was shown."""
        return self._once(
            ("months", leaf, scope), lambda: timeline.is_true(self._reckoning.holds(leaf, scope), self._day)
        )

    def registered(self, program: str) -> bool:
        """Whether the person is registered, whatever was shown."""
        return self._once(
            ("registered", program),
            lambda: any(timeline.is_true(line, self._day) for _, line in self._reckoning.enrolled(program)),
        )

    def _counting(self, facts: Iterable[F]) -> list[F]:
        counts = self._reckoning.ledger.counts
        return [fact for fact in facts if counts(fact, self._day)]

    def _ids(self, facts: Iterable[Fact]) -> Ids:
        return frozenset(fact.id for fact in self._counting(facts))

    def _once(self, asked: Hashable, work: Callable[[], T]) -> T:
        found = self._kept.get(asked)
        if found is None:
            found = self._kept[asked] = work()
        return found


class _Part:
    """One part of the evidence."""

    def __init__(self, whole: OnDay, kept: Ids, over_days: OverDays) -> None:
        self._whole = whole
        self._over_days = over_days
        self._world = whole.world
        self._kept = kept
        self._found: dict[Node, bool] = {}

    def settle(self, nodes: Iterable[Node]) -> None:
        """Work nodes out of which each comes after what it needs."""
        for node in nodes:
            self._node(node)

    def holds(self, requirement: Requirement, scope: Scope) -> bool:
        match requirement:
            case All() | Any() | AtLeast():
                held = (self.holds(member, scope) for member in requirement.members)
                return _enough(requirement.needed, len(requirement.members), held)
            case CompetencyLeaf(rating=None):
                return self._competency(requirement.key)
            case CompetencyLeaf():
                rated = self._whole.rated(requirement.key, requirement.rating, self._kept)
                return rated and self._node(Node("competency", requirement.key))
            case CredentialLeaf(current=True) | CredentialCount(current=True) | MonthsLeaf(since="step"):
                return self._can_hold(requirement, scope) and self._over_days(requirement, scope)
            case CredentialLeaf():
                return self._credential(requirement.key)
            case HoursLeaf():
                return self._minutes(requirement.within, scope.program) >= requirement.minutes
            case CompetencyCount() | CredentialCount():
                return self._counted(requirement, scope)
            case CourseLeaf() | ScoreLeaf():
                return not self._kept.isdisjoint(self._whole.proving(requirement))
            case MonthsLeaf():
                return self._whole.always(requirement, scope)
            case NamedLeaf() | StepLeaf() | ProgramLeaf():
                return self._node(next(reads(self._world, requirement, scope)))
            case _:
                assert_never(requirement)

    def _counted(self, count: CompetencyCount | CredentialCount, scope: Scope) -> bool:
        """Whether a count is reached; on the same evidence about it, it comes to the same."""
        about = self._whole.about(count, scope)
        if about is None:
            return self._count(count, scope)
        asked = (count, scope.program, about & self._kept)
        if asked not in self._whole.counts:
            self._whole.counts[asked] = self._count(count, scope)
        return self._whole.counts[asked]

    def _count(self, count: CompetencyCount | CredentialCount, scope: Scope) -> bool:
        if isinstance(count, CompetencyCount):
            keys = self._whole.competencies(count, scope.program)
            return _enough(count.needed, len(keys), map(self._competency, keys))
        keys = self._whole.credentials(count)
        return _enough(count.needed, len(keys), map(self._credential, keys))

    def _can_hold(self, leaf: CredentialLeaf | CredentialCount | MonthsLeaf, scope: Scope) -> bool:
        """What is current is held, and months since a step end with it: so much is needed on the day itself."""
        if isinstance(leaf, MonthsLeaf):
            return scope.previous is not None and self._node(scope.previous)
        return self.holds(replace(leaf, current=False), scope)

    def _competency(self, key: str) -> bool:
        return self._node(Node("competency", key)) or self._waived("competency", key)

    def _credential(self, key: str) -> bool:
        return self._node(Node("credential", key)) or self._waived("credential", key)

    def _waived(self, kind: str, key: str) -> bool:
        return not self._kept.isdisjoint(self._whole.waivers(kind, key))

    def _minutes(self, within: str, program: str | None) -> int:
        total = 0
        for entries, most in self._whole.hours(within, program):
            logged = sum(map(entries.__getitem__, self._kept.intersection(entries)))
            total += logged if most is None else min(logged, most)
        return total

    def _node(self, node: Node) -> bool:
        if node not in self._found:
            self._found[node] = self._work_out(node)
        return self._found[node]

    def _work_out(self, node: Node) -> bool:
        if node.kind == "competency":
            item = self._world.competencies[node.key]
            proven = self._whole.rated(node.key, None, self._kept)
            proof, prerequisites, enforce = item.satisfied_by, item.prerequisites, item.framework.enforce
        elif node.kind == "credential":
            award = self._world.credentials[node.key]
            proven = self._passed(node.key)
            proof, prerequisites, enforce = award.composed_of, award.prerequisites, award.framework.enforce
        else:
            return self._rule(node)
        scope = Scope(self._whole.focus)
        proven = proven or (proof is not None and self.holds(proof, scope))
        return proven and (not enforce or prerequisites is None or self.holds(prerequisites, scope))

    def _passed(self, key: str) -> bool:
        parts = self._whole.parts(key)
        return bool(parts) and all(not self._kept.isdisjoint(ids) for ids in parts)

    def _rule(self, node: Node) -> bool:
        if node.kind == "requirement":
            return self.holds(self._world.requirements[node.key].when, Scope(node.context))
        if node.kind == "program":
            completion = self._world.programs[node.key].completion
            return completion is not None and self.holds(completion, Scope(node.key))
        program, position = self._world.step(node.key)
        previous, when = previous_step(self._world, node.key), program.steps[position].when
        before = self._whole.registered(program.key) if previous is None else self._node(previous)
        return before and (when is None or self.holds(when, Scope(program.key, previous)))


def _enough(needed: int, members: int, held: Iterable[bool]) -> bool:
    """Whether so many hold; looks at no more of them than decide."""
    spare = members - needed
    if needed <= 0:
        return True
    for one in held:
        if one:
            needed -= 1
            if not needed:
                return True
        else:
            spare -= 1
            if spare < 0:
                return False
    return False
