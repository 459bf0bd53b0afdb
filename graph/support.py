"""Which evidence an answer rests on: for every node a small sufficient set of evidence ids on one day."""

from collections.abc import Iterable, Sequence
from datetime import date

from graph import timeline
from graph.facts import Fact, Hours
from graph.order import Node, Scope, counted_competencies, counted_credentials, order, reads, rules_of
from graph.parts import Parts
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
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
    leaves,
)
from graph.searches import Searches
from graph.sparing import Evidence, minimal

NOTHING: Evidence = frozenset()


class Support:
    """Sufficient evidence for everything that holds on a day.

    Sets are found bottom up, the smallest first and ties by id, which is the smallest for rules whose members share no
    evidence; then whatever can be left out is. ``nodes`` are those that were reckoned, in order; None for all.
    ``searches`` are those of other days, to be shared.
    """

    def __init__(
        self,
        reckoning: Reckoning,
        day: date,
        nodes: Sequence[Node] | None = None,
        searches: Searches | None = None,
    ) -> None:
        self._reckoning = reckoning
        self._world = reckoning.world
        self._searches = Searches() if searches is None else searches
        self._parts = Parts(reckoning, day, self._searches)
        self._day = day.toordinal()
        self._found: dict[Node, Evidence] = {}
        self._minimal: dict[tuple[Requirement, Scope], Evidence] = {}
        self._logged: dict[tuple[HoursLeaf, str | None], Evidence] = {}
        self._largest_first: dict[tuple[str, str | None], list[Hours]] = {}
        self._settle(order(self._world, reckoning.focus).nodes if nodes is None else nodes)

    def of(self, requirement: Requirement, scope: Scope) -> Evidence | None:
        """Evidence on which a requirement holds alone, none of which can be spared; None where it does not hold."""
        if not self._true(requirement, scope):
            return None
        asked = (requirement, scope)
        if asked not in self._minimal:
            first = self._of(requirement, scope)
            self._minimal[asked] = minimal(self._parts, requirement, scope, first)
        return self._minimal[asked]

    def item(self, kind: str, key: str) -> Evidence | None:
        """The same for an item to be met, held or, where it is not, waived."""
        leaf = CompetencyLeaf(key) if kind == "competency" else CredentialLeaf(key)
        return self.of(leaf, Scope(self._reckoning.focus))

    def _of(self, requirement: Requirement, scope: Scope) -> Evidence | None:
        match requirement:
            case All() | Any() | AtLeast():
                return _best(requirement.needed, (self._of(member, scope) for member in requirement.members))
            case CompetencyLeaf(rating=None):
                return self._item("competency", requirement.key)
            case CompetencyLeaf():
                return _union(self._met(requirement.key), self._rated(requirement.key, requirement.rating))
            case CredentialLeaf():
                return self._credential_leaf(requirement.key, current=requirement.current)
            case HoursLeaf():
                return self._hours(requirement, scope)
            case CredentialCount():
                keys = counted_credentials(self._world, requirement)
                found = [self._credential_leaf(key, current=requirement.current) for key in keys]
                return _best(requirement.needed, found)
            case CompetencyCount():
                keys = counted_competencies(self._world, requirement, scope.program)
                return _best(requirement.needed, [self._item("competency", key) for key in keys])
            case CourseLeaf() | ScoreLeaf():
                return self._one(self._reckoning.proving(requirement))
            case MonthsLeaf(since="step") if self._true(requirement, scope) and scope.previous:
                return self._when_reached(scope.previous)
            case MonthsLeaf():
                return NOTHING if self._true(requirement, scope) else None
            case NamedLeaf() | StepLeaf() | ProgramLeaf():
                return self._found.get(next(reads(self._world, requirement, scope)))

    def _when_reached(self, step: Node) -> Evidence | None:
        """What a step rested on when the stretch began in which it is reached: months are counted from there."""
        began = timeline.since(self._reckoning.step(step.key), self._day) or 0
        nodes = self._parts.nodes([step])
        if began in (0, self._day) or self._parts.turns(nodes):
            return self._found.get(step)
        ledger, day = self._reckoning.ledger, date.fromordinal(began)
        asked = ("reached", step, began, ledger.enrolments)
        known = (fact for fact in ledger.facts if fact.on <= day)
        return self._searches.once(asked, known, began, lambda _: self._found_on(day, nodes, step))

    def _found_on(self, day: date, nodes: Sequence[Node], step: Node) -> Evidence | None:
        earlier = Support(self._reckoning, day, nodes, self._searches)
        return earlier._found.get(step)

    def _item(self, kind: str, key: str) -> Evidence | None:
        proof = self._met(key) if kind == "competency" else self._found.get(Node(kind, key))
        return proof if proof is not None else self._waiver(kind, key)

    def _settle(self, nodes: Sequence[Node]) -> None:
        """Once where each comes after what it rests on; else again and again until no set gets smaller.

        Circles end, for a set only ever shrinks.
        """
        turns = self._parts.turns(nodes)
        changed = [node for node in nodes if self._improve(node)]
        while turns and changed:
            changed = [node for node in nodes if self._improve(node)]

    def _improve(self, node: Node) -> bool:
        found = self._work_out(node)
        old = self._found.get(node)
        if found is None or (old is not None and _rank(old) <= _rank(found)):
            return False
        self._found[node] = found
        return True

    def _work_out(self, node: Node) -> Evidence | None:
        if node.kind == "competency":
            return self._competency(node.key)
        if node.kind == "credential":
            return self._credential(node.key)
        if node.kind == "step" and not timeline.is_true(self._reckoning.step(node.key), self._day):
            return None
        rules = list(rules_of(self._world, node, self._reckoning.focus))
        found = [self._of(requirement, scope) for requirement, scope in rules]
        if node.kind == "step":
            scopes = [scope.previous for _, scope in rules if scope.previous]
            found += [self._found.get(previous) for previous in scopes]
        elif not rules:
            return None
        return _best(len(found), found)

    def _competency(self, key: str) -> Evidence | None:
        if not timeline.is_true(self._reckoning.met(key), self._day):
            return None
        item = self._world.competencies[key]
        proofs = [self._rated(key, None)]
        if item.satisfied_by is not None:
            proofs.append(self._of(item.satisfied_by, Scope(self._reckoning.focus)))
        return self._gated(item.framework.enforce, item.prerequisites, _best(1, proofs))

    def _credential(self, key: str) -> Evidence | None:
        if not timeline.is_true(self._reckoning.held(key).held, self._day):
            return None
        item = self._world.credentials[key]
        proofs = [self._own(key)]
        if item.composed_of is not None:
            proofs.append(self._of(item.composed_of, Scope(self._reckoning.focus)))
        return self._gated(item.framework.enforce, item.prerequisites, _best(1, proofs))

    def _gated(
        self, enforce: bool, prerequisites: Requirement | None, proof: Evidence | None
    ) -> Evidence | None:
        if not enforce or prerequisites is None:
            return proof
        return _union(proof, self._of(prerequisites, Scope(self._reckoning.focus)))

    def _own(self, key: str) -> Evidence | None:
        """One valid pass for every part, a pass of the whole before single parts."""
        item = self._world.credentials[key]
        sets = []
        for passes in self._reckoning.awards.passes(item).values():
            valid = [p for p in passes if self._counts(p)]
            if not valid:
                return None
            sets.append(valid)
        whole = [p for p in sets[0] if all(p in passes for passes in sets)] if sets else []
        if whole:
            return frozenset({whole[0].id})
        return frozenset(passes[0].id for passes in sets)

    def _credential_leaf(self, key: str, *, current: bool) -> Evidence | None:
        if not current:
            return self._item("credential", key)
        if not timeline.is_true(self._reckoning.held(key).current, self._day):
            return None
        return self._fresh(key)

    def _fresh(self, key: str) -> Evidence | None:
        """What keeps a credential current: what holds it, with the latest pass that has not expired."""
        item = self._world.credentials[key]
        held = self._found.get(Node("credential", key))
        if held is None or item.valid_for is None:
            return held
        return _union(held, self._latest_passes(key))

    def _latest_passes(self, key: str) -> Evidence:
        """The latest valid pass of a credential or of anything it is composed of."""
        seen: set[str] = set()
        stack, passes = [key], []
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            item = self._world.credentials[at]
            for found in self._reckoning.awards.passes(item).values():
                passes += [p for p in found if self._counts(p)]
            if item.composed_of is not None:
                stack += [leaf.key for leaf in leaves(item.composed_of) if isinstance(leaf, CredentialLeaf)]
        latest = max(passes, key=lambda p: (p.on, p.id), default=None)
        return frozenset({latest.id}) if latest else NOTHING

    def _met(self, key: str) -> Evidence | None:
        return self._found.get(Node("competency", key))

    def _rated(self, key: str, rating: int | None) -> Evidence | None:
        if not timeline.is_true(self._reckoning.rated(key, rating), self._day):
            return None
        framework = self._world.competencies[key].framework
        needed = framework.competent if rating is None else rating
        ratings = [r for r in self._reckoning.ledger.ratings.get(key, ()) if self._counts(r)]
        if framework.latest:
            return frozenset({max(ratings, key=lambda r: (r.on, r.recorded, r.id)).id})
        return self._one([r for r in ratings if value_of(r, framework) >= needed])

    def _waiver(self, kind: str, key: str) -> Evidence | None:
        return self._one(self._reckoning.ledger.waivers.get((kind, key), ()))

    def _hours(self, leaf: HoursLeaf, scope: Scope) -> Evidence | None:
        if not self._true(leaf, scope):
            return None
        asked = (leaf, scope.program)
        if asked not in self._logged:
            self._logged[asked] = self._largest(leaf, scope)
        return self._logged[asked]

    def _largest(self, leaf: HoursLeaf, scope: Scope) -> Evidence:
        """The largest entries first until the hours are reached; caps are respected by counting again."""
        room: dict[str, int | None] = self._caps(scope)
        kept, total = [], 0
        for entry in self._entries(leaf.within, scope):
            if total >= leaf.minutes:
                break
            name = entry.within.rpartition(":")[2]
            left = room.get(name)
            counted = entry.minutes if left is None else min(entry.minutes, left)
            if left is not None:
                room[name] = left - counted
            if counted:
                kept.append(entry.id)
                total += counted
        return frozenset(kept)

    def _entries(self, within: str, scope: Scope) -> list[Hours]:
        """The entries that count in one place, the largest first."""
        asked = (within, scope.program)
        if asked not in self._largest_first:
            entries = [
                entry
                for name, found in self._reckoning.ledger.hours.items()
                if self._in_scope(name, within, scope)
                for entry in found
                if self._counts(entry)
            ]
            entries.sort(key=lambda entry: (-entry.minutes, entry.id))
            self._largest_first[asked] = entries
        return self._largest_first[asked]

    def _caps(self, scope: Scope) -> dict[str, int | None]:
        programs = [self._world.programs[scope.program]] if scope.program else []
        return {p.key.rpartition(":")[2]: p.maximum for owner in programs for p in owner.work_processes}

    def _in_scope(self, name: str, within: str, scope: Scope) -> bool:
        if RTI in (name, within):
            return name == within
        if within != OJL:
            return name in (within, within.rpartition(":")[2])
        owned = self._caps(scope)
        return name == OJL or (
            name.rpartition(":")[2] in owned and name.rpartition(":")[0] in ("", scope.program)
        )

    def _one(self, facts: Iterable[Fact]) -> Evidence | None:
        valid = [fact for fact in facts if self._counts(fact)]
        return frozenset({min(valid, key=lambda f: (f.on, f.id)).id}) if valid else None

    def _counts(self, fact: Fact) -> bool:
        return self._reckoning.ledger.counts(fact, self._day)

    def _true(self, requirement: Requirement, scope: Scope) -> bool:
        return timeline.is_true(self._reckoning.holds(requirement, scope), self._day)


def _rank(evidence: Evidence) -> tuple[int, list[str]]:
    return len(evidence), sorted(evidence)


def _union(*sets: Evidence | None) -> Evidence | None:
    return _best(len(sets), sets)


def _best(needed: int, sets: Iterable[Evidence | None]) -> Evidence | None:
    """The union of the smallest ``needed`` sets; None where fewer are there."""
    found = [s for s in sets if s is not None]
    if len(found) < needed:
        return None
    if len(found) > needed:
        found = sorted(found, key=_rank)[:needed]
    return NOTHING.union(*found)
