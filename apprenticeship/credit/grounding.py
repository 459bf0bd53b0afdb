"""From rules to a circuit over one person's evidence: what proves what on one day, waivers left aside.

An award is followed through ``satisfied_by``, ``composed_of`` and the prerequisites of enforcing frameworks. Rules are
read outside any program; ``ojl`` is summed over the programs that the person is enrolled in.
"""

from collections.abc import Callable, Iterable
from typing import assert_never

from apprenticeship.credit.circuit import ALWAYS, Circuit, Gate, Logged, Pool, Shown
from graph import timeline
from graph.awards import expiry
from graph.evaluating import Evaluation
from graph.facts import Fact, Rating, Revocation, Waiver
from graph.order import Scope, counted_competencies, counted_credentials, previous_step
from graph.reckoning import value_of
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
    StepLeaf,
)
from graph.world import Competency, Credential

OUTSIDE = Scope()
"""Agreements are read in no program."""

Name = tuple[str, str, str | None]


class Grounding:
    """One circuit for every rule asked about; what items have in common is in it once.

    Args:
        evaluation: without program and without waivers.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._world = evaluation.world
        self._actual = evaluation.actual
        self._day = evaluation.as_of.toordinal()
        counted = [fact for fact in self._actual.ledger.facts if self._counts(fact)]
        self.facts = {fact.id: fact for fact in counted}
        self.circuit = Circuit(tuple(sorted(self.facts)))
        self.visited: dict[Name, int] = {}
        self._filled: dict[tuple[str, ...], Pool] = {}
        self._pending: list[tuple[Name, int]] = []
        self._always = self.circuit.add(ALWAYS)
        self._never = self.circuit.add(Shown(0))

    def root(self, rule: Requirement) -> int:
        """The node of a rule that stands in no program."""
        node = self.rule(rule, OUTSIDE)
        self._finish()
        return node

    def rule(self, rule: Requirement, scope: Scope) -> int:  # noqa: C901, PLR0911 - one branch for each form
        """The node of a rule; what it names is defined by and by, for chains of items may be long."""
        match rule:
            case All() | Any() | AtLeast():
                return self.circuit.gate(rule.needed, [self.rule(member, scope) for member in rule.members])
            case CompetencyLeaf():
                return self._competency_leaf(rule)
            case CredentialLeaf():
                return self._credential_leaf(rule.key, current=rule.current)
            case CredentialCount():
                keys = counted_credentials(self._world, rule)
                found = [self._credential_leaf(key, current=rule.current) for key in keys]
                return self.circuit.gate(rule.needed, found)
            case CompetencyCount():
                keys = counted_competencies(self._world, rule, scope.program)
                return self.circuit.gate(rule.needed, [self._node("competency", key) for key in keys])
            case HoursLeaf():
                return self.circuit.add(Logged(rule.minutes, self._pools(rule.within, scope.program)))
            case MonthsLeaf():
                return self._months(rule, scope)
            case CourseLeaf() | ScoreLeaf():
                return self._shown(self._actual.proving(rule))
            case NamedLeaf():
                return self._node("requirement", rule.key, scope.program)
            case StepLeaf():
                return self._node("step", rule.key)
            case ProgramLeaf():
                return self._node("program", rule.key)
            case _:
                assert_never(rule)

    def _counts(self, fact: Fact) -> bool:
        if isinstance(fact, Waiver | Revocation):
            return False
        return timeline.is_true(self._actual.ledger.valid(fact), self._day)

    def _node(self, kind: str, key: str, context: str | None = None) -> int:
        name = (kind, key, context)
        if name not in self.visited:
            self.visited[name] = self.circuit.reserve()
            self._pending.append((name, self.visited[name]))
        return self.visited[name]

    def _finish(self) -> None:
        define: dict[str, Callable[[str], int]] = {
            "competency": lambda key: self._competency(self._world.competencies[key]),
            "credential": lambda key: self._credential(self._world.credentials[key]),
            "step": self._step,
            "program": self._program,
        }
        while self._pending:
            (kind, key, context), node = self._pending.pop()
            if kind == "requirement":
                found = self.rule(self._world.requirements[key].when, Scope(context))
            elif kind == "awarded":
                found = self._awarded(self._world.credentials[key], int(context or 0))
            else:
                found = define[kind](key)
            self.circuit.parts[node] = Gate(1, (found,))

    def _shown(self, facts: Iterable[Fact]) -> int:
        pieces = 0
        for fact in facts:
            if fact.id in self.facts and self._counts(fact):
                pieces |= self.circuit.bit(fact.id)
        return self.circuit.add(Shown(pieces))

    # items

    def _competency_leaf(self, leaf: CompetencyLeaf) -> int:
        met = self._node("competency", leaf.key)
        if leaf.rating is None:
            return met
        return self.circuit.gate(2, (met, self._rated(leaf.key, leaf.rating)))

    def _competency(self, item: Competency) -> int:
        proofs = [self._rated(item.key, item.framework.competent)]
        if item.satisfied_by is not None:
            proofs.append(self.rule(item.satisfied_by, OUTSIDE))
        return self._gated(item, proofs)

    def _rated(self, key: str, needed: int) -> int:
        """Ratings that reach ``needed``; where the latest decides, that one alone."""
        framework = self._world.competencies[key].framework
        ratings = [r for r in self._actual.ledger.ratings.get(key, ()) if self._counts(r)]
        if framework.latest and ratings:
            ratings = [max(ratings, key=_latest)]
        return self._shown(r for r in ratings if value_of(r, framework) >= needed)

    def _credential_leaf(self, key: str, *, current: bool) -> int:
        held = self._node("credential", key)
        lifetime = self._world.credentials[key].valid_for
        if not current or lifetime is None:
            return held
        fresh = next((d for d in self._award_days() if (expiry(d, lifetime) or 0) > self._day), None)
        if fresh is None:
            return self._never
        return self.circuit.gate(2, (held, self._node("awarded", key, str(fresh))))

    def _award_days(self) -> list[int]:
        return sorted({f.on.toordinal() for fs in self._actual.ledger.passes.values() for f in fs})

    def _credential(self, item: Credential) -> int:
        proofs = [self._own(item)]
        if item.composed_of is not None:
            proofs.append(self.rule(item.composed_of, OUTSIDE))
        return self._gated(item, proofs)

    def _own(self, item: Credential) -> int:
        passes = self._actual.awards.passes(item)
        return self.circuit.gate(len(passes), [self._shown(found) for found in passes.values()])

    def _gated(self, item: Competency | Credential, proofs: list[int]) -> int:
        if not item.framework.enforce or item.prerequisites is None:
            return self.circuit.gate(1, proofs)
        return self.circuit.gate(2, (self.circuit.gate(1, proofs), self.rule(item.prerequisites, OUTSIDE)))

    def _awarded(self, item: Credential, since: int) -> int:
        """Awarded on the day number ``since`` or later, by its own passes or by a member that holds."""
        passes = [p for found in self._actual.awards.passes(item).values() for p in found]
        late = self._shown(p for p in passes if p.on.toordinal() >= since)
        renewed = [self.circuit.gate(2, (self._own(item), late))]
        if item.composed_of is not None:
            renewed.append(self._member_awarded(item.composed_of, since))
        return self.circuit.gate(1, renewed)

    def _member_awarded(self, rule: Requirement, since: int) -> int:
        holds = self.rule(rule, OUTSIDE)
        if isinstance(rule, All | Any | AtLeast):
            members = [self._member_awarded(member, since) for member in rule.members]
            return self.circuit.gate(2, (holds, self.circuit.gate(1, members)))
        if isinstance(rule, CredentialLeaf):
            held, awarded = self._node("credential", rule.key), self._node("awarded", rule.key, str(since))
            return self.circuit.gate(2, (held, awarded))
        return self._never

    # hours, months, programs

    def _pools(self, within: str, program: str | None) -> tuple[Pool, ...]:
        if within == RTI:
            return (self._pool(None, RTI),)
        if within != OJL:
            return (self._process(within),)
        programs = [program] if program else sorted({e.program for e in self._actual.ledger.enrolments})
        keys = [p.key for key in programs for p in self._world.programs[key].work_processes]
        return (self._pool(None, OJL), *(self._process(key) for key in keys))

    def _process(self, key: str) -> Pool:
        return self._pool(self._world.work_processes[key].maximum, key.rpartition(":")[2], key)

    def _pool(self, room: int | None, *names: str) -> Pool:
        if names not in self._filled:
            self._filled[names] = self._fill(room, *names)
        return self._filled[names]

    def _fill(self, room: int | None, *names: str) -> Pool:
        logged = [h for name in names for h in self._actual.ledger.hours.get(name, ()) if self._counts(h)]
        return Pool(room, tuple((self.circuit.bit(h.id), h.minutes) for h in logged))

    def _months(self, leaf: MonthsLeaf, scope: Scope) -> int:
        """Months since registration need no evidence; months since a step need what reached it, and when."""
        if not timeline.is_true(self._actual.holds(leaf, scope), self._day):
            return self._never
        if leaf.since == "registered" or scope.previous is None:
            return self._always
        node = self.circuit.gate(1, (self._node("step", scope.previous.key),))
        if previous_step(self._world, scope.previous.key) is not None:
            self.circuit.timed.add(node)
        return node

    def _step(self, key: str) -> int:
        program, position = self._world.step(key)
        before = previous_step(self._world, key)
        registered = any(e.registered.toordinal() <= self._day for e, _ in self._actual.enrolled(program.key))
        started = self._always if registered else self._never
        needs = [started if before is None else self._node("step", before.key)]
        when = program.steps[position].when
        if when is not None:
            needs.append(self.rule(when, Scope(program.key, before)))
        return self.circuit.gate(len(needs), needs)

    def _program(self, key: str) -> int:
        completion = self._world.programs[key].completion
        return self._never if completion is None else self.rule(completion, Scope(key))


def _latest(rating: Rating) -> tuple[object, ...]:
    return rating.on, rating.recorded, rating.id
