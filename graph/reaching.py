"""What could still come to hold for a person on a day, as a circuit of choices; what holds already is the node TRUE."""

from collections.abc import Collection
from datetime import date

from graph import timeline
from graph.actions import Earn
from graph.awards import expiry, latest_on
from graph.circuit import TRUE, UNBOUNDED, Choice, Circuit, Enough, Gate
from graph.dates import months_reached
from graph.evaluating import Evaluation
from graph.ledger import total_on
from graph.order import Scope, counted_competencies, counted_credentials, previous_step
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
    leaves,
)
from graph.world import Credential

WAIT = "wait"


class Reach:
    """Writes down what could still become true.

    Args:
        evaluation: where the person stands.
        refused: names of choices (``competency:f:c0``) that are never taken.

    Attributes:
        impossible: why things that were asked about can never hold.
    """

    def __init__(self, evaluation: Evaluation, refused: Collection[str] = ()) -> None:
        self.circuit = Circuit()
        self.impossible: list[str] = []
        self._evaluation = evaluation
        self._refused = frozenset(refused)
        self._world = evaluation.world
        self._actual = evaluation.actual
        self._day = evaluation.as_of.toordinal()
        self._item_scope = Scope(evaluation.focus)
        self._nodes: dict[tuple[object, ...], int] = {}
        self._pending: list[tuple[object, ...]] = []
        self._earns: dict[str, Earn] = {}
        self._sharing: dict[str, list[str]] = {}
        for key, credential in self._world.credentials.items():
            for test in credential.tests.values():
                self._sharing.setdefault(test, []).append(key)

    @property
    def reason(self) -> str:
        """Why nothing makes the goal hold, in words."""
        return "; ".join(dict.fromkeys(self.impossible)) or "its conditions cannot hold together"

    @property
    def earns(self) -> list[Earn]:
        """Everything that could be earned."""
        return list(self._earns.values())

    def earned(self, name: str) -> Earn:
        """What a chosen name stands for."""
        return self._earns[name]

    def finish(self) -> None:
        """Define every node that was asked for; without recursion, for chains of items may be long."""
        while self._pending:
            kind, *rest = self._pending.pop()
            node = self._nodes[(kind, *rest)]
            key = str(rest[0])
            if kind == "competency":
                self._define_competency(node, key)
            elif kind == "held":
                self._define_held(node, key)
            elif kind == "awarded":
                self._define_awarded(node, key)
            else:
                self._define_choice(node, str(kind), key)

    def rule(self, requirement: Requirement, scope: Scope) -> int:
        """The node of a requirement."""
        if timeline.is_true(self._actual.holds(requirement, scope), self._day):
            return TRUE
        match requirement:
            case All() | Any() | AtLeast():
                return self.circuit.gate(
                    requirement.needed, [self.rule(m, scope) for m in requirement.members]
                )
            case CompetencyLeaf():
                return self._competency_leaf(requirement)
            case CredentialLeaf():
                return self._credential_leaf(requirement.key, current=requirement.current)
            case CredentialCount():
                keys = counted_credentials(self._world, requirement)
                found = [self._credential_leaf(key, current=requirement.current) for key in keys]
                return self._count(requirement.needed, found, "credentials")
            case CompetencyCount():
                keys = counted_competencies(self._world, requirement, scope.program)
                return self._count(
                    requirement.needed, [self._competency(key) for key in keys], "competencies"
                )
            case HoursLeaf():
                return self._hours(requirement, scope)
            case MonthsLeaf():
                return self._months(requirement, scope)
            case _:
                return self._other(requirement, scope)

    def _other(self, requirement: Requirement, scope: Scope) -> int:
        match requirement:
            case CourseLeaf():
                return self._earnable(
                    Earn("course", requirement.key, grade=requirement.grade), requirement.accepted
                )
            case ScoreLeaf():
                return self._earnable(Earn("score", requirement.key, at_least=requirement.at_least))
            case NamedLeaf():
                return self.rule(self._world.requirements[requirement.key].when, Scope(scope.program))
            case StepLeaf():
                return self._step(requirement.key)
            case ProgramLeaf():
                completion = self._world.programs[requirement.key].completion
                if completion is None:
                    return self._never(f"the program {requirement.key} has no completion")
                return self.rule(completion, Scope(requirement.key))
            case _:
                raise TypeError(type(requirement).__name__)

    def _count(self, needed: int, found: list[int], words: str) -> int:
        if len(found) < needed:
            return self._never(f"only {len(found)} {words} match, {needed} are asked for")
        return self.circuit.gate(needed, found)

    def _never(self, reason: str) -> int:
        self.impossible.append(reason)
        return self.circuit.reserve()

    def _node(self, *name: object) -> int:
        if name not in self._nodes:
            self._nodes[name] = self.circuit.reserve()
            self._pending.append(name)
        return self._nodes[name]

    # items

    def _competency(self, key: str) -> int:
        return TRUE if self._now(CompetencyLeaf(key)) else self._node("competency", key)

    def _competency_leaf(self, leaf: CompetencyLeaf) -> int:
        if leaf.rating is None:
            return self._competency(leaf.key)
        met = (
            TRUE
            if timeline.is_true(self._actual.met(leaf.key), self._day)
            else self._node("competency", leaf.key)
        )
        if timeline.is_true(self._actual.rated(leaf.key, leaf.rating), self._day):
            return met
        competent = self._world.competencies[leaf.key].framework.competent
        rating = leaf.rating if leaf.rating > competent else None
        choice = self._earnable(Earn("competency", leaf.key, rating=rating))
        return self.circuit.gate(2, (met, choice)) if met != TRUE else choice

    def _define_competency(self, node: int, key: str) -> None:
        item = self._world.competencies[key]
        proofs = [self._earnable(Earn("competency", key))]
        if timeline.is_true(self._actual.rated(key, None), self._day):
            proofs = [TRUE]
        elif item.satisfied_by is not None:
            proofs.append(self.rule(item.satisfied_by, self._item_scope))
        self._define_gated(node, item.framework.enforce, item.prerequisites, proofs)

    def _credential_leaf(self, key: str, *, current: bool) -> int:
        if self._now(CredentialLeaf(key, current=current)):
            return TRUE
        held = self._held(key)
        if not current or self._world.credentials[key].valid_for is None:
            return held
        if self._unexpired(key):
            return held
        return self.circuit.gate(2, (held, self._node("awarded", key)))

    def _held(self, key: str) -> int:
        if timeline.is_true(self._actual.held(key).held, self._day):
            return TRUE
        return self._node("held", key)

    def _define_held(self, node: int, key: str) -> None:
        item = self._world.credentials[key]
        own = self._actual.awards.own(key)
        parts = [
            TRUE
            if timeline.is_true(own.parts[part], self._day)
            else self.circuit.gate(1, [self._earnable(Earn("credential", k)) for k in self._sharing[test]])
            for part, test in item.tests.items()
        ]
        proofs = [self.circuit.gate(len(parts), parts)]
        if item.composed_of is not None:
            proofs.append(self.rule(item.composed_of, self._item_scope))
        self._define_gated(node, item.framework.enforce, item.prerequisites, proofs)

    def _define_gated(
        self, node: int, enforce: bool, prerequisites: Requirement | None, proofs: list[int]
    ) -> None:
        proof = self.circuit.gate(1, proofs)
        if enforce and prerequisites is not None:
            self.circuit.define(node, Gate(2, (proof, self.rule(prerequisites, self._item_scope))))
        else:
            self.circuit.define(node, Gate(1, (proof,)))

    def _define_awarded(self, node: int, key: str) -> None:
        """A new award today, of its own or of a member that holds: that is what renews."""
        item = self._world.credentials[key]
        shared = {other for test in item.tests.values() for other in self._sharing[test]}
        fresh = [self._earnable(Earn("credential", other)) for other in sorted(shared)]
        own = self._own_held(item)
        renewed = [self.circuit.gate(2, (own, self.circuit.gate(1, fresh)))]
        if item.composed_of is not None:
            renewed.append(self._member_awarded(item.composed_of))
        self.circuit.define(node, Gate(1, tuple(renewed)))

    def _own_held(self, item: Credential) -> int:
        own = self._actual.awards.own(item.key)
        return self.circuit.gate(
            len(item.tests),
            [
                TRUE
                if timeline.is_true(own.parts[part], self._day)
                else self.circuit.gate(
                    1, [self._earnable(Earn("credential", k)) for k in self._sharing[test]]
                )
                for part, test in item.tests.items()
            ],
        )

    def _member_awarded(self, rule: Requirement) -> int:
        holds = self.rule(rule, self._item_scope)
        if isinstance(rule, All | Any | AtLeast):
            members = [self._member_awarded(member) for member in rule.members]
            return self.circuit.gate(2, (holds, self.circuit.gate(1, members)))
        if isinstance(rule, CredentialLeaf):
            return self.circuit.gate(2, (self._held(rule.key), self._node("awarded", rule.key)))
        return self._never("composed of something that is no credential")

    def _unexpired(self, key: str) -> bool:
        """Its latest award has not expired: it is current as soon as it is held."""
        latest = latest_on(self._actual.held(key).latest, self._day)
        ends = expiry(latest, self._world.credentials[key].valid_for)
        return bool(latest) and ends is not None and self._day < ends

    def _earnable(self, earn: Earn, accepted: tuple[str, ...] = ()) -> int:
        """The choice to earn something; asked for twice, the stricter demand stands."""
        name = earn.name
        known = self._earns.get(name, earn)
        if earn.grade is not None and (known.grade is None or known.grade not in accepted):
            known = earn
        self._earns[name] = Earn(
            earn.kind,
            earn.key,
            rating=max((r for r in (known.rating, earn.rating) if r is not None), default=None),
            grade=known.grade,
            at_least=max((s for s in (known.at_least, earn.at_least) if s is not None), default=None),
        )
        return self._node(f"earn {earn.kind}", earn.key)

    def _define_choice(self, node: int, kind: str, key: str) -> None:
        kind = kind.removeprefix("earn ")
        item = self._world.competencies.get(key) if kind == "competency" else self._world.credentials.get(key)
        requires = TRUE
        if kind in ("competency", "credential") and item is not None and item.prerequisites is not None:
            requires = self.rule(item.prerequisites, self._item_scope)
        name = Earn(kind, key).name
        if name in self._refused:
            self.impossible.append(f"{name} is refused")
        else:
            self.circuit.define(node, Choice(name, requires))

    # hours, months and steps

    def _hours(self, leaf: HoursLeaf, scope: Scope) -> int:
        done = total_on(self._actual.minutes(leaf.within, scope.program), self._day)
        pools = [self._pool(leaf.within)]
        if leaf.within == OJL and scope.program is not None:
            pools += [self._pool(p.key) for p in self._world.programs[scope.program].work_processes]
        room = sum(self.circuit.pools[pool] for pool in pools)
        if room < leaf.minutes - done:
            return self._never(f"the cap of {leaf.within} leaves no room for {leaf.minutes / 60:g} hours")
        return self.circuit.define(self.circuit.reserve(), Enough(leaf.minutes - done, tuple(pools)))

    def _pool(self, within: str) -> str:
        name = f"hours:{within}"
        if name not in self.circuit.pools:
            self.circuit.pools[name] = UNBOUNDED if within in (OJL, RTI) else self._room(within)
        return name

    def _room(self, within: str) -> int:
        owner = self._world.programs[within.rpartition(":")[0]]
        process = next(p for p in owner.work_processes if p.key == within)
        if process.maximum is None:
            return UNBOUNDED
        return max(0, process.maximum - total_on(self._actual.minutes(within, owner.key), self._day))

    def _months(self, leaf: MonthsLeaf, scope: Scope) -> int:
        reached = timeline.next_true(self._actual.holds(leaf, scope), self._day)
        previous = scope.previous if leaf.since == "step" else None
        if previous is None or timeline.is_true(self._actual.step(previous.key), self._day):
            return self._wait(reached)
        return self.circuit.gate(2, (self._step(previous.key), self._wait(self._after(leaf, scope))))

    def _after(self, leaf: MonthsLeaf, scope: Scope) -> int | None:
        """The day that a wait since a step still to be reached is over, were it reached as late as its own waits."""
        enrolment = self._evaluation.enrolment if scope.program == self._evaluation.focus else None
        if enrolment is None or scope.previous is None:
            return None
        start = date.fromordinal(max(self._day, *self._waits(scope.previous.key)))
        reached = months_reached(start, leaf.months, enrolment.suspended)
        late = reached is None or (enrolment.ended is not None and reached > enrolment.ended)
        return None if late or reached is None else reached.toordinal()

    def _waits(self, key: str) -> list[int]:
        """The days on which the waits of a step and of those before it are over."""
        found = [self._day]
        at: str | None = key
        while at is not None:
            program, position = self._world.step(at)
            scope = self._evaluation.step_scope(at)
            when = program.steps[position].when
            for leaf in leaves(when) if when is not None else ():
                if isinstance(leaf, MonthsLeaf):
                    found.append(timeline.next_true(self._actual.holds(leaf, scope), self._day) or 0)
                    if leaf.since == "step" and not found[-1]:
                        found.append(self._after(leaf, scope) or 0)
            at = scope.previous.key if scope.previous else None
        return found

    def _wait(self, day: int | None) -> int:
        if day is None:
            return self._never("the months no longer run")
        self.circuit.pools[WAIT] = UNBOUNDED
        return self.circuit.define(self.circuit.reserve(), Enough(day - self._day, (WAIT,)))

    def _step(self, key: str) -> int:
        if timeline.is_true(self._actual.step(key), self._day):
            return TRUE
        program, position = self._world.step(key)
        previous = previous_step(self._world, key)
        if previous is None:
            return self._never(f"not registered in {program.key}")
        when = program.steps[position].when
        parts = [self._step(previous.key)]
        if when is not None:
            parts.append(self.rule(when, Scope(program.key, previous)))
        return self.circuit.gate(len(parts), parts)

    def _now(self, leaf: CompetencyLeaf | CredentialLeaf) -> bool:
        return timeline.is_true(self._actual.holds(leaf, self._item_scope), self._day)
